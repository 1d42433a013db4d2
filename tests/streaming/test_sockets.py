"""WebSockets at either port: how clients name their token, how they are refused, and what ends them."""

import asyncio
import contextlib
import json
import socket
from pathlib import Path

import pytest
import websockets

from rostra.api import streaming_sockets, streaming_stream
from rostra.core.settings import Settings
from tests.live import live_settings
from tests.network import Network, Person
from tests.streaming.sockets import Socket, socket_of

DOORS = pytest.mark.parametrize("web_server", [False, True], ids=["own port", "web server"])


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return live_settings(tmp_path)


def address(live: Network, web_server: bool, query: str) -> str:
    port = live.settings.port if web_server else live.settings.streaming_port
    return f"ws://127.0.0.1:{port}/api/v1/streaming{query}"


async def hears(connection: websockets.ClientConnection, alice: Person) -> None:
    status = await alice.publish("hello")
    assert (await Socket(connection).next())[2]["id"] == status["id"]


@DOORS
async def test_a_token_comes_by_query_header_or_protocol(live: Network, web_server: bool) -> None:
    alice = await live.person("alice")
    assert alice.token is not None
    by_query = address(live, web_server, f"?stream=user&access_token={alice.token}")
    async with websockets.connect(by_query) as connection:
        await hears(connection, alice)
    url = address(live, web_server, "/?stream=user")
    async with websockets.connect(
        url, additional_headers={"Authorization": f"Bearer {alice.token}"}
    ) as connection:
        await hears(connection, alice)
    async with websockets.connect(url, subprotocols=[websockets.Subprotocol(alice.token)]) as connection:
        assert connection.subprotocol == alice.token
        await hears(connection, alice)


@DOORS
async def test_who_may_not_is_refused_before_the_socket_opens(live: Network, web_server: bool) -> None:
    alice, bob = await live.people("alice", "bob")
    made = await bob.post("/api/v1/lists", json={"title": "Harbour"})
    token = f"&access_token={alice.token}"
    for query, status in (
        ("?stream=user", 401),
        ("?stream=user&access_token=nonsense", 401),
        ("?stream=nonsense" + token, 400),
        ("?stream=hashtag" + token, 400),
        (f"?stream=list&list={made['id']}" + token, 404),
    ):
        with pytest.raises(websockets.InvalidStatus) as refused:
            await websockets.connect(address(live, web_server, query))
        assert refused.value.response.status_code == status
        assert "error" in json.loads(refused.value.response.body or b"")


@DOORS
async def test_one_connection_has_only_so_many_channels(live: Network, web_server: bool) -> None:
    alice = await live.person("alice")
    async with socket_of(alice, web_server=web_server) as connection:
        for number in range(51):
            await connection.say(type="subscribe", stream="hashtag", tag=f"tag{number}")
        assert await connection.frame() == {"error": "Too many streams on one connection", "status": 400}
        await connection.say(type="unsubscribe", stream="hashtag", tag="tag0")
        await connection.say(type="subscribe", stream="hashtag", tag="tag50")
        status = await alice.publish("#tag50")
        assert (await connection.next())[2]["id"] == status["id"]


@DOORS
async def test_who_reads_too_slowly_is_cut_off_and_others_are_not(
    live: Network, web_server: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming_stream, "QUEUE", 2)
    alice, bob = await live.people("alice", "bob")
    async with (
        socket_of(alice, web_server=web_server, stream="public") as slow,
        socket_of(bob, web_server=web_server, stream="public") as quick,
    ):
        [stream] = live.app.streaming.hub.of_members([alice.account_id])
        monkeypatch.setattr(stream.__class__, "_wake", _wake_but(stream, stream.__class__._wake))
        stream._limit = 2
        sent = [await alice.publish(f"status {number}") for number in range(3)]
        assert [(await quick.next())[2]["id"] for _ in sent] == [status["id"] for status in sent]
        monkeypatch.undo()
        stream._wake()
        with pytest.raises(websockets.ConnectionClosed):
            await ids_of(slow, 4)


def _wake_but(stream: object, wake: object) -> object:
    def wake_others(one: object) -> None:
        if one is not stream:
            wake(one)  # type: ignore[operator]

    return wake_others


async def ids_of(connection: Socket, count: int) -> list[str]:
    return [(await connection.next())[2]["id"] for _ in range(count)]


async def test_a_client_that_does_not_answer_pings_is_gone(
    live: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming_sockets, "PING_SECONDS", 0.1)
    alice = await live.person("alice")
    port = live.settings.streaming_port
    async with streaming_sockets.serve_sockets(live.app.streaming, "127.0.0.1", port + 1):
        with socket.create_connection(("127.0.0.1", port + 1)) as client:
            client.setblocking(False)
            loop = asyncio.get_running_loop()
            await loop.sock_sendall(
                client,
                f"GET /api/v1/streaming?stream=user&access_token={alice.token} HTTP/1.1\r\n"
                "Host: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode(),
            )
            async with asyncio.timeout(20):
                heard = b""
                while data := await loop.sock_recv(client, 4096):
                    heard += data
        assert heard.startswith(b"HTTP/1.1 101 ")
        async with asyncio.timeout(20):
            while streams := live.app.streaming.hub.of_members([alice.account_id]):
                assert len(streams) == 1
                await asyncio.sleep(0.01)


async def test_a_message_of_any_size_does_no_harm(live: Network) -> None:
    alice = await live.person("alice")
    async with socket_of(alice, stream="user") as connection:
        with contextlib.suppress(websockets.ConnectionClosedError):
            await connection.connection.send("x" * 1_000_000)
        with pytest.raises(websockets.ConnectionClosedError):
            await connection.frame()
    async with socket_of(alice, stream="user") as connection:
        await hears(connection.connection, alice)
