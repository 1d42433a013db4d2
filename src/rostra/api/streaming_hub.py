"""The open streams of one process, and how what happens reaches those who may see it.

The hub reads the log of news (streaming/news.py) from where it stands, one after another. A stream that
reads too slowly is closed; its client reconnects and goes on where it stopped, or reads what it missed
over the API.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import psycopg
import structlog

from rostra.accounts.lists import access as lists
from rostra.accounts.oauth import queries as token_queries
from rostra.accounts.oauth.model import allows
from rostra.api.auth import TOKENS_TOPIC, Tokens
from rostra.api.entities.hydrate import Hydrator
from rostra.api.streaming_catch_up import MOST_MISSED, CatchUp, reset
from rostra.api.streaming_delivery import Deliverer, Members
from rostra.api.streaming_stream import CATCHING_UP, Delivery, Stream
from rostra.core.db import Tx
from rostra.core.errors import BadRequest, Forbidden, TooMany, Unavailable
from rostra.core.services import Services
from rostra.streaming import news
from rostra.streaming.channels import Channel
from rostra.streaming.news import News

STREAMS_PER_MEMBER = 50
"""Open streams of one member in one process: more than anybody's apps and tabs need."""
MAX_CHANNELS = 50
"""Channels of one connection."""
CATCHING_UP_AT_ONCE = 2
"""Streams that read what they missed at the same time: after a restart all come back at once."""
NEWS_AT_ONCE = 100
log = structlog.get_logger()


class Hub(Members):
    """All open streams of this process."""

    def __init__(self, services: Services, tokens: Tokens, hydrator: Hydrator) -> None:
        self._services = services
        self._tokens = tokens
        self._deliverer = Deliverer(services.settings, hydrator, self)
        self._catch_up = CatchUp(services.settings, hydrator)
        self._catching_up = asyncio.Semaphore(CATCHING_UP_AT_ONCE)
        self._followers: defaultdict[Channel, set[Stream]] = defaultdict(set)
        self._of_member: defaultdict[int, set[Stream]] = defaultdict(set)
        self._position: int | None = None
        """All news up to here were delivered; None: nobody was there to deliver to."""
        self._more = asyncio.Event()
        self._revoked = asyncio.Event()
        """Set when some token has died, until it is known whose streams that ends."""
        self._tasks: list[asyncio.Task[None]] = []
        services.bus.on(news.TOPIC, lambda _: self._more.set())
        services.bus.on(TOKENS_TOPIC, lambda _: self._revoked.set())
        services.bus.on_reset(self._look_again)

    @property
    def position(self) -> int:
        """All news up to here have reached the streams that want them."""
        return self._position or 0

    @property
    def size(self) -> int:
        """How many streams are open."""
        return sum(len(streams) for streams in self._of_member.values())

    def following(self, channel: Channel) -> list[Stream]:
        """The streams that follow a channel."""
        return list(self._followers.get(channel, ()))

    def channels(self) -> list[Channel]:
        """All channels that somebody follows."""
        return list(self._followers)

    def of_members(self, account_ids: list[int] | None) -> list[Stream]:
        """The streams of these members; None: of all."""
        ids = self._of_member if account_ids is None else account_ids
        return [stream for one in ids for stream in self._of_member.get(one, ())]

    async def join(self, stream: Stream) -> None:
        """Deliver to `stream` until it leaves.

        Raises:
            TooMany: its member has too many open streams.
            Unauthorized: its token was revoked meanwhile (Forbidden: its member was kept out).
        """
        # Of a shared account each who acts as it has their own: nobody keeps the others out.
        open_ones = self._of_member.get(stream.account_id, ())
        who = stream.viewer.member_id
        if sum(one.viewer.member_id == who for one in open_ones) >= STREAMS_PER_MEMBER:
            raise TooMany("Too many open streams")
        self._of_member[stream.account_id].add(stream)
        self._start()
        try:
            # Once more: from now on revocations are heard, but one may have come since it was looked up.
            await self._tokens.viewer(stream.token)
            await self._begin()
        except BaseException:
            self.leave(stream)
            raise

    def leave(self, stream: Stream) -> None:
        """Deliver no more to `stream`. May be called again."""
        for channel in list(stream.channels):
            self.unsubscribe(stream, channel)
        streams = self._of_member.get(stream.account_id)
        if streams is not None:
            streams.discard(stream)
            if not streams:
                del self._of_member[stream.account_id]
        if not self._of_member:
            self._position = None

    @asynccontextmanager
    async def delivering(self, stream: Stream) -> AsyncGenerator[None]:
        """Deliver to `stream` for the length of the block. Raises what `join` raises."""
        await self.join(stream)
        try:
            yield
        finally:
            self.leave(stream)

    async def subscribe(
        self, stream: Stream, channel: Channel, *, after: int | None = None, resumable: bool = False
    ) -> None:
        """Let `stream`, which is being delivered to, follow a channel; again: go on from `after`.

        Args:
            after: the position up to which its client knows the channel; None: it begins now.
            resumable: whether the client wants to know from which position it can go on.

        Raises:
            BadRequest: it has too many channels.
            Forbidden: its token is not for this one.
            NotFound: the list is not its member's, or there is none.
            Unavailable: the database does not answer.
        """
        if not allows(stream.viewer.scopes, channel.scope):
            raise Forbidden("Access token does not have the required scopes")
        if len(stream.channels) >= MAX_CHANNELS and channel not in stream.channels:
            raise BadRequest("Too many streams on one connection")
        if channel in stream.channels and after is None:
            return
        if channel.list_id is not None:
            async with self._database() as tx:
                await lists.get_own(tx, stream.account_id, channel.list_id)
        self._followers[channel].add(stream)
        if after is None and not resumable:
            stream.channels[channel] = self.position
            return
        stream.channels[channel] = CATCHING_UP
        try:
            await self._go_on(stream, channel, after)
        except BaseException:
            self.unsubscribe(stream, channel)
            raise

    def unsubscribe(self, stream: Stream, channel: Channel) -> None:
        """Let `stream` not follow a channel any more."""
        stream.channels.pop(channel, None)
        followers = self._followers.get(channel)
        if followers is not None:
            followers.discard(stream)
            if not followers:
                del self._followers[channel]

    async def _go_on(self, stream: Stream, channel: Channel, after: int | None) -> None:
        """Send what came on `channel` since `after`, until what follows comes by itself."""
        missed: list[Delivery] = []
        await stream.nothing_waits()
        async with self._catching_up:
            async with self._database() as tx:
                at = await news.last_position(tx)
                if after is None:
                    missed.append(Delivery(at, channel, "position"))
                else:
                    missed, at = await self._catch_up.missed(tx, stream, channel, after)
            while at < self.position:  # more was delivered to the others while this was read
                async with self._database() as tx:
                    more, at = await self._catch_up.missed(tx, stream, channel, at)
                missed = [reset(channel, at, "too_many")] if len(missed) > MOST_MISSED else missed + more
        # Nothing is awaited from the last look at the position to here.
        if channel in stream.channels:  # else it left meanwhile
            stream.catch_up(channel, at, missed)

    def close(self) -> None:
        """End all streams: the server stops. Clients reconnect."""
        for stream in self.of_members(None):
            stream.close()

    def _look_again(self) -> None:
        """The bus was cut off: what it did not say is found all the same."""
        self._more.set()
        self._revoked.set()

    def _start(self) -> None:
        if not any(not task.done() for task in self._tasks):
            self._tasks = [
                asyncio.create_task(self._run(), name="streaming"),
                asyncio.create_task(self._watch_tokens(), name="streaming-tokens"),
            ]

    async def _begin(self) -> None:
        """Find out where the log stands, when the first stream comes."""
        if self._position is None:
            async with self._database() as tx:
                position = await news.last_position(tx)
            if self._position is None:  # nobody else was quicker
                self._position = position

    async def _watch_tokens(self) -> None:
        while True:
            await self._revoked.wait()
            self._revoked.clear()
            try:
                await self._close_revoked()
            except Exception:  # rather none than one too many: clients reconnect
                log.exception("streaming.tokens_failed")
                self.close()

    async def _close_revoked(self) -> None:
        streams = self.of_members(None)
        if not streams:
            return
        async with self._services.db.connection() as tx:
            usable = await token_queries.usable(tx, [stream.viewer.token_id for stream in streams])
        for stream in streams:
            if stream.viewer.token_id not in usable:
                stream.close()

    async def _run(self) -> None:
        while True:
            await self._more.wait()
            self._more.clear()
            try:
                while self._position is not None and (found := await self._read(self._position)):
                    await self._deliver(found)
            except Unavailable:  # the database starts again, or is busy: the log has all, later
                log.warning("streaming.database_unavailable")
                await asyncio.sleep(1)
                self._more.set()

    async def _read(self, position: int) -> list[News]:
        async with self._database() as tx:
            return await news.after(tx, position, NEWS_AT_ONCE)

    async def _deliver(self, found: list[News]) -> None:
        for one in found:
            try:
                async with self._services.db.connection() as tx:
                    await self._deliverer.deliver(tx, one)
            except Exception:  # some may have got it: all find out by themselves
                log.exception("streaming.failed", event_name=one.event)
                self.close()
            if self._position is not None:
                self._position = max(self._position, one.position)

    @asynccontextmanager
    async def _database(self) -> AsyncGenerator[Tx]:
        """A connection; Unavailable when the database does not answer."""
        try:
            async with self._services.db.connection() as tx:
                yield tx
        except psycopg.OperationalError:
            raise Unavailable from None
