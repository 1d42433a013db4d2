"""SQL that reads notifications; a member sees only their own."""

from collections.abc import Sequence
from typing import LiteralString

from rostra.accounts.access import present
from rostra.core.db import Tx, fetch_all, fetch_one, fetch_value
from rostra.notifications.model import Notification
from rostra.statuses.access import visible
from rostra.statuses.reading import Bounds

_SELECT: LiteralString = (
    """
    select n.id, n.account_id, n.type, n.from_account_id, n.status_id, n.created_at
    from notifications n
    join accounts fa on fa.id = n.from_account_id
    where n.account_id = %(viewer)s and """
    + present("fa")
    + """
      and not exists (
          select from blocks b where b.account_id = %(viewer)s and b.target_id = n.from_account_id)
      and not exists (
          select from mutes m
          where m.account_id = %(viewer)s and m.target_id = n.from_account_id and m.hide_notifications
            and (m.expires_at is null or m.expires_at > now()))
      and (n.status_id is null or exists (select from statuses s where s.id = n.status_id and """
    + visible("s")
    + "))"
)


async def read(
    tx: Tx,
    account_id: int,
    bounds: Bounds,
    *,
    kinds: Sequence[str] | None = None,
    from_id: int | None = None,
) -> list[Notification]:
    """A page of a member's notifications, newest first."""
    sql = _SELECT
    if kinds is not None:
        sql += " and n.type = any(%(kinds)s)"
    if from_id is not None:
        sql += " and n.from_account_id = %(from)s"
    if bounds.max_id is not None:
        sql += " and n.id < %(max_id)s"
    if bounds.since_id is not None:
        sql += " and n.id > %(since_id)s"
    if bounds.min_id is not None:
        sql += " and n.id > %(min_id)s order by n.id asc limit %(limit)s"
    else:
        sql += " order by n.id desc limit %(limit)s"
    rows = await fetch_all(
        tx,
        Notification,
        sql,
        {
            "viewer": account_id,
            "kinds": list(kinds or ()),
            "from": from_id,
            "max_id": bounds.max_id,
            "since_id": bounds.since_id,
            "min_id": bounds.min_id,
            "limit": bounds.limit,
        },
    )
    return rows[::-1] if bounds.min_id is not None else rows


async def get(tx: Tx, account_id: int, notification_id: int) -> Notification | None:
    """One of a member's notifications."""
    sql: LiteralString = _SELECT + " and n.id = %(id)s"
    return await fetch_one(tx, Notification, sql, {"viewer": account_id, "id": notification_id})


async def count(tx: Tx, account_id: int, kinds: Sequence[str], most: int) -> int:
    """How many there are, up to `most`."""
    sql: LiteralString = (
        "select count(*) from (" + _SELECT + " and n.type = any(%(kinds)s) limit %(limit)s) c"
    )
    return await fetch_value(tx, sql, {"viewer": account_id, "kinds": list(kinds), "limit": most})
