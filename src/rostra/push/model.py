"""Web Push (RFC 8030): subscriptions, and what is sent to them. No I/O."""

from datetime import datetime, timedelta
from typing import Literal

import msgspec

from rostra.core.db import Row
from rostra.core.events import Event

Policy = Literal["all", "followed", "follower", "none"]
"""Whose notifications are pushed: everybody's, those of whom one follows, of one's followers, nobody's."""

LIFETIME = timedelta(hours=48)
"""How long a push service keeps a message for a device that is off (RFC 8030, 5.2), as in Mastodon."""
PATIENCE = timedelta(hours=4)
"""How long we go on trying a push service that does not answer; later the news is old."""
FAILING_FOR = timedelta(days=7)
"""A subscription that let nothing through for so long is dropped."""
MOST = 20
"""Subscriptions of one member that are served, the newest ones: more would make us somebody's weapon."""


class PushDue(Event, frozen=True):
    """A notification is to be pushed to a subscription."""

    subscription_id: int
    notification_id: int


class NewSubscription(msgspec.Struct, frozen=True, kw_only=True):
    """What an app asks for, checked."""

    endpoint: str
    p256dh: bytes
    """The app's public key: 65 bytes, an uncompressed point on P-256."""
    auth: bytes
    """16 bytes that only the app and we know."""
    standard: bool
    """Whether the app reads RFC 8291; else the draft before it."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be pushed."""

    alerts: list[str]
    """Kinds of notifications."""
    policy: Policy = "all"


class Subscription(Row, frozen=True):
    """A row of `push_subscriptions`, with its member's language."""

    id: int
    token_id: int
    account_id: int
    endpoint: str
    p256dh: bytes
    auth: bytes
    standard: bool
    alerts: list[str]
    policy: Policy
    sealed_token: bytes | None
    failing_since: datetime | None
    locale: str


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """What a device is told; the names are Mastodon's."""

    access_token: str
    """By which an app with several accounts knows whose it is. Empty when it can't be told (sealing.py)."""
    preferred_locale: str
    notification_id: str
    notification_type: str
    icon: str
    title: str
    body: str
