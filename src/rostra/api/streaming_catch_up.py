"""What a client has missed on a channel: read from the log of news, as its member sees it now.

What is gone by now is not told any more; what was changed is told as it is.
"""

from collections.abc import Sequence

from rostra.api.entities.hydrate import Hydrator
from rostra.api.streaming_announcements import announcement_payload
from rostra.api.streaming_delivery import MERGED, conversation_payload, drops, notification_payloads
from rostra.api.streaming_stream import DIRECT, USER, USER_NOTIFICATION, Delivery, Stream
from rostra.core.db import Tx
from rostra.core.settings import Settings
from rostra.statuses import reading
from rostra.streaming import audience, news
from rostra.streaming.channels import Channel, public_channels
from rostra.streaming.news import News

MOST_MISSED = 400
"""Events that a client is sent when it comes back; where there are more it begins anew."""
MOST_READ = 5_000
"""News that are looked through for them."""
UNKNOWN = -1
"""Position of a client that names one which can't be read."""
_STATUS = ("update", "status.update")


def reset(channel: Channel, position: int, reason: str) -> Delivery:
    """Tells a client that it can't go on where it stopped: it reads over the API, and goes on from here."""
    return Delivery(position, channel, "reset", f'{{"reason":"{reason}"}}')


class CatchUp:
    """Reads what was missed."""

    def __init__(self, settings: Settings, hydrator: Hydrator) -> None:
        self._settings = settings
        self._hydrator = hydrator

    async def missed(
        self, tx: Tx, stream: Stream, channel: Channel, position: int
    ) -> tuple[list[Delivery], int]:
        """What came on `channel` above `position`, in order, and the position up to which that is all.

        Where that can't be said, or is too much, a single `reset`.
        """
        await self._hydrator.pictures.emojis.ready(tx)
        oldest, last = await news.bounds(tx)
        if position > last or position == UNKNOWN:
            return [reset(channel, last, "unknown")], last
        if position < oldest - 1:
            return [reset(channel, last, "expired")], last
        found = await news.missed(tx, stream.account_id, position, last, MOST_READ + 1)
        if len(found) > MOST_READ:
            return [reset(channel, last, "too_many")], last
        statuses = await self._statuses(tx, stream.account_id, channel, found)
        concerned = [one for one in found if _concerns(one, stream, channel, statuses)]
        if len(concerned) > MOST_MISSED:
            return [reset(channel, last, "too_many")], last
        payloads = await self._status_payloads(tx, stream.account_id, concerned)
        told = [one.id for one in concerned if one.event == "notification"]
        notifications = await notification_payloads(tx, self._hydrator, stream.account_id, told)
        deliveries: list[Delivery] = []
        for one in concerned:
            if one.event in _STATUS or one.event == "notification":
                loaded = payloads if one.event in _STATUS else notifications
                is_there, payload = one.id in loaded, loaded.get(one.id)
            else:
                is_there, payload = await self._payload(tx, stream.account_id, one)
            if is_there:
                deliveries.append(Delivery(one.position, channel, one.event, payload))
        return deliveries, last

    async def _statuses(self, tx: Tx, account_id: int, channel: Channel, found: Sequence[News]) -> set[int]:
        """Which of the statuses in the news belong to the channel, as the member sees it."""
        ids = list({one.id for one in found if one.event in _STATUS})
        if not ids:
            return set()
        if channel == USER:
            pairs = await audience.who_has_at_home(tx, [account_id], ids)
        elif channel.list_id is not None:
            pairs = await audience.which_lists_have(tx, [channel.list_id], ids)
        else:
            known = await audience.facts(tx, ids)
            ids = [facts.id for facts in known if channel in public_channels(facts)]
            pairs = await audience.who_may_see(tx, [account_id], ids)
        return {status_id for _, status_id in pairs}

    async def _status_payloads(self, tx: Tx, account_id: int, concerned: Sequence[News]) -> dict[int, str]:
        ids = [one.id for one in concerned if one.event in _STATUS]
        frames = await reading.read_ids(tx, account_id, ids)
        entities = await self._hydrator.by_id(tx, account_id, frames) if frames else {}
        return {status_id: bytes(entity).decode() for status_id, entity in entities.items()}

    async def _payload(self, tx: Tx, account_id: int, one: News) -> tuple[bool, str | None]:
        """Whether what the news are about is still there, and its payload, if it has one."""
        if one.event == "delete":
            return True, str(one.id)
        if one.event == "filters_changed":
            return True, None
        if one.event == "notifications_merged":
            return True, MERGED
        if one.event == "conversation":
            payload = await conversation_payload(tx, self._hydrator, account_id, one)
        else:
            payload = await announcement_payload(tx, self._settings, self._hydrator.pictures, one)
        return payload is not None, payload


def _concerns(one: News, stream: Stream, channel: Channel, statuses: set[int]) -> bool:
    """Whether news that the member is told come by this channel."""
    if one.event in _STATUS:
        return one.id in statuses
    if one.event == "notification":
        return channel in stream.notification_channels
    if one.event == "notifications_merged":
        return channel in (USER, USER_NOTIFICATION)
    if one.event == "conversation":
        return channel == DIRECT
    if one.event == "delete":
        return drops(channel)
    return channel == USER  # filters, announcements
