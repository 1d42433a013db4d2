"""What open streams are told: small messages on the bus, with ids (api/streaming.py loads the rest)."""

from typing import Literal

import msgspec

from rostra.core.bus import Bus
from rostra.core.db import Tx

TOPIC = "stream"

EventName = Literal[
    "update",
    "status.update",
    "delete",
    "notification",
    "notifications_merged",
    "filters_changed",
    "conversation",
    "announcement",
    "announcement.reaction",
    "announcement.delete",
]

_MOST_IDS = 300  # a message on the bus has at most 8,000 bytes


class News(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something happened to the status, notification or announcement `id` (0: to none in particular).

    `name`: the reaction that it is about. `account_ids`: only these members are told (none given: whoever
    follows the channel and may see it).
    """

    event: EventName
    id: int
    account_ids: list[int] = []
    name: str = ""


async def tell(
    tx: Tx, bus: Bus, event: EventName, subject_id: int, account_ids: list[int] | None = None
) -> None:
    """Tell open streams, when `tx` commits."""
    if account_ids is None:
        await bus.publish(tx, TOPIC, News(event=event, id=subject_id))
        return
    for start in range(0, len(account_ids), _MOST_IDS):
        some = account_ids[start : start + _MOST_IDS]
        await bus.publish(tx, TOPIC, News(event=event, id=subject_id, account_ids=some))


async def tell_reaction(tx: Tx, bus: Bus, announcement_id: int, name: str) -> None:
    """Tell open streams how many react to an announcement with `name` now, when `tx` commits."""
    await bus.publish(tx, TOPIC, News(event="announcement.reaction", id=announcement_id, name=name))
