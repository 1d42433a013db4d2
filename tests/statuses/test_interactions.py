"""Favourites, boosts, bookmarks, pins, muted threads."""

from typing import Any

import pytest

from tests.network import Network, Person
from tests.statuses.support import GONE, act, look, publish_many, rows


async def acct_of(items: list[Any]) -> list[str]:
    return [item["acct"] for item in items]


async def told(person: Person) -> list[str]:
    await person.network.settle()
    return [item["type"] for item in await person.get("/api/v1/notifications")]


async def test_a_favourite_counts_once_and_tells_the_author(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("hello")
    for _ in range(2):
        shown = await act(bob, status, "favourite")
        assert (shown["favourited"], shown["favourites_count"]) == (True, 1)
    assert await told(alice) == ["favourite"]
    assert (await look(alice, status))["favourited"] is False
    assert [item["id"] for item in await bob.get("/api/v1/favourites")] == [status["id"]]

    for _ in range(2):
        shown = await act(bob, status, "unfavourite")
        assert (shown["favourited"], shown["favourites_count"]) == (False, 0)
    assert await told(alice) == []


async def test_each_change_records_one_event(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("hello")
    for action in ("favourite", "favourite", "unfavourite", "unfavourite", "reblog", "reblog", "unreblog"):
        await act(bob, status, action)
    for action in ("bookmark", "unbookmark", "mute", "unmute"):
        await act(bob, status, action)
    assert await rows(network, "select type from events order by id") == [
        ("StatusFavourited",),
        ("StatusUnfavourited",),
        ("StatusPublished",),
        ("StatusDeleted",),
    ]


async def test_a_boost_is_a_status_of_its_own_once(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await carol.follow(bob)
    status = await alice.publish("hello")
    boost = await act(bob, status, "reblog")
    assert (boost["reblog"]["id"], boost["account"]["acct"]) == (status["id"], "bob")
    assert (boost["reblog"]["reblogged"], boost["reblog"]["reblogs_count"]) == (True, 1)
    assert (await act(bob, status, "reblog"))["id"] == boost["id"]
    assert (await act(carol, boost, "reblog"))["reblog"]["id"] == status["id"]  # not a boost of a boost
    assert await told(alice) == ["reblog", "reblog"]
    assert [item["id"] for item in await carol.home()][-1] == boost["id"]
    assert await acct_of(await look(alice, status, "/reblogged_by")) == ["carol", "bob"]


@pytest.mark.parametrize("by", ["status", "boost"])
async def test_a_boost_that_is_taken_back_is_gone(network: Network, by: str) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await carol.follow(bob)
    status = await alice.publish("hello")
    boost = await act(bob, status, "reblog")
    await network.settle()
    shown = await act(bob, {"status": status, "boost": boost}[by], "unreblog")
    assert (shown["id"], shown["reblogged"], shown["reblogs_count"]) == (status["id"], False, 0)
    assert await told(alice) == []
    assert await carol.home() == []
    assert (await act(bob, status, "unreblog"))["reblogs_count"] == 0
    assert (await bob.get(f"/api/v1/accounts/{bob.id}"))["statuses_count"] == 0


async def test_who_sees_a_boost_is_the_boosters_choice_but_for_what_is_not_public(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("hello")
    boost = await act(bob, status, "reblog", json={"visibility": "unlisted"})
    assert boost["visibility"] == "unlisted"
    own = await alice.publish("followers", visibility="private")
    assert (await act(alice, own, "reblog", json={"visibility": "public"}))["visibility"] == "private"
    await act(bob, status, "reblog", 422, json={"visibility": "direct"})


async def test_what_acts_on_a_boost_acts_on_what_it_boosts(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("hello")
    boost = await act(bob, status, "reblog")
    for action in ("favourite", "bookmark", "mute"):
        await act(alice, boost, action)
    shown = await look(alice, status)
    assert (shown["favourited"], shown["bookmarked"], shown["muted"]) == (True, True, True)
    for action in ("unfavourite", "unbookmark", "unmute"):
        await act(alice, boost, action)
    shown = await look(alice, status)
    assert (shown["favourited"], shown["bookmarked"], shown["muted"]) == (False, False, False)


async def test_nobody_learns_of_a_bookmark(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("hello")
    assert (await act(bob, status, "bookmark"))["bookmarked"] is True
    assert [item["id"] for item in await bob.get("/api/v1/bookmarks")] == [status["id"]]
    assert await told(alice) == []
    assert (await look(alice, status))["bookmarked"] is False
    assert (await act(bob, status, "unbookmark"))["bookmarked"] is False
    assert await bob.get("/api/v1/bookmarks") == []


async def test_a_favourite_of_what_became_hidden_can_be_taken_back_and_still_looks_absent(
    network: Network,
) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("hello")
    await act(bob, status, "favourite")
    await act(bob, status, "bookmark")
    await alice.post(f"/api/v1/accounts/{bob.id}/block")
    assert await act(bob, status, "unfavourite", 404) == GONE
    assert await act(bob, status, "unbookmark", 404) == GONE
    assert await rows(network, "select id from favourites union all select id from bookmarks") == []
    assert (await look(alice, status))["favourites_count"] == 0


async def test_five_statuses_can_be_pinned(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    ids = await publish_many(alice, 6)
    for status_id in ids[:5]:
        assert (await act(alice, {"id": status_id}, "pin"))["pinned"] is True
    await act(alice, {"id": ids[0]}, "pin")  # again
    answer = await act(alice, {"id": ids[5]}, "pin", 422)
    assert answer == {"error": "Validation failed: You have already pinned the maximum number of posts"}
    pinned = await bob.get(f"/api/v1/accounts/{alice.id}/statuses", params={"pinned": "true"})
    assert {item["id"] for item in pinned} == set(ids[:5])
    assert (await act(alice, {"id": ids[0]}, "unpin"))["pinned"] is False
    assert (await act(alice, {"id": ids[5]}, "pin"))["pinned"] is True


async def test_only_ones_own_words_for_more_than_the_named_can_be_pinned(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await bob.publish("hello")
    boost = await act(alice, status, "reblog")
    direct = await alice.publish("@bob psst", visibility="direct")
    errors = {
        "Someone else's post cannot be pinned": status,
        "A boost cannot be pinned": boost,
        "Posts that are only visible to mentioned users cannot be pinned": direct,
    }
    for message, refused in errors.items():
        assert await act(alice, refused, "pin", 422) == {"error": f"Validation failed: {message}"}
    followers = await alice.publish("followers", visibility="private")
    assert (await act(alice, followers, "pin"))["pinned"] is True


async def test_a_muted_thread_is_muted_in_all_its_statuses(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    first = await alice.publish("first")
    second = await bob.publish("second", in_reply_to_id=first["id"])
    assert (await act(alice, second, "mute"))["muted"] is True
    assert (await look(alice, first))["muted"] is True
    assert (await look(bob, first))["muted"] is False
    assert (await act(alice, first, "unmute"))["muted"] is False


async def test_who_favourited_and_boosted_is_paged_and_leaves_out_whom_one_does_not_meet(
    network: Network,
) -> None:
    alice, bob, carol, dave = await network.people("alice", "bob", "carol", "dave")
    status = await alice.publish("hello")
    for person in (bob, carol, dave):
        await act(person, status, "favourite")
        await act(person, status, "reblog")
    for part in ("/favourited_by", "/reblogged_by"):
        assert await acct_of(await look(network.anonymous, status, part)) == ["dave", "carol", "bob"]
        answer = await alice.request("GET", f"/api/v1/statuses/{status['id']}{part}", params={"limit": 2})
        assert await acct_of(answer.json()) == ["dave", "carol"]
        assert await acct_of(await alice.get(answer.links["next"]["url"])) == ["bob"]
        assert await alice.get(answer.links["prev"]["url"]) == []
    await bob.post(f"/api/v1/accounts/{carol.id}/block")
    await bob.post(f"/api/v1/accounts/{dave.id}/mute")
    for part in ("/favourited_by", "/reblogged_by"):
        assert await acct_of(await look(bob, status, part)) == ["bob"]
        assert await acct_of(await look(carol, status, part)) == ["dave", "carol"]
