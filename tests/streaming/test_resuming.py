"""A client that was cut off goes on where it stopped: nothing missing, nothing twice."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.datastructures import QueryParams
from starlette.requests import HTTPConnection

from rostra import reactions
from rostra.api import streaming_catch_up, streaming_talk
from rostra.api.streaming_stream import Stream
from rostra.core.db import fetch_value
from rostra.core.settings import Settings
from rostra.statuses.model import StatusPublished
from rostra.streaming import news
from tests.counting import count_queries
from tests.live import live_settings
from tests.network import Network, Person
from tests.streaming.sockets import Socket, socket_of


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return live_settings(tmp_path)


async def ids(socket: Socket, count: int) -> tuple[list[str], str]:
    """Ids of so many statuses that arrive, and the position of the last."""
    frames = [await socket.frame() for _ in range(count)]
    assert {frame["event"] for frame in frames} == {"update"}
    return [json.loads(frame["payload"])["id"] for frame in frames], frames[-1]["id"]


class Events:
    """Server-sent events, as a browser reads them."""

    def __init__(self, response: httpx.Response) -> None:
        self._lines = response.aiter_lines()

    async def next(self) -> dict[str, str]:
        """Fields of the next block that is no comment."""
        fields: dict[str, str] = {}
        async with asyncio.timeout(30):
            async for line in self._lines:
                if not line and fields:
                    return fields
                if line and not line.startswith(":"):
                    name, _, value = line.partition(": ")
                    fields[name] = value
        raise EOFError


@asynccontextmanager
async def events_of(
    person: Person, path: str, last: str | None = None, **query: str
) -> AsyncGenerator[Events]:
    headers = {"Authorization": f"Bearer {person.token}"} | ({"Last-Event-ID": last} if last else {})
    url = f"{person.network.settings.base_url}/api/v1/streaming/{path}"
    async with (
        httpx.AsyncClient(timeout=30) as client,
        client.stream("GET", url, params=query, headers=headers) as response,
    ):
        assert response.status_code == 200
        yield Events(response)


async def test_a_websocket_goes_on_where_it_stopped(live: Network) -> None:
    alice, bob = await live.people("alice", "bob")
    await bob.follow(alice)
    async with socket_of(bob, stream="user", resume="true") as socket:
        begin = await socket.frame()
        assert (begin["event"], begin["stream"]) == ("position", ["user"])
        first = await alice.publish("first")
        assert (await ids(socket, 1))[0] == [first["id"]]
    missed = [await alice.publish(f"missed {number}") for number in range(3)]
    gone = await alice.publish("gone")
    await alice.delete(f"/api/v1/statuses/{gone['id']}")
    await live.settle()
    async with socket_of(bob, stream="user", last_event_id=begin["id"]) as socket:
        found, position = await ids(socket, 4)
        assert found == [first["id"], *(status["id"] for status in missed)]
        deleted = await socket.frame()
        assert (deleted["event"], deleted["payload"]) == ("delete", gone["id"])
        later = await alice.publish("later")
        assert (await ids(socket, 1))[0] == [later["id"]]
    async with socket_of(bob, stream="user", last_event_id=position) as socket:
        assert (await socket.frame())["event"] == "delete"
        assert (await ids(socket, 1))[0] == [later["id"]]


async def test_each_channel_of_a_websocket_goes_on_by_itself(live: Network) -> None:
    alice, bob = await live.people("alice", "bob")
    async with socket_of(bob, resume="true") as socket:
        await socket.say(type="subscribe", stream="hashtag", tag="fog")
        position = (await socket.frame())["id"]
    tagged = await alice.publish("#fog")
    mention = await alice.publish("hi @bob", visibility="unlisted")
    async with socket_of(bob) as socket:
        await socket.say(type="subscribe", stream="hashtag", tag="fog", last_event_id=position)
        assert (await ids(socket, 1))[0] == [tagged["id"]]
        await socket.say(type="subscribe", stream="user:notification", last_event_id=position)
        frame = await socket.frame()
        assert json.loads(frame["payload"])["status"]["id"] == mention["id"]
        await socket.say(type="subscribe", stream="public", last_event_id=position)
        assert (await ids(socket, 1))[0] == [tagged["id"]]


async def test_server_sent_events_go_on_after_the_last_event_id(live: Network) -> None:
    alice, bob = await live.people("alice", "bob")
    await bob.follow(alice)
    async with events_of(bob, "user") as events:
        await alice.publish("first")
        first = await events.next()
        assert first["event"] == "update"
    missed = await alice.publish("missed")
    await alice.put(f"/api/v1/statuses/{missed['id']}", json={"status": "mended"})
    await live.settle()
    await bob.post("/api/v2/filters", json={"title": "x", "context": ["home"]})
    await live.settle()
    async with events_of(bob, "user", first["id"]) as events:
        found = [await events.next() for _ in range(3)]
        assert [event["event"] for event in found] == ["update", "status.update", "filters_changed"]
        assert json.loads(found[0]["data"])["content"] == "<p>mended</p>"


async def test_ordinary_clients_see_no_difference(live: Network) -> None:
    alice = await live.person("alice")
    async with socket_of(alice, stream="user") as socket:
        await alice.publish("hello")
        assert set(await socket.frame()) == {"stream", "event", "payload"}


async def test_a_quiet_stream_hears_its_position(live: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming_talk, "HEARTBEAT", 0.05)
    alice, bob = await live.people("alice", "bob")
    async with (
        socket_of(bob, stream="direct", resume="true") as socket,
        events_of(bob, "direct", resume="true") as events,
    ):
        begin = await socket.frame()
        assert set(await events.next()) == {"id"}
        await alice.publish("of no interest to bob")
        while (frame := await socket.frame())["id"] == begin["id"]:
            pass
        assert (frame["event"], frame["stream"]) == ("position", ["direct"])
        while int((await events.next())["id"]) < int(frame["id"]):
            pass


async def test_who_was_away_too_long_is_told_to_begin_anew(live: Network) -> None:
    alice, bob = await live.people("alice", "bob")
    async with socket_of(bob, stream="public", resume="true") as socket:
        position = (await socket.frame())["id"]
    for text in ("one", "two", "three"):
        await alice.publish(text)
    async with live.services.db.transaction() as tx:
        await tx.execute("update stream_news set created_at = created_at - interval '1 hour'")
        await news.forget(tx)
        assert await fetch_value(tx, "select count(*) from stream_news") == 1
    await bob.follow(alice)
    for unusable, reason in ((position, "expired"), ("9" * 18, "unknown"), ("x", "unknown")):
        async with socket_of(bob, stream="public", last_event_id=unusable) as socket:
            frame = await socket.frame()
            assert (frame["event"], json.loads(frame["payload"])) == ("reset", {"reason": reason})
            status = await alice.publish("and on")
            assert (await ids(socket, 1))[0] == [status["id"]]


async def test_forgetting_leaves_no_gap_where_something_took_long_to_commit(network: Network) -> None:
    db, bus = network.services.db, network.services.bus
    async with db.transaction() as tx:
        await news.tell(tx, bus, "update", 1)
    async with db.transaction() as tx:
        await news.tell(tx, bus, "update", 2)
    async with db.transaction() as tx:
        await news.tell(tx, bus, "update", 3)
    async with db.transaction() as tx:
        # The second one began long before the first, and committed after it.
        await tx.execute("update stream_news set created_at = now() - interval '1 hour' where subject_id = 2")
        await news.forget(tx)
        assert [one.id for one in await news.after(tx, 0, 10)] == [1, 2, 3]


async def test_who_missed_too_much_is_told_to_begin_anew(
    live: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming_catch_up, "MOST_MISSED", 2)
    alice, bob = await live.people("alice", "bob")
    async with socket_of(bob, stream="public", resume="true") as socket:
        position = (await socket.frame())["id"]
    for number in range(3):
        await alice.publish(f"status {number}")
    async with events_of(bob, "public", position) as events:
        event = await events.next()
        assert (event["event"], json.loads(event["data"])) == ("reset", {"reason": "too_many"})
    async with events_of(bob, "public", event["id"]) as events:
        status = await alice.publish("and on")
        assert json.loads((await events.next())["data"])["id"] == status["id"]


async def test_who_does_not_read_is_sent_no_more_of_what_was_missed(live: Network) -> None:
    alice = await live.person("alice")
    async with socket_of(alice, stream="public", resume="true") as socket:
        position = (await socket.frame())["id"]
    for number in range(3):
        await alice.publish(f"status {number}")
    asked = 0
    read = asyncio.Event()

    class Greedy:
        """Asks again and again for what it missed, and reads nothing."""

        async def send(self, text: str) -> None:
            await read.wait()

        async def receive(self) -> str:
            nonlocal asked
            asked += 1
            return json.dumps({"type": "subscribe", "stream": "public", "last_event_id": position})

    hub = live.app.streaming.hub
    authorization = (b"authorization", f"Bearer {alice.token}".encode())
    scope = {"type": "websocket", "query_string": b"", "headers": [authorization]}
    viewer, token = await live.app.streaming.viewer(HTTPConnection(scope))
    talk = streaming_talk.Talk(hub, Stream(viewer, token), QueryParams())
    async with hub.delivering(talk.stream):
        running = asyncio.create_task(talk.run(Greedy()))
        await asyncio.wait({running}, timeout=0.5)
        assert asked == 3  # one is being sent, one waits, and the next is not looked up yet
        running.cancel()


async def test_what_one_may_not_see_is_not_told_afterwards_either(live: Network) -> None:
    alice, bob, carol = await live.people("alice", "bob", "carol")
    await bob.follow(alice)
    async with socket_of(bob, stream="user", resume="true") as socket:
        position = (await socket.frame())["id"]
    await alice.publish("@carol a secret", visibility="direct")
    private = await alice.publish("for followers", visibility="private")
    await carol.publish("hello @alice")
    async with socket_of(bob, stream="user", last_event_id=position) as socket:
        assert (await ids(socket, 1))[0] == [private["id"]]
        await bob.post(f"/api/v1/accounts/{alice.id}/block")
        await live.settle()
        await bob.publish("my own")
        assert (await socket.next())[2]["content"] == "<p>my own</p>"
    async with socket_of(bob, stream="user", last_event_id=position) as socket:
        assert (await socket.next())[2]["content"] == "<p>my own</p>"


async def test_notifications_that_were_missed_cost_a_fixed_number_of_queries(
    live: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, *others = await live.people("alice", *(f"fan{number}" for number in range(6)))
    status = await alice.publish("hello")
    async with socket_of(alice, stream="user:notification", resume="true") as socket:
        position = (await socket.frame())["id"]

    async def cost(count: int, after: str) -> tuple[int, str]:
        with count_queries(monkeypatch) as seen:
            async with socket_of(alice, stream="user:notification", last_event_id=after) as socket:
                frames = [await socket.frame() for _ in range(count)]
        assert {frame["event"] for frame in frames} == {"notification"}
        return sum("from notifications n" in sql for sql in seen), frames[-1]["id"]  # others work, too

    async def favour(fan: Person) -> None:
        await fan.post(f"/api/v1/statuses/{status['id']}/favourite")
        await live.settle()

    await favour(others[0])
    once, last = await cost(1, position)
    for fan in others[1:]:
        await favour(fan)
    assert (await cost(5, last))[0] == once == 1


@pytest.mark.parametrize("turn", ["mute", "block", "be blocked"])
async def test_a_conversation_with_whom_one_meets_no_more_is_not_told_afterwards(
    live: Network, turn: str
) -> None:
    alice, bob, carol = await live.people("alice", "bob", "carol")
    for sender in (alice, carol):
        await bob.follow(sender)
    async with socket_of(bob, stream="direct", resume="true") as socket:
        position = (await socket.frame())["id"]
    await alice.publish("@bob a secret", visibility="direct")
    if turn == "be blocked":
        await alice.post(f"/api/v1/accounts/{bob.id}/block")
    else:
        await bob.post(f"/api/v1/accounts/{alice.id}/{turn}")
    await live.settle()
    await carol.publish("@bob hello", visibility="direct")
    async with socket_of(bob, stream="direct", last_event_id=position) as socket:
        conversation = (await socket.next())[2]
        assert [account["acct"] for account in conversation["accounts"]] == ["carol"]


async def test_a_reaction_that_runs_twice_tells_once(live: Network) -> None:
    alice = await live.person("alice")
    async with socket_of(alice, stream="user") as socket:
        status = await alice.publish("once")
        await reactions.add_to_feeds(live.services, StatusPublished(int(status["id"])))
        again = await alice.publish("again")
        assert (await ids_of(socket, 2)) == [status["id"], again["id"]]


async def ids_of(socket: Socket, count: int) -> list[str]:
    return [(await socket.next())[2]["id"] for _ in range(count)]


async def test_positions_are_given_in_the_order_of_commits(network: Network) -> None:
    db, bus = network.services.db, network.services.bus
    async with db.connection() as slow, db.connection() as quick:
        async with slow.transaction():
            await news.tell(slow, bus, "update", 1)
            async with quick.transaction():
                await news.tell(quick, bus, "update", 2)
            assert [one.id for one in await news.after(quick, 0, 10)] == [2]
            [seen] = await news.after(quick, 0, 10)
        later: list[Any] = await news.after(quick, seen.position, 10)
        assert [one.id for one in later] == [1]
