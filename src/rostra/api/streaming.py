"""Streaming (https://docs.joinmastodon.org/methods/streaming/): WebSocket, multiplexed, and SSE."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from typing import Any

import msgspec
import psycopg
from starlette.datastructures import QueryParams
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from rostra.accounts.oauth.model import Viewer, allows
from rostra.api.auth import Tokens, bearer_token
from rostra.api.http import error_response
from rostra.api.streaming_hub import Delivery, Hub, Stream
from rostra.core.errors import BadRequest, Forbidden, NotFound, RostraError, Unauthorized, Unavailable
from rostra.streaming.channels import Channel, parse

PREFIX = "/api/v1/streaming"
HEARTBEAT = 15  # seconds
MAX_MESSAGE = 4096  # bytes
MAX_CHANNELS = 50
_TRUE = ("1", "true")


class Command(msgspec.Struct):
    """What a client sends over a WebSocket."""

    type: str
    stream: str = ""
    tag: str = ""
    list: str = ""

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
        stream = Stream(viewer, token)
        name = path.replace("/", ":") or query.get("stream", "")
        await _add(self._hub, stream, _asked_for(name, query))
        async with self._hub.delivering(stream):
            headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
            response = StreamingResponse(_events(stream), media_type="text/event-stream", headers=headers)
            await response(scope, receive, send)

    async def _serve_websocket(self, socket: WebSocket) -> None:
        try:
            viewer, token = await self._viewer(socket)
            stream = Stream(viewer, token)
            query = socket.query_params
            if query.get("stream"):
                await _add(self._hub, stream, _asked_for(query["stream"], query))
            async with self._hub.delivering(stream):
                await _talk(self._hub, socket, stream)
        except RostraError as error:
            await socket.send_denial_response(error_response(error))


async def _events(stream: Stream) -> AsyncIterator[str]:
    yield ":)\n"
    with contextlib.suppress(EOFError):
        while True:
            delivery = await stream.next(HEARTBEAT)
            if delivery is None:
                yield ":thump\n"
            else:
                # Browsers drop events whose data is empty; `undefined` is what Mastodon sends.
                data = "undefined" if delivery.payload is None else delivery.payload
                yield f"event: {delivery.event}\ndata: {data}\n\n"


async def _talk(hub: Hub, socket: WebSocket, stream: Stream) -> None:
    await socket.accept(subprotocol=socket.headers.get("sec-websocket-protocol"))
    try:
        await _run_both(_send(socket, stream), _receive(hub, socket, stream))
    finally:
        if socket.application_state is WebSocketState.CONNECTED:
            with contextlib.suppress(RuntimeError, WebSocketDisconnect):
                await socket.close()


async def _run_both(*parts: Coroutine[Any, Any, None]) -> None:
    """Until the first of them ends."""
    tasks = [asyncio.ensure_future(part) for part in parts]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            with contextlib.suppress(EOFError, WebSocketDisconnect):
                task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _send(socket: WebSocket, stream: Stream) -> None:
    while True:
        delivery = await stream.next(3600)
        if delivery is not None:
            await socket.send_text(_frame(delivery))


def _frame(delivery: Delivery) -> str:
    frame: dict[str, object] = {"stream": delivery.channel.label, "event": delivery.event}
    if delivery.payload is not None:
        frame["payload"] = delivery.payload
    return msgspec.json.encode(frame).decode()


async def _receive(hub: Hub, socket: WebSocket, stream: Stream) -> None:
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            return
        try:
            await _obey(
                hub, stream, message.get("text") or ""
            )  # none: it is binary, which nobody speaks here
        except RostraError as error:
            answer = {"error": error.message, "status": error.status}
            await socket.send_text(msgspec.json.encode(answer).decode())


async def _obey(hub: Hub, stream: Stream, text: str) -> None:
    if len(text) > MAX_MESSAGE:
        raise BadRequest("Message is too long")
    try:
        command = msgspec.json.decode(text, type=Command)
    except (msgspec.DecodeError, RecursionError):
        raise BadRequest("Message is not valid") from None
    if command.type == "subscribe":
        await _add(hub, stream, command.channel())
    elif command.type == "unsubscribe":
        stream.channels.discard(command.channel())
    else:
        raise BadRequest("Unknown message type")


async def _add(hub: Hub, stream: Stream, channel: Channel) -> None:
    if not allows(stream.viewer.scopes, channel.scope):
        raise Forbidden("Access token does not have the required scopes")
    if len(stream.channels) >= MAX_CHANNELS:
        raise BadRequest("Too many streams on one connection")
    if channel.list_id is not None:
        await hub.check_list(stream, channel.list_id)
    stream.channels.add(channel)


def _asked_for(name: str, query: QueryParams) -> Channel:
    return parse(
        name,
        tag=query.get("tag", ""),
        list_id=query.get("list", ""),
        only_media=query.get("only_media", "") in _TRUE,
    )
