"""What can be seen of an embedded PostgreSQL from outside: its processes and its lock file."""

from dataclasses import dataclass
from pathlib import Path

from rostra.core import processes


def remove_stale_lock(folder: Path) -> None:
    """Remove the lock files of a server that was killed.

    PostgreSQL does so itself, unless their process id is taken again, which is usual when a
    container restarts. Safe because no PostgreSQL process works in this cluster any more.
    """
    if not processes_of(folder / "cluster"):
        (folder / "cluster" / "postmaster.pid").unlink(missing_ok=True)
        (folder / "socket" / ".s.PGSQL.5432.lock").unlink(missing_ok=True)


def processes_of(cluster: Path) -> set[int]:
    """All processes of the server of `cluster`, also those that outlive its main process for a moment."""
    if not cluster.exists():
        return set()
    return processes.titled(title(cluster), "postgres", cluster.stat().st_uid)


def title(cluster: Path) -> str:
    """PostgreSQL's cluster_name, part of each process's title; the same after the folder was moved."""
    status = cluster.stat()
    return f"rostra-{status.st_dev:x}-{status.st_ino:x}-"


@dataclass(frozen=True)
class LockFile:
    """What postmaster.pid says (PostgreSQL's miscadmin.h, LOCK_FILE_LINE_…)."""

    pid: int = 0
    socket_folder: str = ""
    status: str = ""


def lock_file(cluster: Path) -> LockFile:
    """The lock file of `cluster`; an empty one if there is none, or not yet all of it."""
    try:
        lines = (cluster / "postmaster.pid").read_text("utf-8", "replace").splitlines()
        return LockFile(abs(int(lines[0])), lines[4].strip(), lines[7].strip() if len(lines) > 7 else "")
    except (FileNotFoundError, IndexError, ValueError):
        return LockFile()


def is_ready(cluster: Path, pid: int) -> bool:
    """Whether the server with main process `pid` takes connections."""
    lock = lock_file(cluster)
    return lock.pid == pid and lock.status in ("ready", "standby")


def socket_folder(folder: Path) -> Path:
    """Where the server that runs in `folder` (the parent of its cluster) listens."""
    named = lock_file(folder / "cluster").socket_folder
    return Path(named) if named.startswith("/") else folder / "socket"
