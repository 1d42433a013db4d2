"""Conversations: direct statuses among the same people, as each of them has it."""

from typing import Any

import pytest

from rostra.accounts import deletion
from rostra.reactions import keep_conversations
from rostra.statuses.model import StatusPublished
from tests.counting import count_queries
from tests.network import Network, Person
from tests.statuses.support import GONE, act

PATH = "/api/v1/conversations"


@pytest.fixture(autouse=True)
def they_know_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """All people of these tests follow one another, so that their messages are not held back."""
    join = Network.people

    async def people(network: Network, *names: str) -> list[Person]:
        joined = await join(network, *names)
        for one in joined:
            for other in joined:
                if one is not other:
                    await one.follow(other)
        return joined

    monkeypatch.setattr(Network, "people", people)


async def write(person: Person, text: str, **options: Any) -> Any:
    return await person.publish(text, visibility="direct", **options)


async def overview(person: Person) -> list[tuple[list[str], str, bool]]:
    """Others, last text, and whether it is unread, of each conversation."""
    return [
        (
            [account["acct"] for account in item["accounts"]],
            item["last_status"]["content"].removeprefix("<p>").removesuffix("</p>").rpartition("> ")[2],
            item["unread"],
        )
        for item in await person.get(PATH)
    ]


async def test_each_side_has_the_conversation_and_only_the_one_written_to_has_it_unread(
    network: Network,
) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await write(alice, "@bob hello")
    assert await overview(alice) == [(["bob"], "hello", False)]
    assert await overview(bob) == [(["alice"], "hello", True)]
    assert await overview(carol) == []


async def test_an_answer_goes_into_the_same_conversation_and_makes_it_read(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    first = await write(alice, "@bob hello")
    await write(bob, "@alice hi", in_reply_to_id=first["id"])
    assert await overview(bob) == [(["alice"], "hi", False)]
    assert await overview(alice) == [(["bob"], "hi", True)]


async def test_other_people_and_other_threads_are_other_conversations(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    first = await write(alice, "@bob hello")
    await write(alice, "@bob something else")
    await write(bob, "@alice @carol look", in_reply_to_id=first["id"])
    assert [row[0] for row in await overview(alice)] == [["bob", "carol"], ["bob"], ["bob"]]
    assert [row[0] for row in await overview(carol)] == [["alice", "bob"]]
    # Whom the answer named sees the answer alone, not what was said before.
    assert await carol.get(f"/api/v1/statuses/{first['id']}", 404) == GONE


async def test_what_is_not_direct_makes_no_conversation(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    for visibility in ("public", "unlisted", "private"):
        await alice.publish("@bob hello", visibility=visibility)
    assert await overview(bob) == []


async def test_a_note_to_oneself_stands_alone(network: Network) -> None:
    alice = await network.person("alice")
    await write(alice, "remember the milk")
    (item,) = await alice.get(PATH)
    assert [account["acct"] for account in item["accounts"]] == ["alice"]
    assert not item["unread"]


async def test_reading_and_unreading(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await write(alice, "@bob hello")
    (item,) = await bob.get(PATH)
    read = await bob.post(f"{PATH}/{item['id']}/read")
    assert read == {**item, "unread": False}
    assert [row["unread"] for row in await bob.get(PATH)] == [False]
    assert (await bob.post(f"{PATH}/{item['id']}/unread"))["unread"]


async def test_a_removed_conversation_comes_back_with_what_is_written_next(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    first = await write(alice, "@bob hello")
    (item,) = await bob.get(PATH)
    assert await bob.delete(f"{PATH}/{item['id']}") == {}
    assert await overview(bob) == []
    assert await overview(alice) == [(["bob"], "hello", False)]
    await bob.get(f"/api/v1/statuses/{first['id']}")
    await write(alice, "@bob still there?", in_reply_to_id=first["id"])
    assert [row[0] for row in await overview(bob)] == [["alice"]]


async def test_nobody_else_sees_or_touches_a_conversation(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await write(alice, "@bob hello")
    (item,) = await bob.get(PATH)
    for person in (alice, carol):
        assert await person.post(f"{PATH}/{item['id']}/read", 404) == GONE
        assert await person.delete(f"{PATH}/{item['id']}", 404) == GONE
    await network.anonymous.get(PATH, 401)
    await network.anonymous.get("/api/v1/timelines/direct", 401)
    reader = Person(network, "bob", bob.account_id, await network.token(bob.account_id, ("read",)))
    await reader.get(PATH)
    await reader.post(f"{PATH}/{item['id']}/read", 403)
    assert await overview(bob) == [(["alice"], "hello", True)]


async def test_when_the_last_status_is_deleted_the_one_before_stands_there(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    first = await write(alice, "@bob hello")
    second = await write(alice, "@bob oops", in_reply_to_id=first["id"])
    await alice.delete(f"/api/v1/statuses/{second['id']}")
    await network.settle()
    assert [row[1] for row in await overview(bob)] == ["hello"]
    await alice.delete(f"/api/v1/statuses/{first['id']}")
    await network.settle()
    assert await bob.get(PATH) == []
    assert await alice.get(PATH) == []


async def test_an_edit_that_names_others_moves_the_status(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    status = await write(alice, "@bob a secret")
    await alice.put(f"/api/v1/statuses/{status['id']}", json={"status": "@carol a secret"})
    await network.settle()
    assert await overview(bob) == []
    assert [row[0] for row in await overview(carol)] == [["alice"]]
    assert [row[0] for row in await overview(alice)] == [["carol"]]


async def test_blocked_and_muted_people_start_no_conversation(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await bob.post(f"/api/v1/accounts/{alice.id}/block")
    await carol.post(f"/api/v1/accounts/{alice.id}/mute")
    await write(alice, "@bob @carol hello")
    assert await overview(bob) == []
    assert await overview(carol) == []
    assert [row[0] for row in await overview(alice)] == [["bob", "carol"]]


async def test_blocking_hides_a_conversation_that_was_there(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await write(alice, "@bob hello")
    await bob.post(f"/api/v1/accounts/{alice.id}/block")
    assert await overview(bob) == []
    await bob.post(f"/api/v1/accounts/{alice.id}/unblock")
    assert [row[0] for row in await overview(bob)] == [["alice"]]


async def test_a_muted_thread_stays_read(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    first = await write(alice, "@bob hello")
    await act(bob, first, "mute")
    (item,) = await bob.get(PATH)
    await bob.post(f"{PATH}/{item['id']}/read")
    await write(alice, "@bob and another", in_reply_to_id=first["id"])
    assert [row[2] for row in await overview(bob)] == [False]


async def test_keeping_a_conversation_twice_does_not_make_it_unread_again(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await write(alice, "@bob hello")
    (item,) = await bob.get(PATH)
    await bob.post(f"{PATH}/{item['id']}/read")
    await keep_conversations(network.services, StatusPublished(status_id=int(status["id"])))
    assert [row["unread"] for row in await bob.get(PATH)] == [False]


async def test_conversations_with_a_deleted_account_show_what_is_left(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    first = await write(alice, "@bob hello")
    await write(bob, "@alice hi", in_reply_to_id=first["id"])
    async with network.services.db.connection() as tx:
        await deletion.begin(tx, network.services.bus, bob.account_id)
    await network.settle()
    (item,) = await alice.get(PATH)
    assert "hello" in item["last_status"]["content"]
    assert [account["acct"] for account in item["accounts"]] == ["alice"]


async def test_the_direct_timeline_has_what_one_wrote_and_got(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await alice.publish("for all")
    sent, got = await write(alice, "@bob hello"), await write(bob, "@alice hi")
    found = await alice.get("/api/v1/timelines/direct")
    assert [item["id"] for item in found] == [got["id"], sent["id"]]
    assert await carol.get("/api/v1/timelines/direct") == []
    older = await alice.get("/api/v1/timelines/direct", params={"max_id": got["id"]})
    assert [item["id"] for item in older] == [sent["id"]]


async def test_conversations_are_paged_and_cost_a_fixed_number_of_queries(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, bob = await network.people("alice", "bob")
    others = await network.people("carol", "dave", "erin")
    for other in others:
        await bob.follow(other)
    await write(alice, "@bob hello")
    await bob.get(PATH)
    with count_queries(monkeypatch) as one:
        assert len(await bob.get(PATH)) == 1
    for other in others:
        await write(other, "@bob hello")
    await bob.get(PATH)
    with count_queries(monkeypatch) as four:
        found = await bob.get(PATH)
    assert len(found) == 4
    assert len(four) == len(one)
    page = await bob.request("GET", PATH, params={"limit": 2})
    assert [item["id"] for item in page.json()] == [item["id"] for item in found[:2]]
    assert "max_id=" in page.headers["link"]
    rest = await bob.get(PATH, params={"max_id": found[1]["last_status"]["id"]})
    assert [item["id"] for item in rest] == [item["id"] for item in found[2:]]


async def test_a_stranger_starts_a_conversation_only_when_let_in(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await bob.post(f"/api/v1/accounts/{alice.id}/unfollow")
    await network.settle()
    first = await write(alice, "@bob psst")
    assert await overview(bob) == []
    assert [row[0] for row in await overview(alice)] == [["bob"]]
    (request,) = await bob.get("/api/v1/notifications/requests")
    await bob.post(f"/api/v1/notifications/requests/{request['id']}/accept")
    await network.settle()
    assert await overview(bob) == [(["alice"], "psst", True)]
    await write(alice, "@bob more", in_reply_to_id=first["id"])
    assert await overview(bob) == [(["alice"], "more", True)]


async def test_who_wrote_first_lets_the_answer_through(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.post(f"/api/v1/accounts/{bob.id}/unfollow")
    first = await write(alice, "@bob hello")
    await write(bob, "@alice hi", in_reply_to_id=first["id"])
    assert await overview(alice) == [(["bob"], "hi", True)]
