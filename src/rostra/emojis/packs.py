"""Archives of pictures: which emojis they hold. No I/O but reading the archive.

Two kinds are known, as Mastodon's and Pleroma's operators pass them around: picture files, whose names are
the shortcodes, in folders or not; and those with a `pack.json` that names the files. An archive is taken for
hostile: entries, bytes and names are bounded while it is read, never by what it says of itself.
"""

import gzip
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, cast

import msgspec

from rostra.core.errors import Invalid
from rostra.emojis.model import SHORTCODE_LENGTH

ENDINGS = (".png", ".apng", ".gif", ".webp", ".jpg", ".jpeg", ".avif")
ENTRIES = 5_000
"""Most entries of an archive, whatever they are."""
PICTURES = 1_000
"""Most pictures that are taken from one."""
INDEX_BYTES = 1024 * 1024
"""Largest `pack.json`."""
DIRECTORY_BYTES = 2 * 1024 * 1024
"""Largest list of entries of a ZIP: it is in memory as a whole, ten times as large."""
TAR_BYTES = 128 * 1024 * 1024
"""Most bytes that a tar file may unpack to: it has no index, so it is read from its beginning."""
_ZIP_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Those that take no more memory the more a file asks for."""
_NOT_A_WORD = re.compile(r"[^a-zA-Z0-9_]+")
_BAD_ARCHIVE = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    OSError,
)  # fmt: skip


class Entry(msgspec.Struct, frozen=True):
    """A picture of an archive. `data` None: it is larger than emojis may be."""

    shortcode: str
    data: bytes | None


class _Pack(msgspec.Struct):
    """Of a `pack.json` (https://docs-develop.pleroma.social/backend/API/pleroma_api/#emoji-packs)."""

    files: dict[str, str] = {}


def entries(file: IO[bytes], most_bytes: int) -> Iterator[Entry]:
    """The pictures of an archive (ZIP, or tar, compressed by gzip or not), each under a name that fits.

    `most_bytes` is how large each may be.

    Raises:
        Invalid: it is no archive that we read, or holds too much.
    """
    try:
        file.seek(0)
        start = file.read(4)
        file.seek(0)
        found = _of_zip(file, most_bytes) if start.startswith(b"PK") else _of_tar(file, most_bytes)
        for number, entry in enumerate(found):
            if number >= PICTURES:
                raise _problem("ERR_TOO_MANY_PICTURES", f"has more than {PICTURES} pictures")
            yield entry
    except _BAD_ARCHIVE:
        raise _problem("ERR_NO_ARCHIVE", "is damaged, or no ZIP or tar archive") from None


def shortcode_of(name: str) -> str:
    """The shortcode for a picture file: its name without folder and ending; empty where it gives none."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    return _NOT_A_WORD.sub("_", stem).strip("_")[:SHORTCODE_LENGTH]


def _of_zip(file: IO[bytes], most_bytes: int) -> Iterator[Entry]:
    bounded = cast("IO[bytes]", _InSmallParts(file, max(DIRECTORY_BYTES, most_bytes + 1)))
    with zipfile.ZipFile(bounded) as archive:
        infos = archive.infolist()
        if len(infos) > ENTRIES:
            raise _problem("ERR_TOO_MANY_PICTURES", f"has more than {ENTRIES} entries")
        names = _named(
            archive.open(info)
            for info in infos
            if PurePosixPath(info.filename).name == "pack.json" and info.compress_type in _ZIP_METHODS
        )
        for info in infos:
            mode = info.external_attr >> 16
            if info.is_dir() or stat.S_IFMT(mode) not in (0, stat.S_IFREG):
                continue
            if info.compress_type not in _ZIP_METHODS:
                raise _problem("ERR_NO_ARCHIVE", "is compressed in a way that we don't read")
            if shortcode := _shortcode(info.filename, names):
                with archive.open(info) as opened:
                    yield Entry(shortcode, _read(opened, most_bytes))


def _of_tar(file: IO[bytes], most_bytes: int) -> Iterator[Entry]:
    is_compressed = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    unpacked = cast("IO[bytes]", gzip.GzipFile(fileobj=file)) if is_compressed else file
    with tarfile.open(fileobj=cast("IO[bytes]", _Bounded(unpacked)), mode="r|") as archive:
        for number, info in enumerate(archive):
            if number >= ENTRIES:
                raise _problem("ERR_TOO_MANY_PICTURES", f"has more than {ENTRIES} entries")
            opened = archive.extractfile(info) if info.isfile() else None
            if opened is not None and (shortcode := _shortcode(info.name, {})):
                yield Entry(shortcode, _read(opened, most_bytes))


class _InSmallParts:
    """Reads from `file` as long as nobody wants more than `most` bytes of it at once."""

    def __init__(self, file: IO[bytes], most: int) -> None:
        self._file = file
        self._most = most
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes; negative: all that is left."""
        data = self._file.read(self._most + 1 if size < 0 else min(size, self._most + 1))
        if len(data) > self._most:
            raise _problem("ERR_TOO_MANY_PICTURES", f"has more than {ENTRIES} entries")
        return data


class _Bounded:
    """Reads from `file` as long as it is not too much."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._left = TAR_BYTES

    def read(self, size: int) -> bytes:
        """At most `size` bytes."""
        data = self._file.read(min(size, self._left + 1))
        self._left -= len(data)
        if self._left < 0:
            raise _problem("ERR_TOO_LONG", "unpacks to too much")
        return data


def _named(indexes: Iterator[IO[bytes]]) -> dict[str, str]:
    """File name -> shortcode, by the archive's first `pack.json`."""
    index = next(indexes, None)
    if index is None:
        return {}
    with index:
        try:
            pack = msgspec.json.decode(index.read(INDEX_BYTES), type=_Pack)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return {}
    return {PurePosixPath(path).name: name for name, path in pack.files.items()}


def _shortcode(path: str, names: dict[str, str]) -> str:
    """What a file of an archive is called; empty for what is no picture, or hidden."""
    name = PurePosixPath(path.replace("\\", "/")).name
    if name.startswith(".") or not name.lower().endswith(ENDINGS) or "__MACOSX" in path:
        return ""
    return shortcode_of(names.get(name, name)) if name in names else shortcode_of(name)


def _read(opened: IO[bytes], most_bytes: int) -> bytes | None:
    data = opened.read(most_bytes + 1)
    return data if len(data) <= most_bytes else None


def _problem(code: str, text: str) -> Invalid:
    return Invalid(f"File {text}", {"file": [(code, text)]})
