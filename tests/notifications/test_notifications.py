"""Notifications: who hears of what, once."""

import pytest

from rostra.notifications import trimming
from tests.counting import count_queries
from tests.network import Network, Person


async def heard(person: Person, **query: object) -> list[tuple[str, str]]:
    found = await person.get("/api/v1/notifications", params=query)
    return [(item["type"], item["account"]["acct"]) for item in found]


async def test_each_kind_reaches_whom_it_concerns(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("hello")
    await bob.follow(alice, notify=True)
    await bob.post(f"/api/v1/statuses/{status['id']}/favourite")
    await bob.post(f"/api/v1/statuses/{status['id']}/reblog")
    await bob.publish("hi @alice", in_reply_to_id=status["id"])
    assert sorted(await heard(alice)) == sorted(
        [("follow", "bob"), ("favourite", "bob"), ("reblog", "bob"), ("mention", "bob")]
    )
    await alice.publish("news")
    await alice.put(f"/api/v1/statuses/{status['id']}", json={"status": "hello, edited"})
    await network.settle()
    assert sorted(await heard(bob)) == [("status", "alice"), ("update", "alice")]


async def test_a_notification_comes_once_and_goes_with_what_it_was_about(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("hello")
    for _ in range(2):
        await bob.post(f"/api/v1/statuses/{status['id']}/favourite")
        await bob.post(f"/api/v1/statuses/{status['id']}/favourite")
        await network.settle()
    assert await heard(alice) == [("favourite", "bob")]
    await alice.delete(f"/api/v1/statuses/{status['id']}")
    await network.settle()
    assert await heard(alice) == []


async def test_nobody_hears_from_people_they_block_or_mute_or_from_themselves(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await alice.post(f"/api/v1/accounts/{bob.id}/block")
    await alice.post(f"/api/v1/accounts/{carol.id}/mute")
    await bob.publish("psst @alice")
    await carol.publish("psst @alice")
    await alice.publish("note to @alice")
    assert await heard(alice) == []


async def test_blocking_takes_earlier_notifications_away(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await bob.publish("psst @alice")
    assert await heard(alice) == [("mention", "bob")]
    await alice.post(f"/api/v1/accounts/{bob.id}/block")
    await network.settle()
    await alice.post(f"/api/v1/accounts/{bob.id}/unblock")
    assert await heard(alice) == []


async def test_a_follow_request_is_announced_until_it_is_answered(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.patch("/api/v1/accounts/update_credentials", json={"locked": True})
    await bob.follow(alice)
    assert await heard(alice) == [("follow_request", "bob")]
    await alice.post(f"/api/v1/follow_requests/{bob.id}/authorize")
    await network.settle()
    assert await heard(alice) == [("follow", "bob")]


async def test_unlocking_lets_those_in_who_asked(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.patch("/api/v1/accounts/update_credentials", json={"locked": True})
    await bob.follow(alice)
    await alice.patch("/api/v1/accounts/update_credentials", json={"locked": False})
    await network.settle()
    assert await heard(alice) == [("follow", "bob")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"types[]": "follow"}, ["follow"]),
        ({"exclude_types[]": "follow"}, ["mention"]),
        ({"types[]": "unheard_of"}, []),
    ],
)
async def test_kinds_are_chosen(network: Network, query: dict[str, str], expected: list[str]) -> None:
    alice, bob = await network.people("alice", "bob")
    await bob.follow(alice)
    await bob.publish("hi @alice")
    assert [kind for kind, _ in await heard(alice, **query)] == expected


async def test_one_is_read_and_dismissed_and_all_are_cleared(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await bob.follow(alice)
    mention = await bob.publish("hi @alice")
    newest, oldest = await alice.get("/api/v1/notifications")
    assert newest["status"]["id"] == mention["id"]
    assert await alice.get("/api/v1/notifications/unread_count") == {"count": 2}
    assert await alice.get(f"/api/v1/notifications/{newest['id']}") == newest
    await bob.get(f"/api/v1/notifications/{newest['id']}", 404)
    await bob.post(f"/api/v1/notifications/{newest['id']}/dismiss", 404)
    assert await alice.post(f"/api/v1/notifications/{newest['id']}/dismiss") == {}
    assert [n["id"] for n in await alice.get("/api/v1/notifications")] == [oldest["id"]]
    assert await alice.post("/api/v1/notifications/clear") == {}
    assert await alice.get("/api/v1/notifications") == []


async def test_a_mention_that_is_hidden_again_is_not_shown(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await bob.publish("psst @alice", visibility="direct")
    await bob.post(f"/api/v1/accounts/{alice.id}/block")
    await network.settle()
    assert await heard(alice) == []


async def test_a_muted_thread_is_quiet(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("hello")
    await alice.post(f"/api/v1/statuses/{status['id']}/mute")
    await bob.publish("hi @alice", in_reply_to_id=status["id"])
    assert await heard(alice) == []
    await alice.post(f"/api/v1/statuses/{status['id']}/unmute")
    await bob.publish("still there, @alice?", in_reply_to_id=status["id"])
    assert await heard(alice) == [("mention", "bob")]


async def test_a_page_costs_the_same_however_long_it_is(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await network.person("alice")

    async def cost() -> int:
        await alice.get("/api/v1/notifications")  # encodes what is new
        with count_queries(monkeypatch) as queries:
            await alice.get("/api/v1/notifications")
        return len(queries)

    await (await network.person("person0")).publish("hi @alice")
    few = await cost()
    for number in range(1, 6):
        await (await network.person(f"person{number}")).publish("hi @alice")
    assert len(await heard(alice)) == 6
    assert await cost() == few
    assert few <= 3


async def test_only_what_came_after_the_marker_is_unread(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    status = await alice.publish("hello")
    for person in (bob, carol):
        await person.post(f"/api/v1/statuses/{status['id']}/favourite")
        await network.settle()
    await bob.publish("hi @alice")
    mention, second, first = await alice.get("/api/v1/notifications")

    async def unread() -> tuple[int, int]:
        single = await alice.get("/api/v1/notifications/unread_count")
        grouped = await alice.get("/api/v2/notifications/unread_count")
        return single["count"], grouped["count"]

    assert await unread() == (3, 2)
    for read, expected in ((first, (2, 2)), (second, (1, 1)), (mention, (0, 0))):
        await alice.post("/api/v1/markers", json={"notifications": {"last_read_id": read["id"]}})
        assert await unread() == expected
    await bob.post("/api/v1/markers", json={"notifications": {"last_read_id": first["id"]}})
    await carol.publish("hi @alice")
    assert await unread() == (1, 1)


async def test_a_member_keeps_the_newest_of_many(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    for number in range(5):
        await bob.publish(f"{number} @alice @carol")
    await alice.publish("@bob")
    assert await trimming.trim(network.services.db, 0) == 0
    assert await trimming.trim(network.services.db, 2) == 6
    for person in (alice, carol):
        found = await person.get("/api/v1/notifications")
        assert [item["status"]["content"][:4] for item in found] == ["<p>4", "<p>3"]
    assert len(await bob.get("/api/v1/notifications")) == 1
    assert await trimming.trim(network.services.db, 2) == 0
