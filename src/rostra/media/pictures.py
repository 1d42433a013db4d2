"""Pictures in our own terms: what is taken, how large, and what becomes of it. No I/O."""

from typing import Literal

import msgspec

from rostra.core.errors import Invalid

Purpose = Literal["attachment", "preview", "avatar", "header"]
"""What a picture is for; decides its size and shape."""

INPUT_TYPES = ("image/jpeg", "image/png", "image/gif", "image/webp", "image/avif")
"""Content types that apps are told to upload. What counts is the content, whatever its name says."""

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


class Refusal(msgspec.Struct, frozen=True, tag="refusal"):
    """Why an upload can't be used."""

    reason: Literal["empty", "kind", "damaged", "pixels", "side", "frames", "effort"]


_TAKEN = "JPEG, PNG, GIF, WebP and AVIF pictures are taken"
_MESSAGES = {
    "empty": "File can't be blank",
    "kind": f"File content type is invalid: {_TAKEN}",
    "damaged": "File is damaged or incomplete",
    "pixels": f"File has too many pixels: at most {INPUT_PIXELS // 1_000_000} megapixels are taken",
    "side": f"File is too wide or too high: at most {INPUT_SIDE} pixels are taken",
    "frames": f"File is too long an animation: at most {INPUT_FRAMES} frames"
    f" and {ANIMATION_PIXELS // 1_000_000} megapixels in all of them are taken",
    "effort": "File takes too long or too much memory to read",
}


class UnusableFile(Invalid):
    """An upload that is no picture that we take; the message says why, in Mastodon's form."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(_MESSAGES[refusal.reason])
        self.reason = refusal.reason
