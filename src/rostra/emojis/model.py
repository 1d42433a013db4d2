"""Custom emojis: the row, its limits, and where texts name them. No I/O."""

import re
from datetime import datetime

from rostra.core.db import Row
from rostra.core.errors import Invalid
from rostra.core.text import clean

SHORTCODE_LENGTH = 64
"""Characters; Mastodon has no limit. The shortest has two."""
CATEGORY_LENGTH = 60
"""Characters."""
MOST = 5_000
"""Emojis that a network has of its own: apps load all of them at once."""

_SHORTCODE = re.compile(rf"[a-zA-Z0-9_]{{2,{SHORTCODE_LENGTH}}}")
# As in Mastodon (app/models/custom_emoji.rb): never right behind or before letters, digits and colons.
FOUND = re.compile(r"(?<![^\W_]):(?<!::)([a-zA-Z0-9_]{2,}):(?![^\W_])(?!:)")
"""A shortcode between colons in a text or in HTML."""


class Emoji(Row, frozen=True):
    """A row of `custom_emojis`."""

    id: int
    shortcode: str
    domain: str | None
    category: str | None
    visible_in_picker: bool
    disabled: bool
    blob_key: str
    static_key: str

    @property
    def blob_keys(self) -> tuple[str, ...]:
        """Its files."""
        return tuple({self.blob_key: None, self.static_key: None})


class Listed(Emoji, frozen=True):
    """An emoji as those who run the network see it."""

    created_at: datetime


def shortcodes(*texts: str) -> tuple[str, ...]:
    """What stands between colons in `texts` (plain or HTML), each once, in order."""
    return tuple(dict.fromkeys(name for text in texts if ":" in text for name in FOUND.findall(text)))


def check_shortcode(shortcode: str) -> str:
    """`shortcode`, without the colons that it may have been written with.

    Raises:
        Invalid: it can't be one.
    """
    shortcode = shortcode.strip().strip(":")
    if not _SHORTCODE.fullmatch(shortcode):
        raise Invalid(
            f"Shortcode must have 2 to {SHORTCODE_LENGTH} letters from A to Z, digits and underscores",
            {"shortcode": [("ERR_INVALID", "must have letters from A to Z, digits and underscores only")]},
        )
    return shortcode


def check_category(category: str) -> str | None:
    """`category`, cleaned; None for none.

    Raises:
        Invalid: it is too long.
    """
    category = " ".join(clean(category).split())
    if len(category) > CATEGORY_LENGTH:
        problem = f"is too long (maximum is {CATEGORY_LENGTH} characters)"
        raise Invalid(f"Category {problem}", {"category": [("ERR_TOO_LONG", problem)]})
    return category or None
