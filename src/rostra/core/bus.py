"""The bus: news that reaches all processes at once, over PostgreSQL's LISTEN/NOTIFY.

A message is at most some kilobytes (PostgreSQL's limit is 8,000 bytes), so it carries ids, not
content. It may be lost when the connection breaks: `on_reset` tells those who keep state from it.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Generator
from contextlib import contextmanager

import msgspec
import psycopg
import structlog
from psycopg import sql

from rostra.core import tasks
from rostra.core.db import Tx

CHANNEL = "rostra_bus"
QUEUE_LENGTH = 256
log = structlog.get_logger()


class Message(msgspec.Struct, frozen=True, array_like=True):
    """One piece of news: a topic such as `home:1234`, and its JSON value."""

    topic: str
    data: msgspec.Raw


class Overflow(Exception):
    """A subscriber is too slow; it has missed messages."""


class Subscription:
    """A bounded queue of the messages of some topics."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Message | None] = asyncio.Queue(QUEUE_LENGTH)
        self._broken = False

    def push(self, message: Message | None) -> None:
        """Add a message; None ends the subscription."""
        try:
            self._queue.put_nowait(message)
        except asyncio.QueueFull:
            self._broken = True

    async def get(self) -> Message:
        """The next message.

        Raises:
            Overflow: messages were lost (slow reader, or the bus was cut off).
        """
        if self._broken:
            raise Overflow
        message = await self._queue.get()
        if message is None:
            raise Overflow
        return message


class Bus:
    """One listening connection for this process, and its subscribers."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._subscribers: dict[str, set[Subscription]] = defaultdict(set)
        self._handlers: dict[str, list[Callable[[msgspec.Raw], None]]] = defaultdict(list)
        self._resets: list[Callable[[], None]] = []
        self._task: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Listen, and go on doing so after a break."""
        ready = asyncio.Event()
        self._task = asyncio.create_task(self._run(ready), name="bus")
        waiter = asyncio.create_task(ready.wait())
        await asyncio.wait({waiter, self._task}, return_when=asyncio.FIRST_COMPLETED)

    async def close(self) -> None:
        """Stop listening; subscriptions end."""
        if self._task:
            await tasks.end(self._task)
        self._reset()

    async def publish(self, tx: Tx, topic: str, data: object) -> None:
        """Tell everybody, when `tx` commits."""
        payload = msgspec.json.encode((topic, data)).decode()
        await tx.execute("select pg_notify(%s, %s)", (CHANNEL, payload))

    @contextmanager
    def subscribe(self, *topics: str) -> Generator[Subscription]:
        """A subscription to `topics` for the length of the block."""
        subscription = Subscription()
        self.join(subscription, *topics)
        try:
            yield subscription
        finally:
            self.leave(subscription, *list(self._subscribers))

    def join(self, subscription: Subscription, *topics: str) -> None:
        """Add `topics` to a subscription."""
        for topic in topics:
            self._subscribers[topic].add(subscription)

    def leave(self, subscription: Subscription, *topics: str) -> None:
        """Take `topics` off a subscription."""
        for topic in topics:
            members = self._subscribers.get(topic)
            if members is not None:
                members.discard(subscription)
                if not members:
                    del self._subscribers[topic]

    def on(self, topic: str, handler: Callable[[msgspec.Raw], None]) -> None:
        """Call `handler` for each message of `topic`."""
        self._handlers[topic].append(handler)

    def on_reset(self, handler: Callable[[], None]) -> None:
        """Call `handler` whenever messages may have been lost."""
        self._resets.append(handler)

    def _reset(self) -> None:
        for handler in self._resets:
            handler()
        for members in list(self._subscribers.values()):
            for subscription in list(members):
                subscription.push(None)

    async def _run(self, ready: asyncio.Event) -> None:
        pause = 0.1
        known = False
        while True:
            try:
                connection = await psycopg.AsyncConnection.connect(self._conninfo, autocommit=True)
                async with connection:
                    await connection.execute(sql.SQL("listen {}").format(sql.Identifier(CHANNEL)))
                    if known:
                        self._reset()  # what was read anew since the break may be out of date again
                    known = True
                    ready.set()
                    pause = 0.1
                    async for notify in connection.notifies():
                        self._deliver(notify.payload)
            except psycopg.Error as error:
                log.warning("bus.broken", error=str(error).strip(), retry_in=pause)
            self._reset()
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5)

    def _deliver(self, payload: str) -> None:
        message = msgspec.json.decode(payload, type=Message)
        for handler in self._handlers.get(message.topic, ()):
            handler(message.data)
        for subscription in self._subscribers.get(message.topic, ()):
            subscription.push(message)
