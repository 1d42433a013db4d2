"""Blobs: files under random names, on the local disk, in the folder `media` of the data folder.

A key says nothing about its content but the kind of file, and can't be guessed: whoever holds it
may read it. Blobs never change, so what is under a key may be cached for ever. On public machines
Caddy serves the folder itself; `path` is for the door that does so elsewhere.

What people upload waits in the folder `uploads` until it is processed. It is never served: the files
in there are as strangers made them.
"""

import asyncio
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, TYPE_CHECKING

from rostra.core.errors import Unavailable
from rostra.core.events import Event
from rostra.core.settings import Settings

if TYPE_CHECKING:
    from obstore.store import LocalStore

EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "video/mp4": "mp4",
    "audio/mpeg": "mp3",
}
"""Content type -> ending of the key. Nothing else is stored, so nothing else is ever served."""
_CONTENT_TYPES = {extension: content_type for content_type, extension in EXTENSIONS.items()}
_FULL = "The file could not be stored. Please try again later."
_KEY = re.compile(rf"[0-9a-f]{{2}}/[0-9a-f]{{2}}/[0-9a-f]{{36}}\.({'|'.join(_CONTENT_TYPES)})", re.ASCII)

_UPLOAD = re.compile(r"upload/[0-9a-f]{40}", re.ASCII)


class BlobsDropped(Event, frozen=True):
    """Nothing refers to these blobs any more: recorded in the transaction that dropped the last reference.

    The one event with content instead of ids: what had the keys is gone when its reaction runs.
    """

    keys: tuple[str, ...]


def new_key(content_type: str) -> str:
    """A fresh key with 160 random bits, such as `ab/cd/<36 hex digits>.webp`.

    Raises:
        KeyError: files of this type are not stored.
    """
    extension, name = EXTENSIONS[content_type], secrets.token_hex(20)
    return f"{name[:2]}/{name[2:4]}/{name[4:]}.{extension}"


def content_type_of(key: str) -> str:
    """The content type that `key` was made for."""
    return _CONTENT_TYPES[key.rpartition(".")[2]]


class Blobs:
    """All blobs of one Rostra."""

    def __init__(self, settings: Settings) -> None:
        self.folder = settings.data / "media"
        self.uploads = settings.data / "uploads"

    def temporary(self) -> IO[bytes]:
        """A file in the folder of uploads, for `keep` or `adopt`; gone when it is closed.

        Raises:
            Unavailable: the disk is full or can't be written.
        """
        try:
            self.uploads.mkdir(mode=0o700, parents=True, exist_ok=True)
            return NamedTemporaryFile(dir=self.uploads)
        except OSError as error:
            raise Unavailable(_FULL) from error

    async def keep(self, file: IO[bytes]) -> str:
        """Keep an upload until it is processed; returns its key, for `upload_path` and `delete`.

        `file` is from `temporary`, or any other. When this returns it outlasts a power loss.

        Raises:
            Unavailable: the disk is full or can't be written.
        """
        name = secrets.token_hex(20)
        await self._place(file, self.uploads / name)
        return f"upload/{name}"

    async def adopt(self, key: str, file: IO[bytes], content_type: str) -> None:
        """As `put`, for a large file on the disk."""
        if content_type_of(_checked(key)) != content_type:
            raise ValueError(f"{key} is not a key for {content_type}")
        await self._place(file, self.folder / key)

    def upload_path(self, key: str) -> Path:
        """Where the upload `key` is; it may be absent."""
        if not _UPLOAD.fullmatch(key):
            raise ValueError(f"not an upload: {key!r}")
        return self.uploads / key.removeprefix("upload/")

    async def delete_old_uploads(self, age: timedelta) -> None:
        """Remove what was uploaded longer than `age` ago: whoever put it there is gone."""
        await asyncio.to_thread(_delete_older, self.uploads, time.time() - age.total_seconds())

    async def _place(self, file: IO[bytes], path: Path) -> None:
        try:
            await asyncio.to_thread(_link, file, path)
            await asyncio.to_thread(self._sync, path)
        except OSError as error:
            raise Unavailable(_FULL) from error

    async def put(self, key: str, data: bytes, content_type: str) -> None:
        """Keep `data` under `key`, a fresh one from `new_key`. When this returns it outlasts a power loss.

        Raises:
            ValueError: `key` is not from `new_key`, or not for this content type.
            Unavailable: the disk is full or can't be written.
        """
        if content_type_of(_checked(key)) != content_type:
            raise ValueError(f"{key} is not a key for {content_type}")
        import obstore

        try:
            await obstore.put_async(self._store, key, data)
            # The store renames into place but never syncs (obstore 0.12 doesn't pass object_store's
            # `fsync` on). Until we return nobody knows the key, so syncing after the rename is enough.
            await asyncio.to_thread(self._sync, self.folder / key)
        except (obstore.exceptions.BaseError, OSError) as error:
            raise Unavailable(_FULL) from error

    async def get(self, key: str) -> bytes:
        """The whole blob.

        Raises:
            KeyError: there is none.
        """
        import obstore

        try:
            result = await obstore.get_async(self._store, _checked(key))
        except FileNotFoundError:
            raise KeyError(key) from None
        return bytes(await result.bytes_async())

    async def delete(self, keys: Iterable[str]) -> None:
        """Remove the blobs for good; those that are absent already are no error."""
        import obstore

        for key in keys:
            if _UPLOAD.fullmatch(key):
                await asyncio.to_thread(self.upload_path(key).unlink, missing_ok=True)
                continue
            try:
                await obstore.delete_async(self._store, _checked(key))
            except FileNotFoundError:
                continue
            await asyncio.to_thread(_sync_one, (self.folder / key).parent)

    def path(self, key: str) -> Path | None:
        """The file of `key`; None where `key` can't be one (it may come from a URL). It may be absent."""
        return self.folder / key if _KEY.fullmatch(key) else None

    @cached_property
    def _store(self) -> "LocalStore":
        # On first use: obstore costs 8 MiB, and a process that only serves never needs it.
        from obstore.store import LocalStore

        return LocalStore(self.folder, mkdir=True)

    def _sync(self, file: Path) -> None:
        _sync_one(file)
        for folder in file.parents:  # each may have been made just now
            _sync_one(folder)
            if folder == self.folder.parent:
                break


def _link(file: IO[bytes], path: Path) -> None:
    """Give `file` the name `path` as well; where there are no such links, a copy."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file.flush()
    try:
        os.link(file.name, path)
    except (OSError, TypeError):
        partial = path.with_name(f".{path.name}")
        with partial.open("wb") as copy:
            file.seek(0)
            shutil.copyfileobj(file, copy)
        partial.replace(path)


def _delete_older(folder: Path, moment: float) -> None:
    if folder.exists():
        for entry in os.scandir(folder):
            with suppress(FileNotFoundError):
                if entry.stat().st_mtime < moment:
                    os.unlink(entry.path)


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError(f"not a blob key: {key!r}")
    return key


def _sync_one(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
