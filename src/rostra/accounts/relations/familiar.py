"""Familiar followers: those whom the viewer follows who follow somebody else, too."""

from collections.abc import Sequence
from typing import LiteralString

from rostra.accounts.access import known, present, wanted
from rostra.accounts.model import Account
from rostra.core.db import Tx, fetch_all, fetch_values

MOST = 40
"""Most followers that are named for one account."""

_SUBJECTS: LiteralString = "select a.id from accounts a where a.id = any(%(ids)s) and " + known("a")
# As `may_see_relations`: nothing of those who hide whom they know, on either side of a follow.
_FAMILIAR: LiteralString = (
    """
    select a.*, subject.id as subject_id
    from unnest(%(ids)s::bigint[]) with ordinality as subject(id, place)
    join accounts s on s.id = subject.id and not s.hide_collections and s.suspended_at is null
    cross join lateral (
        select f.id, f.account_id from follows mine
        join follows f on f.account_id = mine.target_id and f.target_id = subject.id
        join accounts a on a.id = f.account_id and not a.hide_collections
        where mine.account_id = %(viewer)s and """
    + present("a")
    + " and "
    + wanted("a")
    + """
        order by f.id desc limit %(most)s
    ) familiar
    join accounts a on a.id = familiar.account_id
    where not exists (select from blocks b where b.account_id = s.id and b.target_id = %(viewer)s)
    order by subject.place, familiar.id desc
    """
)


class _Familiar(Account, frozen=True):
    subject_id: int


async def followers(tx: Tx, viewer_id: int, ids: Sequence[int]) -> dict[int, list[Account]]:
    """For each of `ids` that others may have heard of, in order, the familiar ones, the last first."""
    known_ids = set(await fetch_values(tx, _SUBJECTS, {"ids": list(ids)}))
    found: dict[int, list[Account]] = {one: [] for one in dict.fromkeys(ids) if one in known_ids}
    rows = await fetch_all(tx, _Familiar, _FAMILIAR, {"viewer": viewer_id, "ids": list(found), "most": MOST})
    for row in rows:
        found[row.subject_id].append(row)
    return found
