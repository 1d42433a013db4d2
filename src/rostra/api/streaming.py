"""Streaming (https://docs.joinmastodon.org/methods/streaming/): WebSocket, multiplexed, and SSE.

Clients can go on where they stopped (docs/api-extensions.md): each event has a position, which an SSE
client sends back as `Last-Event-ID`, and one on a WebSocket, if it asked for positions, by channel.
"""

import asyncio
import contextlib

import psycopg
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from rostra.accounts.oauth.model import Viewer
from rostra.api import streaming_talk
from rostra.api.auth import Tokens, bearer_token
from rostra.api.http import error_response
from rostra.api.streaming_hub import Hub
from rostra.api.streaming_stream import Delivery, Stream
from rostra.api.streaming_talk import SEND_SECONDS, TRUE, Talk, asked_for, position_of, while_open
from rostra.core.errors import NotFound, RostraError, Unauthorized, Unavailable

PREFIX = "/api/v1/streaming"
_SSE_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class Streaming:
    """The ASGI app below `/api/v1/streaming`."""

    def __init__(self, hub: Hub, tokens: Tokens) -> None:
        self.hub = hub
        self._tokens = tokens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI: `http` (SSE) and `websocket`."""
        if scope["type"] == "websocket":
            await self._serve_websocket(WebSocket(scope, receive, send))
            return
        try:
            await self._serve_http(scope, receive, send)
        except RostraError as error:
            await error_response(error)(scope, receive, send)

    async def viewer(self, connection: HTTPConnection) -> tuple[Viewer, str]:
        """Who asks, and their token.

        Raises:
            Unauthorized, Forbidden: nobody who may.
            Unavailable: the database does not answer.
        """
        token = bearer_token(connection) or connection.headers.get("sec-websocket-protocol", "").strip()
        try:
            viewer = await self._tokens.viewer(token or None)
        except psycopg.OperationalError:
            raise Unavailable from None
        if viewer is None or viewer.account_id is None:
            raise Unauthorized("Missing access token" if not token else "The access token is invalid")
        return viewer, token

    async def _serve_http(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        path = str(scope["path"]).removeprefix(PREFIX).strip("/")
        if path == "health":
            await PlainTextResponse("OK")(scope, receive, send)
            return
        if request.method != "GET":
            raise NotFound("Not found")
        viewer, token = await self.viewer(request)
        query = request.query_params
        channel = asked_for(path.replace("/", ":") or query.get("stream", ""), query)
        last = request.headers.get("last-event-id") or query.get("last_event_id")
        resumable = last is not None or query.get("resume", "") in TRUE
        stream = Stream(viewer, token)
        async with self.hub.delivering(stream):
            await self.hub.subscribe(stream, channel, after=position_of(last), resumable=resumable)
            del request, query  # it may stay open for days
            await send({"type": "http.response.start", "status": 200, "headers": list(_SSE_HEADERS)})
            await while_open(stream, _send_events(self.hub, send, stream, resumable), _ended(receive))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(1):  # who reads no more need not be told that this was all
                    await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _serve_websocket(self, socket: WebSocket) -> None:
        try:
            viewer, token = await self.viewer(socket)
            query = socket.query_params
            talk = Talk(self.hub, Stream(viewer, token), query)
            async with self.hub.delivering(talk.stream):
                await talk.begin(query)
                await socket.accept(subprotocol=socket.headers.get("sec-websocket-protocol"))
                try:
                    await talk.run(_Wire(socket))
                finally:
                    await _close(socket)
        except RostraError as error:
            await socket.send_denial_response(error_response(error))


class _Wire:
    """The web server's WebSocket."""

    __slots__ = ("_socket",)

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket

    async def send(self, text: str) -> None:
        await self._socket.send_text(text)

    async def receive(self) -> str | None:
        message = await self._socket.receive()
        return None if message["type"] == "websocket.disconnect" else message.get("text") or ""


async def _close(socket: WebSocket) -> None:
    if socket.application_state is WebSocketState.CONNECTED:
        with contextlib.suppress(RuntimeError, WebSocketDisconnect, TimeoutError):
            async with asyncio.timeout(1):
                await socket.close()


async def _send_events(hub: Hub, send: Send, stream: Stream, resumable: bool) -> None:
    text = ":)\n"
    while True:
        async with asyncio.timeout(SEND_SECONDS):
            await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
        deliveries = await stream.take(streaming_talk.HEARTBEAT)
        if deliveries:
            text = "".join([_event(delivery) for delivery in deliveries])
        elif resumable:
            text = f":thump\nid: {hub.position}\n\n"
        else:
            text = ":thump\n"


def _event(delivery: Delivery) -> str:
    # An id without data moves the client's position on, and is no event for it.
    return f"id: {delivery.position}\n\n" if delivery.event == "position" else delivery.as_event()


async def _ended(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
