"""Collections: people whom members recommend, who may be in them, and who sees them."""

from typing import Any

import pytest

from rostra.accounts.collections.model import COLLECTIONS, ITEMS
from tests.accounts.support import execute, stranger
from tests.counting import count_queries
from tests.network import Client, Network, Person

PATH = "/api/v1/collections"


async def made(owner: Person, name: str = "Sailors", **given: Any) -> Any:
    """A new collection of `owner`."""
    return (await owner.post(PATH, json={"name": name, **given}))["collection"]


async def seen(viewer: Client, collection: Any) -> list[str]:
    """Whom `viewer` finds in a collection: first whose it is, then who is in it."""
    found = await viewer.get(f"{PATH}/{collection['id']}")
    assert found["collection"]["item_count"] == len(found["collection"]["items"])
    return [account["acct"] for account in found["accounts"]]


async def listed(viewer: Client, account: Person, path: str = "collections", **query: Any) -> list[str]:
    """Names of the collections of an account, or of those that it is in."""
    found = await viewer.get(f"/api/v1/accounts/{account.id}/{path}", params=query)
    return [each["name"] for each in found["collections"]]


async def test_a_collection_is_made_seen_changed_and_deleted(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    answer = await alice.post(
        PATH,
        json={
            "name": " Sailors ",
            "description": "Worth following",
            "language": "en",
            "tag_name": "#SailingBoats",
            "account_ids": [bob.id, carol.id],
        },
    )
    collection = answer["collection"]
    url = network.settings.url(f"/collections/{collection['id']}")
    assert [item["account_id"] for item in collection["items"]] == [bob.id, carol.id]
    assert {item["state"] for item in collection["items"]} == {"accepted"}
    expected = {
        "name": "Sailors",
        "description": "Worth following",
        "language": "en",
        "account_id": alice.id,
        "local": True,
        "sensitive": False,
        "discoverable": True,
        "item_count": 2,
        "url": url,
        "tag": {"name": "SailingBoats", "url": network.settings.url("/tags/sailingboats")},
    }
    assert {key: collection[key] for key in expected} == expected
    assert await seen(network.anonymous, collection) == ["alice", "bob", "carol"]

    path = f"{PATH}/{collection['id']}"
    changed = (await alice.patch(path, json={"name": "Rowers", "tag_name": "", "language": ""}))["collection"]
    assert (changed["name"], changed["tag"], changed["language"]) == ("Rowers", None, None)
    assert (changed["description"], changed["item_count"]) == ("Worth following", 2)
    assert changed["updated_at"] > collection["updated_at"]
    assert (await alice.patch(path, json={}))["collection"] == changed
    await alice.delete(path)
    await alice.get(path, 404)


async def test_people_are_put_in_and_taken_out(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    collection = await made(alice)
    items = f"{PATH}/{collection['id']}/items"
    item = (await alice.post(items, json={"account_id": bob.id}))["collection_item"]
    assert (item["account_id"], item["state"]) == (bob.id, "accepted")
    await alice.post(items, json={"account_id": carol.id})
    assert await seen(bob, collection) == ["alice", "bob", "carol"]
    assert "already been taken" in (await alice.post(items, 422, json={"account_id": bob.id}))["error"]
    assert (await alice.post(items, 422))["error"] == "`account_id` parameter is missing"
    await alice.post(items, 404, json={"account_id": "1"})
    await alice.delete(f"{items}/{item['id']}")
    await alice.delete(f"{items}/{item['id']}", 404)
    assert await seen(bob, collection) == ["alice", "carol"]
    await alice.post(items, json={"account_id": alice.id})
    assert await seen(bob, collection) == ["alice", "carol"]  # whose it is stands there once


async def test_who_does_not_want_to_be_found_is_in_no_collection(network: Network) -> None:
    alice, bob, carol, dave = await network.people("alice", "bob", "carol", "dave")
    await bob.patch("/api/v1/accounts/update_credentials", json={"discoverable": False})
    await carol.patch("/api/v1/accounts/update_credentials", json={"locked": True})
    await dave.post(f"/api/v1/accounts/{alice.id}/block")
    zoe = await stranger(network, "zoe")
    collection = await made(alice)
    items = f"{PATH}/{collection['id']}/items"
    for account_id in (bob.id, carol.id, dave.id, str(zoe)):
        await alice.post(items, 403, json={"account_id": account_id})
        await alice.post(PATH, 403, json={"name": "X", "account_ids": [account_id]})
    assert await listed(alice, alice) == ["Sailors"]
    # Who is locked lets those recommend them who follow them, as `feature_approval` says.
    await alice.follow(carol)
    await carol.post(f"/api/v1/follow_requests/{alice.id}/authorize")
    assert (await alice.get(f"/api/v1/accounts/{carol.id}"))["feature_approval"]["automatic"] == ["followers"]
    await alice.post(items, json={"account_id": carol.id})


async def test_one_takes_oneself_out_for_good(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    collection = await made(alice, account_ids=[bob.id, carol.id])
    items = f"{PATH}/{collection['id']}/items"
    mine, other = (item["id"] for item in collection["items"])
    await bob.post(f"{items}/{other}/revoke", 404)
    await network.anonymous.post(f"{items}/{mine}/revoke", 401)
    await bob.post(f"{items}/{mine}/revoke")
    await bob.post(f"{items}/{mine}/revoke")  # again: nothing happens
    for viewer in (alice, bob, network.anonymous):
        assert await seen(viewer, collection) == ["alice", "carol"]
    assert await listed(bob, bob, "in_collections") == []
    await alice.post(items, 422, json={"account_id": bob.id})
    await alice.delete(f"{items}/{mine}", 404)  # so that nobody is put in anew that way
    await alice.post(items, 422, json={"account_id": bob.id})


async def test_only_their_owner_changes_collections(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    collection = await made(alice, account_ids=[carol.id])
    path = f"{PATH}/{collection['id']}"
    item = collection["items"][0]["id"]
    await bob.patch(path, 403, json={"name": "Mine"})
    await bob.delete(path, 403)
    await bob.post(f"{path}/items", 403, json={"account_id": bob.id})
    await bob.delete(f"{path}/items/{item}", 403)
    for method, where in (("POST", PATH), ("PATCH", path), ("DELETE", path), ("POST", f"{path}/items")):
        assert (await network.anonymous.request(method, where)).status_code == 401
    reader = Client(network, await network.token(alice.account_id, ("read:collections",)))
    await reader.get(path)
    await reader.delete(path, 403)
    other = await made(alice, "Other")
    await alice.delete(f"{PATH}/{other['id']}/items/{item}", 404)  # it is in another collection
    assert (await alice.get(path))["collection"]["name"] == "Sailors"


async def test_blocks_are_kept_to_in_both_directions(network: Network) -> None:
    alice, bob, carol, dave = await network.people("alice", "bob", "carol", "dave")
    collection = await made(alice, account_ids=[bob.id, carol.id])
    path = f"{PATH}/{collection['id']}"
    await bob.post(f"/api/v1/accounts/{carol.id}/block")
    assert await seen(bob, collection) == ["alice", "bob"]
    assert await seen(carol, collection) == ["alice", "carol"]
    assert await seen(network.anonymous, collection) == ["alice", "bob", "carol"]
    await alice.post(f"/api/v1/accounts/{dave.id}/block")
    await dave.get(path, 404)
    await dave.patch(path, 404, json={"name": "x"})
    assert await listed(dave, alice) == []
    # Whoever blocks the owner is not recommended by them any more, also after the block.
    await carol.post(f"/api/v1/accounts/{alice.id}/block")
    await network.settle()
    assert await seen(network.anonymous, collection) == ["alice", "bob"]
    await carol.post(f"/api/v1/accounts/{alice.id}/unblock")
    await alice.post(f"{path}/items", 422, json={"account_id": carol.id})
    # Whom the owner blocks, leaves.
    await alice.post(f"/api/v1/accounts/{bob.id}/block")
    await network.settle()
    assert await seen(network.anonymous, collection) == ["alice"]


async def test_unlisted_collections_are_for_who_has_their_address(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    hidden = await made(alice, "Hidden", discoverable=False)
    await made(alice, "Shown")
    assert await listed(alice, alice) == ["Shown", "Hidden"]
    assert await listed(bob, alice) == ["Shown"]
    assert await listed(network.anonymous, alice) == ["Shown"]  # type: ignore[arg-type]
    assert await seen(bob, hidden) == ["alice"]


async def test_one_sees_which_collections_one_is_in(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    for name in ("One", "Two"):
        await made(alice, name, account_ids=[bob.id])
    await made(carol, "Secret", account_ids=[bob.id], discoverable=False)
    assert await listed(bob, bob, "in_collections") == ["Secret", "Two", "One"]
    assert await listed(alice, bob, "in_collections") == []
    await network.anonymous.get(f"/api/v1/accounts/{bob.id}/in_collections", 401)
    await bob.get("/api/v1/accounts/1/in_collections", 404)


async def test_lists_come_in_parts(network: Network) -> None:
    alice = await network.person("alice")
    for number in range(5):
        await made(alice, f"N{number}")
    path = f"/api/v1/accounts/{alice.id}/collections"
    answer = await alice.request("GET", f"{path}?limit=2")
    names = [each["name"] for each in answer.json()["collections"]]
    assert set(answer.links) == {"next"}
    for _ in range(2):
        answer = await alice.request("GET", answer.links["next"]["url"])
        names += [each["name"] for each in answer.json()["collections"]]
    assert names == ["N4", "N3", "N2", "N1", "N0"]
    assert set(answer.links) == {"prev"}
    assert "Link" not in (await alice.request("GET", path)).headers
    for query in ({"limit": -1}, {"offset": -5}, {"offset": 10**30, "limit": 10**30}):
        assert (await alice.request("GET", path, params=query)).status_code in (200, 422)


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"name": ""}, "name", "ERR_BLANK"),
        ({"name": " \n "}, "name", "ERR_BLANK"),
        ({}, "name", "ERR_BLANK"),
        ({"name": "x" * 41}, "name", "ERR_TOO_LONG"),
        ({"name": "x", "description": "x" * 101}, "description", "ERR_TOO_LONG"),
        ({"name": "x", "language": "klingonese"}, "language", "ERR_INVALID"),
        ({"name": "x", "tag_name": "two words"}, "tag_name", "ERR_UNUSABLE"),
    ],
)
async def test_what_can_be_no_collection_is_refused(
    network: Network, given: dict[str, Any], field: str, code: str
) -> None:
    alice = await network.person("alice")
    error = (await alice.post(PATH, 422, json=given))["error"]
    assert error["details"][field][0]["error"] == code
    assert error["error"].startswith("Validation failed: ")


async def test_there_are_only_so_many(network: Network) -> None:
    alice = await network.person("alice")
    for number in range(COLLECTIONS):
        await made(alice, f"N{number}")
    error = (await alice.post(PATH, 422, json={"name": "One too many"}))["error"]
    assert error["details"]["base"][0]["error"] == "ERR_TOO_MANY"
    collection = (await alice.get(f"/api/v1/accounts/{alice.id}/collections"))["collections"][0]
    await execute(
        network,
        """
        insert into accounts (id, username, uri)
        select n, 'member' || n, 'https://here.example/' || n from generate_series(1, 30) n
        """,
    )
    items = f"{PATH}/{collection['id']}/items"
    for number in range(1, ITEMS + 1):
        await alice.post(items, json={"account_id": str(number)})
    await alice.post(items, 422, json={"account_id": str(ITEMS + 1)})
    await alice.delete(f"{PATH}/{collection['id']}")
    many = [str(number) for number in range(1, ITEMS + 2)]
    error = (await alice.post(PATH, 422, json={"name": "x", "account_ids": many}))["error"]
    assert error["details"]["collection_items"][0]["error"] == "ERR_TOO_MANY"
    role = (await alice.get("/api/v1/accounts/verify_credentials"))["role"]
    assert role["collection_limit"] == COLLECTIONS
    limits = (await alice.get("/api/v2/instance"))["configuration"]["collections"]
    assert (limits["max_collections"], limits["max_accounts"]) == (COLLECTIONS, ITEMS)


async def test_who_is_suspended_is_in_no_collection(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    collection = await made(alice, account_ids=[bob.id])
    await execute(network, "update accounts set suspended_at = now() where id = %s", bob.account_id)
    assert await seen(network.anonymous, collection) == ["alice"]
    await execute(network, "update accounts set suspended_at = now() where id = %s", alice.account_id)
    await network.anonymous.get(f"{PATH}/{collection['id']}", 404)
    assert await listed(network.anonymous, alice) == []


async def test_collections_cost_the_same_however_many_there_are(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, bob, carol, dave = await network.people("alice", "bob", "carol", "dave")

    async def costs() -> list[int]:
        found: list[int] = []
        single = (await bob.get(f"/api/v1/accounts/{alice.id}/collections"))["collections"][0]["id"]
        for path in (
            f"/api/v1/accounts/{alice.id}/collections",
            f"/api/v1/accounts/{bob.id}/in_collections",
            f"{PATH}/{single}",
            "/api/v1/notifications",
            "/api/v2/notifications",
        ):
            await bob.get(path)
            with count_queries(monkeypatch) as queries:
                await bob.get(path)
            found.append(len(queries))
        return found

    await made(alice, account_ids=[bob.id])
    await network.settle()
    few = await costs()
    for number in range(6):
        await made(alice, f"N{number}", account_ids=[bob.id, carol.id, dave.id])
    await network.settle()
    assert await costs() == few
    assert max(few[:3]) <= 4


async def test_a_collection_can_be_reported_with_its_owner(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    collection, other = await made(alice), await made(carol)
    report = {"account_id": alice.id, "category": "spam"}
    answer = await bob.post("/api/v1/reports", json=report | {"collection_ids": [collection["id"]]})
    assert answer["collection_ids"] == [collection["id"]]
    for wrong in (other["id"], "1"):
        await bob.post("/api/v1/reports", 404, json=report | {"collection_ids": [wrong]})
