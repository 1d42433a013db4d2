"""Hashtags: what they are, and what happens to who follows and who features them. No I/O."""

from datetime import date, datetime

from rostra.core.db import Row
from rostra.core.events import Event

FOLLOWED = 1_000
"""Most hashtags that one follows."""
FEATURED = 10
"""Most hashtags that a profile features (as Mastodon's `FeaturedTag::LIMIT`)."""
SUGGESTED = 10
"""Hashtags that are suggested to be featured."""
DAYS = 7
"""Days of a hashtag's history, today included."""


class Tag(Row, frozen=True):
    """A hashtag: normalised, and as it was written first."""

    id: int
    name: str
    display_name: str


class Followed(Tag, frozen=True):
    """A hashtag in a list of followed ones; `cursor` is its place there."""

    cursor: int


class TagDay(Row, frozen=True):
    """How a hashtag was used on one day."""

    tag_id: int
    day: date
    uses: int
    accounts: int


class Standing(Row, frozen=True):
    """How a member stands to a hashtag."""

    tag_id: int
    following: bool
    featuring: bool


class FeaturedTag(Row, frozen=True):
    """A hashtag on a profile, `display_name` as its member wrote it, with what it was used for there."""

    id: int
    account_id: int
    tag_id: int
    name: str
    display_name: str
    statuses_count: int
    last_status_at: datetime | None


class TagFollowed(Event, frozen=True):
    """`account_id` follows a hashtag."""

    account_id: int
    tag_id: int


class TagUnfollowed(Event, frozen=True):
    """`account_id` no longer follows a hashtag."""

    account_id: int
    tag_id: int
