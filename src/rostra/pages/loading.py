"""Loads what pages show, for N statuses in a fixed number of queries."""

from collections.abc import Sequence

from rostra.accounts import queries as account_queries
from rostra.core.db import Tx
from rostra.core.settings import Settings
from rostra.pages.views import Person, StatusView, person, status_view
from rostra.statuses import bodies, polls
from rostra.statuses.reading import Frame


async def load_statuses(settings: Settings, tx: Tx, frames: Sequence[Frame]) -> dict[Frame, StatusView]:
    """The statuses of `frames`, in order, as an anonymous reader sees them.

    `frames` come from `statuses/reading.py`, which checked that anonymous readers may see them.
    """
    found = await bodies.load(tx, list({frame.o_id for frame in frames}))
    asked = [frame.o_id for frame in frames if frame.has_poll]
    poll_rows = await polls.of_statuses(tx, None, asked) if asked else {}
    shown = {f.account_id for f in frames} | {f.o_account_id for f in frames}
    replied_to = {body.status.in_reply_to_account_id or 0 for body in found.values()}
    people = await load_people(tx, shown | replied_to)
    return {
        frame: status_view(
            frame,
            found[frame.o_id],
            found[frame.o_id].html(settings),
            people[frame.o_account_id],
            boosted_by=people.get(frame.account_id) if frame.is_boost else None,
            reply_to=people.get(found[frame.o_id].status.in_reply_to_account_id or 0),
            poll=poll_rows.get(frame.o_id),
        )
        for frame in frames
        if frame.o_id in found and frame.o_account_id in people  # else deleted in this very moment
    }


async def load_people(tx: Tx, ids: set[int]) -> dict[int, Person]:
    """Those of `ids` that exist, and are not suspended."""
    rows = await account_queries.by_ids(tx, list(ids))
    return {row.id: person(row) for row in rows if row.suspended_at is None}
