"""Timelines of lists: written when a status is published, as home feeds are.

Why is in docs/decisions/0006-list-feeds.md.

A row in `list_entries` says: this status is in this list. To whom its replies go is decided when it is
read, so that a change of the list's policy or of who is in it holds at once.
"""

from collections.abc import Sequence
from typing import LiteralString

from rostra.accounts.lists import queries
from rostra.accounts.lists.model import List
from rostra.core.db import Tx, execute
from rostra.statuses import reading
from rostra.statuses.arrival import INTO_LIST
from rostra.statuses.reading import Bounds, Frame

LIST_LENGTH = 800
"""Entries that a list keeps."""

BACKFILL = 40
"""Statuses that a list gets of somebody who comes into it."""

_CANDIDATES: LiteralString = """
    select e.status_id as id, e.status_id as cursor from list_entries e
    where e.list_id = %(list_id)s and (e.reply_to_id is null or e.reply_to_id = %(viewer)s
"""
_REPLIES: dict[str, LiteralString] = {
    "none": ")",
    "followed": """ or exists (select from follows ef
        where ef.account_id = %(viewer)s and ef.target_id = e.reply_to_id offset 0))""",
    "list": """ or exists (select from list_members em
        where em.list_id = e.list_id and em.account_id = e.reply_to_id offset 0))""",
}
_ENTRY: LiteralString = """
    insert into list_entries (list_id, status_id, author_id, original_id, reply_to_id)
    select lm.list_id, s.id, s.account_id, coalesce(s.reblog_of_id, s.id),
           nullif(s.in_reply_to_account_id, s.account_id)
"""


async def read(tx: Tx, read_list: List, bounds: Bounds) -> list[Frame]:
    """A page of a list, as its owner sees it."""
    candidates = _CANDIDATES + _REPLIES[read_list.replies_policy]
    return await reading.read(tx, read_list.account_id, candidates, bounds, {"list_id": read_list.id})


async def fan_out(tx: Tx, status_id: int) -> None:
    """Put a status into the lists that hold its author; a boost not where the original stands already."""
    sql: LiteralString = (
        _ENTRY
        + """
        from statuses s
        join list_members lm on lm.account_id = s.account_id
        left join follows f on f.account_id = lm.owner_id and f.target_id = s.account_id
        where s.id = %(id)s
          and (s.reblog_of_id is null or not exists (
              select from list_entries e
              where e.list_id = lm.list_id and e.original_id = s.reblog_of_id and e.status_id <> s.id))
          and """
        + INTO_LIST
        + " on conflict do nothing"
    )
    await execute(tx, sql, {"id": status_id})


async def add_authors(tx: Tx, list_id: int, author_ids: Sequence[int]) -> None:
    """Bring the newest statuses of those who came into a list into it."""
    sql: LiteralString = (
        _ENTRY
        + """
        from list_members lm
        left join follows f on f.account_id = lm.owner_id and f.target_id = lm.account_id
        cross join lateral (
            select * from statuses where account_id = lm.account_id order by id desc limit %(count)s
        ) s
        where lm.list_id = %(list_id)s and lm.account_id = any(%(author_ids)s) and """
        + INTO_LIST
        + " on conflict do nothing"
    )
    await execute(tx, sql, {"list_id": list_id, "author_ids": list(author_ids), "count": BACKFILL})


async def remove_authors(tx: Tx, list_id: int, author_ids: Sequence[int]) -> None:
    """Take those who are not in a list any more out of its timeline."""
    await execute(
        tx,
        """
        delete from list_entries e
        where e.list_id = %(list_id)s and e.author_id = any(%(author_ids)s)
          and not exists (select from list_members lm
                          where lm.list_id = e.list_id and lm.account_id = e.author_id)
        """,
        {"list_id": list_id, "author_ids": list(author_ids)},
    )


async def reconsider(tx: Tx, owner_id: int, author_id: int) -> None:
    """Bring the lists of `owner_id` in line with how they follow an author now."""
    sql: LiteralString = (
        """
        delete from list_entries e using list_members lm, follows f, statuses s
        where lm.owner_id = %(owner_id)s and lm.account_id = %(author_id)s
          and f.account_id = lm.owner_id and f.target_id = lm.account_id
          and e.list_id = lm.list_id and e.author_id = lm.account_id and s.id = e.status_id
          and not ("""
        + INTO_LIST
        + ")"
    )
    await execute(tx, sql, {"owner_id": owner_id, "author_id": author_id})
    held = await queries.holding(tx, owner_id, author_id)
    for holding in held:
        await add_authors(tx, holding.id, [author_id])


async def trim(tx: Tx) -> int:
    """Drop what is beyond the length of each list; returns how many entries went. Run it now and then."""
    return await execute(
        tx,
        """
        delete from list_entries e
        using (
            select list_id, (array_agg(status_id order by status_id desc))[%(keep)s] as oldest
            from list_entries group by list_id having count(*) > %(keep)s
        ) l
        where e.list_id = l.list_id and e.status_id < l.oldest
        """,
        {"keep": LIST_LENGTH},
    )
