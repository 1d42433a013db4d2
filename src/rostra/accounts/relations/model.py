"""Follows, follow requests, blocks and mutes: what they are, their limits, and what happens to them. No I/O.

In all events `account_id` is who acts or acted first: the follower, the blocker, who asked to follow.
"""

from datetime import datetime

from rostra.core.db import Row
from rostra.core.events import Event

MAX_FOLLOWING = 7500
"""Most accounts that one follows, unless more than that follow them (as Mastodon's `FollowLimitable`)."""
FOLLOWING_PER_FOLLOWER = 1.1


class FollowOptions(Row, frozen=True):
    """What a follower wants to see; None: leave it as it is, or Mastodon's default for a new follow."""

    reblogs: bool | None = None
    notify: bool | None = None
    languages: list[str] | None = None
    """Codes as `core.text.language_tag` gives them; an empty list: all languages."""


class Relationship(Row, frozen=True):
    """How the viewer stands to the account `id`, in both directions."""

    id: int
    following: bool
    showing_reblogs: bool
    notifying: bool
    languages: list[str] | None
    followed_by: bool
    requested: bool
    requested_by: bool
    blocking: bool
    blocked_by: bool
    muting: bool
    muting_notifications: bool
    muting_expires_at: datetime | None
    domain_blocking: bool
    endorsed: bool
    note: str


class Followed(Event, frozen=True):
    """`account_id` follows `target_id`, at once."""

    account_id: int
    target_id: int


class FollowChanged(Event, frozen=True):
    """A follower wants to see other things than before."""

    account_id: int
    target_id: int


class FollowRequested(Event, frozen=True):
    """`account_id` asks to follow `target_id`, who decides by hand."""

    account_id: int
    target_id: int


class FollowAccepted(Event, frozen=True):
    """`target_id` agreed: from now on `account_id` follows them. There is no `Followed` beside it."""

    account_id: int
    target_id: int


class FollowRejected(Event, frozen=True):
    """`target_id` did not agree that `account_id` follows them."""

    account_id: int
    target_id: int


class FollowRequestWithdrawn(Event, frozen=True):
    """`account_id` no longer asks to follow `target_id`."""

    account_id: int
    target_id: int


class Unfollowed(Event, frozen=True):
    """`account_id` no longer follows `target_id`, by their own wish."""

    account_id: int
    target_id: int


class FollowerRemoved(Event, frozen=True):
    """`account_id` no longer follows `target_id`, by the wish of `target_id`."""

    account_id: int
    target_id: int


class Blocked(Event, frozen=True):
    """`account_id` blocks `target_id`; follows and requests between the two ended with it."""

    account_id: int
    target_id: int


class Unblocked(Event, frozen=True):
    """`account_id` no longer blocks `target_id`."""

    account_id: int
    target_id: int


class Muted(Event, frozen=True):
    """`account_id` mutes `target_id`, or mutes them differently."""

    account_id: int
    target_id: int


class Unmuted(Event, frozen=True):
    """`account_id` no longer mutes `target_id`."""

    account_id: int
    target_id: int


class DomainBlocked(Event, frozen=True):
    """`account_id` wants to see nothing of the server `domain`; follows in both directions are to end."""

    account_id: int
    domain: str


class DomainUnblocked(Event, frozen=True):
    """`account_id` no longer blocks the server `domain`."""

    account_id: int
    domain: str
