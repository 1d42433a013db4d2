"""Requests: senders whose mentions a member's policy holds back, until the member decides.

A request is there as long as a mention of it is: when its last one is deleted, it is gone.
"""

from collections.abc import Sequence
from typing import LiteralString

from rostra.accounts.access import present
from rostra.core import events
from rostra.core.db import Database, Tx, execute, fetch_all, fetch_one, fetch_value, fetch_values
from rostra.core.ids import new_id
from rostra.core.paging import Bounds
from rostra.notifications.model import (
    ASKING,
    Pending,
    Request,
    RequestAccepted,
    RequestDismissed,
)
from rostra.statuses.access import visible

MOST = 100
"""As far as is counted."""
STEP = 1000
"""Notifications that one transaction changes."""

_HELD_BACK: LiteralString = """
    from notifications n join statuses s on s.id = n.status_id
    where n.account_id = q.account_id and n.from_account_id = q.from_account_id
      and n.filtered and n.type = any(%(asking)s) and """ + visible("s")
_SELECT: LiteralString = (
    "select q.id, q.from_account_id, q.created_at, q.updated_at, held.count, last.status_id as last_status_id"
    " from notification_requests q join accounts fa on fa.id = q.from_account_id"
    " cross join lateral (select n.status_id "
    + _HELD_BACK
    + " order by n.id desc limit 1) last cross join lateral (select count(*) from (select "
    + _HELD_BACK
    + " limit %(most)s) c) held where q.account_id = %(viewer)s and "
    + present("fa")
)
_PENDING: LiteralString = (
    "select count(*) as requests, coalesce(sum(count), 0)::bigint as notifications from ("
    + _SELECT
    + " order by q.id desc limit %(most)s) waiting"
)


async def read(tx: Tx, account_id: int, bounds: Bounds) -> list[Request]:
    """A page of a member's requests, newest first."""
    rows = await fetch_all(
        tx, Request, bounds.apply(_SELECT, "q.id"), {**_params(account_id), **bounds.params()}
    )
    return rows[::-1] if bounds.upwards else rows


async def get(tx: Tx, account_id: int, request_id: int) -> Request | None:
    """One of a member's requests."""
    sql: LiteralString = _SELECT + " and q.id = %(id)s"
    return await fetch_one(tx, Request, sql, {**_params(account_id), "id": request_id})


async def pending(tx: Tx, account_id: int) -> Pending:
    """How much waits for a member."""
    found = await fetch_one(tx, Pending, _PENDING, _params(account_id))
    assert found is not None
    return found


async def accept(tx: Tx, account_id: int, ids: Sequence[int]) -> int:
    """Let the senders of these requests through, from now on and for what they sent; returns how many."""
    async with tx.transaction():
        senders: list[int] = await fetch_values(
            tx,
            """
            with gone as (
                delete from notification_requests
                where account_id = %(account)s and id = any(%(ids)s) returning from_account_id
            ), permitted as (
                insert into notification_permissions (account_id, from_account_id)
                select %(account)s, from_account_id from gone on conflict do nothing
            )
            select from_account_id from gone
            """,
            {"account": account_id, "ids": list(ids)},
        )
        await events.record(tx, *(RequestAccepted(account_id, sender) for sender in senders))
    return len(senders)


async def dismiss(tx: Tx, account_id: int, ids: Sequence[int]) -> int:
    """Forget these requests and what they hold back; a later mention makes a new one. Returns how many."""
    async with tx.transaction():
        senders: list[int] = await fetch_values(
            tx,
            """
            delete from notification_requests
            where account_id = %(account)s and id = any(%(ids)s) returning from_account_id
            """,
            {"account": account_id, "ids": list(ids)},
        )
        now = new_id()
        await events.record(tx, *(RequestDismissed(account_id, sender, now) for sender in senders))
    return len(senders)


async def is_merged(tx: Tx, account_id: int) -> bool:
    """Whether all that was held back of accepted senders is among the member's notifications."""
    return await fetch_value(
        tx,
        """
        select not exists (
            select from notification_permissions p
            where p.account_id = %(account)s and exists (
                select from notifications n
                where n.account_id = p.account_id and n.from_account_id = p.from_account_id and n.filtered))
        """,
        {"account": account_id},
    )


async def merge(db: Database, event: RequestAccepted) -> None:
    """Show what was held back of a sender."""
    await _in_steps(
        db,
        """
        update notifications set filtered = false where id in (
            select id from notifications
            where account_id = %(account)s and from_account_id = %(from)s and filtered limit %(step)s)
        """,
        {"account": event.account_id, "from": event.from_account_id},
    )


async def forget(db: Database, event: RequestDismissed) -> None:
    """Delete what was held back of a sender."""
    await _in_steps(
        db,
        """
        delete from notifications where id in (
            select id from notifications
            where account_id = %(account)s and from_account_id = %(from)s and filtered
              and id < %(before)s limit %(step)s)
        """,
        {"account": event.account_id, "from": event.from_account_id, "before": event.before_id},
    )


async def merge_late(tx: Tx) -> None:
    """Show what was held back in the very moment in which its sender was accepted."""
    await execute(
        tx,
        """
        update notifications n set filtered = false from notification_permissions p
        where n.filtered and p.account_id = n.account_id and p.from_account_id = n.from_account_id
        """,
    )


async def _in_steps(db: Database, sql: LiteralString, params: dict[str, int]) -> None:
    touched = STEP
    while touched >= STEP:
        async with db.connection() as tx:
            touched = await execute(tx, sql, {**params, "step": STEP})


def _params(account_id: int) -> dict[str, object]:
    return {"viewer": account_id, "asking": list(ASKING), "most": MOST}
