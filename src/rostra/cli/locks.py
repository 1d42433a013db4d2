"""One supervisor for one data folder."""

import fcntl
import os
import time
from dataclasses import dataclass
from pathlib import Path

from rostra.cli.errors import StartError

PATIENCE_SECONDS = 15.0  # longer than any child takes to end


@dataclass(frozen=True)
class Locks:
    """Two locks, freed by the kernel however their holders end."""

    supervisor: int
    """File descriptor that only the supervisor keeps."""
    family: int
    """File descriptor that its children keep, too: free when the last of them is gone."""


def take(data: Path) -> Locks:
    """Lock the data folder, after the children of a supervisor that was killed have ended.

    Raises:
        StartError: another supervisor runs on this folder, or the folder can't be used.
    """
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        locks = Locks(_open(data / "serve.lock"), _open(data / "children.lock"))
    except OSError as error:
        raise StartError(
            f"The data folder {data} can't be used ({error.strerror}). Choose another one by --data,"
            " or start as the user that it belongs to."
        ) from None
    if not _try(locks.supervisor):
        holder = os.pread(locks.supervisor, 20, 0).decode("ascii", "replace").strip()
        raise StartError(
            f"Another Rostra (process {holder}) is running on the data folder {data}."
            " End it first, or choose another folder by --data."
        )
    os.ftruncate(locks.supervisor, 0)
    os.pwrite(locks.supervisor, f"{os.getpid()}\n".encode(), 0)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not _try(locks.family):
        if time.monotonic() > deadline:
            raise StartError(
                f"Processes of an earlier Rostra on {data} still run. End them, then start again."
            )
        time.sleep(0.05)
    return locks


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
