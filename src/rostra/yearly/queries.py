"""SQL of annual reports: what a member did within a year (UTC), and the reports themselves."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, LiteralString

from rostra.core.db import Tx, execute, fetch_all, fetch_one, fetch_tuples, fetch_value
from rostra.core.ids import first_id
from rostra.yearly.model import SCHEMA_VERSION, AnnualReport, Habits

_OWN: LiteralString = " s.account_id = %(account)s and s.id >= %(first)s and s.id < %(next)s "
_COLUMNS: LiteralString = "select account_id, year, data, schema_version from annual_reports "


def _bounds(account_id: int, year: int) -> dict[str, Any]:
    begins, ends = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    return {
        "account": account_id,
        "first": first_id(begins),
        "next": first_id(ends),
        "begins": begins,
        "ends": ends,
    }


async def habits(tx: Tx, account_id: int, year: int) -> Habits:
    """How many statuses of which kind."""
    sql: LiteralString = (
        """
        select count(*) filter (where s.in_reply_to_id is null and s.reblog_of_id is null) as alone,
               count(*) filter (where s.in_reply_to_id is not null
                                and s.in_reply_to_account_id is distinct from s.account_id) as replies,
               count(*) filter (where s.reblog_of_id is not null) as boosts,
               count(*) filter (where s.has_poll) as polls
        from statuses s where"""
        + _OWN
    )
    found = await fetch_one(tx, Habits, sql, _bounds(account_id, year))
    assert found is not None
    return found


async def has_published(tx: Tx, account_id: int, year: int) -> bool:
    """Whether a member wrote anything that all may see."""
    sql: LiteralString = (
        "select exists (select from statuses s where"
        + _OWN
        + "and s.reblog_of_id is null and s.visibility in ('public', 'unlisted'))"
    )
    return await fetch_value(tx, sql, _bounds(account_id, year))


async def most_boosted(tx: Tx, account_id: int, year: int) -> int | None:
    """The status that was boosted most; None if none was."""
    sql: LiteralString = (
        "select s.id from statuses s where"
        + _OWN
        + """and s.reblog_of_id is null and s.visibility in ('public', 'unlisted') and s.reblogs_count > 0
        order by s.reblogs_count desc, s.id desc limit 1"""
    )
    return await fetch_value(tx, sql, _bounds(account_id, year))


async def months(tx: Tx, account_id: int, year: int) -> list[tuple[int, int, int]]:
    """Of each month: its number, statuses, and those who have followed since then."""
    sql: LiteralString = (
        """
        with written as (
            select date_part('month', s.created_at)::int as month, count(*) as count
            from statuses s where"""
        + _OWN
        + """group by 1
        ), followed as (
            select date_part('month', f.created_at)::int as month, count(*) as count
            from follows f
            where f.target_id = %(account)s and f.created_at >= %(begins)s and f.created_at < %(ends)s
            group by 1
        )
        select m, coalesce(w.count, 0), coalesce(f.count, 0)
        from generate_series(1, 12) as m
        left join written w on w.month = m left join followed f on f.month = m order by m
        """
    )
    return [(row[0], row[1], row[2]) for row in await fetch_tuples(tx, sql, _bounds(account_id, year))]


async def top_hashtag(tx: Tx, account_id: int, year: int) -> tuple[str, int] | None:
    """The hashtag that was used most, if more than once."""
    sql: LiteralString = (
        """
        select t.display_name, count(*) from statuses s
        join status_tags st on st.status_id = s.id join tags t on t.id = st.tag_id
        where"""
        + _OWN
        + "group by t.id having count(*) > 1 order by 2 desc, t.id limit 1"
    )
    rows = await fetch_tuples(tx, sql, _bounds(account_id, year))
    return (rows[0][0], rows[0][1]) if rows else None


async def insert(tx: Tx, account_id: int, year: int, data: dict[str, Any]) -> None:
    """Keep a report, unless there is one."""
    await execute(
        tx,
        """
        insert into annual_reports (account_id, year, data, schema_version)
        values (%(account)s, %(year)s, %(data)s::jsonb, %(version)s) on conflict do nothing
        """,
        {"account": account_id, "year": year, "data": json.dumps(data), "version": SCHEMA_VERSION},
    )


async def get(tx: Tx, account_id: int, year: int) -> AnnualReport | None:
    """A member's report of a year."""
    sql: LiteralString = _COLUMNS + " where account_id = %(account)s and year = %(year)s"
    return await fetch_one(tx, AnnualReport, sql, {"account": account_id, "year": year})


async def unread(tx: Tx, account_id: int) -> Sequence[AnnualReport]:
    """A member's reports that they have not looked at, the newest first."""
    sql: LiteralString = _COLUMNS + " where account_id = %(account)s and viewed_at is null order by year desc"
    return await fetch_all(tx, AnnualReport, sql, {"account": account_id})


async def mark_read(tx: Tx, account_id: int, year: int) -> int:
    """Remember that a member has looked at it; 0 if there is none."""
    return await execute(
        tx,
        """
        update annual_reports set viewed_at = coalesce(viewed_at, now())
        where account_id = %(account)s and year = %(year)s
        """,
        {"account": account_id, "year": year},
    )
