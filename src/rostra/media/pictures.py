"""Pictures in our own terms: what is taken, how large, what becomes of it, and why not. No I/O."""

from typing import Literal

import msgspec

from rostra.core.errors import RostraError

Purpose = Literal["attachment", "preview", "avatar", "header"]
"""What a picture is for; decides its size and shape."""

INPUT_PIXELS = 50_331_648
"""Most pixels of an uploaded picture: 8192 x 6144, what the largest common phone cameras make."""
INPUT_SIDE = 16_383
"""Longest side of an uploaded picture, in pixels: WebP's own limit."""
INPUT_FRAMES = 1_000
"""Most frames of an animation."""
ANIMATION_PIXELS = 100_000_000
"""Most pixels of all frames of an animation together; more take too long to encode."""

ORIGINAL_PIXELS = 3840 * 2160
"""Area that attachments are scaled down to, as in Mastodon."""
PREVIEW_PIXELS = 640 * 360
"""Area of their previews, as in Mastodon."""
AVATAR_SIZE = (400, 400)
HEADER_SIZE = (1500, 500)
"""Avatars and headers are cropped to these proportions, and never scaled up."""


class Rendition(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that we encoded ourselves: no metadata, and nothing of the input but its pixels."""

    data: bytes
    content_type: str
    width: int
    height: int


class Picture(msgspec.Struct, frozen=True, kw_only=True, tag="picture"):
    """What becomes of an upload. `preview` is there for attachments only, and never moves."""

    main: Rendition
    preview: Rendition | None
    blurhash: str
    """https://blurha.sh, 4 x 4 components, as in Mastodon."""


class Animation(msgspec.Struct, frozen=True, kw_only=True, tag="animation"):
    """An upload that moves: it becomes a film. Sizes in pixels."""

    width: int
    height: int


Reason = Literal[
    "empty", "kind", "damaged", "pixels", "side", "frames", "effort",
    "matrix", "rate", "length", "tracks", "stream", "bytes", "space",
]  # fmt: skip


class Refusal(msgspec.Struct, frozen=True, tag="refusal"):
    """Why an upload can't be used; `detail` is the number that is past a limit."""

    reason: Reason
    detail: str = ""


_TAKEN = (
    "JPEG, PNG, GIF, WebP, AVIF and HEIC pictures are taken, videos such as MP4, MOV, WebM and MKV,"
    " and sounds such as MP3, OGG, WAV, FLAC and M4A"
)
_FILE = "Validation failed: File "
_MESSAGES: dict[Reason, str] = {
    "empty": f"{_FILE}can't be blank",
    "kind": f"{_FILE}content type is invalid: {_TAKEN}",
    "damaged": f"{_FILE}is damaged or incomplete",
    "pixels": f"{_FILE}has too many pixels: at most {INPUT_PIXELS // 1_000_000} megapixels are taken",
    "side": f"{_FILE}is too wide or too high: at most {INPUT_SIDE} pixels are taken",
    "frames": f"{_FILE}has too many frames: animations of at most {INPUT_FRAMES} frames and"
    f" {ANIMATION_PIXELS // 1_000_000} megapixels in all of them are taken, videos of at most 36000 frames",
    "effort": f"{_FILE}takes too long or too much memory to read",
    "matrix": "{detail} videos are not supported",
    "rate": "{detail}fps videos are not supported",
    "length": f"{_FILE}is too long: at most 3 hours are taken",
    "tracks": f"{_FILE}has no picture and no sound that we can read",
    "stream": "Video has no video stream",
    "bytes": f"{_FILE}would become too large",
    "space": "The file could not be stored. Please try again later.",
}


def explain(refusal: Refusal) -> str:
    """What the member is told; in Mastodon's words where it has some."""
    return _MESSAGES[refusal.reason].format(detail=refusal.detail)


class UnusableFile(RostraError):
    """An upload that we can't take; the message says why."""

    status = 422

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(explain(refusal))
        self.reason: Reason = refusal.reason
