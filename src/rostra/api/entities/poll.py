"""Poll (https://docs.joinmastodon.org/entities/Poll/)."""

from collections.abc import Sequence

import msgspec

from rostra.api.entities.custom_emoji import CustomEmoji
from rostra.core.clock import timestamp
from rostra.statuses.polls import Poll as PollRow


class PollOption(msgspec.Struct):
    """A possible answer."""

    title: str
    votes_count: int | None


class Poll(msgspec.Struct, kw_only=True):
    """A question under a status."""

    id: str
    expires_at: str | None
    expired: bool
    multiple: bool
    votes_count: int
    voters_count: int | None
    options: list[PollOption]
    emojis: list[CustomEmoji | msgspec.Raw]
    voted: bool | msgspec.UnsetType = msgspec.UNSET
    own_votes: list[int] | msgspec.UnsetType = msgspec.UNSET


def poll_entity(row: PollRow, viewer_id: int | None, emojis: Sequence[msgspec.Raw]) -> Poll:
    """`row` as `viewer_id` sees it; `emojis` are those that its options name."""
    shown = row.shows_totals_to(viewer_id)
    return Poll(
        id=str(row.id),
        expires_at=timestamp(row.expires_at) if row.expires_at else None,
        expired=row.expired,
        multiple=row.multiple,
        votes_count=row.votes_count,
        voters_count=row.voters_count,
        options=[
            PollOption(title, votes if shown else None)
            for title, votes in zip(row.options, row.tallies, strict=True)
        ],
        emojis=[*emojis],
        voted=msgspec.UNSET if viewer_id is None else bool(row.own_votes) or viewer_id == row.account_id,
        own_votes=msgspec.UNSET if viewer_id is None else row.own_votes,
    )
