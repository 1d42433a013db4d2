"""Telling members what concerns them. Each function may be repeated: a notification comes once.

Who gets it is decided here, in one statement: no member hears from themselves, from people whom
they block or mute, of a thread that they muted, or of a status that they may not see. Only the end
of one's own poll is told to oneself. What a member's policy drops is not written at all; what it
filters is, but waits as a request of its sender (requests.py).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString

import msgspec

from rostra.core import clock
from rostra.core.db import Tx, execute, fetch_tuples
from rostra.core.ids import new_id
from rostra.notifications.model import ASKING, FILTERED, GROUP_HOURS, Kind, group_prefix
from rostra.notifications.policy import ANCESTORS, VERDICT
from rostra.statuses.access import visible


class Told(msgspec.Struct, frozen=True):
    """A notification that was written just now."""

    notification_id: int
    account_id: int
    filtered: bool
    """Whether the member's policy holds it back: nothing tells of it."""


_RECIPIENTS: LiteralString = (
    """
    select r.id, r.notification_id, """
    + VERDICT
    + """ as verdict
    from unnest(%(recipients)s::bigint[], %(ids)s::bigint[]) as r(id, notification_id)
    join users u on u.account_id = r.id
    join accounts fa on fa.id = %(from)s
    left join notification_policies p on p.account_id = r.id
    where (r.id <> %(from)s or %(type)s = 'poll')  -- the end of one's own poll is news
      and not exists (select from blocks b where b.account_id = r.id and b.target_id = %(from)s)
      and not exists (select from blocks b where b.account_id = %(from)s and b.target_id = r.id)
      and not exists (
          select from account_domain_blocks b where b.account_id = r.id and b.domain = fa.domain)
      and not exists (
          select from mutes m
          where m.account_id = r.id and m.target_id = %(from)s and m.hide_notifications
            and (m.expires_at is null or m.expires_at > now()))
      and (%(status)s::bigint is null or exists (
          select from statuses s
          where s.id = %(status)s
            and not exists (
                select from thread_mutes t where t.account_id = r.id and t.thread_id = s.thread_id)
            and """
    + visible("s").replace("%(viewer)s", "r.id")
    + "))"
)
# The group that was begun within the last hours takes it in, else it begins one.
_GROUP_KEY: LiteralString = """
    case when verdict = 'accept' then %(prefix)s::text || '-' || coalesce(
        (select max(hour) from generate_series(%(hour)s::bigint - %(hours)s + 1, %(hour)s) as hour
         where exists (
             select from notifications g
             where g.account_id = r.id and g.group_key = %(prefix)s || '-' || hour)),
        %(hour)s) end
"""
_INSERT: LiteralString = (
    "with recursive ancestors as ("
    + ANCESTORS
    + "), recipients as ("
    + _RECIPIENTS
    + """
    ), added as (
        insert into notifications (id, account_id, type, from_account_id, status_id, report_id,
                                   collection_id, filtered, group_key)
        select r.notification_id, r.id, %(type)s, %(from)s, %(status)s::bigint, %(report)s::bigint,
               %(collection)s::bigint, verdict = 'filter',
        """
    + _GROUP_KEY
    + """
        from recipients r where verdict <> 'drop'
        on conflict do nothing
        returning id, account_id, filtered
    ), asked as (
        insert into notification_requests (id, account_id, from_account_id)
        select id, account_id, %(from)s from added where filtered and %(asks)s
        on conflict (account_id, from_account_id) do update set updated_at = now()
    )
    select id, account_id, filtered from added
    """
)


async def notify(
    tx: Tx,
    kind: Kind,
    recipients: Sequence[int],
    from_id: int,
    status_id: int | None = None,
    report_id: int | None = None,
    collection_id: int | None = None,
) -> list[Told]:
    """Notify those of `recipients` who should hear of it; returns what is new."""
    if not recipients:
        return []
    unique = sorted(set(recipients))
    rows = await fetch_tuples(
        tx,
        _INSERT,
        {
            "recipients": unique,
            "ids": [new_id() for _ in unique],
            "type": kind,
            "from": from_id,
            "status": status_id,
            "report": report_id,
            "collection": collection_id,
            "filterable": kind in FILTERED,
            "asks": kind in ASKING,
            "prefix": group_prefix(kind, status_id),
            "hour": int(clock.now().timestamp()) // 3600,
            "hours": GROUP_HOURS,
        },
    )
    return [Told(*row) for row in rows]


async def withdraw(
    tx: Tx, kind: Kind, from_id: int, *, status_id: int | None = None, to_id: int | None = None
) -> None:
    """Take back what is not true any more: a favourite of `status_id`, a follow of `to_id`."""
    await execute(
        tx,
        """
        delete from notifications
        where type = %(type)s and from_account_id = %(from)s
          and status_id is not distinct from %(status)s::bigint
          and (%(to)s::bigint is null or account_id = %(to)s)
        """,
        {"type": kind, "from": from_id, "status": status_id, "to": to_id},
    )


async def withdraw_of_status(tx: Tx, kind: Kind, status_id: int) -> None:
    """Take back what was told of a status."""
    await execute(
        tx,
        "delete from notifications where type = %(type)s and status_id = %(status)s",
        {"type": kind, "status": status_id},
    )


async def withdraw_of_collection(
    tx: Tx, kind: Kind, collection_id: int, *, to_id: int | None = None, before: datetime | None = None
) -> None:
    """Take back what was told of a collection: to everybody or `to_id`, ever or `before` a moment."""
    await execute(
        tx,
        """
        delete from notifications
        where type = %(type)s and collection_id = %(collection)s
          and (%(to)s::bigint is null or account_id = %(to)s)
          and (%(before)s::timestamptz is null or created_at < %(before)s)
        """,
        {"type": kind, "collection": collection_id, "to": to_id, "before": before},
    )


async def withdraw_between(tx: Tx, account_id: int, other_id: int) -> None:
    """Drop what `account_id` heard from `other_id`: they block them now."""
    await execute(
        tx,
        "delete from notifications where account_id = %(account)s and from_account_id = %(from)s",
        {"account": account_id, "from": other_id},
    )


async def withdraw_of_domain(tx: Tx, account_id: int, domain: str, most: int) -> int:
    """Drop up to `most` of what `account_id` heard from accounts of `domain`; returns how many went."""
    return await execute(
        tx,
        """
        delete from notifications where id in (
            select n.id from notifications n join accounts a on a.id = n.from_account_id
            where n.account_id = %(account)s and a.domain = %(domain)s limit %(most)s)
        """,
        {"account": account_id, "domain": domain, "most": most},
    )


async def clear(tx: Tx, account_id: int) -> None:
    """Drop all of a member's notifications."""
    await execute(tx, "delete from notifications where account_id = %(id)s", {"id": account_id})


async def dismiss(tx: Tx, account_id: int, notification_id: int) -> bool:
    """Drop one of a member's notifications; False when there is none such."""
    return bool(
        await execute(
            tx,
            "delete from notifications where account_id = %(account)s and id = %(id)s",
            {"account": account_id, "id": notification_id},
        )
    )
