"""Statuses: what they are, their limits, and what happens to them. No I/O."""

from datetime import datetime, timedelta
from typing import Literal

import msgspec

from rostra.core import text
from rostra.core.db import Row
from rostra.core.errors import Invalid
from rostra.core.events import Event
from rostra.core.text.length import MAX_CLUSTER
from rostra.media.model import Focus
from rostra.statuses import policies
from rostra.statuses.policies import Policy

Visibility = Literal["public", "unlisted", "private", "direct"]
QuotePolicy = Literal["public", "followers", "nobody"]
"""Who may quote a status, beside its author."""
QuoteState = Literal["pending", "accepted", "rejected", "revoked", "deleted"]
Act = Literal["reply", "favourite", "reblog", "vote"]
"""What one can do to somebody's status."""
ContentType = Literal["text/plain", "text/markdown"]
"""How the text of a status is written, as Pleroma and GoToSocial name it."""
CONTENT_TYPES: tuple[ContentType, ...] = ("text/plain", "text/markdown")

MEDIA_ATTACHMENTS = 4
POLL_OPTIONS = 10
POLL_OPTION_LENGTH = 100
POLL_SHORTEST = timedelta(minutes=5)
POLL_LONGEST = timedelta(days=30)
PINS = 5
SOONEST = timedelta(minutes=5)
"""How far ahead a status can be scheduled at least."""
SCHEDULED_TOTAL = 300
SCHEDULED_DAILY = 25
DRAFTS = 300
DRAFT_OPTIONS = 2 * POLL_OPTIONS
DRAFT_OPTION = 10 * POLL_OPTION_LENGTH
"""A poll that is still being written may have more, and longer options than can be published."""


class Status(Row, frozen=True):
    """A row of `statuses`."""

    id: int
    account_id: int
    uri: str
    url: str | None
    local: bool
    in_reply_to_id: int | None
    in_reply_to_account_id: int | None
    thread_id: int
    reblog_of_id: int | None
    visibility: Visibility
    sensitive: bool
    spoiler_text: str
    text: str
    content: str
    language: str | None
    application_id: int | None
    created_at: datetime
    edited_at: datetime | None
    replies_count: int
    reblogs_count: int
    favourites_count: int
    version: int
    quote_policy: QuotePolicy
    quotes_count: int
    quoted_status_id: int | None
    quote_state: QuoteState | None
    has_poll: bool
    local_only: bool
    held: bool
    """Whether it waits for leave by whom it answers."""
    interaction_policy: dict[str, object] | None

    @property
    def policy(self) -> Policy | None:
        """Who may do what to it; None: whoever sees it."""
        return policies.decode(self.interaction_policy)

    content_type: ContentType
    posted_by_id: int | None = None

    @property
    def is_listed(self) -> bool:
        """Whether everybody may see it, so that it counts in public."""
        return self.visibility in ("public", "unlisted")


class PollDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A poll to be asked."""

    options: list[str]
    expires_in: timedelta
    multiple: bool = False
    hide_totals: bool = False

    def check(self) -> None:
        """Raises `Invalid`, in Mastodon's words, when it can't be asked."""
        if len(self.options) < 2:
            raise Invalid("Options must have more than one item")
        if len(self.options) > POLL_OPTIONS:
            raise Invalid(f"Options can't contain more than {POLL_OPTIONS} items")
        if not all(self.options):
            raise Invalid("Options can't be blank")
        if any(_exceeds(POLL_OPTION_LENGTH, option) for option in self.options):
            raise Invalid(f"Options cannot be longer than {POLL_OPTION_LENGTH} characters each")
        if len(set(self.options)) < len(self.options):
            raise Invalid("Options contain duplicate items")
        if self.expires_in < POLL_SHORTEST:
            raise Invalid("Expires at is too soon")
        if self.expires_in > POLL_LONGEST:
            raise Invalid("Expires at is too far into the future")


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What a status says."""

    text: str = ""
    spoiler_text: str = ""
    sensitive: bool = False
    language: str | None = None
    media_ids: tuple[int, ...] = ()
    poll: PollDraft | None = None

    def check(self, longest: int, *, quotes: bool = False) -> None:
        """Raises `Invalid` unless it can be published.

        `longest` is in characters as Mastodon counts them; what `quotes` another status needs no text.
        """
        if not self.text and not self.media_ids and not (quotes and self.poll is None):
            raise Invalid("Text can't be blank")
        if _exceeds(longest, self.text, self.spoiler_text):
            raise Invalid(f"Text character limit of {longest} exceeded")
        if len(self.media_ids) > MEDIA_ATTACHMENTS:
            raise Invalid(f"Cannot attach more than {MEDIA_ATTACHMENTS} files")
        if len(set(self.media_ids)) < len(self.media_ids):
            raise Invalid("Cannot attach the same file twice")
        if self.poll is not None:
            if self.media_ids:
                raise Invalid("Cannot attach files and a poll to the same post")
            self.poll.check()


class Draft(Content, frozen=True, kw_only=True):
    """A status to be published."""

    visibility: Visibility = "public"
    in_reply_to_id: int | None = None
    quoted_status_id: int | None = None
    quote_policy: QuotePolicy = "public"
    """Followers-only and direct ones can be quoted by their author at most, whatever this says."""
    local_only: bool | None = None
    """Whether it is for members of this network alone; None: if what it answers is."""
    policy: Policy | None = None
    application_id: int | None = None
    posted_by_id: int | None = None
    """Who writes it as a shared account; None: its owner."""
    idempotency_key: str | None = None
    content_type: ContentType = "text/plain"
    created_at: datetime | None = None
    """Only for imports and demo content: a moment in the past."""


class MediaChange(msgspec.Struct, frozen=True, kw_only=True):
    """What an edit says about one attachment. None leaves it as it is."""

    id: int
    description: str | None = None
    focus: Focus | None = None


class Edit(Content, frozen=True, kw_only=True):
    """New content for a status: it replaces all of the old; `language` and `content_type` None keep it."""

    content_type: ContentType | None = None

    media_changes: tuple[MediaChange, ...] = ()
    quote_policy: QuotePolicy | None = None
    """None keeps it."""


class StatusPublished(Event, frozen=True):
    """A status, or a boost, came to be."""

    status_id: int


class StatusEdited(Event, frozen=True):
    """A status has new content."""

    status_id: int


class StatusPolicyChanged(Event, frozen=True):
    """An author decided anew who may do what to a status."""

    status_id: int


class QuoteRevoked(Event, frozen=True):
    """The author of what a status quotes doesn't want to be quoted there any more."""

    status_id: int
    quoted_account_id: int


class StatusDeleted(Event, frozen=True):
    """A status, or a boost, is gone; its rows went with it.

    Its boosts are `boost_ids`, those whom it named `recipient_ids`; `tags` are normalised; `blob_keys`
    are files that nothing refers to any more.
    """

    status_id: int
    account_id: int
    visibility: str
    reblog_of_id: int | None
    boost_ids: list[int]
    tags: list[str]
    recipient_ids: list[int]
    blob_keys: list[str]


class StatusFavourited(Event, frozen=True):
    """Somebody favourited a status."""

    status_id: int
    account_id: int


class StatusUnfavourited(Event, frozen=True):
    """Somebody took a favourite back."""

    status_id: int
    account_id: int


class ReplyHeld(Event, frozen=True):
    """An answer waits for leave by whom it answers."""

    status_id: int


class ReplyApproved(Event, frozen=True):
    """An answer got leave; that it is published now is an event of its own."""

    status_id: int


class ScheduledDue(Event, frozen=True):
    """The time of a scheduled status has come."""

    scheduled_id: int


class ScheduledFailed(Event, frozen=True):
    """A scheduled status could not be published at its time, and is a draft now."""

    account_id: int
    draft_id: int


class PollEnded(Event, frozen=True):
    """A poll's time is over."""

    status_id: int


def _exceeds(longest: int, said: str, spoiler_text: str = "") -> bool:
    """Whether it has more than `longest` characters; what is far too long is not even counted."""
    code_points = len(said) + len(spoiler_text)
    return code_points > longest * MAX_CLUSTER or text.length(said, spoiler_text) > longest
