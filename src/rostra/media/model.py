"""Media attachments: what they are, and their limits. No I/O."""

import math
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from rostra.core.db import Row
from rostra.core.errors import Invalid, RostraError

DESCRIPTION_LENGTH = 1500
"""Longest description (alt text), in characters, as in Mastodon."""

UNATTACHED_KEPT = timedelta(hours=24)
"""How long an upload waits for its status, and the media of a deleted status for being redrafted."""

Kind = Literal["image", "gifv", "video", "audio", "unknown"]


class Attachment(Row, frozen=True):
    """A row of `media_attachments`. Sizes in pixels, focus from -1 to 1."""

    id: int
    account_id: int
    status_id: int | None
    position: int | None
    kind: Kind
    state: Literal["processing", "ready", "failed"]
    blob_key: str | None
    preview_key: str | None
    content_type: str | None
    bytes: int | None
    width: int | None
    height: int | None
    preview_width: int | None
    preview_height: int | None
    focus_x: float
    focus_y: float
    blurhash: str | None
    description: str | None
    created_at: datetime

    @property
    def blob_keys(self) -> tuple[str, ...]:
        """All files of this attachment."""
        return tuple(key for key in (self.blob_key, self.preview_key) if key)


class Focus(NamedTuple):
    """The point that stays in sight when a picture is cropped: from -1 (left, bottom) to 1 (right, top).

    https://docs.joinmastodon.org/api/guidelines/#focal-points
    """

    x: float
    y: float


def parse_focus(text: str) -> Focus:
    """The focus that an app wrote as `x,y`.

    Raises:
        Invalid: it is something else.
    """
    x, _, y = text.partition(",")
    try:
        focus = Focus(float(x), float(y))
    except ValueError:
        focus = Focus(math.nan, math.nan)
    if not all(-1 <= value <= 1 for value in focus):
        raise Invalid("Focus must be two numbers from -1 to 1, such as 0.0,0.5")
    return focus


def check_description(description: str) -> None:
    """Refuse a description that is too long.

    Raises:
        Invalid: it is.
    """
    if len(description) > DESCRIPTION_LENGTH:
        raise Invalid(f"Description is too long (maximum is {DESCRIPTION_LENGTH} characters)")


class InUse(RostraError):
    """A status shows this attachment, so it can't be deleted alone."""

    status = 422

    def __init__(self) -> None:
        super().__init__("Media attachment is currently used by a status")
