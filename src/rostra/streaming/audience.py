"""Who, of the members with an open stream, gets to see something: one query for all of them.

The same queries serve what happens now (one status, many members) and what a member has missed (many
statuses, one member).
"""

from collections.abc import Sequence
from typing import LiteralString

from rostra.core.db import Row, Tx, fetch_all, fetch_tuples
from rostra.statuses.access import visible, wanted


class Facts(Row, frozen=True):
    """What decides which channels a status belongs to."""

    id: int
    account_id: int
    visibility: str
    local: bool
    limited: bool
    is_boost: bool
    is_reply_to_other: bool
    has_media: bool
    varies: bool
    """Whether it, or what it boosts, looks different to each who sees it: it asks a poll, quotes, or is only
    for some to use."""
    tags: list[str]

    @property
    def is_public(self) -> bool:
        """Whether it belongs to the public channels."""
        return (
            self.visibility == "public"
            and not self.is_boost
            and not self.is_reply_to_other
            and not self.limited
        )

    @property
    def is_tagged(self) -> bool:
        """Whether it belongs to the channels of its hashtags."""
        return self.visibility == "public" and not self.is_boost and not self.limited


async def facts(tx: Tx, ids: Sequence[int]) -> list[Facts]:
    """Facts about statuses; nothing of those that are gone."""
    return await fetch_all(
        tx,
        Facts,
        """
        select s.id, s.account_id, s.visibility, s.local, a.limited_at is not null as limited,
               s.reblog_of_id is not null as is_boost,
               s.in_reply_to_id is not null and s.in_reply_to_account_id <> s.account_id as is_reply_to_other,
               exists (select from media_attachments m where m.status_id = s.id and m.position is not null)
                   as has_media,
               (select bool_or(b.has_poll or b.quote_state is not null or b.quote_policy = 'followers'
                               or b.interaction_policy is not null)
                from statuses b where b.id in (s.id, s.reblog_of_id)) as varies,
               array(select t.name from status_tags st join tags t on t.id = st.tag_id
                     where st.status_id = s.id) as tags
        from statuses s join accounts a on a.id = s.account_id where s.id = any(%(ids)s)
        """,
        {"ids": list(ids)},
    )


_WANTS: LiteralString = (
    visible("s")
    + " and "
    + wanted("s")
    + " and (o.id is null or ("
    + visible("o")
    + " and "
    + wanted("o")
    + "))"
)
_MAY_SEE: LiteralString = """
    select v.id, s.id from unnest(%(viewers)s::bigint[]) as v(id)
    join statuses s on s.id = any(%(statuses)s::bigint[])
    left join statuses o on o.id = s.reblog_of_id
    where """ + _WANTS.replace("%(viewer)s", "v.id")

_AT_HOME: LiteralString = """
    with v as materialized (
        select e.account_id as id, e.status_id from feed_entries e
        where e.status_id = any(%(statuses)s::bigint[]) and e.account_id = any(%(viewers)s::bigint[])
        union
        select ms.reader_id, ms.id from merged_statuses ms
        where ms.id = any(%(statuses)s::bigint[]) and ms.reader_id = any(%(viewers)s::bigint[])
    )
    select v.id, s.id from v
    join statuses s on s.id = v.status_id
    left join statuses o on o.id = s.reblog_of_id
    where """ + _WANTS.replace("%(viewer)s", "v.id")

_IN_LISTS: LiteralString = """
    select l.id, s.id from list_entries e
    join lists l on l.id = e.list_id
    join statuses s on s.id = e.status_id
    left join statuses o on o.id = s.reblog_of_id
    where e.status_id = any(%(statuses)s::bigint[]) and e.list_id = any(%(lists)s::bigint[])
      and (e.reply_to_id is null or e.reply_to_id = l.account_id
           or (l.replies_policy = 'followed' and exists (
               select from follows f where f.account_id = l.account_id and f.target_id = e.reply_to_id))
           or (l.replies_policy = 'list' and exists (
               select from list_members m where m.list_id = l.id and m.account_id = e.reply_to_id)))
      and """ + _WANTS.replace("%(viewer)s", "l.account_id")


Pairs = set[tuple[int, int]]
"""Who (or which list), and which status."""


async def who_may_see(tx: Tx, viewers: Sequence[int], statuses: Sequence[int]) -> Pairs:
    """Which of `viewers` may, and want to, see which of `statuses`."""
    return await _pairs(tx, _MAY_SEE, viewers, statuses)


async def who_has_at_home(tx: Tx, viewers: Sequence[int], statuses: Sequence[int]) -> Pairs:
    """Which of `viewers` have which of `statuses` in their home feed."""
    return await _pairs(tx, _AT_HOME, viewers, statuses)


async def which_lists_have(tx: Tx, lists: Sequence[int], statuses: Sequence[int]) -> Pairs:
    """Which of `lists` have which of `statuses` in their timeline, as their owner sees it."""
    if not lists or not statuses:
        return set()
    rows = await fetch_tuples(tx, _IN_LISTS, {"lists": list(lists), "statuses": list(statuses)})
    return {(row[0], row[1]) for row in rows}


async def who_touched(tx: Tx, viewers: Sequence[int], status_id: int) -> set[int]:
    """Which of `viewers` wrote a status, or what it boosts, or did something to it: to them it differs."""
    rows = await fetch_tuples(
        tx,
        """
        select v.id from unnest(%(viewers)s::bigint[]) as v(id)
        join statuses s on s.id = %(id)s
        join statuses o on o.id = coalesce(s.reblog_of_id, s.id)
        where o.account_id = v.id
           or exists (select from marks m where m.account_id = v.id and m.status_id = o.id offset 0)
           or exists (select from thread_mutes t
                      where t.account_id = v.id and t.thread_id = o.thread_id offset 0)
        """,
        {"viewers": list(viewers), "id": status_id},
    )
    return {row[0] for row in rows}


async def _pairs(tx: Tx, sql: LiteralString, viewers: Sequence[int], statuses: Sequence[int]) -> Pairs:
    if not viewers or not statuses:
        return set()
    rows = await fetch_tuples(tx, sql, {"viewers": list(viewers), "statuses": list(statuses)})
    return {(row[0], row[1]) for row in rows}
