"""Streaming over WebSocket and server-sent events, through a real server."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import websockets

from rostra.core.settings import Settings
from tests.live import live_settings
from tests.network import Network, Person


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return live_settings(tmp_path)


class Socket:
    def __init__(self, connection: websockets.ClientConnection) -> None:
        self.connection = connection

    async def next(self) -> tuple[list[str], str, Any]:
        """Stream, event and decoded payload."""
        async with asyncio.timeout(10):
            frame = json.loads(await self.connection.recv())
        return frame["stream"], frame["event"], json.loads(frame["payload"])

    async def say(self, **command: str) -> None:
        await self.connection.send(json.dumps(command))


@asynccontextmanager
async def socket_of(person: Person, **query: str) -> AsyncGenerator[Socket]:
    settings = person.network.settings
    url = httpx.URL(f"ws://127.0.0.1:{settings.port}/api/v1/streaming", params=query)
    headers = {"Authorization": f"Bearer {person.token}"}
    async with websockets.connect(str(url), additional_headers=headers) as connection:
        yield Socket(connection)


async def test_home_and_notifications_arrive_over_a_websocket(live: Network) -> None:
    alice, bob = await live.people("alice", "bob")
    await bob.follow(alice)
    async with socket_of(bob, stream="user") as socket:
        status = await alice.publish("hello @bob")
        events = {event: payload for _, event, payload in [await socket.next(), await socket.next()]}
        assert events["update"]["id"] == status["id"]
        assert events["notification"]["type"] == "mention"
        await alice.put(f"/api/v1/statuses/{status['id']}", json={"status": "hello, @bob"})
        stream, event, payload = await socket.next()
        assert (stream, event, payload["content"]) == (["user"], "status.update", payload["content"])
        await alice.delete(f"/api/v1/statuses/{status['id']}")
        stream, event, payload = await socket.next()
        assert (stream, event, str(payload)) == (["user"], "delete", status["id"])


async def test_one_websocket_carries_many_channels(live: Network) -> None:
    alice, bob = await live.people("alice", "bob")
    async with socket_of(bob) as socket:
        await socket.say(type="subscribe", stream="public:local")
        await socket.say(type="subscribe", stream="hashtag", tag="Harbour")
        await socket.say(type="subscribe", stream="nonsense")
        assert json.loads(await socket.connection.recv()) == {"error": "Unknown stream type", "status": 400}
        await alice.publish("fog in the #harbour")
        streams = sorted([(await socket.next())[0], (await socket.next())[0]])
        assert streams == [["hashtag", "harbour"], ["public:local"]]
        await socket.say(type="unsubscribe", stream="public:local")
        await socket.say(type="subscribe", stream="nonsense")  # its answer says that all before was heard
        await socket.connection.recv()
        await alice.publish("no tag")
        again = await alice.publish("#harbour again")
        stream, _, payload = await socket.next()
        assert (stream, payload["id"]) == (["hashtag", "harbour"], again["id"])


async def test_nobody_is_streamed_what_they_may_not_see(live: Network) -> None:
    alice, bob, carol = await live.people("alice", "bob", "carol")
    await carol.follow(alice)
    await bob.post(f"/api/v1/accounts/{carol.id}/block")
    async with socket_of(bob, stream="public") as public, socket_of(carol, stream="user") as home:
        await alice.publish("for followers", visibility="private")
        await carol.publish("from somebody blocked")
        shown = await alice.publish("for all")
        assert (await public.next())[2]["id"] == shown["id"]
        seen = [(await home.next())[2]["content"] for _ in range(3)]
        assert seen == ["<p>for followers</p>", "<p>from somebody blocked</p>", "<p>for all</p>"]


async def test_server_sent_events_carry_the_same(live: Network) -> None:
    alice = await live.person("alice")
    url = f"{live.settings.base_url}/api/v1/streaming/public/local"
    async with (
        httpx.AsyncClient(timeout=10) as client,
        client.stream("GET", url, params={"access_token": alice.token}) as response,
    ):
        assert response.headers["content-type"].startswith("text/event-stream")
        lines = response.aiter_lines()
        assert await anext(lines) == ":)"
        status = await alice.publish("hello")
        assert await anext(lines) == "event: update"
        assert json.loads((await anext(lines)).removeprefix("data: "))["id"] == status["id"]


@pytest.mark.parametrize("stream", ["user", "public"])
async def test_without_a_token_there_is_no_stream(live: Network, stream: str) -> None:
    answer = await live.anonymous.get(f"/api/v1/streaming/{stream}", 401)
    assert "error" in answer
    url = f"ws://127.0.0.1:{live.settings.port}/api/v1/streaming?stream={stream}"
    with pytest.raises(websockets.InvalidStatus) as refused:
        await websockets.connect(url)
    assert refused.value.response.status_code == 401


async def test_a_stream_needs_its_scope(live: Network) -> None:
    alice = await live.person("alice", scopes=("read:notifications",))
    await alice.get("/api/v1/streaming/user", 403)
    await alice.get("/api/v1/streaming/nonsense", 400)
    async with socket_of(alice, stream="user:notification") as socket:
        bob = await live.person("bob")
        await bob.publish("hi @alice")
        assert (await socket.next())[1] == "notification"


async def test_a_revoked_token_ends_its_streams(live: Network) -> None:
    alice = await live.person("alice")
    async with socket_of(alice, stream="user") as socket:
        async with live.services.db.transaction() as tx:
            await tx.execute("delete from access_tokens where user_id = %s", (alice.account_id,))
            await live.services.bus.publish(tx, "tokens", None)
        with pytest.raises(websockets.ConnectionClosed):
            await socket.next()


async def test_what_is_held_back_is_not_streamed_and_apps_hear_when_it_is_merged(live: Network) -> None:
    alice, bob, carol = await live.people("alice", "bob", "carol")
    async with socket_of(alice, stream="user:notification") as socket:
        await bob.publish("psst @alice", visibility="direct")
        await carol.publish("hi @alice")
        _, event, payload = await socket.next()
        assert (event, payload["account"]["acct"]) == ("notification", "carol")
        [request] = await alice.get("/api/v1/notifications/requests")
        await alice.post(f"/api/v1/notifications/requests/{request['id']}/accept")
        stream, event, _ = await socket.next()
        assert (stream, event) == (["user:notification"], "notifications_merged")
        assert await alice.get("/api/v1/notifications/requests/merged") == {"merged": True}
