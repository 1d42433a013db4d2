"""The pictures themselves: decode, check, scale, encode. Runs in the sandbox only.

All limits are checked on the header, before a pixel is decoded. What leaves this file was encoded
from pixels in sRGB: EXIF with its places, XMP, comments, colour profiles, embedded previews and
whatever hung on the end of the file stay behind.
"""

import math

import blurhash  # pyright: ignore[reportMissingTypeStubs]
import msgspec
import pyvips

from rostra.media.pictures import (
    ANIMATION_PIXELS,
    AVATAR_SIZE,
    HEADER_SIZE,
    INPUT_FRAMES,
    INPUT_PIXELS,
    INPUT_SIDE,
    ORIGINAL_PIXELS,
    PREVIEW_PIXELS,
    Animation,
    Picture,
    Purpose,
    Refusal,
    Rendition,
)

_LOADERS = ("Jpeg", "Png", "Nsgif", "Webp", "Heif")
"""The only decoders that ever run. libvips chooses among them by content; of HEIF it knows AVIF."""
_STILL_TYPES = {"jpegload_buffer": "image/jpeg", "pngload_buffer": "image/png", "gifload_buffer": "image/png"}
"""What a still attachment becomes, by loader; all others become WebP."""
_SAVERS = {
    "image/jpeg": ".jpg[Q=90,interlace,keep=none]",
    "image/png": ".png[keep=none]",
    "image/webp": ".webp[Q=85,keep=none]",
}
_KEPT_PNG_BYTES = 4 * 1024 * 1024
"""A PNG larger than this is a photo, and becomes WebP."""
_BLURHASH_SIDE = 64
"""Takes 20 ms. With fewer pixels the algorithm draws too bright a left and upper edge."""
_STRICT = "fail_on=truncated"
"""Given as an option of the loader: the argument of the same name of `thumbnail` has no effect here."""


def block_other_loaders() -> None:
    """Leave libvips, in this whole process, only the loaders that uploads may reach."""
    pyvips.operation_block_set("VipsForeignLoad", True)
    for loader in _LOADERS:
        pyvips.operation_block_set(f"VipsForeignLoad{loader}", False)
    pyvips.cache_set_max(0)


def render(data: bytes, purpose: Purpose) -> Picture | Animation | Refusal:
    """The renditions of the picture in `data` for `purpose`, or why there are none.

    Only for a process of its own (media/sandbox.py): it changes what libvips reads from then on.
    """
    block_other_loaders()
    if is_other_heif(data):
        return Refusal("kind")
    try:
        header = pyvips.Image.new_from_buffer(data, "", access="sequential")
    except pyvips.Error as error:
        return Refusal("kind" if "known format" in str(error) else "damaged")
    if refusal := check(header):
        return refusal
    try:
        if purpose == "attachment":
            return _attachment(data, header)
        return _single(_scaled(data, _target(header, purpose), crop=purpose in ("avatar", "header")))
    except pyvips.Error as error:
        return Refusal("effort" if "out of memory" in str(error) else "damaged")


def render_heif(picture: pyvips.Image | Refusal, purpose: Purpose) -> Picture | Refusal:
    """The same for a picture that was decoded by heif.py."""
    block_other_loaders()
    if isinstance(picture, Refusal):
        return picture
    crop = "centre" if purpose in ("avatar", "header") else "none"
    width, height = _target(picture, purpose)
    try:
        still = picture.thumbnail_image(
            width, height=height, size="down", crop=crop, output_profile="srgb"
        ).copy_memory()
        if purpose == "attachment":
            return _with_preview(still, "image/webp" if still.hasalpha() else "image/jpeg")
        return _single(still)
    except pyvips.Error as error:
        return Refusal("effort" if "out of memory" in str(error) else "damaged")


def from_pixels(pixels: bytes, width: int, height: int) -> Picture:
    """A preview of a frame, of 8-bit RGB."""
    frame = pyvips.Image.new_from_memory(pixels, width, height, 3, "uchar").copy(interpretation="srgb")
    return _single(_fitted(frame, _within(width, height, PREVIEW_PIXELS)))


def is_other_heif(data: bytes) -> bool:
    """Whether this is a HEIF file with another codec than AVIF (brands: ISO/IEC 23000-22, AVIF 1.1)."""
    return data[4:8] == b"ftyp" and not {b"avif", b"avis"} & {data[at : at + 4] for at in range(8, 64, 4)}


def check(header: pyvips.Image) -> Refusal | None:
    """Why a picture with this header is too much for us; None if it isn't."""
    if max(header.width, header.height) > INPUT_SIDE:
        return Refusal("side")
    if header.width * header.height > INPUT_PIXELS:
        return Refusal("pixels")
    frames = frames_in(header)
    if frames > INPUT_FRAMES or (frames > 1 and frames * header.width * header.height > ANIMATION_PIXELS):
        return Refusal("frames")
    return None


def frames_in(header: pyvips.Image) -> int:
    """How many frames it has, as its header says."""
    # In AVIF these are separate pictures; the loader takes the primary one.
    if _loader_of(header) == "heifload_buffer" or not header.get_typeof("n-pages"):
        return 1
    # Not get_n_pages(): that says 1 for numbers that libvips finds absurd, 10,000 and more.
    return msgspec.convert(header.get("n-pages"), int)


def _attachment(data: bytes, header: pyvips.Image) -> Picture | Animation:
    size = _target(header, "attachment")
    if frames_in(header) > 1 or is_apng(data):
        return Animation(width=size[0], height=size[1])
    return _with_preview(_scaled(data, size), _STILL_TYPES.get(_loader_of(header), "image/webp"))


def _with_preview(still: pyvips.Image, content_type: str) -> Picture:
    preview = _fitted(still, _within(still.width, still.height, PREVIEW_PIXELS))
    main = _encoded(still, content_type)
    return Picture(main=main, preview=_encoded(preview, "image/webp"), blurhash=_blurhash(preview))


def _single(picture: pyvips.Image) -> Picture:
    return Picture(main=_encoded(picture, "image/webp"), preview=None, blurhash=_blurhash(picture))


def _target(header: pyvips.Image, purpose: Purpose) -> tuple[int, int]:
    """Width and height, in pixels, that the picture gets for `purpose`."""
    width, height = header.width, header.height
    if header.get_typeof("orientation") and header.get("orientation") in (5, 6, 7, 8):
        width, height = height, width
    if purpose in ("avatar", "header"):
        box_width, box_height = AVATAR_SIZE if purpose == "avatar" else HEADER_SIZE
        scale = min(1, width / box_width, height / box_height)
        return max(1, round(box_width * scale)), max(1, round(box_height * scale))
    return _within(width, height, ORIGINAL_PIXELS if purpose == "attachment" else PREVIEW_PIXELS)


def _within(width: int, height: int, pixels: int) -> tuple[int, int]:
    scale = min(1, math.sqrt(pixels / (width * height)))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _scaled(data: bytes, size: tuple[int, int], *, crop: bool = False) -> pyvips.Image:
    """The first frame: upright, in sRGB, decoded no larger than needed."""
    width, height = size
    scaled = pyvips.Image.thumbnail_buffer(
        data,
        width,
        height=height,
        size="down",
        crop="centre" if crop else "none",
        option_string=f"[{_STRICT}]",
        output_profile="srgb",
    )
    return scaled.copy_memory()


def _fitted(picture: pyvips.Image, size: tuple[int, int]) -> pyvips.Image:
    width, height = size
    return picture.thumbnail_image(width, height=height, size="down").copy_memory()


def is_apng(data: bytes) -> bool:
    """Whether a PNG moves: it says so before its first pixels, and how many frames it has (PNG 3 11.3.6)."""
    if not data.startswith(b"\x89PNG"):
        return False
    at = 8
    while at + 12 <= len(data):
        name = data[at + 4 : at + 8]
        if name == b"acTL":
            return int.from_bytes(data[at + 8 : at + 12], "big") > 1
        if name == b"IDAT":
            return False
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    return False


def _encoded(picture: pyvips.Image, content_type: str) -> Rendition:
    encoded = picture.write_to_buffer(_SAVERS[content_type])
    if content_type == "image/png" and len(encoded) > _KEPT_PNG_BYTES:
        return _encoded(picture, "image/webp")
    return Rendition(data=encoded, content_type=content_type, width=picture.width, height=picture.height)


def _blurhash(picture: pyvips.Image) -> str:
    small = _fitted(picture, (_BLURHASH_SIDE, _BLURHASH_SIDE))
    if small.hasalpha():
        small = small.flatten(background=[255, 255, 255])
    pixels = small.write_to_memory()
    row = small.width * 3
    rows = [
        [tuple(pixels[at : at + 3]) for at in range(start, start + row, 3)]
        for start in range(0, len(pixels), row)
    ]
    return blurhash.encode(rows, 4, 4)  # pyright: ignore[reportUnknownMemberType]


def _loader_of(header: pyvips.Image) -> str:
    return str(header.get("vips-loader"))
