"""One open stream: its channels, and what waits to be sent by it.

There are ten thousands of these, most of them idle, so that each is no more than a few small objects.
"""

import asyncio
from collections.abc import Iterable

import msgspec

from rostra.accounts.oauth.model import Viewer, allows
from rostra.core.ids import MAX_ID
from rostra.streaming.channels import Channel

QUEUE = 200
"""Events that may wait for a slow reader."""
CATCHING_UP = MAX_ID
"""Position of a channel whose missed events are being read: none is delivered yet."""
USER = Channel("user")
USER_NOTIFICATION = Channel("user:notification")
DIRECT = Channel("direct")


class Delivery:
    """One event on one channel, the same for all who get it: encoded once."""

    __slots__ = ("_event", "_frame", "channel", "event", "payload", "position")

    def __init__(self, position: int, channel: Channel, event: str, payload: str | None = None) -> None:
        """`payload`: text, if the event has any; `position`: of the news that it is about."""
        self.position = position
        self.channel = channel
        self.event = event
        self.payload = payload
        self._frame = ""
        self._event = ""

    def as_frame(self, numbered: bool) -> str:
        """Its message on a WebSocket, with its position as `id` if the client asked for that."""
        if not self._frame:
            frame: dict[str, object] = {"stream": self.channel.label, "event": self.event}
            if self.payload is not None:
                frame["payload"] = self.payload
            self._frame = msgspec.json.encode(frame).decode()
        return f'{self._frame[:-1]},"id":"{self.position}"}}' if numbered else self._frame

    def as_event(self) -> str:
        """Its lines in a stream of server-sent events."""
        if not self._event:
            # Browsers drop events whose data is empty; `undefined` is what Mastodon sends.
            data = "undefined" if self.payload is None else self.payload
            self._event = f"event: {self.event}\ndata: {data}\nid: {self.position}\n\n"
        return self._event


class Stream:
    """An open connection of a member."""

    __slots__ = (
        "_limit",
        "_reader",
        "_waiter",
        "_waiting",
        "account_id",
        "channels",
        "closed",
        "token",
        "viewer",
    )

    def __init__(self, viewer: Viewer, token: str) -> None:
        assert viewer.account_id is not None
        self.viewer = viewer
        self.account_id = viewer.account_id
        self.token = token
        self.channels: dict[Channel, int] = {}
        """Each with the position that its events must be above."""
        self.closed = False
        self._waiting: list[Delivery] = []
        self._limit = QUEUE
        self._waiter: asyncio.Future[None] | None = None
        self._reader: asyncio.Future[None] | None = None

    @property
    def notification_channels(self) -> list[Channel]:
        """The channels that notifications come by: none, if the token is not for notifications."""
        if not allows(self.viewer.scopes, USER_NOTIFICATION.scope):
            return []
        return [channel for channel in (USER, USER_NOTIFICATION) if channel in self.channels]

    def push(self, delivery: Delivery) -> None:
        """Send an event, in turn; a stream that is far behind is closed."""
        if self.closed or delivery.position <= self.channels.get(delivery.channel, CATCHING_UP):
            return
        if len(self._waiting) >= self._limit:
            self.close()
            return
        self._waiting.append(delivery)
        self._wake()

    def catch_up(self, channel: Channel, position: int, missed: Iterable[Delivery]) -> None:
        """Send what was missed on a channel up to `position`; what is above it follows as it happens."""
        self._waiting.extend(missed)
        self._limit = len(self._waiting) + QUEUE
        self.channels[channel] = position
        if self._waiting:
            self._wake()

    async def nothing_waits(self) -> None:
        """Wait until all was taken, or the stream is closed: what was missed can be much, so that a client
        gets no more of it than it reads. For one caller at a time."""
        while self._waiting and not self.closed:
            self._reader = asyncio.get_running_loop().create_future()
            try:
                await self._reader
            finally:
                self._reader = None

    def close(self) -> None:
        """End the stream."""
        self.closed = True
        self._wake()
        self._taken()

    async def take(self, seconds: float | None) -> list[Delivery]:
        """All events that wait, or the next one; nothing when there is none for so many seconds.

        Raises:
            EOFError: the stream is closed.
        """
        if not self._waiting and not self.closed:
            loop = asyncio.get_running_loop()
            self._waiter = loop.create_future()
            timer = loop.call_later(seconds, self._wake) if seconds is not None else None
            try:
                await self._waiter
            finally:
                self._waiter = None
                if timer is not None:
                    timer.cancel()
        if self.closed:
            raise EOFError
        taken, self._waiting, self._limit = self._waiting, [], QUEUE
        self._taken()
        return taken

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _taken(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)
