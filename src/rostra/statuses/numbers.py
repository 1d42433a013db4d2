"""Numbers about the network: how many people and statuses there are, and how much happens.

They count everything there is, so they take their time: those who answer strangers keep them a while.
"""

from datetime import UTC, datetime, timedelta

from rostra.core import clock
from rostra.core.db import Row, Tx, fetch_all, fetch_one, fetch_values
from rostra.core.ids import first_id

WEEKS = 12
MAX_PEERS = 100_000


class Numbers(Row, frozen=True):
    """How large the network is. Active: used it within four weeks, or half a year."""

    members: int
    active_month: int
    active_half_year: int
    statuses: int
    since: datetime
    """When its first account was made."""


class Week(Row, frozen=True):
    """What happened in the week from `begins` (Monday, 0:00 UTC) on."""

    begins: datetime
    statuses: int
    active: int
    """Members who wrote something, or of whom we know that they were here."""
    sign_ups: int


async def numbers(tx: Tx) -> Numbers:
    """How large the network is now."""
    found = await fetch_one(
        tx,
        Numbers,
        """
        select count(*) as members,
               count(*) filter (where u.last_active_at > now() - interval '28 days') as active_month,
               count(*) filter (where u.last_active_at > now() - interval '182 days') as active_half_year,
               coalesce(sum(a.statuses_count), 0)::bigint as statuses,
               coalesce(min(a.created_at), now()) as since
        from accounts a join users u on u.account_id = a.id
        where a.suspended_at is null and u.confirmed_at is not null and u.approved_at is not null
        """,
    )
    assert found is not None
    return found


async def weeks(tx: Tx) -> list[Week]:
    """What happened in this week and the 11 before, the newest first."""
    now = clock.now()
    monday = datetime(now.year, now.month, now.day, tzinfo=UTC) - timedelta(days=now.weekday())
    begins = [monday - timedelta(weeks=ago) for ago in range(WEEKS)]
    ends = [begin + timedelta(weeks=1) for begin in begins]
    return await fetch_all(
        tx,
        Week,
        """
        select week.begins,
               (select count(*) from statuses s
                where s.local and s.id >= week.first and s.id < week.next) as statuses,
               (select count(*) from (
                    select s.account_id from statuses s
                    where s.local and s.id >= week.first and s.id < week.next
                    union
                    select u.account_id from users u
                    where u.last_active_at >= week.begins and u.last_active_at < week.ends
                ) active) as active,
               (select count(*) from users u
                where u.created_at >= week.begins and u.created_at < week.ends) as sign_ups
        from unnest(
            %(begins)s::timestamptz[], %(ends)s::timestamptz[], %(first)s::bigint[], %(next)s::bigint[]
        ) as week(begins, ends, first, next)
        order by week.begins desc
        """,
        {
            "begins": begins,
            "ends": ends,
            "first": [first_id(begin) for begin in begins],
            "next": [first_id(end) for end in ends],
        },
    )


async def peers(tx: Tx) -> list[str]:
    """The other servers that we know accounts of."""
    return await fetch_values(
        tx,
        "select distinct domain from accounts where domain is not null order by domain limit %(limit)s",
        {"limit": MAX_PEERS},
    )
