"""The few colours of a picture that may be seen before somebody chooses to see it."""

import base64
import struct
import zlib
from functools import lru_cache
from typing import cast

import blurhash  # pyright: ignore[reportMissingTypeStubs]

WIDTH, HEIGHT = 8, 6
_Rows = list[list[list[int]]]


@lru_cache(maxsize=1024)
def blurred(encoded: str | None) -> str | None:
    """A `data:` URL of 8 by 6 pixels for a blurhash, to be drawn large; None for none or a broken one."""
    if not encoded:
        return None
    try:
        rows = cast(_Rows, blurhash.decode(encoded, WIDTH, HEIGHT))  # pyright: ignore[reportUnknownMemberType]
    except (ValueError, KeyError, IndexError):
        return None
    lines = b"".join(b"\0" + bytes(value for pixel in row for value in pixel) for row in rows)
    return "data:image/png;base64," + base64.b64encode(_png(lines)).decode()


def _png(lines: bytes) -> bytes:
    """A PNG of 8-bit RGB `lines`, each after its filter byte (https://www.w3.org/TR/png-3/)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")
