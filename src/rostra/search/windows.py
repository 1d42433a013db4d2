"""Windows of time: where a search looks first.

A word that everybody uses matches hundreds of thousands of statuses, of which the newest twenty are wanted,
and an index over words knows no order. So every `SIZE` statuses a new window begins, each status carries
the number of its window as a lexeme, and a search looks into one window after the other until it has
enough. Windows are put together by sixteens, so that looking into all of them takes few steps.
"""

from collections.abc import Mapping
from datetime import timedelta

import msgspec

from rostra.core.clock import now
from rostra.core.db import Tx, execute, fetch_tuples
from rostra.core.ids import first_id
from rostra.search.words import mark, quoted

SIZE = 4096
"""Statuses in a window, as the migration has it for those before."""
TOGETHER = 16
"""Windows in a wider one, and wider ones in a still wider one."""
AHEAD = timedelta(minutes=1)
"""A window begins that long after it was opened, when all who index statuses know of it."""


class Window(msgspec.Struct, frozen=True):
    """Where to look: statuses with the lexeme `clause` (a tsquery), and of them those within these ids."""

    clause: str
    first_id: int
    last_id: int


def marks(number: int) -> list[str]:
    """The lexemes of a status in window `number`."""
    return [_mark(level, number // TOGETHER**level) for level in range(3)]


def _mark(level: int, number: int) -> str:
    return mark("~", f"{level}:{number}")


async def of_statuses(tx: Tx, status_ids: list[int]) -> dict[int, int]:
    """The numbers of the windows that statuses are in."""
    rows = await fetch_tuples(
        tx,
        """
        select i.id, w.number from unnest(%(ids)s::bigint[]) as i(id)
        cross join lateral (
            select number from search_windows where first_id <= i.id order by first_id desc limit 1
        ) w
        """,
        {"ids": status_ids},
    )
    return dict(rows)


async def open_next(tx: Tx) -> None:
    """Open a new window when the newest one is full. To be scheduled."""
    await execute(
        tx,
        """
        insert into search_windows (number, first_id)
        select w.number + 1, %(begin)s
        from (select number, first_id from search_windows order by number desc limit 1) w
        where w.first_id < %(begin)s - (%(ahead)s << 16) and %(size)s <= (
            select count(*) from (
                select from status_words where status_id >= w.first_id limit %(size)s) s)
        on conflict do nothing
        """,
        {
            "begin": first_id(now() + AHEAD),
            "ahead": int(AHEAD.total_seconds() * 1000),
            "size": SIZE,
        },
    )


async def between(tx: Tx, lowest: int, highest: int, *, upwards: bool) -> list[Window]:
    """Windows that together hold the statuses from `lowest` to `highest`, in the order to look into them."""
    if lowest > highest:
        return []
    rows = await fetch_tuples(
        tx,
        """
        with edge as (
            select max(number) as number from search_windows
            where first_id <= case when %(upwards)s then %(lowest)s::bigint else %(highest)s::bigint end
        )
        select w.number, w.first_id, edge.number from search_windows w cross join edge
        where abs(w.number - edge.number) <= 2 or w.number %% (%(together)s * %(together)s) = 0
           or (w.number %% %(together)s = 0 and abs(w.number - edge.number) <= %(together)s * 2)
        order by w.number
        """,
        {"lowest": lowest, "highest": highest, "upwards": upwards, "together": TOGETHER},
    )
    starts = {number: start for number, start, _ in rows}
    plan = _upwards if upwards else _downwards
    return plan(starts, rows[0][2], lowest, highest) if rows and rows[0][2] is not None else []


def _downwards(starts: Mapping[int, int], edge: int, lowest: int, highest: int) -> list[Window]:
    found: list[Window] = []
    below = highest
    for level, number in _steps_down(edge):
        if below < lowest:
            break
        start = starts[number * TOGETHER**level]
        if start <= below:
            found.append(Window(quoted(_mark(level, number)), max(start, lowest), below))
            below = start - 1
    return found


def _steps_down(edge: int) -> list[tuple[int, int]]:
    """Levels and numbers of windows: two of the narrow ones, two wider ones, the widest down to the first.

    The index goes by the rarest lexeme of a query. That is the one of a narrow window, and so the narrow ones
    bound what common words cost; it is the rarest word in the widest windows.
    """
    wider = edge // TOGETHER
    widest = edge // TOGETHER**2
    return [
        *((0, number) for number in (edge, edge - 1) if number >= 0),
        *((1, number) for number in (wider, wider - 1) if number >= 0),
        *((2, number) for number in range(widest, -1, -1)),
    ]


def _upwards(starts: Mapping[int, int], edge: int, lowest: int, highest: int) -> list[Window]:
    found: list[Window] = []
    above = lowest
    last = max(starts)
    wider, widest = edge // TOGETHER, edge // TOGETHER**2
    steps = [(0, edge), (0, edge + 1), (1, wider), (1, wider + 1)]
    steps += [(2, number) for number in range(widest, last // TOGETHER**2 + 1)]
    for level, number in steps:
        end = starts.get((number + 1) * TOGETHER**level, highest + 1)
        if above <= highest and number * TOGETHER**level <= last and end > above:
            found.append(Window(quoted(_mark(level, number)), above, min(highest, end - 1)))
            above = end
    return found
