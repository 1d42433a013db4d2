"""Following hashtags: what comes home by them, and what a hashtag tells."""

from datetime import timedelta
from typing import Any

import pytest

from rostra.core.clock import now
from rostra.core.db import fetch_value
from rostra.timelines import home
from tests.counting import count_queries
from tests.network import Network, Person
from tests.timelines.support import delete_account


async def follow(person: Person, name: str, how: str = "follow") -> Any:
    tag = await person.post(f"/api/v1/tags/{name}/{how}")
    await person.network.settle()
    return tag


async def at_home(person: Person) -> list[str]:
    return [status["id"] for status in await person.home()]


async def test_a_followed_hashtag_brings_strangers_statuses_home(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    before = await bob.publish("fog in the #Harbour")
    tag = await follow(alice, "harbour")
    assert (tag["name"], tag["following"], tag["featuring"]) == ("Harbour", True, False)
    assert await at_home(alice) == [before["id"]]
    after = await bob.publish("#harbour #tide")
    await bob.publish("#tide")
    assert await at_home(alice) == [after["id"], before["id"]]
    assert (await follow(alice, "HARBOUR", "unfollow"))["following"] is False
    assert await at_home(alice) == []
    await bob.publish("#harbour again")
    assert await at_home(alice) == []


async def test_replies_to_strangers_come_but_boosts_and_what_is_not_public_do_not(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await follow(alice, "tide")
    question = await bob.publish("when is it?")
    reply = await carol.publish("at six #tide", in_reply_to_id=question["id"])
    for visibility in ("unlisted", "private", "direct"):
        await bob.publish("@carol #tide", visibility=visibility)
    await bob.post(f"/api/v1/statuses/{reply['id']}/reblog")
    await network.settle()
    assert await at_home(alice) == [reply["id"]]
    assert await at_home(carol) == [reply["id"]]  # one's own, once


@pytest.mark.parametrize("how", ["block", "mute"])
async def test_who_is_not_wanted_does_not_come_by_a_hashtag(network: Network, how: str) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await follow(alice, "tide")
    await bob.publish("#tide before")
    await alice.post(f"/api/v1/accounts/{bob.id}/{how}")
    await network.settle()
    await bob.publish("#tide after")
    await carol.publish("#tide says @bob")
    assert await at_home(alice) == []
    fine = await carol.publish("#tide")
    assert await at_home(alice) == [fine["id"]]


async def test_who_blocks_the_reader_or_is_limited_does_not_come_by_a_hashtag(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await bob.post(f"/api/v1/accounts/{alice.id}/block")
    async with network.services.db.transaction() as tx:
        await tx.execute("update accounts set limited_at = now() where username = 'carol'")
    await network.settle()
    await follow(alice, "tide")
    await bob.publish("#tide")
    await carol.publish("#tide")
    assert await at_home(alice) == []


async def test_unfollowing_somebody_leaves_what_comes_by_a_hashtag(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.follow(bob)
    await follow(alice, "tide")
    tagged = await bob.publish("#tide")
    await bob.publish("no tag")
    await alice.post(f"/api/v1/accounts/{bob.id}/unfollow")
    await network.settle()
    assert await at_home(alice) == [tagged["id"]]


async def test_unfollowing_a_hashtag_leaves_what_comes_another_way(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await alice.follow(bob)
    for name in ("tide", "fog"):
        await follow(alice, name)
    own = await alice.publish("#tide")
    followed = await bob.publish("#tide")
    twice = await carol.publish("#tide #fog")
    await carol.publish("#tide alone")
    await follow(alice, "tide", "unfollow")
    assert await at_home(alice) == [twice["id"], followed["id"], own["id"]]


async def test_an_edit_that_changes_hashtags_moves_a_status_in_and_out(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await follow(alice, "tide")
    await carol.follow(bob)
    status = await bob.publish("when?")
    path = f"/api/v1/statuses/{status['id']}"
    await bob.put(path, json={"status": "when? #tide"})
    await network.settle()
    assert await at_home(alice) == [status["id"]]
    await bob.put(path, json={"status": "never mind"})
    await network.settle()
    assert await at_home(alice) == []
    assert await at_home(carol) == await at_home(bob) == [status["id"]]


async def test_hashtags_that_very_many_follow_are_merged_when_the_feed_is_read(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "FAN_OUT_FOLLOWERS", 2)
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await carol.follow(bob)
    for name in ("tide", "fog"):
        await follow(alice, name)
        await follow(carol, name)  # now very many follow it
    status = await bob.publish("#tide #fog")
    own = await carol.publish("#tide mine")
    unlisted = await bob.publish("#tide unlisted", visibility="unlisted")
    async with network.services.db.connection() as tx:
        entries = "select count(*) from feed_entries where account_id = %(id)s"
        assert await fetch_value(tx, entries, {"id": alice.account_id}) == 0
    assert await at_home(alice) == [own["id"], status["id"]]
    assert await at_home(carol) == [unlisted["id"], own["id"], status["id"]]  # each once
    await alice.post(f"/api/v1/accounts/{bob.id}/mute")
    assert await at_home(alice) == [own["id"]]
    await follow(alice, "tide", "unfollow")
    assert await at_home(alice) == []


async def test_followed_hashtags_are_listed_and_paged(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    for name in ("tide", "fog", "Ebbe"):
        await follow(alice, name)
    await follow(alice, "fog")  # again: nothing happens
    answer = await alice.request("GET", "/api/v1/followed_tags", params={"limit": 2})
    assert [(tag["name"], tag["following"]) for tag in answer.json()] == [("Ebbe", True), ("fog", True)]
    assert [tag["name"] for tag in await alice.get(answer.links["next"]["url"])] == ["tide"]
    assert await bob.get("/api/v1/followed_tags") == []
    await network.anonymous.get("/api/v1/followed_tags", 401)


async def test_one_follows_only_so_many_hashtags(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rostra.statuses.tags.actions.FOLLOWED", 1)
    alice = await network.person("alice")
    await follow(alice, "tide")
    await follow(alice, "tide")
    await alice.post("/api/v1/tags/fog/follow", 422)
    assert len(await alice.get("/api/v1/followed_tags")) == 1


async def test_a_hashtag_tells_how_it_was_used_in_the_last_seven_days(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    for text in ("#tide", "#tide again"):
        await alice.publish(text)
    await bob.publish("#Tide")
    await bob.publish("#tide", visibility="unlisted")
    old = await bob.publish("#tide, yesterday")
    async with network.services.db.transaction() as tx:
        await tx.execute(
            "update statuses set created_at = %s where id = %s", (now() - timedelta(days=1), int(old["id"]))
        )
    tag = await network.anonymous.get("/api/v1/tags/TIDE")
    assert (tag["name"], tag["url"]) == ("tide", network.settings.url("/tags/tide"))
    assert "following" not in tag
    counts = [(day["uses"], day["accounts"]) for day in tag["history"]]
    assert counts == [("3", "2"), ("1", "1")] + [("0", "0")] * 5
    days = [int(day["day"]) for day in tag["history"]]
    assert [day % 86_400 for day in days] == [0] * 7
    assert days == sorted(days, reverse=True)
    assert (await alice.get("/api/v1/tags/tide"))["following"] is False


async def test_a_hashtag_that_nobody_used_has_no_history_and_is_not_kept(network: Network) -> None:
    tag = await network.anonymous.get("/api/v1/tags/Never")
    assert (tag["id"], tag["name"]) == ("", "Never")
    assert {day["uses"] for day in tag["history"]} == {"0"}
    alice = await network.person("alice")
    await alice.post("/api/v1/tags/never/unfollow")
    async with network.services.db.connection() as tx:
        assert await fetch_value(tx, "select count(*) from tags") == 0


@pytest.mark.parametrize(
    "name", ["%20", "a%20b", "17", "9" * 30, "a-b", "x" * 500, "%F0%9F%8C%8A", "%23tide"]
)
async def test_what_can_not_be_a_hashtag_is_not_found(network: Network, name: str) -> None:
    alice = await network.person("alice")
    await alice.get(f"/api/v1/tags/{name}", 404)
    for action in ("follow", "unfollow", "feature", "unfeature"):
        await alice.post(f"/api/v1/tags/{name}/{action}", 404)


async def test_following_a_hashtag_needs_its_scope(network: Network) -> None:
    alice = await network.person("alice", scopes=("read",))
    await alice.post("/api/v1/tags/tide/follow", 403)
    await network.anonymous.post("/api/v1/tags/tide/follow", 401)


async def test_followed_hashtags_go_with_their_member(network: Network) -> None:
    alice = await network.person("alice")
    await follow(alice, "tide")
    await alice.post("/api/v1/tags/fog/feature")
    await delete_account(alice)
    async with network.services.db.connection() as tx:
        for table in ("tag_follows", "featured_tags"):
            assert await fetch_value(tx, f"select count(*) from {table}") == 0  # pyright: ignore[reportArgumentType]


async def test_lists_of_hashtags_cost_the_same_however_long_they_are(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, bob = await network.people("alice", "bob")
    paths = [
        "/api/v1/followed_tags",
        "/api/v1/featured_tags",
        "/api/v1/featured_tags/suggestions",
        f"/api/v1/accounts/{alice.id}/featured_tags",
        "/api/v2/search?q=tag&type=hashtags",
    ]

    async def costs() -> list[int]:
        found: list[int] = []
        for path in paths:
            await bob.get(path)
            with count_queries(monkeypatch) as queries:
                assert await alice.get(path)
            found.append(len(queries))
        return found

    async def add(number: int) -> None:
        await follow(alice, f"tag{number}a")
        await alice.post(f"/api/v1/tags/tag{number}b/feature")
        await alice.publish(f"#tag{number}c")

    await add(0)
    few = await costs()
    for number in range(1, 5):
        await add(number)
    assert await costs() == few
    assert max(few) <= 3
