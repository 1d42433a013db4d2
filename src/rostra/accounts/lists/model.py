"""Lists: what they are, their limits, and what happens to them. No I/O.

A list is a member's private choice of accounts, with a timeline of its own. Other than in Mastodon one
need not follow whom one puts there.
"""

from typing import Literal

import msgspec

from rostra.core.db import Row
from rostra.core.errors import Invalid
from rostra.core.events import Event

LISTS = 50
"""Most lists of a member (as Mastodon's `PER_ACCOUNT_LIMIT`)."""
TITLE_LENGTH = 256
ACCOUNTS = 1_000
"""Most accounts in a list."""

RepliesPolicy = Literal["list", "followed", "none"]
"""Replies to whom a list shows, beside those to its owner and to the author: to others in the list, to
whom its owner follows, or to nobody."""


class List(Row, frozen=True):
    """A row of `lists`."""

    id: int
    account_id: int
    title: str
    replies_policy: RepliesPolicy
    exclusive: bool


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What a list is to be; None leaves it as it is (for a new list: Mastodon's defaults)."""

    title: str | None = None
    replies_policy: RepliesPolicy | None = None
    exclusive: bool | None = None

    def check(self) -> None:
        """Raises `Invalid` when the title can't be one."""
        if self.title is not None and not self.title.strip():
            raise Invalid("Title can't be blank")
        if self.title is not None and len(self.title) > TITLE_LENGTH:
            raise Invalid(f"Title is too long (maximum is {TITLE_LENGTH} characters)")


class ListAccountsAdded(Event, frozen=True):
    """`account_ids` are in the list of `account_id` now."""

    list_id: int
    account_id: int
    account_ids: list[int]


class ListAccountsRemoved(Event, frozen=True):
    """`account_ids` are no longer in the list of `account_id`."""

    list_id: int
    account_id: int
    account_ids: list[int]


class ListExclusivityChanged(Event, frozen=True):
    """A list of `account_id` begins or ceases to keep `account_ids` out of their home feed."""

    account_id: int
    account_ids: list[int]
