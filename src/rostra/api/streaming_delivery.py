"""What happens now, delivered to all open streams of a process that may see it.

For each piece of news it is asked once, for all members together, who may see it; what looks alike to
all is encoded once.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from rostra.api.entities.conversation import conversation_entities
from rostra.api.entities.hydrate import Hydrator
from rostra.api.entities.notification import notification_entities
from rostra.api.streaming_announcements import announcement_payload
from rostra.api.streaming_stream import DIRECT, USER, USER_NOTIFICATION, Delivery, Stream
from rostra.core.db import Tx
from rostra.core.errors import NotFound
from rostra.core.settings import Settings
from rostra.notifications import queries as notification_queries
from rostra.statuses import reading
from rostra.statuses.reading import Frame
from rostra.streaming import audience
from rostra.streaming.audience import Facts
from rostra.streaming.channels import Channel, public_channels
from rostra.streaming.news import News
from rostra.timelines import conversations

MERGED = "1"
"""Payload of `notifications_merged`."""


class Members(Protocol):
    """Who has an open stream (the hub)."""

    def following(self, channel: Channel) -> list[Stream]:
        """The streams that follow a channel."""
        ...

    def channels(self) -> list[Channel]:
        """All channels that somebody follows."""
        ...

    def of_members(self, account_ids: list[int] | None) -> list[Stream]:
        """The streams of these members; None: of all."""
        ...


def drops(channel: Channel) -> bool:
    """Whether statuses that are gone are told on a channel."""
    return channel not in (USER_NOTIFICATION, DIRECT)


async def notification_payloads(
    tx: Tx, hydrator: Hydrator, account_id: int, ids: Sequence[int]
) -> dict[int, str]:
    """Notifications as their member sees them, by id; without those that are gone."""
    rows = await notification_queries.by_ids(tx, account_id, ids) if ids else []
    entities = await notification_entities(tx, hydrator, account_id, rows) if rows else []
    return {int(entity.id): msgspec.json.encode(entity).decode() for entity in entities}


async def conversation_payload(tx: Tx, hydrator: Hydrator, account_id: int, news: News) -> str | None:
    """A conversation as its member sees it; None when it was removed since, or is not in their list."""
    try:
        listed = await conversations.get(tx, account_id, news.id, mixed=True)
    except NotFound:
        return None
    if listed.last is None:
        return None
    entities = await conversation_entities(tx, hydrator, account_id, [listed])
    return msgspec.json.encode(entities[0]).decode()


class Deliverer:
    """Brings news to streams."""

    def __init__(self, settings: Settings, hydrator: Hydrator, members: Members) -> None:
        self._settings = settings
        self._hydrator = hydrator
        self._members = members

    async def deliver(self, tx: Tx, news: News) -> None:
        """Push `news` to all who may see it."""
        await self._hydrator.pictures.emojis.ready(tx)
        if news.event == "notification":
            await self._notification(tx, news)
        elif news.event == "conversation":
            await self._conversation(tx, news)
        elif news.event == "notifications_merged":
            self._bare(news, (USER, USER_NOTIFICATION), MERGED)
        elif news.event == "filters_changed":
            self._bare(news, (USER,), None)
        elif news.event == "delete":
            self._deletion(news)
        elif news.event.startswith("announcement"):
            await self._announcement(tx, news)
        else:
            await self._status(tx, news)

    async def _notification(self, tx: Tx, news: News) -> None:
        streams = self._members.of_members(news.account_ids)
        for account_id in {stream.account_id for stream in streams}:
            payloads = await notification_payloads(tx, self._hydrator, account_id, [news.id])
            payload = payloads.get(news.id)
            if payload is None:
                continue
            made = {c: Delivery(news.position, c, news.event, payload) for c in (USER, USER_NOTIFICATION)}
            for stream in streams:
                if stream.account_id == account_id:
                    for channel in stream.notification_channels:
                        stream.push(made[channel])

    async def _conversation(self, tx: Tx, news: News) -> None:
        streams = [s for s in self._members.of_members(news.account_ids) if DIRECT in s.channels]
        for account_id in {stream.account_id for stream in streams}:
            payload = await conversation_payload(tx, self._hydrator, account_id, news)
            if payload is not None:
                delivery = Delivery(news.position, DIRECT, news.event, payload)
                for stream in streams:
                    if stream.account_id == account_id:
                        stream.push(delivery)

    def _bare(self, news: News, channels: Sequence[Channel], payload: str | None) -> None:
        made = [Delivery(news.position, channel, news.event, payload) for channel in channels]
        for stream in self._members.of_members(news.account_ids):
            for delivery in made:
                stream.push(delivery)  # only if it follows that channel

    def _deletion(self, news: News) -> None:
        told = None if news.account_ids is None else set(news.account_ids)
        for channel in filter(drops, self._members.channels()):
            delivery = Delivery(news.position, channel, "delete", str(news.id))
            for stream in self._members.following(channel):
                if told is None or stream.account_id in told:
                    stream.push(delivery)

    async def _announcement(self, tx: Tx, news: News) -> None:
        streams = self._members.following(USER)
        payload = (
            await announcement_payload(tx, self._settings, self._hydrator.pictures, news) if streams else None
        )
        if payload is not None:
            delivery = Delivery(news.position, USER, news.event, payload)
            for stream in streams:
                stream.push(delivery)

    async def _status(self, tx: Tx, news: News) -> None:
        facts = next(iter(await audience.facts(tx, [news.id])), None)
        if facts is None:
            return
        reached = await self._reached(tx, facts)
        viewers = sorted({stream.account_id for streams in reached.values() for stream in streams})
        payloads = await self._payloads(tx, news, facts, viewers)
        for channel, streams in reached.items():
            made: dict[str, Delivery] = {}
            for stream in streams:
                payload = payloads.get(stream.account_id)
                if payload is not None:
                    delivery = made.get(payload)
                    if delivery is None:
                        delivery = made[payload] = Delivery(news.position, channel, news.event, payload)
                    stream.push(delivery)

    async def _reached(self, tx: Tx, facts: Facts) -> Mapping[Channel, list[Stream]]:
        """Which streams a status comes to, by channel."""
        ids = [facts.id]
        at_home = self._members.following(USER)
        followed = {channel: self._members.following(channel) for channel in public_channels(facts)}
        lists = {
            channel.list_id: self._members.following(channel)
            for channel in self._members.channels()
            if channel.list_id is not None
        }
        others = {stream.account_id for streams in followed.values() for stream in streams}
        has = await audience.who_has_at_home(tx, sorted({s.account_id for s in at_home}), ids)
        having = await audience.which_lists_have(tx, sorted(lists), ids)
        may_see = await audience.who_may_see(tx, sorted(others), ids)
        reached = {USER: [s for s in at_home if (s.account_id, facts.id) in has]}
        for channel, streams in followed.items():
            reached[channel] = [s for s in streams if (s.account_id, facts.id) in may_see]
        for list_id, _ in having:
            reached[Channel("list", list_id=list_id)] = lists[list_id]
        return reached

    async def _payloads(self, tx: Tx, news: News, facts: Facts, viewers: Sequence[int]) -> dict[int, str]:
        """The status as each of `viewers` sees it: alike, but for its author and those who touched it."""
        differing = {facts.account_id, *viewers} if facts.varies else {facts.account_id}
        if not facts.varies and len(viewers) > 1:
            differing |= await audience.who_touched(tx, viewers, news.id)
        filtering = await self._hydrator.filtered.who_filters(tx, viewers)
        payloads: dict[int, str] = {}
        alike: Frame | None = None
        shared: str | None = None
        for viewer_id in viewers:
            if shared is not None and viewer_id not in differing and viewer_id not in filtering:
                payloads[viewer_id] = shared
                continue
            frame = alike
            if frame is None or viewer_id in differing:
                frame = next(iter(await reading.read_ids(tx, viewer_id, [news.id])), None)
            if frame is None:
                continue
            entities = await self._hydrator.statuses(tx, viewer_id, [frame])
            payloads.update((viewer_id, bytes(entity).decode()) for entity in entities)
            if viewer_id not in differing:
                alike = frame
                if viewer_id not in filtering:
                    shared = payloads.get(viewer_id)
        return payloads
