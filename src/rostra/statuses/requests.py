"""Answers that wait for leave by whom they answer (GoToSocial's interaction requests).

Until then only its author and the one who decides see such an answer, and nothing follows from it.
"""

from datetime import datetime
from typing import LiteralString

from rostra.accounts.access import present, wanted
from rostra.core import clock, events
from rostra.core.db import Row, Tx, execute, fetch_all, fetch_one
from rostra.core.errors import NotFound
from rostra.core.paging import Bounds
from rostra.statuses import queries
from rostra.statuses.actions import delete_status
from rostra.statuses.model import ReplyApproved, StatusPublished


class Request(Row, frozen=True):
    """A row of `interaction_requests`."""

    id: int
    account_id: int
    from_account_id: int
    status_id: int
    reply_id: int
    created_at: datetime
    accepted_at: datetime | None


_SELECT: LiteralString = (
    """
    select r.* from interaction_requests r join accounts fa on fa.id = r.from_account_id
    where r.account_id = %(viewer)s and r.accepted_at is null and """
    + present("fa")
    + " and "
    + wanted("fa")
)


async def read(tx: Tx, account_id: int, bounds: Bounds, status_id: int | None = None) -> list[Request]:
    """A page of what waits for a member's leave, the newest first; of one status, if that is given."""
    sql = _SELECT if status_id is None else _SELECT + " and r.status_id = %(status)s"
    params = {"viewer": account_id, "status": status_id, **bounds.params()}
    rows = await fetch_all(tx, Request, bounds.apply(sql, "r.id"), params)
    return rows[::-1] if bounds.upwards else rows


async def get(tx: Tx, account_id: int, request_id: int) -> Request:
    """What waits for a member's leave.

    Raises:
        NotFound: somebody else decides, it was decided, or there is none.
    """
    sql: LiteralString = _SELECT + " and r.id = %(id)s"
    request = await fetch_one(tx, Request, sql, {"viewer": account_id, "id": request_id})
    if request is None:
        raise NotFound()
    return request


async def authorize(tx: Tx, account_id: int, request_id: int) -> Request:
    """Let an answer stand: everything follows from it now as if it were just published.

    Raises:
        NotFound: see `get`.
    """
    async with tx.transaction():
        request = await get(tx, account_id, request_id)
        await execute(
            tx,
            "select from statuses where id in (%(status)s, %(reply)s) order by id for update",
            {"status": request.status_id, "reply": request.reply_id},
        )
        accepted = await fetch_one(
            tx,
            Request,
            """
            update interaction_requests set accepted_at = %(now)s
            where id = %(id)s and accepted_at is null returning *
            """,
            {"id": request.id, "now": clock.now()},
        )
        if accepted is None:
            raise NotFound()
        listed = await execute(
            tx,
            """
            update statuses set held = false, version = version + 1
            where id = %(id)s and held and visibility in ('public', 'unlisted')
            """,
            {"id": request.reply_id},
        )
        await execute(
            tx,
            "update statuses set held = false, version = version + 1 where id = %(id)s and held",
            {"id": request.reply_id},
        )
        if listed:
            await queries.count(tx, request.status_id, replies=1)
        await events.record(
            tx, StatusPublished(status_id=request.reply_id), ReplyApproved(status_id=request.reply_id)
        )
    return accepted


async def reject(tx: Tx, account_id: int, request_id: int) -> None:
    """Don't let an answer stand: it is deleted, as GoToSocial does it; its media can be used again for a day.

    Raises:
        NotFound: see `get`.
    """
    request = await get(tx, account_id, request_id)
    await delete_status(tx, request.from_account_id, request.reply_id)
