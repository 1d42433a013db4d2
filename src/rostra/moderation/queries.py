"""SQL of reports."""

from collections.abc import Sequence
from typing import LiteralString

from rostra.core.db import Row, Tx, execute, fetch_all, fetch_one, fetch_value
from rostra.core.ids import new_id
from rostra.moderation.model import Action, NewReport, Report

MOST = 100
"""Reports that a page shows."""
_SELECT: LiteralString = """
    select r.id, r.account_id, r.target_id, r.category, r.comment, r.status_ids, r.rule_ids,
           r.collection_ids, r.forward, r.created_at,
           case when e.action = 'resolve' then e.created_at end as resolved_at
    from reports r
    left join lateral (
        select action, created_at from report_events where report_id = r.id order by id desc limit 1
    ) e on true
"""


class Staff(Row, frozen=True):
    """Somebody who looks after reports."""

    account_id: int
    username: str
    email: str
    locale: str


async def insert(tx: Tx, account_id: int, new: NewReport) -> int:
    """Keep a report; returns its id."""
    return await fetch_value(
        tx,
        """
        insert into reports (id, account_id, target_id, category, comment, status_ids, rule_ids,
                             collection_ids, forward)
        values (%(id)s, %(account)s, %(target)s, %(category)s, %(comment)s, %(statuses)s, %(rules)s,
                %(collections)s, %(forward)s)
        returning id
        """,
        {
            "id": new_id(),
            "account": account_id,
            "target": new.target_id,
            "category": new.category,
            "comment": new.comment,
            "statuses": new.status_ids,
            "rules": new.rule_ids,
            "collections": new.collection_ids,
            "forward": new.forward,
        },
    )


async def by_ids(tx: Tx, ids: Sequence[int]) -> list[Report]:
    """The reports `ids`."""
    sql: LiteralString = _SELECT + " where r.id = any(%(ids)s)"
    return await fetch_all(tx, Report, sql, {"ids": list(ids)})


async def for_staff(tx: Tx, staff_id: int) -> list[Report]:
    """What one of the staff looks after, the open ones first: all but what is about themselves."""
    sql: LiteralString = (
        _SELECT
        + """ where r.target_id <> %(staff)s
        order by e.action is not distinct from 'resolve', r.id desc limit %(limit)s"""
    )
    return await fetch_all(tx, Report, sql, {"staff": staff_id, "limit": MOST})


async def count_open(tx: Tx, staff_id: int) -> int:
    """How many wait for one of the staff, up to `MOST`."""
    sql: LiteralString = (
        "select count(*) from ("
        + _SELECT
        + " where r.target_id <> %(staff)s and e.action is distinct from 'resolve' limit %(limit)s) c"
    )
    return await fetch_value(tx, sql, {"staff": staff_id, "limit": MOST})


async def lock(tx: Tx, report_id: int, staff_id: int) -> Report | None:
    """A report that one of the staff looks after; nobody else acts on it until the transaction ends."""
    await execute(tx, "select from reports where id = %(id)s for update", {"id": report_id})
    sql: LiteralString = _SELECT + " where r.id = %(id)s and r.target_id <> %(staff)s"
    return await fetch_one(tx, Report, sql, {"id": report_id, "staff": staff_id})


async def append(tx: Tx, report_id: int, staff_id: int, action: Action) -> None:
    """Write down what one of the staff did."""
    await execute(
        tx,
        """
        insert into report_events (id, report_id, account_id, action)
        values (%(id)s, %(report)s, %(staff)s, %(action)s)
        """,
        {"id": new_id(), "report": report_id, "staff": staff_id, "action": action},
    )


async def staff(tx: Tx, report_id: int) -> list[Staff]:
    """Who is to hear of a report: all the staff whom it is not about."""
    return await fetch_all(
        tx,
        Staff,
        """
        select u.account_id, a.username, u.email, u.locale
        from users u join accounts a on a.id = u.account_id
        join reports r on r.id = %(id)s and r.target_id <> u.account_id
        where u.role <> 'member' and u.disabled_at is null and u.confirmed_at is not null
          and a.suspended_at is null
        order by u.account_id limit 50
        """,
        {"id": report_id},
    )
