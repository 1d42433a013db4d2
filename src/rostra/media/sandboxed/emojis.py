"""Small pictures that stand in texts: standing still as PNG, moving as WebP. Runs in the sandbox only.

Many are read in one process, since starting it takes longer than reading one. What is transparent stays so.
"""

import os
from fractions import Fraction

import msgspec
import numpy as np
import pyvips
from av.video.frame import VideoFrame

from rostra.media.emojis import ANIMATION_PIXELS, BOX, FRAMES, EmojiPicture
from rostra.media.kinds import HEAD_BYTES, recognise
from rostra.media.pictures import Refusal, Rendition
from rostra.media.sandboxed.inputs import RefusedError, opened
from rostra.media.sandboxed.moving import decoded
from rostra.media.sandboxed.renditions import block_other_loaders, check, frames_in, is_apng, is_other_heif

SHORTEST, USUAL = 20, 100
"""Milliseconds; frames that want less than the first are shown for the second, as browsers do."""
_STILL = ".png[keep=none]"
_MOVING = ".webp[Q=80,keep=none]"


def prepare(files: list[bytes]) -> list[tuple[bytes, int]]:
    """Each file with an open file of it, where reading needs one; -1 for none. Before the door is closed."""
    return [(data, _open_file(data) if is_apng(data) else -1) for data in files]


def render_all(files: list[tuple[bytes, int]]) -> list[EmojiPicture | Refusal]:
    """What becomes of each of `files`."""
    block_other_loaders()
    return [_render(data, descriptor) for data, descriptor in files]


def _open_file(data: bytes) -> int:
    descriptor = os.memfd_create("emoji")
    os.write(descriptor, data)
    return descriptor


def _render(data: bytes, descriptor: int) -> EmojiPicture | Refusal:
    kind = recognise(data[:HEAD_BYTES])
    if kind is None or kind.family != "picture" or is_other_heif(data):
        return Refusal("kind")
    try:
        header = pyvips.Image.new_from_buffer(data, "", access="sequential")
        if refusal := check(header):
            return refusal
        if descriptor >= 0:
            return _of_frames(*_apng_frames(descriptor, header.width * header.height))
        count = frames_in(header)
        if count == 1:
            return EmojiPicture(still=_still(_fitted(data)), moving=None)
        if count > FRAMES or count * header.width * header.height > ANIMATION_PIXELS:
            return Refusal("frames")
        return _moving(_fitted(data, "n=-1,"))
    except RefusedError as refused:
        return refused.refusal
    except pyvips.Error as error:
        return Refusal("effort" if "out of memory" in str(error) else "damaged")


def _fitted(data: bytes, options: str = "") -> pyvips.Image:
    width, height = BOX
    return pyvips.Image.thumbnail_buffer(
        data,
        width,
        height=height,
        size="down",
        option_string=f"[{options}fail_on=truncated]",
        output_profile="srgb",
    ).copy_memory()


def _moving(strip: pyvips.Image) -> EmojiPicture:
    """`strip` has all frames, one below the other."""
    height = strip.get_page_height()
    first = strip.crop(0, 0, strip.width, height).copy_memory()
    moving = _encoded(strip, _MOVING, "image/webp", height)
    if strip.hasalpha():
        moving = msgspec.structs.replace(moving, data=_transparent(moving.data))
    return EmojiPicture(still=_still(first), moving=moving)


def _transparent(webp: bytes) -> bytes:
    """`webp`, which says that it is transparent (RFC 9649, 2.7).

    The encoder cuts frames down to what changes, and forgets to say so when all that is left is opaque.
    """
    if webp[12:16] != b"VP8X":
        return webp
    return webp[:20] + bytes([webp[20] | 0x10]) + webp[21:]


def _still(picture: pyvips.Image) -> Rendition:
    return _encoded(picture, _STILL, "image/png", picture.height)


def _encoded(picture: pyvips.Image, saver: str, content_type: str, height: int) -> Rendition:
    data = picture.write_to_buffer(saver)
    return Rendition(data=data, content_type=content_type, width=picture.width, height=height)


def _apng_frames(descriptor: int, pixels: int) -> tuple[list[pyvips.Image], list[int]]:
    """Frames of an APNG, which libvips can't read, in their final size, and their milliseconds."""
    pictures: list[pyvips.Image] = []
    delays: list[int] = []
    with opened(descriptor) as source:
        for frame in decoded(source):
            assert isinstance(frame, VideoFrame)
            if len(pictures) >= FRAMES or (len(pictures) + 1) * pixels > ANIMATION_PIXELS:
                raise RefusedError(Refusal("frames"))
            rgba = np.asarray(frame.to_ndarray(format="rgba"), np.uint8).tobytes()
            picture = pyvips.Image.new_from_memory(rgba, frame.width, frame.height, 4, "uchar")
            picture = picture.copy(interpretation="srgb")
            width, height = BOX
            pictures.append(picture.thumbnail_image(width, height=height, size="down").copy_memory())
            delay = round(Fraction(frame.duration or 0) * (frame.time_base or 0) * 1000)
            delays.append(delay if delay >= SHORTEST else USUAL)
    return pictures, delays


def _of_frames(pictures: list[pyvips.Image], delays: list[int]) -> EmojiPicture:
    if len(pictures) == 1:
        return EmojiPicture(still=_still(pictures[0]), moving=None)
    strip = pyvips.Image.arrayjoin(pictures, across=1).copy()
    strip.set_type(pyvips.GValue.gint_type, "page-height", pictures[0].height)
    strip.set_type(pyvips.GValue.gint_type, "loop", 0)
    strip.set_type(pyvips.GValue.array_int_type, "delay", delays)
    return _moving(strip)
