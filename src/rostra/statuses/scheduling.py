"""Scheduled statuses: kept until their time, then published exactly once.

Its time is a job that was put off. The job publishes the status and takes the schedule away in one
transaction, so whatever dies meanwhile, it happened whole or not at all. What can't be published then
becomes a draft with the reason, and its author gets a mail.
"""

from datetime import datetime

import msgspec

from rostra.accounts import queries as account_queries
from rostra.core import clock, events, jobs
from rostra.core.db import Row, Tx, execute, fetch_all, fetch_one, fetch_values
from rostra.core.errors import Forbidden, Invalid, NotFound
from rostra.core.ids import new_id
from rostra.core.paging import Bounds
from rostra.core.settings import Settings
from rostra.statuses import access, drafts, holds, queries
from rostra.statuses.actions import publish_status, referred
from rostra.statuses.model import (
    SCHEDULED_DAILY,
    SCHEDULED_TOTAL,
    SOONEST,
    Draft,
    ScheduledDue,
    ScheduledFailed,
    Status,
)

_COLUMNS = "id, account_id, scheduled_at, draft::text as draft"


class Scheduled(Row, frozen=True):
    """A row of `scheduled_statuses`."""

    id: int
    account_id: int
    scheduled_at: datetime
    draft: str

    def read(self) -> Draft:
        """What is to be published."""
        return msgspec.json.decode(self.draft, type=Draft)


async def schedule(
    tx: Tx, settings: Settings, author_id: int, draft: Draft, at: datetime
) -> Scheduled | Status:
    """Publish `draft` when it is `at`.

    A retry with the same idempotency key returns what the first call made, published or not.

    Raises:
        Invalid: it can't be published, is too soon, or there are enough already.
        NotFound, Forbidden: see `publish_status`.
    """
    draft.check(settings.status_characters, quotes=draft.quoted_status_id is not None)
    async with tx.transaction():
        await _lock(tx, author_id)
        if draft.idempotency_key:
            earlier = await _earlier(tx, author_id, draft.idempotency_key)
            if earlier is not None:
                return earlier
        await _check_time(tx, author_id, at)
        await referred(tx, author_id, draft)
        scheduled_id = new_id()
        await execute(
            tx,
            """
            insert into scheduled_statuses (id, account_id, scheduled_at, draft, idempotency_key)
            values (%(id)s, %(account)s, %(at)s, %(draft)s::jsonb, %(key)s)
            """,
            {
                "id": scheduled_id,
                "account": author_id,
                "at": at,
                "draft": msgspec.json.encode(draft).decode(),
                "key": draft.idempotency_key,
            },
        )
        await holds.hold_for_scheduled(tx, scheduled_id, author_id, draft.media_ids)
        await jobs.enqueue_at(tx, at, ScheduledDue(scheduled_id=scheduled_id))
        return await get(tx, author_id, scheduled_id)


async def _earlier(tx: Tx, author_id: int, key: str) -> Scheduled | Status | None:
    claim = await queries.claim_idempotency_key(tx, author_id, key)
    if claim.status_id is not None:
        return await access.get_own(tx, author_id, claim.status_id)
    return await fetch_one(
        tx,
        Scheduled,
        f"select {_COLUMNS} from scheduled_statuses"
        " where account_id = %(account)s and idempotency_key = %(key)s",
        {"account": author_id, "key": key},
    )


async def reschedule(tx: Tx, author_id: int, scheduled_id: int, at: datetime) -> Scheduled:
    """Publish a scheduled status at another time.

    Raises:
        Invalid: it is too soon, or enough are scheduled for that day.
        NotFound: it is somebody else's, was published, or there is none.
    """
    async with tx.transaction():
        await _lock(tx, author_id)
        before = await get(tx, author_id, scheduled_id)
        if before.scheduled_at == at:
            return before
        await _check_time(tx, author_id, at, but=scheduled_id)
        await execute(
            tx,
            "update scheduled_statuses set scheduled_at = %(at)s where id = %(id)s",
            {"id": scheduled_id, "at": at},
        )
        await jobs.enqueue_at(tx, at, ScheduledDue(scheduled_id=scheduled_id))
        return await get(tx, author_id, scheduled_id)


async def cancel(tx: Tx, author_id: int, scheduled_id: int) -> None:
    """Don't publish a scheduled status; its uploads can be attached for another day.

    Raises:
        NotFound: it is somebody else's, was published, or there is none.
    """
    async with tx.transaction():
        await _lock(tx, author_id)
        await get(tx, author_id, scheduled_id)
        await holds.let_go_of_scheduled(tx, scheduled_id)
        await _delete(tx, scheduled_id)


async def publish_due(tx: Tx, settings: Settings, scheduled_id: int) -> None:
    """Publish a scheduled status whose time has come. Repeated, or too early, it does nothing."""
    async with tx.transaction():
        row = await fetch_one(
            tx,
            Scheduled,
            f"select {_COLUMNS} from scheduled_statuses"
            " where id = %(id)s and scheduled_at <= now() for update",
            {"id": scheduled_id},
        )
        if row is None:
            return
        author = await account_queries.user(tx, row.account_id)
        if author is None or not author.is_active:
            return  # it comes out when they are back and put it to another time
        await holds.let_go_of_scheduled(tx, row.id)
        await _delete(tx, row.id)
        try:
            await publish_status(tx, settings, row.account_id, row.read())
        except (Invalid, NotFound, Forbidden) as error:
            draft_id = await drafts.keep_failed(
                tx, row.account_id, row.read(), row.scheduled_at, error.message
            )
            await events.record(tx, ScheduledFailed(account_id=row.account_id, draft_id=draft_id))


async def get(tx: Tx, author_id: int, scheduled_id: int) -> Scheduled:
    """A scheduled status of `author_id`; in a transaction it stays as it is.

    Raises:
        NotFound: it is somebody else's, was published, or there is none.
    """
    row = await fetch_one(
        tx,
        Scheduled,
        f"select {_COLUMNS} from scheduled_statuses"
        " where id = %(id)s and account_id = %(account)s for update",
        {"id": scheduled_id, "account": author_id},
    )
    if row is None:
        raise NotFound()
    return row


async def read(tx: Tx, author_id: int, bounds: Bounds) -> list[Scheduled]:
    """A page of what a member has scheduled, the newest first."""
    sql = bounds.apply(f"select {_COLUMNS} from scheduled_statuses where account_id = %(account)s", "id")
    rows = await fetch_all(tx, Scheduled, sql, {"account": author_id, **bounds.params()})
    return rows[::-1] if bounds.upwards else rows


async def _lock(tx: Tx, author_id: int) -> None:
    """One after the other, so that together they don't schedule too many."""
    await queries.lock_for(tx, "scheduled", author_id)


async def _check_time(tx: Tx, author_id: int, at: datetime, but: int = 0) -> None:
    if at < clock.now() + SOONEST:
        raise Invalid("Scheduled at The scheduled date must be in the future")
    (total,) = await fetch_values(
        tx,
        "select count(*) from scheduled_statuses where account_id = %(id)s and id <> %(but)s",
        {"id": author_id, "but": but},
    )
    if total >= SCHEDULED_TOTAL:
        raise Invalid(f"You have exceeded the limit of {SCHEDULED_TOTAL} scheduled posts")
    (of_day,) = await fetch_values(
        tx,
        """
        select count(*) from scheduled_statuses
        where account_id = %(id)s and id <> %(but)s
          and scheduled_at >= date_trunc('day', %(at)s::timestamptz, 'UTC')
          and scheduled_at < date_trunc('day', %(at)s::timestamptz, 'UTC') + interval '1 day'
        """,
        {"id": author_id, "but": but, "at": at},
    )
    if of_day >= SCHEDULED_DAILY:
        raise Invalid(f"You have exceeded the limit of {SCHEDULED_DAILY} scheduled posts for that day")


async def _delete(tx: Tx, scheduled_id: int) -> None:
    await execute(tx, "delete from scheduled_statuses where id = %(id)s", {"id": scheduled_id})
