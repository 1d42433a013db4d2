"""Notifications: the kinds, and the rows. No I/O."""

from datetime import datetime
from typing import Literal

from rostra.core.db import Row

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
    "admin.sign_up",
]
KINDS: tuple[Kind, ...] = (
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
    "admin.sign_up",
)
"""https://docs.joinmastodon.org/entities/Notification/#type"""


class Notification(Row, frozen=True):
    """A row of `notifications`."""

    id: int
    account_id: int
    type: str
    from_account_id: int
    status_id: int | None
    created_at: datetime
