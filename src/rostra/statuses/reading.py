"""Reading lists of statuses: one query for a page, whatever list it is.

A list is named by its *candidates*, an SQL text that yields `id` (a status) and `cursor` (what the
list is ordered and paged by). `read` adds, in one place, who may see them, the viewer's own flags,
the bounds and the order. What it returns is small; the bodies come from a cache (api/entities).

The query is written to run as an index-ordered nested loop that stops at the limit, also with the
generic plan of a prepared statement: the exists are asked row by row (`offset 0`, see access.py), the
boosted status is looked up only for boosts, and the inner limit is a number that the planner can see.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, LiteralString

import msgspec

from rostra.core.db import Tx, fetch_tuples
from rostra.core.paging import Bounds
from rostra.statuses import access

__all__ = ["Bounds", "Frame", "read", "read_ids"]


class Frame(msgspec.Struct, frozen=True, gc=False):
    """A status as one viewer meets it in a list; `o_…` is what it boosts, or itself."""

    cursor: int
    id: int
    account_id: int
    account_version: int
    version: int
    o_id: int
    o_account_id: int
    o_account_version: int
    o_version: int
    replies_count: int
    reblogs_count: int
    favourites_count: int
    quotes_count: int
    marks: int
    """What the viewer did to it: the sum of `FAVOURITED`, `BOOSTED`, `BOOKMARKED`, `PINNED`."""
    muted: bool
    """Whether the viewer muted its thread."""
    has_poll: bool
    posted_by_id: int | None
    """Who wrote or boosted it, where several look after the account: only for who acts as that account."""

    @property
    def is_boost(self) -> bool:
        """Whether it boosts another status."""
        return self.id != self.o_id

    @property
    def is_touched(self) -> bool:
        """Whether the viewer did anything to it, so that others see it differently."""
        return self.marks != 0 or self.muted


FAVOURITED, BOOSTED, BOOKMARKED, PINNED = 1, 2, 4, 8

_COLUMNS: LiteralString = """
    select c.cursor, s.id, s.account_id, sa.version, s.version,
           coalesce(o.id, s.id), coalesce(o.account_id, s.account_id), coalesce(oa.version, sa.version),
           coalesce(o.version, s.version), coalesce(o.replies_count, s.replies_count),
           coalesce(o.reblogs_count, s.reblogs_count), coalesce(o.favourites_count, s.favourites_count),
           coalesce(o.quotes_count, s.quotes_count),
"""
# Few mute threads: whether the viewer does is asked once, and of each row only then.
_FLAGS: LiteralString = """
           coalesce((select sum(m.kind) from marks m
                     where m.account_id = %(viewer)s and m.status_id = coalesce(o.id, s.id)), 0),
           (select exists (select from thread_mutes where account_id = %(viewer)s))
               and exists (select from thread_mutes x
                           where x.account_id = %(viewer)s
                             and x.thread_id = coalesce(o.thread_id, s.thread_id) offset 0),
"""
_NO_FLAGS: LiteralString = "0, false, "
_MORE: LiteralString = """
           coalesce(o.has_poll, s.has_poll),
           case when s.account_id = %(viewer)s then s.posted_by_id end
"""
_JOINS: LiteralString = """
    join statuses s on s.id = c.id
    join accounts sa on sa.id = s.account_id
    left join statuses o on o.id = s.reblog_of_id
    left join accounts oa on oa.id = o.account_id
"""

_PAGE = 80
"""Up to this limit the planner is told to expect a page, beyond it a whole list."""


async def read(
    tx: Tx,
    viewer_id: int | None,
    candidates: LiteralString,
    bounds: Bounds,
    params: dict[str, Any] | None = None,
    *,
    mixed: bool = True,
) -> list[Frame]:
    """One page of a list, newest first.

    Args:
        candidates: SQL that yields `id` and `cursor`; may use `%(viewer)s` and `params`. `{order}` in it
            becomes the list's order, for what the planner does not put in order by itself (unions).
        mixed: whether the list mixes authors, so that people whom the viewer blocks or mutes are left out.
    """
    sql = _page(
        candidates,
        viewer_id is not None,
        mixed,
        bounds.max_id is not None,
        bounds.since_id is not None,
        bounds.upwards,
        bounds.limit <= _PAGE,
    )
    rows = await fetch_tuples(tx, sql, {"viewer": viewer_id, **bounds.params(), **(params or {})})
    if bounds.upwards:
        rows.reverse()
    return [Frame(*row) for row in rows]


@cache
def _page(
    candidates: LiteralString,
    flags: bool,
    mixed: bool,
    below: bool,
    above: bool,
    upwards: bool,
    short: bool,
) -> LiteralString:
    """The query of a page: made once for each shape, since its text alone costs some 30 µs."""
    order: LiteralString = " order by cursor" if upwards else " order by cursor desc"
    sql = _select(candidates.replace("{order}", order), flags=flags, mixed=mixed)
    if below:
        sql += " and c.cursor < %(max_id)s"
    if above:
        sql += " and c.cursor > %(since_id)s"
    if upwards:
        sql += " and c.cursor > %(min_id)s"
    if short:
        sql = "select * from (" + sql + order + " limit 80) page"
    return _compact(sql + order + " limit %(limit)s")


async def read_ids(tx: Tx, viewer_id: int | None, ids: Sequence[int], *, mixed: bool = False) -> list[Frame]:
    """Those of `ids` that the viewer may see, in the order of `ids`, each once."""
    if not ids:
        return []
    rows = await fetch_tuples(
        tx, _named(viewer_id is not None, mixed), {"viewer": viewer_id, "ids": list(ids)}
    )
    by_id = {frame.id: frame for frame in (Frame(*row) for row in rows)}
    return [by_id[status_id] for status_id in dict.fromkeys(ids) if status_id in by_id]


@cache
def _named(flags: bool, mixed: bool) -> LiteralString:
    return _compact(
        _select("select id, id as cursor from unnest(%(ids)s::bigint[]) as id", flags=flags, mixed=mixed)
    )


def _select(candidates: LiteralString, *, flags: bool, mixed: bool) -> LiteralString:
    """What of `candidates` the viewer may see: a query that ends in its `where`. Without `flags`: nobody."""
    sql: LiteralString = (
        _COLUMNS
        + (_FLAGS if flags else _NO_FLAGS)
        + _MORE
        + " from ("
        + candidates
        + ") c "
        + _JOINS
        + " where "
    )
    return sql + (access.LISTED_TO_ALL if not flags else access.LISTED_MIXED if mixed else access.LISTED)


def _compact(sql: LiteralString) -> LiteralString:
    """`sql` without its indentation: psycopg keeps parsed only what is shorter than 4,096 characters,
    and parsing it anew costs 170 µs, a third of a page."""
    return " ".join(sql.split())
