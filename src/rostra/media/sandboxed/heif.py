"""Pictures in HEIF with HEVC (HEIC), as phones take them. Runs in the sandbox only.

libheif reads them, in a build of its own: libvips's knows AV1 alone. It turns them upright by what the file
says of its picture (`irot`, `imir`); what Exif says is not asked, as ISO/IEC 23008-12 wants it.
"""

import io
from typing import Any

import pi_heif  # pyright: ignore[reportMissingTypeStubs]
import pyvips

from rostra.media.pictures import INPUT_PIXELS, INPUT_SIDE, Refusal

_BANDS = {"RGB": 3, "RGBA": 4, "L": 1}
pi_heif.options.DECODE_THREADS = 2


def decode(data: bytes) -> pyvips.Image | Refusal:
    """The primary picture in `data`, upright, in 8 bits, with its colour profile; or why there is none."""
    try:
        file: Any = pi_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True)
        picture = file[file.primary_index]
        width, height = picture.size
        if max(width, height) > INPUT_SIDE:
            return Refusal("side")
        if width * height > INPUT_PIXELS:
            return Refusal("pixels")
        bands = _BANDS.get(picture.mode)
        if bands is None:
            return Refusal("damaged")
        pixels = bytes(picture.data)
    except MemoryError:
        return Refusal("effort")
    except (ValueError, OSError, RuntimeError, SyntaxError, EOFError, IndexError):
        return Refusal("damaged")
    stride = int(picture.stride)
    if stride % bands or len(pixels) < stride * height:
        return Refusal("damaged")
    whole = pyvips.Image.new_from_memory(pixels, stride // bands, height, bands, "uchar")
    image = whole.crop(0, 0, width, height).copy(interpretation="b-w" if bands == 1 else "srgb")
    profile = picture.info.get("icc_profile")
    if profile:
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    return image
