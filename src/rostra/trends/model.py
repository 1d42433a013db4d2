"""Trends: what is talked about more than usual. No I/O.

The way to score is Mastodon's (app/models/trends/): how many people use something now, compared with how many
are to be expected, `(observed - expected)² / expected`; the highest score so far halves every few hours.
Other than there, a day is the last 24 hours, not the date, so that nothing falls silent at midnight; and who
is new here, limited or a bot doesn't count, so that nobody pushes anything with a handful of fresh accounts.
"""

from datetime import datetime, timedelta
from typing import Literal

import msgspec

from rostra.core.db import Row
from rostra.statuses.cards.model import StatusCard
from rostra.statuses.tags.model import Tag

DAY = timedelta(days=1)
COOLDOWN = timedelta(days=2)
"""After that a highest score counts no more."""
TAG_HALFLIFE = timedelta(hours=4)
LINK_HALFLIFE = timedelta(hours=8)
STATUS_HALFLIFE = timedelta(hours=2)
LOWEST = 1.0
"""Hashtags and links with a lower score are forgotten."""
LOWEST_STATUS = 0.3
STATUS_AGE = timedelta(days=3)
"""Older statuses can't trend: their score has halved 36 times."""
KEPT = 200
"""Of each kind, so many with the highest scores are kept."""
OF_ONE_AUTHOR = 3
"""Of one author's statuses, so many trend at a time."""

Subject = Literal["tag", "link", "publisher", "status", "author"]
"""What staff decides about."""


class Use(Row, frozen=True):
    """How many people used something within the last day, and within the day before."""

    id: int
    observed: int
    expected: int
    max_score: float | None
    max_score_at: datetime | None


class Scored(msgspec.Struct, frozen=True):
    """Something that trends."""

    id: int
    score: float
    max_score: float
    max_score_at: datetime


def score(observed: int, expected: int, threshold: int) -> float:
    """How unusual it is that `observed` people use something, where `expected` did before."""
    usual = max(1, expected)
    if observed < threshold or observed < usual:
        return 0.0
    return (observed - usual) ** 2 / usual


def decayed(value: float, since: timedelta, halflife: timedelta) -> float:
    """`value`, as much as is left of it."""
    return value * 0.5 ** (since / halflife)


def scored(use: Use, now: datetime, threshold: int, halflife: timedelta) -> Scored | None:
    """How something trends now; None: not (any more)."""
    highest, at = use.max_score or 0.0, use.max_score_at or now
    if at < now - COOLDOWN:
        highest, at = 0.0, now
    current = score(use.observed, use.expected, threshold)
    if current > highest:
        highest, at = current, now
    left = decayed(highest, now - at, halflife)
    return Scored(use.id, left, highest, at) if left >= LOWEST else None


class TrendingLink(StatusCard, frozen=True):
    """A link that trends; `status_id` is 0."""


class TagReview(Tag, frozen=True):
    """A hashtag that trends or would, for staff; `trendable` None: not decided."""

    trendable: bool | None
    usable: bool
    listable: bool
    accounts: int


class PublisherReview(Row, frozen=True):
    """A website whose links trend or would; `trendable` None: not decided."""

    id: int
    domain: str
    trendable: bool | None
    reviewed_at: datetime | None


class LinkReview(Row, frozen=True):
    """A link that trends or would, with what was decided about it and its publisher."""

    id: int
    url: str
    title: str
    publisher_id: int
    domain: str
    trendable: bool | None
    publisher_trendable: bool | None


class StatusReview(Row, frozen=True):
    """A status that trends or would, with what was decided about it and its author."""

    id: int
    account_id: int
    username: str
    domain: str | None
    content: str
    trendable: bool | None
    author_trendable: bool | None


class Reviews(msgspec.Struct, frozen=True):
    """All that trends or would."""

    tags: list[TagReview]
    links: list[LinkReview]
    statuses: list[StatusReview]
