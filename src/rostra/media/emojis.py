"""Custom emojis in our own terms: how large, and what becomes of a file. No I/O."""

import msgspec

from rostra.media.pictures import Rendition

BOX = (512, 128)
"""Width and height, in pixels, that they are scaled down into: four times what apps show them in, and
room for the wide ones."""
FRAMES = 500
"""Most frames of one that moves."""
ANIMATION_PIXELS = 25_000_000
"""Most pixels of all its frames together."""
BATCH = 20
"""How many are read in one process."""


class EmojiPicture(msgspec.Struct, frozen=True, kw_only=True, tag="emoji"):
    """What becomes of a file. `still` is a PNG; `moving`, for what moves, a WebP."""

    still: Rendition
    moving: Rendition | None
