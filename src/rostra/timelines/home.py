"""Home feeds: written when a status is published (fan-out), read in one query.

A row in `feed_entries` says: this status is in this account's feed. Fan-out is one INSERT … SELECT
for all followers, and may be repeated. Authors with very many followers are left out of it: their
recent statuses join the feed when it is read (`follows.merged`).
"""

from typing import LiteralString

from rostra.core.db import Tx, execute, fetch_value
from rostra.statuses import reading
from rostra.statuses.reading import Bounds, Frame

FEED_LENGTH = 800
"""Entries that a feed keeps."""

BACKFILL = 40
"""Statuses that a feed gets when it begins to follow somebody."""

FAN_OUT_FOLLOWERS = 5_000
"""From this many followers on, an author's statuses are merged at read time."""

_CANDIDATES: LiteralString = """
    select * from (
    (select status_id as id, status_id as cursor from feed_entries where account_id = %(viewer)s {order})
    union all
    (select m.id, m.id as cursor from follows mf join statuses m on m.account_id = mf.target_id
    where mf.account_id = %(viewer)s and mf.merged
      and m.id > (extract(epoch from now() - interval '14 days') * 1000)::bigint << 16
      and (m.reblog_of_id is null or mf.show_reblogs)
      and (mf.languages is null or m.language is null or m.language = any(mf.languages))
      and (m.visibility <> 'direct')
      and (m.in_reply_to_account_id is null or m.in_reply_to_account_id in (m.account_id, %(viewer)s)
           or exists (select from follows p
                      where p.account_id = %(viewer)s and p.target_id = m.in_reply_to_account_id)) {order})
    ) feed {order}
"""

# Which of the statuses `s` come to a feed through the follow `f`: a reply when its reader follows
# both sides or is answered, a boost when they want the author's boosts, a direct status when it names them.
_THROUGH_FOLLOW: LiteralString = """
    (s.reblog_of_id is null or f.show_reblogs)
    and (f.languages is null or s.language is null or s.language = any(f.languages))
    and (s.visibility <> 'direct' or exists (
        select from status_mentions m
        where m.status_id = s.id and m.account_id = f.account_id and not m.silent))
    and (s.in_reply_to_account_id is null
         or s.in_reply_to_account_id in (s.account_id, f.account_id)
         or exists (select from follows p
                    where p.account_id = f.account_id and p.target_id = s.in_reply_to_account_id))
"""


async def read(tx: Tx, account_id: int, bounds: Bounds) -> list[Frame]:
    """A page of the home feed of `account_id`."""
    return await reading.read(tx, account_id, _CANDIDATES, bounds)


async def fan_out(tx: Tx, status_id: int) -> None:
    """Put a status into the feeds of its author and of the followers who get to see it.

    A boost of what stands among the newest of a feed already is left out of that feed.
    """
    sql: LiteralString = (
        """
        insert into feed_entries (account_id, status_id, author_id, original_id)
        select reader.id, s.id, s.account_id, coalesce(s.reblog_of_id, s.id)
        from statuses s
        cross join lateral (
            select s.account_id as id
            union all
            select f.account_id from follows f
            where f.target_id = s.account_id and not f.merged and """
        + _THROUGH_FOLLOW
        + """
        ) reader
        where s.id = %(id)s
          and (s.reblog_of_id is null or reader.id = s.account_id or not exists (
              select from feed_entries e
              where e.account_id = reader.id and e.original_id = s.reblog_of_id and e.status_id <> s.id))
          and exists (select from users u where u.account_id = reader.id)
        on conflict do nothing
        """
    )
    await execute(tx, sql, {"id": status_id})


async def add_author(tx: Tx, account_id: int, author_id: int) -> None:
    """Bring an author's newest statuses into the feed of somebody who follows them now."""
    followers: int = (
        await fetch_value(tx, "select followers_count from accounts where id = %(id)s", {"id": author_id})
        or 0
    )
    if followers >= FAN_OUT_FOLLOWERS:
        await _merge_author(tx, author_id)
        return
    sql: LiteralString = (
        """
        insert into feed_entries (account_id, status_id, author_id, original_id)
        select f.account_id, s.id, s.account_id, coalesce(s.reblog_of_id, s.id)
        from follows f
        cross join lateral (
            select * from statuses where account_id = f.target_id order by id desc limit %(count)s
        ) s
        where f.account_id = %(account_id)s and f.target_id = %(author_id)s and not f.merged and """
        + _THROUGH_FOLLOW
        + " on conflict do nothing"
    )
    await execute(tx, sql, {"account_id": account_id, "author_id": author_id, "count": BACKFILL})


async def _merge_author(tx: Tx, author_id: int) -> None:
    """From now on the author's statuses join feeds at read time."""
    await execute(
        tx,
        """
        with changed as (
            update follows set merged = true where target_id = %(id)s and not merged returning account_id
        )
        delete from feed_entries e using changed c where e.account_id = c.account_id and e.author_id = %(id)s
        """,
        {"id": author_id},
    )


async def remove_author(tx: Tx, account_id: int, author_id: int) -> None:
    """Take an author out of a feed: what they wrote, and others' boosts of it. Not if followed again."""
    await execute(
        tx,
        """
        delete from feed_entries e
        where e.account_id = %(account_id)s
          and (e.author_id = %(author_id)s
               or e.original_id in (select id from statuses o
                                    where o.id = e.original_id and o.account_id = %(author_id)s))
          and not exists (select from follows f
                          where f.account_id = %(account_id)s and f.target_id = %(author_id)s)
        """,
        {"account_id": account_id, "author_id": author_id},
    )


async def trim(tx: Tx) -> int:
    """Drop what is beyond the length of each feed; returns how many entries went. Run it now and then."""
    return await execute(
        tx,
        """
        delete from feed_entries e
        using (
            select account_id, (array_agg(status_id order by status_id desc))[%(keep)s] as oldest
            from feed_entries group by account_id having count(*) > %(keep)s
        ) f
        where e.account_id = f.account_id and e.status_id < f.oldest
        """,
        {"keep": FEED_LENGTH},
    )
