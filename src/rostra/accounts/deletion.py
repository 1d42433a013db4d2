"""Deleting an account: the door closes at once, then a job takes all rows away in bounded steps.

Foreign keys would do it in one go, but for a member with many statuses that one statement takes
minutes and locks what others use. So each table whose rows can be many is emptied in steps first.
"""

from typing import LiteralString

from rostra.accounts.model import AccountDeleted
from rostra.accounts.oauth.revocation import tokens_die
from rostra.accounts.sessions.actions import end_everything
from rostra.core import events
from rostra.core.bus import Bus
from rostra.core.db import Database, Row, Tx, execute, fetch_one, fetch_values
from rostra.core.events import Event

STEP = 500
"""Rows that one transaction deletes."""
FEED_ENTRIES = 100_000
"""Most entries in others' feeds that go with the statuses of one transaction."""

_STEPS: tuple[LiteralString, ...] = (
    # Whoever was followed, or followed, loses a count; so do statuses that were liked or boosted.
    """
    with gone as (
        delete from follows where id in
            (select id from follows where account_id = %(id)s order by target_id limit %(step)s)
        returning target_id
    ), counted as (
        update accounts set followers_count = greatest(followers_count - 1, 0), version = version + 1
        from gone where accounts.id = gone.target_id
    ) select count(*) from gone
    """,
    """
    with gone as (
        delete from follows where id in
            (select id from follows where target_id = %(id)s order by account_id limit %(step)s)
        returning account_id
    ), counted as (
        update accounts set following_count = greatest(following_count - 1, 0), version = version + 1
        from gone where accounts.id = gone.account_id
    ) select count(*) from gone
    """,
    """
    with gone as (
        delete from favourites where id in
            (select id from favourites where account_id = %(id)s limit %(step)s)
        returning status_id
    ), counted as (
        update statuses set favourites_count = greatest(favourites_count - 1, 0)
        from gone where statuses.id = gone.status_id
    ) select count(*) from gone
    """,
    """
    with gone as (
        delete from feed_entries where account_id = %(id)s and status_id in
            (select status_id from feed_entries where account_id = %(id)s limit %(step)s)
        returning 1
    ) select count(*) from gone
    """,
    """
    with gone as (
        delete from list_entries where (list_id, status_id) in
            (select e.list_id, e.status_id from lists l join list_entries e on e.list_id = l.id
             where l.account_id = %(id)s limit %(step)s)
        returning 1
    ) select count(*) from gone
    """,
    """
    with gone as (
        delete from list_members where id in
            (select id from list_members where account_id = %(id)s limit %(step)s)
        returning 1
    ) select count(*) from gone
    """,
    """
    with gone as (
        delete from import_rows where (import_id, line) in
            (select r.import_id, r.line from imports i join import_rows r on r.import_id = i.id
             where i.account_id = %(id)s limit %(step)s)
        returning 1
    ) select count(*) from gone
    """,
    """
    with gone as (
        delete from notifications where id in
            (select id from notifications
             where account_id = %(id)s or from_account_id = %(id)s limit %(step)s)
        returning 1
    ) select count(*) from gone
    """,
)


# What shows that some statuses were there: answers, boosts, and the counts of what they answered or boosted.
_COUNT_PARENTS: LiteralString = """
    with touched as (
        select in_reply_to_id as id, 1 as replies, 0 as boosts, 0 as quotes
        from statuses
        where id = any(%(ids)s) and not held and visibility in ('public', 'unlisted')  -- others never counted
        union all
        select reblog_of_id, 0, 1, 0 from statuses where id = any(%(ids)s)
        union all
        select quoted_status_id, 0, 0, 1 from statuses where id = any(%(ids)s) and quote_state = 'accepted'
    ), summed as (
        select id, sum(replies) as replies, sum(boosts) as boosts, sum(quotes) as quotes
        from touched group by id
    )
    update statuses s set replies_count = greatest(s.replies_count - t.replies, 0),
                          reblogs_count = greatest(s.reblogs_count - t.boosts, 0),
                          quotes_count = greatest(s.quotes_count - t.quotes, 0)
    from summed t where s.id = t.id and s.id <> all(%(ids)s)
"""
_CUT_ANSWERS: LiteralString = """
    update statuses set in_reply_to_id = null, version = version + 1
    where in_reply_to_id = any(%(ids)s) and id <> all(%(ids)s)
"""
_CUT_QUOTES: LiteralString = """
    update statuses
    set quoted_status_id = null, version = version + 1,
        quote_state = case quote_state when 'accepted' then 'deleted' else quote_state end
    where quoted_status_id = any(%(ids)s) and id <> all(%(ids)s)
"""
_COUNT_BOOSTERS: LiteralString = """
    with boosters as (
        select account_id, count(*) as boosts from statuses
        where reblog_of_id = any(%(ids)s) and id <> all(%(ids)s) group by account_id
    )
    update accounts a set statuses_count = greatest(a.statuses_count - b.boosts, 0), version = a.version + 1
    from boosters b where a.id = b.account_id
"""


class DeletionBegun(Event, frozen=True):
    """A member deleted their account: nobody can use or see it any more, its rows are still to go."""

    account_id: int


class Belongings(Row, frozen=True):
    """What will go with an account."""

    statuses: int
    media: int
    followers: int
    following: int


async def belongings(tx: Tx, account_id: int) -> Belongings:
    """What will go with an account."""
    found = await fetch_one(
        tx,
        Belongings,
        """
        select (select count(*) from statuses where account_id = %(id)s) as statuses,
               (select count(*) from media_attachments where account_id = %(id)s) as media,
               (select count(*) from follows where target_id = %(id)s) as followers,
               (select count(*) from follows where account_id = %(id)s) as following
        """,
        {"id": account_id},
    )
    assert found is not None
    return found


async def begin(tx: Tx, bus: Bus, account_id: int) -> None:
    """Close an account for good: it vanishes at once; `delete_rows` follows by a reaction.

    Suspended, it exists for nobody, nor does what it wrote; disabled, for its member neither.
    """
    async with tokens_die(tx, bus):
        await execute(
            tx,
            "update users set disabled_at = now(), confirmed_at = null where account_id = %(id)s",
            {"id": account_id},
        )
        await execute(
            tx,
            "update accounts set suspended_at = now(), version = version + 1 where id = %(id)s",
            {"id": account_id},
        )
        await end_everything(tx, bus, account_id)
        await events.record(tx, DeletionBegun(account_id=account_id))


async def delete_rows(db: Database, account_id: int) -> None:
    """Take away all rows of an account that `begin` has closed; its blobs follow (see `AccountDeleted`)."""
    while await _delete_statuses(db, account_id):
        pass
    for sql in _STEPS:
        while await _step(db, sql, account_id) >= STEP:
            pass
    async with db.transaction() as tx:
        keys = await _blob_keys(tx, account_id)
        gone = await execute(
            tx,
            """
            delete from accounts a using users u
            where a.id = %(id)s and u.account_id = a.id
              and u.disabled_at is not null and u.confirmed_at is null
            """,
            {"id": account_id},
        )
        if gone:
            await events.record(tx, AccountDeleted(account_id=account_id, blob_keys=keys))


async def _delete_statuses(db: Database, account_id: int) -> int:
    async with db.transaction() as tx:
        ids = await fetch_values(
            tx,
            """
            select id from statuses where account_id = %(id)s order by id desc
            limit (
                select greatest(1, least(%(step)s, %(entries)s / (followers_count + 1)))
                from accounts where id = %(id)s
            )
            for update
            """,
            {"id": account_id, "step": STEP, "entries": FEED_ENTRIES},
        )
        for sql in (_COUNT_PARENTS, _CUT_ANSWERS, _CUT_QUOTES, _COUNT_BOOSTERS):
            await execute(tx, sql, {"ids": ids})
        await execute(tx, "delete from statuses where id = any(%(ids)s)", {"ids": ids})
    return len(ids)


async def _step(db: Database, sql: LiteralString, account_id: int) -> int:
    async with db.transaction() as tx:
        counts = await fetch_values(tx, sql, {"id": account_id, "step": STEP})
    return counts[0]


async def _blob_keys(tx: Tx, account_id: int) -> list[str]:
    return await fetch_values(
        tx,
        """
        select key from (
            select unnest(array[blob_key, preview_key, upload_key]) as key
            from media_attachments where account_id = %(id)s
            union
            select unnest(array[avatar_key, avatar_static_key, header_key, header_static_key])
            from accounts where id = %(id)s
        ) k where key is not null
        """,
        {"id": account_id},
    )
