"""Streaming (https://docs.joinmastodon.org/methods/streaming/): WebSocket, multiplexed, and SSE.

Clients can go on where they stopped (docs/api-extensions.md): each event has a position, which an SSE
client sends back as `Last-Event-ID`, and one on a WebSocket, if it asked for positions, by channel.
"""

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any

import msgspec
import psycopg
from starlette.datastructures import QueryParams
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from rostra.accounts.oauth.model import Viewer
from rostra.api.auth import Tokens, bearer_token
from rostra.api.http import error_response
from rostra.api.streaming_catch_up import UNKNOWN
from rostra.api.streaming_hub import Hub
from rostra.api.streaming_stream import CATCHING_UP, Delivery, Stream
from rostra.core.errors import BadRequest, NotFound, RostraError, Unauthorized, Unavailable
from rostra.streaming.channels import Channel, parse

PREFIX = "/api/v1/streaming"
HEARTBEAT = 15.0
"""Seconds without an event after which clients hear that all is well."""
SEND_SECONDS = 60.0
"""How long a client may take to read before it counts as gone."""
MAX_MESSAGE = 4096  # bytes
_TRUE = ("1", "true")
_SSE_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class Command(msgspec.Struct):
    """What a client sends over a WebSocket."""

    type: str
    stream: str = ""
    tag: str = ""
    list: str = ""
    last_event_id: str | None = None
    """Where to go on."""

    def channel(self) -> Channel:
        """The channel that it is about."""
        return parse(self.stream, tag=self.tag, list_id=self.list)


class Streaming:
    """The ASGI app below `/api/v1/streaming`."""

    def __init__(self, hub: Hub, tokens: Tokens) -> None:
        self._hub = hub
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

    async def _viewer(self, connection: HTTPConnection) -> tuple[Viewer, str]:
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
        viewer, token = await self._viewer(request)
        query = request.query_params
        channel = _asked_for(path.replace("/", ":") or query.get("stream", ""), query)
        last = request.headers.get("last-event-id") or query.get("last_event_id")
        resumable = last is not None or query.get("resume", "") in _TRUE
        stream = Stream(viewer, token)
        async with self._hub.delivering(stream):
            await self._hub.subscribe(stream, channel, after=_position(last), resumable=resumable)
            del request, query  # it may stay open for days
            await send({"type": "http.response.start", "status": 200, "headers": list(_SSE_HEADERS)})
            await _while_open(
                stream, _send_events(self._hub, send, stream, resumable), _ended(receive)
            )

    async def _serve_websocket(self, socket: WebSocket) -> None:
        try:
            viewer, token = await self._viewer(socket)
            query = socket.query_params
            last = query.get("last_event_id")
            stream = Stream(viewer, token)
            talk = _Talk(
                self._hub, socket, stream, numbered=last is not None or query.get("resume", "") in _TRUE
            )
            async with self._hub.delivering(stream):
                if query.get("stream"):
                    await talk.subscribe(_asked_for(query["stream"], query), last)
                await talk.run()
        except RostraError as error:
            await socket.send_denial_response(error_response(error))


async def _send_events(hub: Hub, send: Send, stream: Stream, resumable: bool) -> None:
    text = ":)\n"
    while True:
        async with asyncio.timeout(SEND_SECONDS):
            await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
        deliveries = await stream.take(HEARTBEAT)
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


async def _while_open(
    stream: Stream, sending: Coroutine[Any, Any, None], receiving: Coroutine[Any, Any, None]
) -> None:
    """Send until the stream ends, which it also does when nothing more is received."""
    receiver = asyncio.ensure_future(receiving)
    receiver.add_done_callback(lambda _: stream.close())
    try:
        with contextlib.suppress(EOFError, TimeoutError, WebSocketDisconnect):
            await sending
    finally:
        receiver.cancel()
        await asyncio.gather(receiver, return_exceptions=True)


class _Talk:
    """One WebSocket: its member's commands, and what is sent."""

    __slots__ = ("_hub", "_numbered", "_socket", "_stream")

    def __init__(self, hub: Hub, socket: WebSocket, stream: Stream, *, numbered: bool) -> None:
        """`numbered`: whether the client wants positions."""
        self._hub = hub
        self._socket = socket
        self._stream = stream
        self._numbered = numbered

    async def subscribe(self, channel: Channel, last: str | None) -> None:
        """Follow a channel, from now on or from where the client stopped."""
        self._numbered = self._numbered or last is not None
        await self._hub.subscribe(self._stream, channel, after=_position(last), resumable=self._numbered)

    async def run(self) -> None:
        """Until either side has enough."""
        socket = self._socket
        await socket.accept(subprotocol=socket.headers.get("sec-websocket-protocol"))
        await _while_open(self._stream, self._send(), self._receive())
        if socket.application_state is WebSocketState.CONNECTED:
            with contextlib.suppress(RuntimeError, WebSocketDisconnect, TimeoutError):
                async with asyncio.timeout(1):
                    await socket.close()

    async def _send(self) -> None:
        while True:
            deliveries = await self._stream.take(HEARTBEAT if self._numbered else None)
            if not deliveries and self._numbered:
                deliveries = self._positions()
            async with asyncio.timeout(SEND_SECONDS):
                for delivery in deliveries:
                    await self._socket.send_text(delivery.as_frame(self._numbered))

    def _positions(self) -> list[Delivery]:
        """How far its channels are, so that a quiet one does not have to begin anew."""
        return [
            Delivery(self._hub.position, channel, "position")
            for channel, position in self._stream.channels.items()
            if position != CATCHING_UP
        ]

    async def _receive(self) -> None:
        while True:
            message = await self._socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            try:
                await self._obey(message.get("text") or "")  # none: it is binary, which nobody speaks here
            except RostraError as error:
                answer = {"error": error.message, "status": error.status}
                await self._socket.send_text(msgspec.json.encode(answer).decode())

    async def _obey(self, text: str) -> None:
        if len(text) > MAX_MESSAGE:
            raise BadRequest("Message is too long")
        try:
            command = msgspec.json.decode(text, type=Command)
        except (msgspec.DecodeError, RecursionError):
            raise BadRequest("Message is not valid") from None
        if command.type == "subscribe":
            await self.subscribe(command.channel(), command.last_event_id)
        elif command.type == "unsubscribe":
            self._hub.unsubscribe(self._stream, command.channel())
        else:
            raise BadRequest("Unknown message type")


def _position(last_event_id: str | None) -> int | None:
    """The position that a client names; None: it begins now."""
    if not last_event_id:
        return None
    known = last_event_id.isascii() and last_event_id.isdecimal() and len(last_event_id) < 19
    return int(last_event_id) if known else UNKNOWN


def _asked_for(name: str, query: QueryParams) -> Channel:
    return parse(
        name,
        tag=query.get("tag", ""),
        list_id=query.get("list", ""),
        only_media=query.get("only_media", "") in _TRUE,
    )
