"""Markers: how far a member has read, kept for all their apps.

Each change makes a new version. Who changes a marker that another app changed in this very moment, or
since the version that they name, is told so, and nothing is overwritten.
"""

from datetime import datetime
from typing import Literal

from rostra.core.db import Row, Tx, execute, fetch_all, fetch_one
from rostra.core.errors import Conflict

Timeline = Literal["home", "notifications"]
TIMELINES: tuple[Timeline, ...] = ("home", "notifications")


class Marker(Row, frozen=True):
    """A row of `markers`."""

    timeline: Timeline
    last_read_id: int
    version: int
    updated_at: datetime


async def of_account(tx: Tx, account_id: int, timelines: list[str]) -> list[Marker]:
    """The markers that a member has set, of those timelines."""
    return await fetch_all(
        tx,
        Marker,
        """
        select timeline, last_read_id, version, updated_at from markers
        where account_id = %(account_id)s and timeline = any(%(timelines)s) order by timeline
        """,
        {"account_id": account_id, "timelines": timelines},
    )


async def last_read_id(tx: Tx, account_id: int, timeline: Timeline) -> int:
    """The newest item of a timeline that a member has read; 0: none, or no app says so."""
    known = await of_account(tx, account_id, [timeline])
    return known[0].last_read_id if known else 0


async def set_marker(
    tx: Tx, account_id: int, timeline: Timeline, last_read_id: int, version: int | None
) -> Marker:
    """Move a marker.

    Args:
        version: the one that is to be replaced; None: whichever there is.

    Raises:
        Conflict: it is another one by now.
    """
    known = await of_account(tx, account_id, [timeline])
    before = known[0].version if known else 0
    if version is not None and version != before:
        raise Conflict("Conflict during update, please try again")
    if known and known[0].last_read_id == last_read_id:
        return known[0]
    params = {
        "account_id": account_id,
        "timeline": timeline,
        "last_read_id": last_read_id,
        "before": before,
    }
    moved = await execute(
        tx,
        """
        insert into markers (account_id, timeline, last_read_id)
        values (%(account_id)s, %(timeline)s, %(last_read_id)s)
        on conflict (account_id, timeline) do update
        set last_read_id = excluded.last_read_id, version = markers.version + 1, updated_at = now()
        where markers.version = %(before)s
        """,
        params,
    )
    after = await fetch_one(
        tx,
        Marker,
        """
        select timeline, last_read_id, version, updated_at from markers
        where account_id = %(account_id)s and timeline = %(timeline)s
        """,
        params,
    )
    if not moved or after is None:
        raise Conflict("Conflict during update, please try again")
    return after
