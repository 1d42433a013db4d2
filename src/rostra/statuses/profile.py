"""The statuses of one account: as its profile lists them."""

from typing import LiteralString

import msgspec

from rostra.core.db import Tx
from rostra.statuses import reading
from rostra.statuses.access import wanted
from rostra.statuses.reading import Bounds, Frame

# A boost is left out where its reader blocks or mutes who wrote the original.
_OF_ACCOUNT: LiteralString = (
    """
    select s.id, s.id as cursor from statuses s
    where s.account_id = %(account_id)s
      and (s.reblog_of_id is null or exists (
          select from statuses b where b.id = s.reblog_of_id and """
    + wanted("b")
    + "))"
)
_PINNED: LiteralString = """
    select p.status_id as id, (extract(epoch from p.created_at) * 1000000)::bigint as cursor
    from status_pins p where p.account_id = %(account_id)s
"""
_NO_REPLIES: LiteralString = (
    " and (s.in_reply_to_account_id is null or s.in_reply_to_account_id = s.account_id)"
)
_NO_BOOSTS: LiteralString = " and s.reblog_of_id is null"
_WITH_MEDIA: LiteralString = (
    " and exists (select from media_attachments m where m.status_id = s.id and m.position is not null)"
)
_TAGGED: LiteralString = """
    and exists (select from status_tags st join tags t on t.id = st.tag_id
                where st.status_id = s.id and t.name = %(tag)s)
"""


class Only(msgspec.Struct, frozen=True, kw_only=True):
    """Which of an account's statuses are wanted; `tag` is a normalised hashtag."""

    no_replies: bool = False
    no_boosts: bool = False
    media: bool = False
    tag: str | None = None


async def of_account(
    tx: Tx, viewer_id: int | None, account_id: int, only: Only, bounds: Bounds
) -> list[Frame]:
    """A page of what an account wrote and boosted, as far as `viewer_id` may see it."""
    candidates = _OF_ACCOUNT
    if only.no_replies:
        candidates += _NO_REPLIES
    if only.no_boosts:
        candidates += _NO_BOOSTS
    if only.media:
        candidates += _WITH_MEDIA
    if only.tag is not None:
        candidates += _TAGGED
    params = {"account_id": account_id, "tag": only.tag}
    return await reading.read(tx, viewer_id, candidates, bounds, params, mixed=False)


async def pinned(tx: Tx, viewer_id: int | None, account_id: int, bounds: Bounds) -> list[Frame]:
    """What an account pinned to its profile, the newest pin first, as far as `viewer_id` may see it."""
    return await reading.read(tx, viewer_id, _PINNED, bounds, {"account_id": account_id}, mixed=False)
