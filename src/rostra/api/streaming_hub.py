"""The open streams of one process, and how news from the bus reaches those who may see it.

For each piece of news the hub asks once, for all its members together, who may see it. A stream that
reads too slowly is closed; its client reconnects and reads what it missed over the API.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

import msgspec
import psycopg
import structlog

from rostra.accounts.lists import access as lists
from rostra.accounts.oauth import queries as token_queries
from rostra.accounts.oauth.model import Viewer, allows
from rostra.api.auth import TOKENS_TOPIC, Tokens
from rostra.api.entities.conversation import conversation_entities
from rostra.api.entities.hydrate import Hydrator
from rostra.api.entities.notification import notification_entities
from rostra.api.streaming_announcements import announcement_payload
from rostra.core.db import Tx
from rostra.core.errors import NotFound, TooMany, Unavailable
from rostra.core.services import Services
from rostra.notifications import queries as notification_queries
from rostra.statuses import reading
from rostra.statuses.reading import Frame
from rostra.streaming import audience
from rostra.streaming.audience import Facts
from rostra.streaming.channels import Channel, public_channels
from rostra.streaming.news import TOPIC, News
from rostra.timelines import conversations

STREAM_QUEUE = 200
NEWS_QUEUE = 10_000
STREAMS_PER_MEMBER = 50
"""Open streams of one member in one process: more than anybody's apps and tabs need."""
USER = Channel("user")
USER_NOTIFICATION = Channel("user:notification")
DIRECT = Channel("direct")
log = structlog.get_logger()


class Delivery(msgspec.Struct, frozen=True):
    """One event for one stream: the channel that it comes by, its name, and its payload as text, if any."""

    channel: Channel
    event: str
    payload: str | None


class Stream:
    """An open connection of a member."""

    def __init__(self, viewer: Viewer, token: str) -> None:
        assert viewer.account_id is not None
        self.viewer = viewer
        self.account_id = viewer.account_id
        self.token = token
        self.channels: set[Channel] = set()
        self._queue: asyncio.Queue[Delivery | None] = asyncio.Queue(STREAM_QUEUE)
        self._closed = asyncio.Event()

    @property
    def notification_channels(self) -> set[Channel]:
        """The channels that notifications come by: none, if the token is not for notifications."""
        if not allows(self.viewer.scopes, USER_NOTIFICATION.scope):
            return set()
        return self.channels & {USER, USER_NOTIFICATION}

    def push(self, delivery: Delivery) -> None:
        """Send an event, in turn; a stream that is far behind is closed."""
        try:
            self._queue.put_nowait(delivery)
        except asyncio.QueueFull:
            self.close()

    def close(self) -> None:
        """End the stream."""
        self._closed.set()
        with contextlib.suppress(asyncio.QueueFull):
            self._queue.put_nowait(None)

    async def next(self, seconds: float) -> Delivery | None:
        """The next event; None when there is none for so many seconds.

        Raises:
            EOFError: the stream is closed.
        """
        if self._closed.is_set():
            raise EOFError
        try:
            async with asyncio.timeout(seconds):
                delivery = await self._queue.get()
        except TimeoutError:
            return None
        if delivery is None:
            raise EOFError
        return delivery


class Hub:
    """All open streams of this process."""

    def __init__(self, services: Services, tokens: Tokens, hydrator: Hydrator) -> None:
        self._services = services
        self._tokens = tokens
        self._hydrator = hydrator
        self._streams: set[Stream] = set()
        self._news: asyncio.Queue[News] = asyncio.Queue(NEWS_QUEUE)
        self._revoked = asyncio.Event()
        """Set when some token has died, until it is known whose streams that ends."""
        self._tasks: list[asyncio.Task[None]] = []
        services.bus.on(TOPIC, self._receive)
        services.bus.on(TOKENS_TOPIC, lambda _: self._revoked.set())
        services.bus.on_reset(self.close)

    async def check_list(self, stream: Stream, list_id: int) -> None:
        """Whether a stream may follow a list.

        Raises:
            NotFound: it is not its member's, or there is none.
            Unavailable: the database does not answer.
        """
        try:
            async with self._services.db.connection() as tx:
                await lists.get_own(tx, stream.account_id, list_id)
        except psycopg.OperationalError:
            raise Unavailable from None

    @asynccontextmanager
    async def delivering(self, stream: Stream) -> AsyncGenerator[None]:
        """Deliver to `stream` for the length of the block.

        Raises:
            TooMany: its member has too many open streams.
            Unauthorized: its token was revoked meanwhile (Forbidden: its member was kept out).
        """
        if sum(other.account_id == stream.account_id for other in self._streams) >= STREAMS_PER_MEMBER:
            raise TooMany("Too many open streams")
        self._streams.add(stream)
        if not any(not task.done() for task in self._tasks):
            self._tasks = [
                asyncio.create_task(self._run(), name="streaming"),
                asyncio.create_task(self._watch_tokens(), name="streaming-tokens"),
            ]
        try:
            # Once more: from now on revocations are heard, but one may have come since it was looked up.
            await self._tokens.viewer(stream.token)
            yield
        finally:
            self._streams.discard(stream)

    def close(self) -> None:
        """End all streams: the server stops, or news may have been lost. Clients reconnect."""
        for stream in list(self._streams):
            stream.close()

    def _receive(self, data: msgspec.Raw) -> None:
        if not self._streams:
            return
        try:
            self._news.put_nowait(msgspec.json.decode(data, type=News))
        except asyncio.QueueFull:
            log.warning("streaming.overflow", streams=len(self._streams))
            self.close()

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
        streams = list(self._streams)
        async with self._services.db.connection() as tx:
            usable = await token_queries.usable(tx, [stream.viewer.token_id for stream in streams])
        for stream in streams:
            if stream.viewer.token_id not in usable:
                stream.close()

    async def _run(self) -> None:
        while True:
            news = await self._news.get()
            try:
                async with self._services.db.connection() as tx:
                    await self._deliver(tx, news)
            except Exception:
                log.exception("streaming.failed", event_name=news.event)
                self.close()

    async def _deliver(self, tx: Tx, news: News) -> None:
        await self._hydrator.pictures.emojis.ready(tx)
        if news.event == "notification":
            await self._deliver_notification(tx, news)
        elif news.event == "conversation":
            await self._deliver_conversation(tx, news)
        elif news.event == "notifications_merged":
            self._deliver_merged(news)
        elif news.event == "delete":
            self._deliver_deletion(news)
        elif news.event == "filters_changed":
            self._deliver_bare(news)
        elif news.event.startswith("announcement"):
            await self._deliver_announcement(tx, news)
        else:
            await self._deliver_status(tx, news)

    async def _deliver_notification(self, tx: Tx, news: News) -> None:
        streams = [s for s in self._streams if s.account_id in news.account_ids]
        for account_id in {stream.account_id for stream in streams}:
            row = await notification_queries.get(tx, account_id, news.id)
            if row is None:
                continue
            entities = await notification_entities(tx, self._hydrator, account_id, [row])
            payload = msgspec.json.encode(entities[0]).decode()
            for stream in streams:
                if stream.account_id == account_id:
                    for channel in stream.notification_channels:
                        stream.push(Delivery(channel, "notification", payload))

    async def _deliver_conversation(self, tx: Tx, news: News) -> None:
        streams = [s for s in self._streams if s.account_id in news.account_ids and DIRECT in s.channels]
        for account_id in {stream.account_id for stream in streams}:
            try:
                listed = await conversations.get(tx, account_id, news.id)
            except NotFound:  # removed since
                continue
            entities = await conversation_entities(tx, self._hydrator, account_id, [listed])
            payload = msgspec.json.encode(entities[0]).decode()
            for stream in streams:
                if stream.account_id == account_id:
                    stream.push(Delivery(DIRECT, "conversation", payload))

    def _deliver_merged(self, news: News) -> None:
        for stream in [s for s in self._streams if s.account_id in news.account_ids]:
            for channel in stream.channels & {USER, USER_NOTIFICATION}:
                stream.push(Delivery(channel, "notifications_merged", "1"))

    def _deliver_deletion(self, news: News) -> None:
        for stream in list(self._streams):
            if news.account_ids and stream.account_id not in news.account_ids:
                continue
            for channel in stream.channels - {USER_NOTIFICATION, DIRECT}:
                stream.push(Delivery(channel, "delete", str(news.id)))

    def _deliver_bare(self, news: News) -> None:
        for stream in list(self._streams):
            if stream.account_id in news.account_ids and USER in stream.channels:
                stream.push(Delivery(USER, news.event, None))

    async def _deliver_announcement(self, tx: Tx, news: News) -> None:
        payload = await announcement_payload(tx, self._services.settings, self._hydrator.pictures, news)
        if payload is not None:
            for stream in [s for s in self._streams if USER in s.channels]:
                stream.push(Delivery(USER, news.event, payload))

    async def _deliver_status(self, tx: Tx, news: News) -> None:
        facts = await audience.facts(tx, news.id)
        if facts is None:
            return
        wanted = [(stream, channel) for stream in self._streams for channel in stream.channels]
        home = {stream.account_id for stream, channel in wanted if channel == USER}
        owners = {
            channel.list_id: stream.account_id for stream, channel in wanted if channel.list_id is not None
        }
        public = set(public_channels(facts))
        others = {stream.account_id for stream, channel in wanted if channel in public}
        at_home = await audience.who_has_at_home(tx, sorted(home), news.id)
        in_lists = await audience.which_lists_have(tx, sorted(owners), news.id)
        may_see = await audience.who_may_see(tx, sorted(others), news.id)
        viewers = at_home | may_see | {owners[list_id] for list_id in in_lists}
        payloads = await self._payloads(tx, news, facts, sorted(viewers))
        for stream, channel in wanted:
            if channel.list_id is not None:
                reached = channel.list_id in in_lists
            elif channel == USER:
                reached = stream.account_id in at_home
            else:
                reached = channel in public and stream.account_id in may_see
            payload = payloads.get(stream.account_id)
            if reached and payload is not None:
                stream.push(Delivery(channel, news.event, payload))

    async def _payloads(self, tx: Tx, news: News, facts: Facts, viewers: Sequence[int]) -> dict[int, str]:
        """The status as each of `viewers` sees it. A new one, untouched yet, looks alike to all."""
        alike = news.event == "update" and not (facts.is_boost or facts.has_poll or facts.varies)
        filtering = await self._hydrator.filtered.who_filters(tx, viewers)
        payloads: dict[int, str] = {}
        frame: Frame | None = None
        shared: str | None = None
        for viewer_id in viewers:
            if shared is not None and viewer_id != facts.account_id and viewer_id not in filtering:
                payloads[viewer_id] = shared
                continue
            if frame is None or viewer_id == facts.account_id:
                frame = next(iter(await reading.read_ids(tx, viewer_id, [news.id])), None)
            if frame is not None:
                payloads[viewer_id] = bytes(await self._hydrator.status(tx, viewer_id, frame)).decode()
            if frame is None or not alike or viewer_id == facts.account_id or frame.is_touched:
                frame = None
            elif viewer_id not in filtering:
                shared = payloads[viewer_id]
        return payloads
