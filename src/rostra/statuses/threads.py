"""Threads: what a status answers, and what answers it (https://docs.joinmastodon.org/methods/statuses/#context)."""

from collections import defaultdict
from collections.abc import Sequence
from typing import LiteralString

import msgspec

from rostra.core.db import Tx, fetch_tuples, fetch_values
from rostra.statuses import access, reading
from rostra.statuses.reading import Frame


class Reach(msgspec.Struct, frozen=True):
    """How much of a thread is shown: at most so many statuses, and replies to replies so deep."""

    ancestors: int
    descendants: int
    depth: int


PUBLIC = Reach(ancestors=40, descendants=60, depth=20)
MEMBERS = Reach(ancestors=4096, descendants=4096, depth=4096)


class Context(msgspec.Struct, frozen=True):
    """What a status answers, from the beginning of the thread on, and what answers it, depth first."""

    ancestors: list[Frame]
    descendants: list[Frame]


async def context(tx: Tx, viewer_id: int | None, status_id: int) -> Context:
    """The thread around a status, as far as `viewer_id` may see it.

    What is hidden is left out, what answers that is not. Of a thread that is too long, the statuses
    nearest to `status_id` are shown.

    Raises:
        NotFound: `viewer_id` may not see the status, or there is none.
    """
    status = await access.get_original(tx, viewer_id, status_id)
    reach = PUBLIC if viewer_id is None else MEMBERS
    above = await _ancestors(tx, status.in_reply_to_id, reach) if status.in_reply_to_id is not None else []
    below = await _descendants(tx, status.id, reach)
    frames = {frame.id: frame for frame in await reading.read_ids(tx, viewer_id, above + below, mixed=True)}
    return Context(
        ancestors=[frames[found] for found in above if found in frames],
        descendants=[frames[found] for found in below if found in frames],
    )


_UPWARDS: LiteralString = """
    with recursive up (id, parent_id, depth) as (
        select s.id, s.in_reply_to_id, 1 from statuses s where s.id = %(parent)s
        union all
        select s.id, s.in_reply_to_id, up.depth + 1 from up join statuses s on s.id = up.parent_id
        where up.depth < %(most)s
    )
    select id from up order by depth desc
"""

# Breadth first and without order, so that it stops at the limit however large the thread is.
_DOWNWARDS: LiteralString = """
    with recursive down (id, parent_id, is_self_reply, depth) as (
        select s.id, s.in_reply_to_id, s.account_id = s.in_reply_to_account_id, 1
        from statuses s where s.in_reply_to_id = %(id)s
        union all
        select s.id, s.in_reply_to_id, s.account_id = s.in_reply_to_account_id, down.depth + 1
        from down join statuses s on s.in_reply_to_id = down.id
        where down.depth < %(depth)s
    )
    select id, parent_id, is_self_reply from down limit %(most)s
"""


async def _ancestors(tx: Tx, parent_id: int, reach: Reach) -> list[int]:
    return await fetch_values(tx, _UPWARDS, {"parent": parent_id, "most": reach.ancestors})


async def _descendants(tx: Tx, status_id: int, reach: Reach) -> list[int]:
    found = await fetch_tuples(
        tx, _DOWNWARDS, {"id": status_id, "depth": reach.depth, "most": reach.descendants}
    )
    return _depth_first(status_id, found)


def _depth_first(root_id: int, found: Sequence[tuple[int, int, bool | None]]) -> list[int]:
    """Replies (id, what it answers, whether its author answers themself) in the order in which one reads.

    Authors' own continuations come before what others say.
    """
    children: dict[int, list[tuple[bool, int]]] = defaultdict(list)
    for reply_id, parent_id, is_self_reply in found:
        children[parent_id].append((not is_self_reply, reply_id))
    ordered: list[int] = []
    waiting = [root_id]
    while waiting:
        reply_id = waiting.pop()
        ordered.append(reply_id)
        waiting.extend(child for _, child in sorted(children.pop(reply_id, []), reverse=True))
    return ordered[1:]
