"""Media attachments: what they are, and their limits. No I/O."""

import math
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from rostra.core.db import Row
from rostra.core.errors import Invalid, RostraError
from rostra.core.events import Event

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
    upload_key: str | None = None
    """What was uploaded, while it waits to be processed."""
    failure: str | None = None
    """Why processing failed, as its owner is told."""
    duration: float | None = None
    """Seconds of a film or sound."""
    frame_rate: str | None = None
    """Frames a second, as a fraction such as `30/1`."""
    bitrate: int | None = None
    """Bits a second."""
    audio_codec: str | None = None
    sample_rate: int | None = None
    channels: int | None = None
    colors: list[str] | None = None
    """Background, foreground and accent that go with the picture of a sound."""

    @property
    def blob_keys(self) -> tuple[str, ...]:
        """All files of this attachment."""
        return tuple(key for key in (self.blob_key, self.preview_key, self.upload_key) if key)

    @property
    def stands_alone(self) -> bool:
        """Whether a status that has this can have nothing else, as in Mastodon."""
        return self.kind in ("video", "audio")


class FilmUploaded(Event, frozen=True):
    """A film or sound waits to be processed."""

    attachment_id: int


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


class ProcessingFailed(RostraError):
    """What was uploaded could not be processed; the message says why."""

    status = 422

    def __init__(self, why: str | None) -> None:
        super().__init__(why or "Error processing thumbnail for uploaded media")


class NotProcessed(RostraError):
    """An attachment can't be attached yet, or ever."""

    status = 422

    def __init__(self) -> None:
        super().__init__("Cannot attach files that have not finished processing. Try again in a moment!")


class TogetherWithVideo(RostraError):
    """A film or a sound can't be attached together with other files."""

    status = 422

    def __init__(self) -> None:
        super().__init__("Cannot attach a video to a post that already contains images")


class InUse(RostraError):
    """A status shows this attachment, or will, so it can't be deleted alone."""

    status = 422

    def __init__(self) -> None:
        super().__init__("Media attachment is currently used by a status")
