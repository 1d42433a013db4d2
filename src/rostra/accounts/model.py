"""Accounts and users: what they are, their limits, and what happens to them. No I/O.

An *account* is somebody who can be followed, ours or another server's. A *user* is the private
side of one of ours: mail address, password, role.
"""

import re
from datetime import datetime
from typing import Literal

import msgspec

from rostra.core.db import Row
from rostra.core.errors import Invalid
from rostra.core.events import Event

USERNAME = re.compile(r"[a-z0-9_]{1,30}\Z", re.IGNORECASE | re.ASCII)
RESERVED = frozenset(
    "about abuse account accounts admin administrator api auth everyone help here info instance mail "
    "me moderator moderation null oauth official operator postmaster root rostra security setup staff "
    "status statuses support system tags webmaster www".split()
)
DISPLAY_NAME_LENGTH = 30
NOTE_LENGTH = 500
FIELDS = 4
FIELD_LENGTH = 255
ATTRIBUTION_DOMAINS = 10
"""Most websites that may name a member as an author (as in Mastodon)."""
PICTURE_DESCRIPTION_LENGTH = 1500
"""Longest description (alt text) of an avatar or header, in characters."""

Role = Literal["member", "moderator", "admin", "owner"]


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a profile: a name and a value, both as written."""

    name: str
    value: str
    verified_at: datetime | None = None


class Account(Row, frozen=True):
    """A row of `accounts`."""

    id: int
    username: str
    domain: str | None
    uri: str
    url: str | None
    actor_type: str
    display_name: str
    note: str
    fields: list[dict[str, str | None]]
    avatar_key: str | None
    avatar_static_key: str | None
    avatar_description: str
    header_key: str | None
    header_static_key: str | None
    header_description: str
    locked: bool
    bot: bool
    discoverable: bool
    indexable: bool
    hide_collections: bool
    show_media: bool
    show_media_replies: bool
    show_featured: bool
    attribution_domains: list[str]
    moved_to_id: int | None
    memorial: bool
    limited_at: datetime | None
    suspended_at: datetime | None
    created_at: datetime
    last_status_at: datetime | None
    statuses_count: int
    followers_count: int
    following_count: int
    version: int

    @property
    def acct(self) -> str:
        """Handle without the leading @: `alice`, or `bob@other.example`."""
        return self.username if self.domain is None else f"{self.username}@{self.domain}"


class User(Row, frozen=True):
    """A row of `users`, without its secrets."""

    account_id: int
    email: str
    role: Role
    locale: str
    default_visibility: Literal["public", "unlisted", "private"]
    default_sensitive: bool
    default_language: str | None
    default_quote_policy: Literal["public", "followers", "nobody"]
    interaction_policies: dict[str, object]
    """By visibility, as statuses/policies.py reads them."""
    confirmed_at: datetime | None
    approved_at: datetime | None
    disabled_at: datetime | None
    created_at: datetime

    @property
    def is_active(self) -> bool:
        """Whether they may use the network."""
        return self.confirmed_at is not None and self.approved_at is not None and self.disabled_at is None


class AccountCreated(Event, frozen=True):
    """Somebody signed up."""

    account_id: int


class AccountUpdated(Event, frozen=True):
    """A profile changed."""

    account_id: int


class LinksVerified(Event, frozen=True):
    """Links on a profile turned out to be its member's own, or no longer: others are to hear of it."""

    account_id: int


class AccountDeleted(Event, frozen=True):
    """An account is gone; its rows went with it, its blobs are to go."""

    account_id: int
    blob_keys: list[str]


def check_username(username: str) -> None:
    """Raises `Invalid` unless `username` may be given to a new local account."""
    if not USERNAME.match(username):
        raise Invalid(
            "Username must contain only letters, numbers and underscores",
            {"username": [("ERR_INVALID", "must contain only letters, numbers and underscores, at most 30")]},
        )
    if username.lower() in RESERVED:
        raise Invalid("Username is reserved", {"username": [("ERR_RESERVED", "is reserved")]})
