"""Notifications: the kinds, the rows, and how they are grouped. No I/O."""

from datetime import datetime
from typing import Literal, get_args

import msgspec

from rostra.core.db import Row
from rostra.core.events import Event

Kind = Literal[
    "mention",
    "status",
    "reblog",
    "follow",
    "follow_request",
    "favourite",
    "poll",
    "update",
    "quote",
    "quoted_update",
    "pending.reply",
    "severed_relationships",
    "moderation_warning",
    "admin.sign_up",
    "admin.report",
    "added_to_collection",
    "collection_update",
]
"""https://docs.joinmastodon.org/entities/Notification/#type"""
KINDS: tuple[Kind, ...] = get_args(Kind)
GROUPED: frozenset[Kind] = frozenset({"favourite", "reblog", "follow", "admin.sign_up"})
"""Kinds of which many within some hours become one group."""
GROUP_HOURS = 12
"""How long after its first notification others join a group."""
FILTERED: frozenset[Kind] = frozenset(
    {"mention", "quote", "reblog", "follow", "follow_request", "favourite", "added_to_collection"}
)
"""Kinds that a member's policy may hold back or drop."""
ASKING: tuple[Kind, ...] = ("mention", "quote")
"""Kinds that, held back, make a request of their sender."""

Verdict = Literal["accept", "filter", "drop"]


class Notification(Row, frozen=True):
    """A row of `notifications`."""

    id: int
    account_id: int
    type: str
    from_account_id: int
    status_id: int | None
    created_at: datetime
    group_key: str | None = None
    filtered: bool = False
    report_id: int | None = None
    collection_id: int | None = None

    @property
    def key(self) -> str:
        """The key of its group; it is alone in one of its own when it has none."""
        return self.group_key or ungrouped(self.id)


class Group(Row, frozen=True):
    """What a page shows of one group."""

    id: int
    """The notification by which the page is ordered: the newest or, paging upwards, the oldest of it."""
    key: str
    type: str
    status_id: int | None
    count: int
    newest_id: int
    sender_ids: list[int]
    """Who did it last, newest first."""
    page_min_id: int
    """Its oldest notification on this page."""
    newest_at: datetime


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """What happens to notifications from people whom a member does not know."""

    for_not_following: Verdict = "accept"
    for_not_followers: Verdict = "accept"
    for_new_accounts: Verdict = "accept"
    for_private_mentions: Verdict = "filter"
    for_limited_accounts: Verdict = "filter"


class Pending(Row, frozen=True):
    """How much waits, each up to `requests.MOST`."""

    requests: int
    notifications: int


class Request(Row, frozen=True):
    """A sender whose mentions are held back."""

    id: int
    from_account_id: int
    created_at: datetime
    updated_at: datetime
    count: int
    last_status_id: int | None


class RequestAccepted(Event, frozen=True):
    """A member lets somebody through: what was held back is to be merged with the rest."""

    account_id: int
    from_account_id: int


class RequestDismissed(Event, frozen=True):
    """A member does not want to see what was held back of somebody, up to `before_id`."""

    account_id: int
    from_account_id: int
    before_id: int


def ungrouped(notification_id: int) -> str:
    """The key of a group of one."""
    return f"ungrouped-{notification_id}"


def group_prefix(kind: Kind, status_id: int | None) -> str | None:
    """What keys of groups of this kind and subject begin with; None: such notifications stand alone.

    The whole key ends in the hour in which the group began, counted since 1970.
    """
    if kind not in GROUPED:
        return None
    return kind if status_id is None else f"{kind}-{status_id}"
