"""Telling members what concerns them. Each function may be repeated: a notification comes once.

Who gets it is decided here, in one statement: no member hears from themselves, from people whom
they block or mute, of a thread that they muted, or of a status that they may not see. Only the end
of one's own poll is told to oneself.
"""

from collections.abc import Sequence
from typing import LiteralString

from rostra.core.db import Tx, execute, fetch_tuples
from rostra.core.ids import new_id
from rostra.notifications.model import Kind
from rostra.statuses.access import visible

_INSERT: LiteralString = (
    """
    with recipient as (
        select r.id, r.notification_id
        from unnest(%(recipients)s::bigint[], %(ids)s::bigint[]) as r(id, notification_id)
        join users u on u.account_id = r.id
        where (r.id <> %(from)s or %(type)s = 'poll')  -- the end of one's own poll is news
          and not exists (select from blocks b where b.account_id = r.id and b.target_id = %(from)s)
          and not exists (select from blocks b where b.account_id = %(from)s and b.target_id = r.id)
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
    + """))
    )
    insert into notifications (id, account_id, type, from_account_id, status_id)
    select notification_id, id, %(type)s, %(from)s, %(status)s::bigint from recipient
    on conflict do nothing
    returning id, account_id
    """
)


async def notify(
    tx: Tx, kind: Kind, recipients: Sequence[int], from_id: int, status_id: int | None = None
) -> list[tuple[int, int]]:
    """Notify those of `recipients` who should hear of it; returns (notification, account) of the new ones."""
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
        },
    )
    return [(notification_id, account_id) for notification_id, account_id in rows]


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


async def withdraw_between(tx: Tx, account_id: int, other_id: int) -> None:
    """Drop what `account_id` heard from `other_id`: they block them now."""
    await execute(
        tx,
        "delete from notifications where account_id = %(account)s and from_account_id = %(from)s",
        {"account": account_id, "from": other_id},
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
