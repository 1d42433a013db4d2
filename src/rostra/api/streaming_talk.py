"""What is said over one stream, whichever server speaks WebSocket or HTTP for it."""

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any, Protocol

import msgspec
from starlette.datastructures import QueryParams
from starlette.websockets import WebSocketDisconnect

from rostra.api.streaming_catch_up import UNKNOWN
from rostra.api.streaming_hub import Hub
from rostra.api.streaming_stream import CATCHING_UP, Delivery, Stream
from rostra.core.errors import BadRequest, RostraError
from rostra.streaming.channels import Channel, parse

HEARTBEAT = 15.0
"""Seconds without an event after which clients hear that all is well."""
SEND_SECONDS = 60.0
"""How long a client may take to read before it counts as gone."""
MAX_MESSAGE = 4096  # bytes
TRUE = ("1", "true")


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


async def while_open(
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


class Wire(Protocol):
    """A WebSocket, whoever speaks it."""

    async def send(self, text: str) -> None:
        """Send a message; returns when the client's reading keeps up."""
        ...

    async def receive(self) -> str | None:
        """The next message (an empty one if it is binary, which nobody speaks here); None at the end."""
        ...


class Talk:
    """One WebSocket: its member's commands, and what is sent."""

    __slots__ = ("_hub", "_numbered", "stream")

    def __init__(self, hub: Hub, stream: Stream, query: QueryParams) -> None:
        """`query`: that of its address, which says whether the client wants positions."""
        self._hub = hub
        self._numbered = "last_event_id" in query or query.get("resume", "") in TRUE
        self.stream = stream

    async def begin(self, query: QueryParams) -> None:
        """Follow the channel that the address names, if it names one."""
        if query.get("stream"):
            await self.subscribe(asked_for(query["stream"], query), query.get("last_event_id"))

    async def subscribe(self, channel: Channel, last: str | None) -> None:
        """Follow a channel, from now on or from where the client stopped."""
        self._numbered = self._numbered or last is not None
        await self._hub.subscribe(self.stream, channel, after=position_of(last), resumable=self._numbered)

    def leave(self) -> None:
        """The connection is gone. May be called again."""
        self.stream.close()
        self._hub.leave(self.stream)

    async def run(self, wire: Wire) -> None:
        """Until either side has enough."""
        await while_open(self.stream, self._send(wire), self._receive(wire))

    async def _send(self, wire: Wire) -> None:
        while True:
            deliveries = await self.stream.take(HEARTBEAT if self._numbered else None)
            if not deliveries and self._numbered:
                deliveries = self._positions()
            async with asyncio.timeout(SEND_SECONDS):
                for delivery in deliveries:
                    await wire.send(delivery.as_frame(self._numbered))

    def _positions(self) -> list[Delivery]:
        """How far its channels are, so that a quiet one does not have to begin anew."""
        return [
            Delivery(self._hub.position, channel, "position")
            for channel, position in self.stream.channels.items()
            if position != CATCHING_UP
        ]

    async def _receive(self, wire: Wire) -> None:
        while True:
            text = await wire.receive()
            if text is None:
                return
            try:
                await self._obey(text)
            except RostraError as error:
                answer = {"error": error.message, "status": error.status}
                await wire.send(msgspec.json.encode(answer).decode())

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
            self._hub.unsubscribe(self.stream, command.channel())
        else:
            raise BadRequest("Unknown message type")


def position_of(last_event_id: str | None) -> int | None:
    """The position that a client names; None: it begins now."""
    if not last_event_id:
        return None
    known = last_event_id.isascii() and last_event_id.isdecimal() and len(last_event_id) < 19
    return int(last_event_id) if known else UNKNOWN


def asked_for(name: str, query: QueryParams) -> Channel:
    """The channel that an address names.

    Raises:
        BadRequest: there is none such.
    """
    return parse(
        name,
        tag=query.get("tag", ""),
        list_id=query.get("list", ""),
        only_media=query.get("only_media", "") in TRUE,
    )
