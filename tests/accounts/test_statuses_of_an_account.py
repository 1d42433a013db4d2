"""What an account wrote and boosted."""

from typing import Any

from tests.network import Client, Network, Person


async def texts(viewer: Client, person: Person, **query: Any) -> list[str]:
    """The ids of a person's statuses."""
    return [
        status["id"] for status in await viewer.get(f"/api/v1/accounts/{person.id}/statuses", params=query)
    ]


async def test_a_profile_shows_to_each_what_they_may_see(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await bob.follow(alice)
    public = await alice.publish("to all")
    private = await alice.publish("to followers", visibility="private")
    direct = await alice.publish("@carol to you", visibility="direct")
    assert await texts(network.anonymous, alice) == [public["id"]]
    assert await texts(bob, alice) == [private["id"], public["id"]]
    assert await texts(carol, alice) == [direct["id"], public["id"]]
    assert await texts(alice, alice) == [direct["id"], private["id"], public["id"]]

    await alice.post(f"/api/v1/accounts/{carol.id}/block")
    assert await texts(carol, alice) == []


async def test_it_can_be_narrowed(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    theirs = await bob.publish("something")
    own = await alice.publish("about the #Harbour")
    thread = await alice.publish("and on", in_reply_to_id=own["id"])
    reply = await alice.publish("@bob no", in_reply_to_id=theirs["id"])
    boost = await alice.post(f"/api/v1/statuses/{theirs['id']}/reblog")
    await alice.post(f"/api/v1/statuses/{own['id']}/pin")

    everything = [boost["id"], reply["id"], thread["id"], own["id"]]
    assert await texts(bob, alice) == everything
    assert await texts(bob, alice, exclude_replies=True) == [boost["id"], thread["id"], own["id"]]
    assert await texts(bob, alice, exclude_reblogs="1") == [reply["id"], thread["id"], own["id"]]
    assert await texts(bob, alice, tagged="harbour") == [own["id"]]
    assert await texts(bob, alice, tagged="#HARBOUR") == [own["id"]]
    assert await texts(bob, alice, tagged="nothing") == []
    assert await texts(bob, alice, pinned=True) == [own["id"]]
    assert await texts(bob, alice, only_media=True) == []


async def test_boosts_of_people_whom_the_reader_mutes_are_left_out(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    theirs = await bob.publish("something")
    await alice.post(f"/api/v1/statuses/{theirs['id']}/reblog")
    assert len(await texts(carol, alice)) == 1
    await carol.post(f"/api/v1/accounts/{bob.id}/mute")
    assert await texts(carol, alice) == []
    assert len(await texts(network.anonymous, alice)) == 1


async def test_a_muted_or_blocked_person_can_still_be_looked_at(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.publish("to all")
    await bob.post(f"/api/v1/accounts/{alice.id}/mute")
    assert len(await texts(bob, alice)) == 1


async def test_it_is_paged_in_both_directions(network: Network) -> None:
    alice = await network.person("alice")
    ids = [(await alice.publish(f"number {number}"))["id"] for number in range(5)][::-1]
    assert await texts(alice, alice, limit=2) == ids[:2]
    assert await texts(alice, alice, limit=2, max_id=ids[1]) == ids[2:4]
    assert await texts(alice, alice, limit=2, min_id=ids[4]) == ids[2:4]
    assert await texts(alice, alice, limit=2, since_id=ids[4]) == ids[:2]

    first = await alice.request("GET", f"/api/v1/accounts/{alice.id}/statuses?limit=2&exclude_replies=true")
    assert "exclude_replies=true" in first.links["next"]["url"]
    second = await alice.get(first.links["next"]["url"])
    assert [status["id"] for status in second] == ids[2:4]


async def test_strange_bounds_are_refused(network: Network) -> None:
    alice = await network.person("alice")
    for query in ("max_id=abc", "limit=many", "pinned=perhaps", "min_id=-1"):
        answer = await alice.get(f"/api/v1/accounts/{alice.id}/statuses?{query}", 422)
        assert answer["error"].startswith("Validation failed")
