"""What kind of file an upload is, by its first bytes: names and announced types lie. No I/O.

Which decoder reads a file is decided here and nowhere else. Libraries never guess: guessing is how a
text file that names other files or addresses (a playlist) gets to be opened.
"""

from typing import Literal

import msgspec

Family = Literal["picture", "film"]
"""Read by the picture library; or by the library for films and sounds."""

HEAD_BYTES = 4096
"""How much of a file `recognise` wants to see; less is fine for short files."""

PICTURE_TYPES = (
    "image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/heic", "image/heif",
)  # fmt: skip
VIDEO_TYPES = (
    "video/mp4",
    "video/quicktime",
    "video/webm",
    "video/x-matroska",
    "video/ogg",
    "video/3gpp",
    "video/x-msvideo",
    "video/mpeg",
    "video/mp2t",
)
AUDIO_TYPES = (
    "audio/mpeg",
    "audio/mp3",
    "audio/ogg",
    "audio/vorbis",
    "audio/opus",
    "audio/webm",
    "audio/flac",
    "audio/x-flac",
    "audio/wav",
    "audio/wave",
    "audio/x-wav",
    "audio/x-pn-wave",
    "audio/vnd.wave",
    "audio/aac",
    "audio/m4a",
    "audio/x-m4a",
    "audio/mp4",
    "audio/3gpp",
    "audio/amr",
    "audio/aiff",
    "audio/x-aiff",
    "video/x-ms-asf",
)
INPUT_TYPES = (*PICTURE_TYPES, *VIDEO_TYPES, *AUDIO_TYPES)
"""Content types that apps are told to upload, with the names that systems have for them."""


class Kind(msgspec.Struct, frozen=True):
    """A kind of file: who reads it, and the name of the one reader for it."""

    family: Family
    reader: str


_HEIF_BRANDS = {b"mif1", b"msf1", b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"miaf"}
_BY_START: tuple[tuple[bytes, Family, str], ...] = (
    (b"\xff\xd8\xff", "picture", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "picture", "png"),
    (b"GIF8", "picture", "gif"),
    (b"\x1aE\xdf\xa3", "film", "matroska"),
    (b"OggS", "film", "ogg"),
    (b"fLaC", "film", "flac"),
    (b"#!AMR", "film", "amr"),
    (b"caff", "film", "caf"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "film", "asf"),
    (b"\x00\x00\x01\xba", "film", "mpeg"),
)
_BY_FORM: dict[tuple[bytes, bytes], tuple[Family, str]] = {
    (b"RIFF", b"WEBP"): ("picture", "webp"),
    (b"RIFF", b"WAVE"): ("film", "wav"),
    (b"RF64", b"WAVE"): ("film", "wav"),
    (b"RIFF", b"AVI "): ("film", "avi"),
    (b"FORM", b"AIFF"): ("film", "aiff"),
    (b"FORM", b"AIFC"): ("film", "aiff"),
}
_BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
_TS_PACKETS = {188: 0, 192: 4}
"""MPEG-TS: length of a packet, and where its sync byte is; cameras put four bytes before each."""


def recognise(head: bytes) -> Kind | None:
    """The kind of the file that begins with `head`; None: none that we take."""
    for start, family, reader in _BY_START:
        if head.startswith(start):
            return Kind(family, reader)
    if form := _BY_FORM.get((head[:4], head[8:12])):
        return Kind(*form)
    if head[4:8] in _BOXES:
        return _of_boxes(head)
    if head.startswith(b"ID3") or head[:1] == b"\xff":
        return _of_frames(head)
    for length, sync in _TS_PACKETS.items():
        if len(head) > 3 * length and all(head[sync + at * length] == 0x47 for at in range(3)):
            return Kind("film", "mpegts")
    return None


def _of_boxes(head: bytes) -> Kind | None:
    """ISO base media (ISO/IEC 14496-12) and its ancestor QuickTime, or a picture in the same boxes."""
    if head[4:8] != b"ftyp":
        return Kind("film", "mov")
    size = int.from_bytes(head[:4], "big")
    brands = {head[at : at + 4] for at in range(8, min(size, 256), 4) if at != 12}
    if brands & {b"avif", b"avis"}:
        return Kind("picture", "heif")
    if brands & _HEIF_BRANDS and head[8:12] in _HEIF_BRANDS:
        return Kind("picture", "heic")
    return Kind("film", "mov")


def _of_frames(head: bytes) -> Kind | None:
    """Bare frames of sound, behind an ID3v2 tag (https://id3.org/id3v2.4.0-structure) or not."""
    at = 0
    if head.startswith(b"ID3") and len(head) >= 10:
        at = 10 + _syncsafe(head[6:10])
        if at >= len(head) - 4:  # a large tag, with a picture in it; what follows is nearly always MP3
            return Kind("film", "mp3")
    frame = head[at : at + 4]
    if frame.startswith(b"fLaC"):
        return Kind("film", "flac")
    if frame[:1] != b"\xff" or len(frame) < 2:
        return None
    if frame[1] & 0xF6 == 0xF0:
        return Kind("film", "aac")
    return Kind("film", "mp3") if frame[1] & 0xE0 == 0xE0 and frame[1] & 0x06 else None


def _syncsafe(four: bytes) -> int:
    return four[0] << 21 | four[1] << 14 | four[2] << 7 | four[3]
