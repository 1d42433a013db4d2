"""Finding statuses: windows of time one after the other, until there is enough.

docs/decisions/0017-search.md has the figures. Each search is a fixed number of queries, whatever it finds.
Its candidates are bounded by the page that is wanted; who may see and find them is asked before they are
counted, and `reading.read` asks again.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, LiteralString

from rostra.core.db import Tx, fetch_tuples, fetch_value
from rostra.core.ids import MAX_ID
from rostra.core.settings import Settings
from rostra.core.text import parse_handle
from rostra.search import windows
from rostra.search.access import findable, in_library, indexable
from rostra.search.indexing import OPEN
from rostra.search.syntax import Query, Scope
from rostra.search.windows import Window
from rostra.search.words import mark, quoted
from rostra.statuses import reading
from rostra.statuses.access import visible, wanted
from rostra.statuses.reading import Bounds, Frame

BUDGET = 1.0
"""Seconds after which no further window is looked into: what was found by then is answered."""
RARE = 3000
"""Up to so many statuses match a rare query: of them, those in the library are found."""
USUAL = 10
"""So many matches in the newest windows make a query usual: then the library is looked through instead."""
LIBRARY = 10_000
"""Of each kind of what a member has to do with, so many of the newest are looked through otherwise."""

# A nested loop over the windows, in their order, that stops at the limit. The inner `offset 0` keeps the
# index over words in charge: the planner knows nothing of a query that comes as a parameter. So does `+ 0`:
# the planner would read all ids of a window, too, and take those that are in both.
_WINDOWS: LiteralString = """
    unnest(%(clauses)s::text[], %(first_ids)s::bigint[], %(last_ids)s::bigint[])
        with ordinality as win(clause, first_id, last_id, place)
"""
_IN_TIME: LiteralString = """
    clock_timestamp() < statement_timestamp() + (%(budget)s + win.place * 0) * interval '1 second'
"""
_MATCHES: LiteralString = """
    select w.status_id from status_words w
    where w.words @@ win.clause::tsquery and w.status_id + 0 between win.first_id and win.last_id
"""
_MATCHING: LiteralString = (
    """
    select m.id, m.id as cursor from (
        select x.id from """
    + _WINDOWS
    + """
        cross join lateral (
            select s.id from ("""
    + _MATCHES
    + """ order by w.status_id {direction} offset 0) w
            join statuses s on s.id = w.status_id join accounts sa on sa.id = s.account_id
            where {conditions}
            order by w.status_id {direction} limit %(enough)s
        ) x
        where """
    + _IN_TIME
    + """ limit %(enough)s
    ) m
"""
)
_RARE: LiteralString = (
    "select coalesce(array_agg(m.status_id), '{}') from (select x.status_id from "
    + _WINDOWS
    + " cross join lateral ("
    + _MATCHES
    + " offset 0) x where "
    + _IN_TIME
    + " limit %(rare)s + 1) m"
)
_AMONG: LiteralString = """
    select s.id, s.id as cursor from (
        select unnest(%(among)s::bigint[]) as id offset 0
    ) m join statuses s on s.id = m.id join accounts sa on sa.id = s.account_id where {conditions}
"""
_LIBRARY_PART: LiteralString = """
    (select {id} as id from {table} x
     where x.account_id = %(viewer)s and {id} between %(lowest)s and %(highest)s
     order by {id} {direction} limit %(library)s)
"""
_THROUGH_LIBRARY: LiteralString = """
    select m.id, m.id as cursor from (
        select l.id from (
            select distinct id from ({parts}) u order by id {direction} offset 0
        ) l
        join status_words w on w.status_id = l.id
        join statuses s on s.id = l.id join accounts sa on sa.id = s.account_id
        where w.words @@ %(words)s::tsquery and {conditions}
        order by l.id {direction} limit %(enough)s
    ) m
"""
_EMBED: LiteralString = """exists (
    select from status_cards ec join cards e on e.id = ec.card_id
    where ec.status_id = s.id and e.kind in ('video', 'rich') offset 0)"""
_CARD: LiteralString = """exists (
    select from status_cards ec join cards e on e.id = ec.card_id
    where ec.status_id = s.id and e.kind is not null offset 0)"""
_GAPS: LiteralString = """not exists (
    select from unnest(%(gap_firsts)s::bigint[], %(gap_lasts)s::bigint[]) as gap(first_id, last_id)
    where s.id between gap.first_id and gap.last_id offset 0)"""


async def find_statuses(
    tx: Tx,
    settings: Settings,
    viewer_id: int,
    query: Query,
    bounds: Bounds,
    *,
    offset: int = 0,
    account_id: int | None = None,
) -> list[Frame]:
    """Statuses that `query` looks for, newest first, that the viewer may see and find.

    Args:
        account_id: whose statuses alone are looked for.
    """
    lexemes = list(query.lexemes)
    if account_id is not None:
        lexemes.append(_author(account_id))
    lexemes += await _authors(tx, settings, viewer_id, query)
    if query.is_empty or not query.possible:
        return []
    if query.scope == "public":
        lexemes.append(quoted(OPEN))
    wider = Bounds(
        limit=bounds.limit + offset, max_id=bounds.max_id, since_id=bounds.since_id, min_id=bounds.min_id
    )
    lowest = max(query.first_id, (bounds.since_id or 0) + 1, (bounds.min_id or 0) + 1)
    highest = min(query.last_id, (bounds.max_id or MAX_ID + 1) - 1)
    words = " & ".join(lexemes)
    params = {
        "lowest": lowest,
        "highest": highest,
        "enough": wider.limit,
        "budget": BUDGET,
        "gap_firsts": [first for first, _ in query.gaps],
        "gap_lasts": [last for _, last in query.gaps],
    }
    where = await windows.between(tx, lowest, highest, upwards=bounds.upwards)
    params |= _window_params(where, words)
    conditions = _conditions(query.scope, query.linked, gaps=bool(query.gaps))
    candidates = _matching(_MATCHING, conditions, upwards=bounds.upwards)
    if query.scope == "library":
        among = await _rare(tx, params, where, words)
        if among is not None:
            candidates = _matching(_AMONG, conditions, upwards=bounds.upwards)
            params["among"] = among
        else:
            candidates = _matching(_through_library(), conditions, upwards=bounds.upwards)
            params |= {"words": words, "library": LIBRARY}
    return (await reading.read(tx, viewer_id, candidates, wider, params))[offset:]


async def _rare(tx: Tx, params: Mapping[str, Any], where: Sequence[Window], words: str) -> list[int] | None:
    """All statuses that match, whoever may find them; None where they are many."""
    newest = _window_params(where[:2], words)
    matches: list[int] = await fetch_value(tx, _RARE, {**params, **newest, "rare": USUAL})
    if len(matches) > USUAL:
        return None
    matches = await fetch_value(tx, _RARE, {**params, "rare": RARE})
    return matches if len(matches) <= RARE else None


def _window_params(where: Sequence[Window], words: str) -> dict[str, Any]:
    return {
        "clauses": [f"{words} & {window.clause}" if words else window.clause for window in where],
        "first_ids": [window.first_id for window in where],
        "last_ids": [window.last_id for window in where],
    }


def _author(account_id: int) -> str:
    return quoted(mark("@", str(account_id)))


async def _authors(tx: Tx, settings: Settings, viewer_id: int, query: Query) -> list[str]:
    """The lexemes of those whom a query names; somebody who is not there wrote nothing."""
    if not query.authors:
        return []
    handles = [
        None if author.handle.lower() == "me" else parse_handle(author.handle) for author in query.authors
    ]
    ours = settings.local_domain.lower()
    rows = await fetch_tuples(
        tx,
        """
        select h.place, a.id
        from unnest(%(names)s::text[], %(domains)s::text[]) with ordinality as h(name, domain, place)
        join accounts a on lower(a.username) = h.name and coalesce(lower(a.domain), '') = h.domain
        """,
        {
            "names": [handle.username if handle else "" for handle in handles],
            "domains": [
                handle.domain if handle and handle.domain not in (None, ours) else "" for handle in handles
            ],
        },
    )
    ids = dict(rows)
    return [
        ("!" if author.excluded else "")
        + _author(viewer_id if author.handle.lower() == "me" else ids.get(place, 0))
        for place, author in enumerate(query.authors, 1)
    ]


@cache
def _conditions(scope: Scope, linked: tuple[tuple[str, bool], ...], *, gaps: bool) -> LiteralString:
    """What of the matching statuses, `s` by `sa`, may be found."""
    found: LiteralString = findable("s", "sa")
    if scope == "library":
        found = in_library("s")
    elif scope == "public":
        found = indexable("s", "sa")
    conditions = found + " and " + visible("s", "sa") + " and " + wanted("s")
    for name, excluded in dict.fromkeys(linked):
        conditions += (" and not " if excluded else " and ") + (_EMBED if name == "embed" else _CARD)
    return conditions + " and " + _GAPS if gaps else conditions


@cache
def _matching(sql: LiteralString, conditions: LiteralString, *, upwards: bool) -> LiteralString:
    return sql.replace("{conditions}", conditions).replace("{direction}", "asc" if upwards else "desc")


@cache
def _through_library() -> LiteralString:
    own: LiteralString = _LIBRARY_PART.replace("{id}", "x.id").replace("{table}", "statuses")
    parts: LiteralString = own  # boosts among them have no words
    tables: tuple[LiteralString, ...] = ("favourites", "bookmarks", "status_mentions")
    for table in tables:
        parts += " union all " + _LIBRARY_PART.replace("{id}", "x.status_id").replace("{table}", table)
    boosts: LiteralString = _LIBRARY_PART.replace("{id}", "x.reblog_of_id").replace("{table}", "statuses")
    votes: LiteralString = _LIBRARY_PART.replace("{id}", "p.status_id").replace(
        "{table} x", "poll_votes x join polls p on p.id = x.poll_id"
    )
    parts += " union all " + boosts + " union all " + votes
    return _THROUGH_LIBRARY.replace("{parts}", parts)
