"""What open streams are told: a log of ids, in the order of commits (api/streaming_hub.py loads the rest).

Each process reads the log from where it stands; the bus only says that there is more. So nothing is lost
when the bus is cut off, and a client that was away reads the same log from its own position.
"""

from typing import Literal

from rostra.core.bus import Bus
from rostra.core.db import Row, Tx, execute, fetch_all, fetch_tuples, fetch_value

TOPIC = "stream"
KEPT_SECONDS = 600
"""How long news are kept: who was away longer begins anew."""

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


class News(Row, frozen=True, kw_only=True):
    """Something happened to the status, notification or announcement `id` (0: to none in particular)."""

    position: int
    """Where it stands in the log: above all that was committed before."""
    event: EventName
    id: int
    account_ids: list[int] | None = None
    """Only these members are told; None: whoever follows the channel and may see it."""
    name: str = ""
    """The reaction that it is about."""


async def tell(
    tx: Tx, bus: Bus, event: EventName, subject_id: int, account_ids: list[int] | None = None, name: str = ""
) -> None:
    """Tell open streams, when `tx` commits. That a status is new or gone is told once."""
    if account_ids == []:
        return
    told = await execute(
        tx,
        """
        insert into stream_news (event, subject_id, account_ids, name)
        values (%(event)s, %(subject)s, %(accounts)s, %(name)s) on conflict do nothing
        """,
        {"event": event, "subject": subject_id, "accounts": account_ids, "name": name},
    )
    if told:
        await bus.publish(tx, TOPIC, None)


async def tell_reaction(tx: Tx, bus: Bus, announcement_id: int, name: str) -> None:
    """Tell open streams how many react to an announcement with `name` now, when `tx` commits."""
    await tell(tx, bus, "announcement.reaction", announcement_id, name=name)


async def bounds(tx: Tx) -> tuple[int, int]:
    """The positions of the oldest and the newest news that are kept; 0 and 0 where nothing was ever told."""
    rows = await fetch_tuples(
        tx, "select coalesce(min(position), 0), coalesce(max(position), 0) from stream_news"
    )
    return rows[0][0], rows[0][1]


async def last_position(tx: Tx) -> int:
    """The position of the newest."""
    return await fetch_value(tx, "select coalesce(max(position), 0) from stream_news")


async def after(tx: Tx, position: int, limit: int) -> list[News]:
    """The first `limit` news above `position`."""
    return await fetch_all(
        tx,
        News,
        """
        select position, event, subject_id as id, account_ids, name from stream_news
        where position > %(position)s order by position limit %(limit)s
        """,
        {"position": position, "limit": limit},
    )


async def missed(tx: Tx, account_id: int, position: int, last: int, limit: int) -> list[News]:
    """The first `limit` news above `position`, up to `last`, that a member is told."""
    return await fetch_all(
        tx,
        News,
        """
        select position, event, subject_id as id, name from stream_news
        where position > %(position)s and position <= %(last)s
          and (account_ids is null or %(account)s = any(account_ids))
        order by position limit %(limit)s
        """,
        {"account": account_id, "position": position, "last": last, "limit": limit},
    )


async def forget(tx: Tx) -> None:
    """Forget old news: from the lower end, so that what stays has no gap (a transaction that took long has a
    higher position than what began after it). The newest stays, so that it is known where the log stands."""
    await execute(
        tx,
        """
        delete from stream_news where position < coalesce(
            (select min(position) from stream_news
             where created_at >= now() - make_interval(secs => %(kept)s)),
            (select max(position) from stream_news))
        """,
        {"kept": KEPT_SECONDS},
    )
