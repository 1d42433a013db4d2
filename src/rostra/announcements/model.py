"""Announcements: the row, its limits, and which reactions there are. No I/O."""

from datetime import datetime

import msgspec
import regex

from rostra.core.db import Row
from rostra.core.errors import Invalid
from rostra.core.events import Event
from rostra.core.text import clean

TEXT_LENGTH = 10_000
"""Characters."""
REACTIONS = 8
"""Different reactions to one announcement, as in Mastodon."""

# An emoji sequence of Unicode Technical Standard 51, but no lone digits.
_BASE = r"(?:\p{Emoji_Presentation}|\p{Extended_Pictographic})"
_ELEMENT = _BASE + r"(?:\p{Emoji_Modifier}|\ufe0f)?[\U000e0020-\U000e007f]*"
_FLAG = r"\p{Regional_Indicator}{2}"
_KEYCAP = r"[0-9#*]\ufe0f?\u20e3"
_EMOJI = regex.compile(rf"(?:{_FLAG}|{_KEYCAP}|{_ELEMENT}(?:\u200d{_ELEMENT})*)")
_LONGEST = 40
"""Code points; the longest there is (England's flag, families) have fewer than 15."""


class Announcement(Row, frozen=True):
    """A row of `announcements`."""

    id: int
    text: str
    content: str
    mention_ids: list[int]
    status_ids: list[int]
    tags: list[str]
    all_day: bool
    starts_at: datetime | None
    ends_at: datetime | None
    scheduled_at: datetime | None
    published_at: datetime | None
    created_at: datetime
    updated_at: datetime


class Reaction(Row, frozen=True):
    """How many reacted to an announcement in one way, and whether the viewer did.

    The keys are of a custom emoji's files.
    """

    announcement_id: int
    name: str
    count: int
    me: bool
    blob_key: str | None
    static_key: str | None


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What staff write. Times are in UTC; `all_day`: only their dates count."""

    text: str
    all_day: bool = False
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    scheduled_at: datetime | None = None

    def checked(self) -> "Draft":
        """The draft with clean text.

        Raises:
            Invalid: it can't be announced like this.
        """
        text = clean(self.text)
        if not text:
            raise Invalid("Text can't be blank", {"text": [("ERR_BLANK", "can't be blank")]})
        if len(text) > TEXT_LENGTH:
            problem = f"is too long (maximum is {TEXT_LENGTH} characters)"
            raise Invalid(f"Text {problem}", {"text": [("ERR_TOO_LONG", problem)]})
        if (self.starts_at is None) != (self.ends_at is None):
            field = "starts_at" if self.starts_at is None else "ends_at"
            raise Invalid(f"{field} can't be blank", {field: [("ERR_BLANK", "can't be blank")]})
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise Invalid(
                "ends_at is before starts_at", {"ends_at": [("ERR_INVALID", "is before its start")]}
            )
        return msgspec.structs.replace(self, text=text)


class AnnouncementPublished(Event, frozen=True):
    """An announcement is to be seen now, or was changed while it was."""

    announcement_id: int


class AnnouncementWithdrawn(Event, frozen=True):
    """An announcement is not to be seen any more."""

    announcement_id: int


class AnnouncementReacted(Event, frozen=True):
    """Somebody reacted to an announcement, or took it back."""

    announcement_id: int
    name: str


def is_emoji(name: str) -> bool:
    """Whether `name` is one emoji."""
    return len(name) <= _LONGEST and _EMOJI.fullmatch(name) is not None
