"""Films and sounds in our own terms: what is taken, how large, and what becomes of it. No I/O."""

from typing import Literal

import msgspec

from rostra.media.pictures import Rendition

INPUT_MATRIX = 3840 * 2160
"""Most pixels of a frame of an uploaded film, as in Mastodon."""
INPUT_RATE = 120
"""Most frames a second, as in Mastodon."""
INPUT_FRAMES = 36_000
"""Most frames of a film that has to be encoded anew: 20 minutes of 30 frames a second."""
INPUT_SECONDS = 3 * 3600
"""Longest film or sound, in seconds."""
INPUT_TRACKS = 16

OUTPUT_MATRIX = 1920 * 1080
"""Area that films are scaled down to."""
OUTPUT_RATE = 60
"""Most frames a second of what is encoded anew."""
OUTPUT_BYTES = 512 * 1024**2
"""Most bytes of a result."""
LOOP_SECONDS = 30
"""A film without sound that is no longer than this plays by itself, in a loop, like a GIF."""

SECONDS = 30 * 60
"""Longest time that one film may take, waiting for its turn not counted."""


class Glance(msgspec.Struct, frozen=True, kw_only=True, tag="glance"):
    """What an upload will become, as its headers say. Sizes in pixels, upright; `seconds` None: unknown."""

    kind: Literal["gifv", "video", "audio"]
    width: int | None = None
    height: int | None = None


class Film(msgspec.Struct, frozen=True, kw_only=True, tag="film"):
    """What became of an upload: the facts of the file that was written. Nothing else of the input is in it.

    `frame_rate` is a fraction, such as `30/1`; `duration` in seconds, `bitrate` in bits a second.
    """

    kind: Literal["gifv", "video", "audio"]
    content_type: str
    bytes: int
    duration: float
    bitrate: int
    width: int | None = None
    height: int | None = None
    frame_rate: str | None = None
    audio_codec: str | None = None
    sample_rate: int | None = None
    channels: int | None = None
    preview: Rendition | None = None
    """A frame of it, or the picture that came with a sound."""
    blurhash: str | None = None
    colors: tuple[str, str, str] | None = None
    """Background, foreground and accent that go with the picture of a sound, such as `#112233`."""
