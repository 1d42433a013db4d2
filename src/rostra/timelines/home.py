"""Home feeds: written when a status is published (fan-out), read in one query.

A row in `feed_entries` says: this status is in this account's feed. Fan-out is one INSERT … SELECT
for all followers of its author and of its hashtags, and may be repeated. Authors and hashtags with very
many followers are left out of it: their recent statuses join the feed when it is read (`merged`).
"""

from collections.abc import Sequence
from typing import LiteralString

from rostra.core.db import Tx, execute, fetch_value
from rostra.statuses import reading
from rostra.statuses.arrival import THROUGH_FOLLOW, THROUGH_TAG
from rostra.statuses.reading import Bounds, Frame

FEED_LENGTH = 800
"""Entries that a feed keeps."""

BACKFILL = 40
"""Statuses that a feed gets when it begins to follow somebody, or a hashtag."""

FAN_OUT_FOLLOWERS = 5_000
"""From this many followers on, an author's or a hashtag's statuses are merged at read time."""

_NOTHING_MERGED: LiteralString = """
    not (select exists (select from follows f where f.account_id = %(viewer)s and f.merged))
    and not (select exists (select from tag_follows tf where tf.account_id = %(viewer)s and tf.merged))
"""
_FEED: LiteralString = (
    "select status_id as id, status_id as cursor from feed_entries where account_id = %(viewer)s and "
    + _NOTHING_MERGED
)
_FEED_AND_MERGED: LiteralString = """
    select * from (
    (select status_id as id, status_id as cursor from feed_entries where account_id = %(viewer)s {order})
    union all
    (select id, id as cursor from merged_statuses where reader_id = %(viewer)s {order})
    ) feed {order}
"""
_ENTRY: LiteralString = """
    insert into feed_entries (account_id, status_id, author_id, original_id)
    select reader.id, s.id, s.account_id, coalesce(s.reblog_of_id, s.id)
"""
_TAGGED_READERS: LiteralString = (
    """
    select tf.account_id as id from status_tags st join tag_follows tf on tf.tag_id = st.tag_id
    where st.status_id = s.id and not tf.merged and """
    + THROUGH_TAG
)
# Whether something that stands in the feed of `e.account_id` has come there by a follow of the account,
# or (still) comes by the follow of a hashtag.
_FOLLOWED: LiteralString = """
    exists (select from follows f where f.account_id = e.account_id and f.target_id = e.author_id)
"""
_TAGGED: LiteralString = (
    """
    exists (select from statuses s join status_tags st on st.status_id = s.id
            join tag_follows tf on tf.tag_id = st.tag_id and tf.account_id = e.account_id
            where s.id = e.status_id and """
    + THROUGH_TAG
    + ")"
)


async def read(tx: Tx, account_id: int, bounds: Bounds) -> list[Frame]:
    """A page of the home feed of `account_id`."""
    # Most follow nobody whose statuses are merged, and are spared the parts of the query that find them. An
    # empty page says that there is nothing new to those, too, which apps ask for most of the time.
    page = await reading.read(tx, account_id, _FEED, bounds)
    if page or await fetch_value(tx, "select " + _NOTHING_MERGED, {"viewer": account_id}):
        return page
    return await reading.read(tx, account_id, _FEED_AND_MERGED, bounds)


async def fan_out(tx: Tx, status_id: int) -> None:
    """Put a status into the feeds of its author and of the followers who get to see it.

    A boost of what stands among the newest of a feed already is left out of that feed.
    """
    sql: LiteralString = (
        _ENTRY
        + """
        from statuses s
        cross join lateral (
            select s.account_id as id
            union all
            select f.account_id from follows f
            where f.target_id = s.account_id and not f.merged and """
        + THROUGH_FOLLOW
        + " union all "
        + _TAGGED_READERS
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


async def retag(tx: Tx, status_id: int) -> None:
    """Follow an edit: who follows a new hashtag gets the status, who follows one that is gone loses it."""
    added: LiteralString = (
        _ENTRY
        + " from statuses s cross join lateral ("
        + _TAGGED_READERS
        + ") reader where s.id = %(id)s on conflict do nothing"
    )
    await execute(tx, added, {"id": status_id})
    gone: LiteralString = (
        """
        delete from feed_entries e
        where e.status_id = %(id)s and e.author_id <> e.account_id and e.original_id = e.status_id
          and not """
        + _FOLLOWED
        + " and not "
        + _TAGGED
    )
    await execute(tx, gone, {"id": status_id})


async def add_author(tx: Tx, account_id: int, author_id: int) -> None:
    """Bring an author's newest statuses into the feed of somebody who follows them now."""
    followers: int = (
        await fetch_value(tx, "select followers_count from accounts where id = %(id)s", {"id": author_id})
        or 0
    )
    if followers >= FAN_OUT_FOLLOWERS:
        await _merge_author(tx, author_id)
        return
    await _add_newest(tx, account_id, [author_id])


async def _add_newest(tx: Tx, account_id: int, author_ids: Sequence[int]) -> None:
    """The newest of some authors; what stands there as a boost, or boosted, comes no second time."""
    sql: LiteralString = (
        """
        insert into feed_entries (account_id, status_id, author_id, original_id)
        select distinct on (coalesce(s.reblog_of_id, s.id))
            f.account_id, s.id, s.account_id, coalesce(s.reblog_of_id, s.id)
        from follows f
        cross join lateral (
            select * from statuses where account_id = f.target_id order by id desc limit %(count)s
        ) s
        where f.account_id = %(account_id)s and f.target_id = any(%(author_ids)s) and not f.merged and """
        + THROUGH_FOLLOW
        + """
          and not exists (
              select from feed_entries e
              where e.account_id = f.account_id and e.original_id = coalesce(s.reblog_of_id, s.id))
        order by coalesce(s.reblog_of_id, s.id), s.id
        on conflict do nothing
        """
    )
    params = {"account_id": account_id, "author_ids": list(author_ids), "count": BACKFILL}
    await execute(tx, sql, params)


async def reconsider(tx: Tx, account_id: int, author_ids: Sequence[int]) -> None:
    """Bring a feed in line with what its reader wants of some authors now.

    That is, which of them they keep in exclusive lists, and whose boosts and which languages they want.
    """
    sql: LiteralString = (
        """
        delete from feed_entries e using follows f, statuses s
        where e.account_id = %(account_id)s and e.author_id = any(%(author_ids)s)
          and f.account_id = e.account_id and f.target_id = e.author_id and s.id = e.status_id
          and not ("""
        + THROUGH_FOLLOW
        + ") and not "
        + _TAGGED
    )
    await execute(tx, sql, {"account_id": account_id, "author_ids": list(author_ids)})
    await _add_newest(tx, account_id, author_ids)


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


async def remove_author(tx: Tx, account_id: int, author_id: int, *, everywhere: bool = False) -> None:
    """Take what an author published out of a feed; `everywhere`: others' boosts of it, too.

    Not if followed again. As Mastodon does it when somebody is unfollowed, and when they are blocked.
    """
    await execute(
        tx,
        """
        delete from feed_entries e
        where e.account_id = %(account_id)s
          and (e.author_id = %(author_id)s
               or (%(everywhere)s and e.original_id in (
                       select id from statuses o
                       where o.id = e.original_id and o.account_id = %(author_id)s)))
          and not exists (select from follows f
                          where f.account_id = %(account_id)s and f.target_id = %(author_id)s)
          and not """
        + _TAGGED,
        {"account_id": account_id, "author_id": author_id, "everywhere": everywhere},
    )


async def add_tag(tx: Tx, account_id: int, tag_id: int) -> None:
    """Bring the newest statuses with a hashtag into the feed of somebody who follows it now."""
    followers: int = await fetch_value(
        tx,
        "select count(*) from (select from tag_follows where tag_id = %(id)s limit %(most)s) f",
        {"id": tag_id, "most": FAN_OUT_FOLLOWERS},
    )
    if followers >= FAN_OUT_FOLLOWERS:
        await execute(
            tx, "update tag_follows set merged = true where tag_id = %(id)s and not merged", {"id": tag_id}
        )
        return
    sql: LiteralString = (
        """
        insert into feed_entries (account_id, status_id, author_id, original_id)
        select tf.account_id, s.id, s.account_id, s.id
        from tag_follows tf
        cross join lateral (
            select o.* from status_tags st join statuses o on o.id = st.status_id
            where st.tag_id = tf.tag_id and o.visibility = 'public'
            order by st.status_id desc limit %(count)s
        ) s
        where tf.account_id = %(account_id)s and tf.tag_id = %(tag_id)s and """
        + THROUGH_TAG
        + " on conflict do nothing"
    )
    await execute(tx, sql, {"account_id": account_id, "tag_id": tag_id, "count": BACKFILL})


async def remove_tag(tx: Tx, account_id: int, tag_id: int) -> None:
    """Take out of a feed what came by a hashtag that is not followed any more, and by nothing else."""
    sql: LiteralString = (
        """
        delete from feed_entries e using status_tags gone
        where e.account_id = %(account_id)s and gone.status_id = e.status_id and gone.tag_id = %(tag_id)s
          and e.author_id <> e.account_id and not """
        + _FOLLOWED
        + " and not "
        + _TAGGED
    )
    await execute(tx, sql, {"account_id": account_id, "tag_id": tag_id})


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
