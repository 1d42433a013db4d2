"""SQL that reads notifications; a member sees only their own."""

from collections.abc import Sequence
from typing import Any, LiteralString

import msgspec

from rostra.accounts.access import present
from rostra.core.db import Row, Tx, fetch_all, fetch_one, fetch_value
from rostra.core.paging import Bounds
from rostra.notifications.model import Notification
from rostra.statuses.access import visible

FROM_SENDER: LiteralString = (
    present("fa")
    + """
      and not exists (
          select from blocks b where b.account_id = %(viewer)s and b.target_id = n.from_account_id)
      and (fa.domain is null or not exists (
          select from account_domain_blocks b where b.account_id = %(viewer)s and b.domain = fa.domain))
      and not exists (
          select from mutes m
          where m.account_id = %(viewer)s and m.target_id = n.from_account_id and m.hide_notifications
            and (m.expires_at is null or m.expires_at > now()))
    """
)
"""Whether the viewer hears of the sender `fa` of the notification `n`."""

_OWN_WORK: LiteralString = """
    (n.type not in ('admin.sign_up', 'admin.report') or not exists (
        select from shared_access x where x.account_id = n.account_id and x.accepted_at is not null))
"""
"""Who looks after an account with its owner is not of the staff, whatever the owner is."""

SHOWN: LiteralString = (
    "n.account_id = %(viewer)s and "
    + FROM_SENDER
    + " and "
    + _OWN_WORK
    + " and (n.status_id is null or exists (select from statuses s where s.id = n.status_id and "
    + visible("s")
    + "))"
)
"""Whether the viewer sees the notification `n` with its sender `fa`."""

TABLES: LiteralString = " from notifications n join accounts fa on fa.id = n.from_account_id where "

_SELECT: LiteralString = (
    "select n.id, n.account_id, n.type, n.from_account_id, n.status_id, n.created_at, n.group_key,"
    " n.filtered, n.report_id, n.collection_id" + TABLES + SHOWN
)


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which of a member's notifications."""

    kinds: Sequence[str] | None = None
    """None: all."""
    from_id: int | None = None
    """Only from this sender; then also what is held back, as in Mastodon."""
    held_back: bool = False
    """Whether to include what the policy holds back."""

    def apply(self, sql: LiteralString) -> LiteralString:
        """`sql`, which ends in a `where` with the notification `n`, narrowed."""
        if self.kinds is not None:
            sql += " and n.type = any(%(kinds)s)"
        if self.from_id is not None:
            sql += " and n.from_account_id = %(from)s"
        elif not self.held_back:
            sql += " and not n.filtered"
        return sql

    def params(self) -> dict[str, Any]:
        """The parameters of what `apply` adds."""
        return {"kinds": list(self.kinds or ()), "from": self.from_id}


async def read(tx: Tx, account_id: int, bounds: Bounds, wanted: Wanted) -> list[Notification]:
    """A page of a member's notifications, newest first."""
    sql = bounds.apply(wanted.apply(_SELECT), "n.id")
    params = {"viewer": account_id, **wanted.params(), **bounds.params()}
    rows = await fetch_all(tx, Notification, sql, params)
    return rows[::-1] if bounds.upwards else rows


async def get(tx: Tx, account_id: int, notification_id: int) -> Notification | None:
    """One of a member's notifications."""
    sql: LiteralString = _SELECT + " and n.id = %(id)s"
    return await fetch_one(tx, Notification, sql, {"viewer": account_id, "id": notification_id})


async def by_ids(tx: Tx, account_id: int, ids: Sequence[int]) -> list[Notification]:
    """Those of a member's notifications `ids` that they see."""
    sql: LiteralString = _SELECT + " and n.id = any(%(ids)s)"
    return await fetch_all(tx, Notification, sql, {"viewer": account_id, "ids": list(ids)})


async def count(tx: Tx, account_id: int, after_id: int, wanted: Wanted, most: int) -> int:
    """How many there are above `after_id`, up to `most`."""
    sql: LiteralString = (
        "select count(*) from (select"
        + wanted.apply(TABLES + SHOWN + " and n.id > %(after)s")
        + " limit %(limit)s) c"
    )
    params = {"viewer": account_id, "after": after_id, "limit": most, **wanted.params()}
    return await fetch_value(tx, sql, params)


class Subjects(Row, frozen=True):
    """What a notification is about, where that is no status."""

    id: int
    report_id: int | None
    collection_id: int | None


async def subjects(tx: Tx, account_id: int, ids: Sequence[int]) -> dict[int, Subjects]:
    """What those of a member's notifications `ids` are about that are about a report or a collection."""
    rows = await fetch_all(
        tx,
        Subjects,
        """
        select id, report_id, collection_id from notifications
        where account_id = %(viewer)s and id = any(%(ids)s)
          and (report_id is not null or collection_id is not null)
        """,
        {"viewer": account_id, "ids": list(ids)},
    )
    return {row.id: row for row in rows}
