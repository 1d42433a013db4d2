"""Blocking a whole server."""

import pytest

from tests.accounts.support import execute, follow, names, publish_from, relationship, stranger
from tests.network import Client, Network, Person

PATH = "/api/v1/domain_blocks"


async def block(person: Person, domain: str) -> None:
    """Block a server and let everything follow."""
    assert await person.post(PATH, json={"domain": domain}) == {}
    await person.network.settle()


async def test_blocked_servers_are_listed_last_first_and_only_for_oneself(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    for domain in ("one.example", "Two.Example", "bücher.example", "two.example"):
        await block(alice, domain)
    assert await alice.get(PATH) == ["xn--bcher-kva.example", "two.example", "one.example"]
    first = await alice.request("GET", f"{PATH}?limit=2")
    second = await alice.request("GET", first.links["next"]["url"])
    assert second.json() == ["one.example"]
    assert await alice.get(second.links["prev"]["url"]) == first.json()
    assert await bob.get(PATH) == []
    for _ in range(2):
        assert await alice.delete(PATH, params={"domain": "TWO.example"}) == {}
    assert await alice.get(PATH) == ["xn--bcher-kva.example", "one.example"]


@pytest.mark.parametrize("domain", ["", " ", "two words.example", "a" * 300, "-", "a..b", "x@y z", "%"])
async def test_what_is_no_server_is_refused(network: Network, domain: str) -> None:
    alice = await network.person("alice")
    for method in ("POST", "DELETE"):
        response = await alice.request(method, PATH, params={"domain": domain})
        assert response.status_code == 422
        assert "Domain" in response.json()["error"]
    assert await alice.get(PATH) == []


async def test_blocking_servers_needs_a_token_for_it(network: Network) -> None:
    alice = await network.person("alice")
    for method in ("GET", "POST", "DELETE"):
        response = await network.anonymous.request(method, PATH, params={"domain": "far.example"})
        assert response.status_code == 401
    other = Client(network, await network.token(alice.account_id, ("read:lists", "write:mutes")))
    for method in ("GET", "POST", "DELETE"):
        response = await other.request(method, PATH, params={"domain": "far.example"})
        assert response.status_code == 403


async def test_follows_and_requests_in_both_directions_end(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.patch("/api/v1/accounts/update_credentials", data={"locked": "true"})
    zoe, yan, near = (
        await stranger(network, "zoe"),
        await stranger(network, "yan"),
        await stranger(network, "near", "near.example"),
    )
    for other in (zoe, near):
        await follow(network, alice.account_id, other)
        await follow(network, other, alice.account_id)
    await alice.post(f"/api/v1/accounts/{zoe}/endorse")
    await alice.post(f"/api/v1/accounts/{yan}/follow")
    await execute(
        network, "insert into follow_requests (id, account_id, target_id) values (1, %s, %s)", yan, alice.id
    )
    await follow(network, bob.account_id, zoe)
    await block(alice, "far.example")

    stands = await relationship(alice, zoe)
    assert (stands["domain_blocking"], stands["following"], stands["followed_by"]) == (True, False, False)
    assert stands["endorsed"] is False
    stands = await relationship(alice, yan)
    assert (stands["requested"], stands["requested_by"]) == (False, False)
    stands = await relationship(alice, near)
    assert (stands["domain_blocking"], stands["following"], stands["followed_by"]) == (False, True, True)
    assert (await relationship(bob, zoe))["following"] is True
    account = await alice.get(f"/api/v1/accounts/{alice.id}")
    assert (account["following_count"], account["followers_count"]) == (1, 1)

    await alice.post(f"/api/v1/accounts/{zoe}/follow", 403)
    await alice.delete(PATH, params={"domain": "far.example"})
    stands = await relationship(alice, zoe)
    assert (stands["domain_blocking"], stands["following"]) == (False, False)
    assert (await alice.post(f"/api/v1/accounts/{zoe}/follow"))["requested"] is True


async def test_a_block_that_was_taken_back_at_once_ends_nothing(network: Network) -> None:
    alice = await network.person("alice")
    zoe = await stranger(network, "zoe")
    await follow(network, alice.account_id, zoe)
    await alice.post(PATH, json={"domain": "far.example"})
    await alice.delete(PATH, params={"domain": "far.example"})
    await network.settle()
    assert (await relationship(alice, zoe))["following"] is True


async def test_many_follows_end_too(network: Network) -> None:
    alice = await network.person("alice")
    await execute(
        network,
        """
        with new as (
            insert into accounts (id, username, domain, uri)
            select n, 'z' || n, 'far.example', 'https://far.example/' || n from generate_series(1, 450) n
            returning id)
        insert into follows (id, account_id, target_id) select id, %s, id from new
        """,
        alice.account_id,
    )
    await block(alice, "far.example")
    assert await alice.get(f"/api/v1/accounts/{alice.id}/following") == []


async def test_nothing_of_a_blocked_server_is_met(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    zoe = await stranger(network, "zoe")
    status_id = await publish_from(network, zoe, "Greetings from afar")
    await bob.post(f"/api/v1/statuses/{status_id}/reblog")
    await bob.post(f"/api/v1/statuses/{status_id}/favourite")
    await follow(network, zoe, bob.account_id)
    await alice.follow(bob)
    lists = (
        "/api/v1/timelines/public",
        "/api/v1/timelines/home",
        f"/api/v1/accounts/{bob.id}/followers",
        "/api/v1/directory",
        "/api/v1/accounts/search?q=zoe",
    )
    before = [len(await alice.get(path)) for path in lists]
    await block(alice, "far.example")
    after = [len(await alice.get(path)) for path in lists]
    assert [old - new for old, new in zip(before, after, strict=True)] == [1, 1, 1, 1, 1]
    assert (await alice.get("/api/v2/search?q=zoe"))["accounts"] == []
    assert await names(alice, "/api/v1/accounts/search?q=zoe@far.example") == ["zoe@far.example"]
    assert [len(await bob.get(path)) for path in lists[3:]] == [3, 1]
    await alice.post(f"/api/v1/statuses/{status_id}/favourite", 403)


async def test_nothing_is_heard_from_a_blocked_server(network: Network) -> None:
    alice = await network.person("alice")
    zoe = await stranger(network, "zoe")
    status = await alice.publish("Hello")
    for kind, number in (("follow", 1), ("favourite", 2)):
        await execute(
            network,
            "insert into notifications (id, account_id, type, from_account_id, status_id)"
            " values (%s, %s, %s, %s, %s)",
            number,
            alice.account_id,
            kind,
            zoe,
            int(status["id"]) if kind == "favourite" else None,
        )
    assert len(await alice.get("/api/v1/notifications")) == 2
    assert await alice.post(PATH, json={"domain": "far.example"}) == {}
    assert await alice.get("/api/v1/notifications") == []
    await network.settle()
    await alice.delete(PATH, params={"domain": "far.example"})
    assert await alice.get("/api/v1/notifications") == []  # gone, not hidden
