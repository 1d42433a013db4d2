"""Seeing and finding accounts."""

from typing import LiteralString

import pytest

from rostra.accounts import search, suggestions
from tests.network import Network, Person


async def rename(person: Person, name: str) -> None:
    await person.patch("/api/v1/accounts/update_credentials", data={"display_name": name})


async def found(viewer: Person, query: str, **options: object) -> list[str]:
    """The names that a search gives."""
    params = {"q": query, **options}
    return [one["username"] for one in await viewer.get("/api/v1/accounts/search", params=params)]


SUSPENDED: LiteralString = "update accounts set suspended_at = now() where id = %s"
LIMITED: LiteralString = "update accounts set limited_at = now() where id = %s"
UNCONFIRMED: LiteralString = "update users set confirmed_at = null where account_id = %s"
UNAPPROVED: LiteralString = "update users set approved_at = null where account_id = %s"


async def make(network: Network, person: Person, change: LiteralString) -> None:
    """Change the row of a person as moderators do."""
    async with network.services.db.transaction() as tx:
        await tx.execute(change, [person.account_id])
        await tx.execute("update accounts set version = version + 1 where id = %s", [person.account_id])


async def test_everybody_sees_an_account(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    seen = await network.anonymous.get(f"/api/v1/accounts/{alice.id}")
    assert seen["acct"] == "alice"
    assert seen["url"] == "http://localhost:8420/@alice"
    assert "source" not in seen
    assert await bob.get(f"/api/v1/accounts/{alice.id}") == seen
    assert await network.anonymous.get("/api/v1/accounts/lookup?acct=alice") == seen
    assert await network.anonymous.get("/api/v1/accounts/lookup?acct=@Alice@localhost:8420") == seen


async def test_an_account_that_is_none_is_not_found(network: Network) -> None:
    for account_id in ("1", "0", "-1", "abc", "9223372036854775808", "1%00"):
        response = await network.anonymous.request("GET", f"/api/v1/accounts/{account_id}")
        assert response.status_code in (400, 404)
        assert response.json()["error"]


async def test_a_handle_of_nobody_is_not_found(network: Network) -> None:
    await network.person("alice")
    for acct in ("", "nobody", "a lice", "@", "alice@other.example", "x" * 5000):
        answer = await network.anonymous.get("/api/v1/accounts/lookup", 404, params={"acct": acct})
        assert answer == {"error": "Record not found"}


async def test_a_suspended_account_shows_little_more_than_that_it_is(network: Network) -> None:
    alice = await network.person("alice")
    await alice.patch(
        "/api/v1/accounts/update_credentials",
        json={"display_name": "Alice", "note": "secret", "fields_attributes": [{"name": "a", "value": "b"}]},
    )
    await alice.publish("hello")
    await make(network, alice, SUSPENDED)
    seen = await network.anonymous.get(f"/api/v1/accounts/{alice.id}")
    assert seen["suspended"] is True
    assert (seen["display_name"], seen["note"], seen["fields"]) == ("", "", [])
    assert await network.anonymous.get(f"/api/v1/accounts/{alice.id}/statuses") == []


async def test_a_limited_account_says_so(network: Network) -> None:
    alice = await network.person("alice")
    await make(network, alice, LIMITED)
    seen = await network.anonymous.get(f"/api/v1/accounts/{alice.id}")
    assert seen["limited"] is True
    assert "suspended" not in seen


@pytest.mark.parametrize("change", [UNCONFIRMED, UNAPPROVED], ids=["unconfirmed", "unapproved"])
async def test_who_has_not_finished_signing_up_looks_like_they_do_not_exist(
    network: Network, change: LiteralString
) -> None:
    alice, bob = await network.people("alice", "bob")
    await make(network, alice, change)
    for path in (f"/api/v1/accounts/{alice.id}", "/api/v1/accounts/lookup?acct=alice"):
        assert await bob.get(path, 404) == {"error": "Record not found"}
    assert await bob.get(f"/api/v1/accounts?id[]={alice.id}") == []
    assert await found(bob, "alice") == []
    assert "alice" not in [one["username"] for one in await bob.get("/api/v1/directory")]


async def test_some_accounts_at_once_come_in_the_order_asked_for(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    seen = await network.anonymous.get("/api/v1/accounts", params={"id[]": [bob.id, "1", alice.id, bob.id]})
    assert [one["username"] for one in seen] == ["bob", "alice"]
    await network.anonymous.get("/api/v1/accounts", 422, params={"id[]": [str(n) for n in range(41)]})


async def test_a_search_finds_the_exact_name_first_then_beginnings_then_similar_ones(
    network: Network,
) -> None:
    alice = await network.person("alice")
    for name in ("klara", "klarabella", "unklar"):
        await network.person(name)
    dora = await network.person("dora")
    await rename(dora, "Frau Klara Sommer")
    assert await found(alice, "klara") == ["klara", "klarabella", "dora"]
    assert (await found(alice, "@KLARA"))[0] == "klara"
    assert await found(alice, "nklar") == ["unklar"]
    assert (await found(alice, "klarabela"))[0] == "klarabella"
    assert await found(alice, "somm") == ["dora"]


async def test_a_search_for_one_or_two_letters_finds_beginnings(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await rename(bob, "Zoë Berg")
    assert await found(alice, "al") == ["alice"]
    assert await found(alice, "z") == ["bob"]
    assert await found(alice, "ZOË") == ["bob"]
    assert await found(alice, "li") == []


async def test_a_search_knows_our_own_domain_and_asks_no_other(network: Network) -> None:
    alice, _ = await network.people("alice", "bob")
    assert await found(alice, "@bob@localhost:8420") == ["bob"]
    assert await found(alice, "bob@other.example", resolve=True) == []


async def test_people_one_follows_come_first_or_alone(network: Network) -> None:
    alice, _, anton = await network.people("alice", "anna", "anton")
    await alice.follow(anton)
    assert await found(alice, "an") == ["anton", "anna"]
    assert await found(alice, "an", following=True) == ["anton"]
    assert await found(alice, "an", limit=1, offset=1) == ["anna"]


@pytest.mark.parametrize("change", [SUSPENDED, UNCONFIRMED], ids=["suspended", "unconfirmed"])
async def test_a_search_never_finds_the_hidden(network: Network, change: LiteralString) -> None:
    alice, bob = await network.people("alice", "bob")
    await make(network, bob, change)
    assert await found(alice, "bob") == []
    assert await found(alice, "@bob@localhost:8420") == []


async def test_a_strange_search_finds_nobody(network: Network) -> None:
    alice = await network.person("alice")
    for query in ("%", "_", "\\", "%%%%", "' or 1=1 --", "", "@", "@@", "   ", "😀" * 400):
        assert await found(alice, query) == [], query


async def test_searching_needs_a_member(network: Network) -> None:
    await network.anonymous.get("/api/v1/accounts/search?q=alice", 401)


async def test_the_directory_names_those_who_want_to_be_found(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await alice.publish("I am here.")
    await carol.patch("/api/v1/accounts/update_credentials", data={"discoverable": "false"})
    anonymous = network.anonymous
    assert [one["username"] for one in await anonymous.get("/api/v1/directory")] == ["alice", "bob"]
    newest = await anonymous.get("/api/v1/directory?order=new&local=true")
    assert [one["username"] for one in newest] == ["bob", "alice"]
    later = await anonymous.get("/api/v1/directory?offset=1&limit=1")
    assert [one["username"] for one in later] == ["bob"]
    assert await anonymous.get("/api/v1/directory?offset=99999999999") == []
    await anonymous.get("/api/v1/directory?order=random", 422)

    await bob.post(f"/api/v1/accounts/{alice.id}/block")
    assert [one["username"] for one in await bob.get("/api/v1/directory")] == ["bob"]


async def test_popular_and_followed_people_are_found_among_however_many_of_the_same_beginning(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "LOOKED_AT", 1)
    viewer, first, star, friend = await network.people("viewer", "mara", "marvin", "marzipan")
    await network.person("marx")
    await viewer.follow(friend)
    for one in (first, friend):
        await one.follow(star)
    async with network.services.db.connection() as tx:
        await suggestions.refresh(tx)
    assert await found(viewer, "mar", limit=3) == ["marzipan", "marvin", "mara"]
    assert await found(viewer, "mar", limit=1, offset=1) == ["marvin"]
    assert (await found(viewer, "marx"))[0] == "marx"
    assert await found(viewer, "mar", following=True) == ["marzipan"]


async def test_a_name_is_found_from_each_of_its_words_without_accents(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await rename(bob, "Ærøskøbing — Jörg  O’Neill 東京")
    for query in ("jorg", "JÖRG o neill", "Aeros", "東京", "o'ne", "bob"):
        assert await found(alice, query) == ["bob"], query
    await rename(bob, "Zoë")
    assert await found(alice, "jorg") == []
    assert await found(alice, "zoe") == ["bob"]
    for query in ("...", "🌊", "'", "\\", "%", "_"):
        await found(alice, query)
