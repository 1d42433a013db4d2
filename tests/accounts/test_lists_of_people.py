"""Who follows whom, and how one stands to many."""

import pytest

from tests.network import Client, Network, Person


async def names(viewer: Client, path: str) -> list[str]:
    """Whom a list names."""
    return [person["username"] for person in await viewer.get(path)]


async def suspend(network: Network, person: Person) -> None:
    async with network.services.db.transaction() as tx:
        await tx.execute(
            "update accounts set suspended_at = now(), version = version + 1 where id = %s",
            [person.account_id],
        )


async def test_followers_and_followed_are_listed_newest_first(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await bob.follow(alice)
    await carol.follow(alice)
    await bob.follow(carol)
    assert await names(network.anonymous, f"/api/v1/accounts/{alice.id}/followers") == ["carol", "bob"]
    assert await names(network.anonymous, f"/api/v1/accounts/{bob.id}/following") == ["carol", "alice"]


@pytest.mark.parametrize("word", ["followers", "following"])
async def test_a_list_is_paged_in_both_directions(network: Network, word: str) -> None:
    alice = await network.person("alice")
    for name in ("bob", "carol", "dora"):
        other = await network.person(name)
        await (other.follow(alice) if word == "followers" else alice.follow(other))
    path = f"/api/v1/accounts/{alice.id}/{word}"

    first = await alice.request("GET", f"{path}?limit=2")
    assert [person["username"] for person in first.json()] == ["dora", "carol"]
    second = await alice.request("GET", first.links["next"]["url"])
    assert [person["username"] for person in second.json()] == ["bob"]
    assert await names(alice, second.links["prev"]["url"]) == ["dora", "carol"]
    assert await names(alice, first.links["prev"]["url"]) == []
    assert len(await names(alice, f"{path}?limit=-3")) == 1


@pytest.mark.parametrize("word", ["followers", "following"])
async def test_hidden_lists_are_empty_for_all_others(network: Network, word: str) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.follow(bob)
    await bob.follow(alice)
    await alice.patch("/api/v1/accounts/update_credentials", data={"hide_collections": "true"})
    path = f"/api/v1/accounts/{alice.id}/{word}"
    assert await names(network.anonymous, path) == []
    assert await names(bob, path) == []
    assert await names(alice, path) == ["bob"]


async def test_who_is_blocked_sees_no_lists_of_the_blocker(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await carol.follow(alice)
    await alice.post(f"/api/v1/accounts/{bob.id}/block")
    assert await names(bob, f"/api/v1/accounts/{alice.id}/followers") == []
    assert await names(carol, f"/api/v1/accounts/{alice.id}/followers") == ["carol"]


@pytest.mark.parametrize("what", ["blocks", "is blocked by", "mutes"])
async def test_people_whom_the_viewer_does_not_meet_are_left_out(network: Network, what: str) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await bob.follow(alice)
    await carol.follow(alice)
    if what == "blocks":
        await carol.post(f"/api/v1/accounts/{bob.id}/block")
    elif what == "mutes":
        await carol.post(f"/api/v1/accounts/{bob.id}/mute")
    else:
        await bob.post(f"/api/v1/accounts/{carol.id}/block")
    assert await names(carol, f"/api/v1/accounts/{alice.id}/followers") == ["carol"]
    assert await names(alice, f"/api/v1/accounts/{alice.id}/followers") == ["carol", "bob"]


async def test_the_suspended_are_in_no_list_and_have_none(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.follow(bob)
    await bob.follow(alice)
    await suspend(network, bob)
    assert await names(alice, f"/api/v1/accounts/{alice.id}/followers") == []
    assert await names(alice, f"/api/v1/accounts/{bob.id}/followers") == []


async def test_lists_of_nobody_are_not_found(network: Network) -> None:
    for word in ("followers", "following", "statuses"):
        answer = await network.anonymous.get(f"/api/v1/accounts/1/{word}", 404)
        assert answer == {"error": "Record not found"}


async def test_relationships_come_in_the_order_asked_for_without_unknown_ones(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    ids = [carol.id, "1", alice.id, bob.id, carol.id]
    found = await alice.get("/api/v1/accounts/relationships", params={"id[]": ids})
    assert [one["id"] for one in found] == [carol.id, alice.id, bob.id]
    (single,) = await alice.get(f"/api/v1/accounts/relationships?id={bob.id}")
    assert single["id"] == bob.id
    assert await alice.get("/api/v1/accounts/relationships") == []
    await network.anonymous.get(f"/api/v1/accounts/relationships?id[]={bob.id}", 401)
