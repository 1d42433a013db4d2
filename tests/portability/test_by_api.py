"""Taking along and bringing along by API: the same as on the pages (test_exports.py, test_imports.py)."""

from typing import Any

from tests.accounts.support import names
from tests.network import PASSWORD, Network, Person

EXPORTS, IMPORTS = "/api/v1/exports", "/api/rostra/v1/imports"


async def bring(person: Person, kind: str, text: str | bytes, expect: int = 200, **fields: Any) -> Any:
    files = {"file": (fields.pop("name", "file.csv"), text, "text/csv")}
    data = {"kind": kind, "password": PASSWORD, **fields}
    return await person.post(IMPORTS, expect, data=data, files=files)


async def test_members_take_their_lists_along(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.follow(bob)
    await alice.post("/api/v1/domain_blocks", json={"domain": "far.example"})
    stats = await alice.get(f"{EXPORTS}/stats")
    assert (stats["following_count"], stats["followers_count"], stats["domain_blocks_count"]) == (1, 0, 1)
    response = await alice.request("GET", f"{EXPORTS}/following.csv")
    assert response.text.splitlines()[1].startswith(f"bob@{network.settings.local_domain},true,false")
    assert response.headers["content-disposition"] == 'attachment; filename="following_accounts.csv"'
    assert response.headers["cache-control"] == "private, no-store"
    for name in ("followers", "lists", "blocks", "mutes", "bookmarks"):
        assert (await alice.request("GET", f"{EXPORTS}/{name}.csv")).status_code == 200
    assert (await alice.request("GET", f"{EXPORTS}/domain_blocks.csv")).text == "far.example\n"
    assert await alice.get(f"{EXPORTS}/filters.json") == {"custom_filters": []}
    assert (await bob.get(f"{EXPORTS}/stats"))["followers_count"] == 1
    await alice.get(f"{EXPORTS}/passwords.csv", 404)
    await network.anonymous.get(f"{EXPORTS}/following.csv", 401)


async def test_a_file_is_looked_at_confirmed_and_worked_through(network: Network) -> None:
    alice, _, carol = await network.people("alice", "bob", "carol")
    await alice.follow(carol)
    text = "Account address,Show boosts\nbob@localhost:8420,false\nnobody@localhost:8420,true\n!!,true\n"
    kept = await bring(alice, "follows", text, mode="overwrite", name="following_accounts.csv")
    assert (kept["state"], kept["total"], kept["failed"], kept["mode"]) == ("unconfirmed", 3, 1, "overwrite")
    assert kept["preview"] == {"found": 1, "present": 0, "removed": 1, "unreadable": 1}
    assert kept["looks_like"] == "follows"
    assert kept["sample"][0][:2] == ["bob@localhost:8420", "false"]
    assert await names(alice, f"/api/v1/accounts/{alice.id}/following") == ["carol"]
    path = f"{IMPORTS}/{kept['id']}"
    assert (await alice.get(path))["preview"] == kept["preview"]
    assert (await alice.post(f"{path}/confirm"))["state"] == "clearing"
    await network.settle()
    done = await alice.get(path)
    assert (done["state"], done["imported"], done["failed"], done["removed"]) == ("done", 1, 2, 1)
    assert (done["preview"], done["sample"]) == (None, [])
    assert done["failures"] == {"invalid": 1, "unknown": 1}
    assert done["finished_at"]
    failures = await alice.get(f"{path}/failures")
    assert [(row["line"], row["reason"]) for row in failures] == [(2, "unknown"), (3, "invalid")]
    assert failures[0]["cells"][0] == "nobody@localhost:8420"
    assert [row["line"] for row in await alice.get(f"{path}/failures", params={"after": 2})] == [3]
    assert await names(alice, f"/api/v1/accounts/{alice.id}/following") == ["bob"]
    listed = await alice.get(IMPORTS)
    assert [each["id"] for each in listed] == [kept["id"]]
    assert "preview" not in listed[0]
    await alice.post(f"{path}/confirm")  # begun is begun
    assert await alice.delete(path) == {}
    await alice.get(path, 404)


async def test_others_imports_are_not_there(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    path = f"{IMPORTS}/{(await bring(alice, 'blocks', 'bob@localhost:8420'))['id']}"
    assert await bob.get(IMPORTS) == []
    await bob.get(path, 404)
    await bob.get(f"{path}/failures", 404)
    await bob.post(f"{path}/confirm", 404)
    await bob.delete(path, 404)
    assert (await alice.get(path))["state"] == "unconfirmed"


async def test_files_that_can_not_be_read_are_refused(network: Network) -> None:
    alice = await network.person("alice")
    await bring(alice, "blocks", "bob@localhost:8420", 422, password="guess")
    await bring(alice, "treasure", "bob@localhost:8420", 422)
    await bring(alice, "blocks", "bob@localhost:8420", 422, mode="destroy")
    for text in ("", "   ", b"\x00\x01", b"\xff\xfe"):
        await bring(alice, "blocks", text, 422)
    await bring(alice, "filters", "no json", 422)
    await bring(alice, "blocks", b"x" * (11 * 1024 * 1024), 413)
    await alice.post(IMPORTS, 422, data={"kind": "blocks", "password": PASSWORD})
    await alice.post(IMPORTS, 422, data={"kind": "blocks", "password": PASSWORD, "file": "text"})
    await alice.get(f"{IMPORTS}/1", 404)
    assert await alice.get(IMPORTS) == []


async def test_aliases_are_named_and_taken_back(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    path = "/api/rostra/v1/aliases"

    async def add(acct: str, expect: int = 200, password: str = PASSWORD) -> Any:
        return await alice.post(path, expect, json={"acct": acct, "password": password})

    await add("zoe@far.example", 422, "guess")
    (alias,) = await add("@Zoe@far.example")
    assert (alias["acct"], alias["uri"]) == ("zoe@far.example", None)
    assert [each["acct"] for each in await add("bob")] == ["zoe@far.example", "bob"]
    for acct in ("alice", "nobody", "no handle", ""):
        assert list((await add(acct, 422))["details"]) == ["alias"]
    assert await bob.get(path) == []
    removed = f"{path}/{alias['id']}/remove"
    await alice.post(removed, 422, json={"password": "guess"})
    assert len(await alice.get(path)) == 2
    await bob.post(removed, json={"password": PASSWORD})
    assert len(await alice.get(path)) == 2
    assert [each["acct"] for each in await alice.post(removed, json={"password": PASSWORD})] == ["bob"]
