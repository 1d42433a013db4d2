"""How full the disk is, and what of it is ours. Counting many files takes long: it is done aside."""

import asyncio
import os
import shutil
from datetime import datetime
from pathlib import Path

import msgspec

from rostra.core import clock
from rostra.core.clock import timestamp
from rostra.core.settings import Settings

KEPT = 600
"""Seconds for which a count is good enough."""
PATIENCE = 2.0
"""Seconds that somebody who asks waits for a count; then they get the last one, or none yet."""
FOLDERS = ("media", "uploads", "mail")


class Volume(msgspec.Struct, frozen=True, kw_only=True):
    """A file system, in bytes. `free` is what we may still write."""

    total: int
    used: int
    free: int


class Disk(msgspec.Struct, frozen=True, kw_only=True):
    """Where data goes. Sizes are in bytes; None: not counted yet, or there is no such folder.

    `database` is None where the database is somebody else's.
    """

    data: Volume
    database: Volume | None
    folders: dict[str, int | None]
    counted_at: str | None


class Counts:
    """The sizes of the folders, as one process has counted them."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._sizes: dict[str, int | None] = dict.fromkeys(FOLDERS)
        self._counted_at: datetime | None = None
        self._counting: asyncio.Task[None] | None = None

    async def get(self) -> tuple[dict[str, int | None], datetime | None]:
        """The sizes, and when they were counted."""
        if self._is_old() and self._counting is None:
            self._counting = asyncio.create_task(self._count(), name="disk usage")
        if self._counting is not None:
            await asyncio.wait([self._counting], timeout=PATIENCE)
        return self._sizes, self._counted_at

    def _is_old(self) -> bool:
        return self._counted_at is None or (clock.now() - self._counted_at).total_seconds() > KEPT

    async def _count(self) -> None:
        try:
            folders = [(name, self._data / name) for name in FOLDERS]
            self._sizes = {name: await asyncio.to_thread(size_of, path) for name, path in folders}
            self._counted_at = clock.now()
        finally:
            self._counting = None


_counts: dict[Path, Counts] = {}
"""Of the one data folder of a process; in tests there are several."""


async def disk(settings: Settings, *, with_database: bool) -> Disk:
    """How full it is. Volumes are asked now, folders within the last minutes."""
    sizes, counted_at = await _counts.setdefault(settings.data, Counts(settings.data)).get()
    data, database = await asyncio.to_thread(_volumes, settings.data)
    return Disk(
        data=data,
        database=database if with_database else None,
        folders=sizes,
        counted_at=timestamp(counted_at) if counted_at else None,
    )


def _volumes(data: Path) -> tuple[Volume, Volume | None]:
    """That of the data folder and that of the embedded database, which is the same one as a rule."""
    ours, cluster = volume(data), data / "postgres"
    if not cluster.exists():
        return ours, None
    return ours, ours if cluster.stat().st_dev == data.stat().st_dev else volume(cluster)


def volume(path: Path) -> Volume:
    """The file system of `path`, or of the nearest folder above it that exists."""
    while not path.exists() and path != path.parent:
        path = path.parent
    usage = shutil.disk_usage(path)
    return Volume(total=usage.total, used=usage.used, free=usage.free)


def size_of(folder: Path) -> int | None:
    """Bytes that the files in `folder` take on the disk; None if there is none."""
    if not folder.is_dir():
        return None
    total, waiting = 0, [str(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        total += entry.stat(follow_symlinks=False).st_blocks * 512
        except OSError:
            continue  # gone in this very moment
    return total
