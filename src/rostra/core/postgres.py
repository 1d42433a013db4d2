"""The embedded PostgreSQL: one private server per data folder, on a Unix socket only.

`start(data)` makes the cluster on first use, starts its server or finds the one that already runs,
and returns where to connect. Nothing here needs the rest of Rostra: tests and tools use it alone.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

from rostra.core import postgres_config, processes
from rostra.core.postgres_home import Owner, PostgresError, can_reach, owner_of, reachable_programs
from rostra.core.postgres_state import (
    is_ready,
    lock_file,
    processes_of,
    remove_stale_lock,
    socket_folder,
    title,
)

__all__ = ["Embedded", "PostgresError", "start"]

ROLE = DATABASE = "rostra"
LONGEST_SOCKET_PATH = 107  # bytes; sun_path of unix(7) without its closing null
START_SECONDS = 600.0  # crash recovery replays up to max_wal_size; a server that ends is noticed at once
LEAST_FREE_BYTES = 200 * 1024 * 1024


@dataclass
class Embedded:
    """A running embedded server. `url` is its libpq URL, with all rights, for database `rostra`."""

    url: str
    pid: int
    started_here: bool
    """Whether `start` started it, rather than finding it running."""
    cluster: Path
    temporary: Path | None = None
    """Folder of the socket, made because the data folder's path is too long for one; `stop` removes it."""
    _process: subprocess.Popen[bytes] | None = None

    def is_running(self) -> bool:
        """Whether the server's main process is there."""
        if self._process is not None:
            return self._process.poll() is None
        return self.pid in processes_of(self.cluster)

    def stop(self, seconds: float = 10.0) -> None:
        """End the server, closing its connections; after `seconds` without a last checkpoint."""
        for how, patience in ((signal.SIGINT, seconds), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
            with contextlib.suppress(ProcessLookupError):
                if self.is_running():
                    os.kill(self.pid, how)
            if self._has_ended(patience):
                break
        if self.temporary:
            shutil.rmtree(self.temporary, ignore_errors=True)

    def _has_ended(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while self.is_running():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.01)
        return True


def start(
    data: Path,
    *,
    durable: bool = True,
    shared_buffers_mb: int = 64,
    max_connections: int = 60,
    sockets: Path | None = None,
) -> Embedded:
    """The server of the data folder `data` (its files are in `data/postgres`), started if need be.

    A server started here ends with this process, however that ends: the kernel tells it, when the
    thread that called `start` is gone. `durable=False` trades safety for speed, for tests only.
    Several processes may call this at once; one starts the server, the others find it.
    Where the path of `data` is too long for a socket, that is in the folder `sockets`, or else in a
    fresh temporary one.

    Raises:
        PostgresError: it can't be started; the message says what to do.
    """
    folder = data.absolute() / "postgres"
    try:
        owner = _prepare(folder)
        with _one_at_a_time(folder):
            if found := _running(folder):
                return found
            programs = reachable_programs(owner)
            _check_version(folder)
            if not (folder / "cluster").exists():
                _make_cluster(programs, folder, owner, durable)
            sockets = _socket_folder(folder, owner, sockets)
            # The server's working folder is its cluster; a relative name works below folders that
            # are closed to its user.
            named = "../socket" if sockets.parent == folder else str(sockets)
            settings = postgres_config.text(named, durable, shared_buffers_mb, max_connections)
            _write_configuration(folder, owner, settings)
            return _start_server(programs, folder, owner, sockets)
    except OSError as error:
        raise PostgresError(
            f"The data folder can't be used: {error.filename or folder}: {error.strerror}."
            " Check its owner, its rights and the space on its disk."
        ) from None


def _prepare(folder: Path) -> Owner:
    """Make `folder`. Made by root it stays root's, so that its other files are out of the server's reach."""
    folder.mkdir(parents=True, exist_ok=True)
    owner = owner_of(folder / "cluster")
    if folder.stat().st_uid == os.geteuid():
        folder.chmod(0o700 if owner.is_me else 0o711)
    return owner


@contextlib.contextmanager
def _one_at_a_time(folder: Path) -> Generator[None]:
    with _open(folder / "start.lock", os.O_RDWR) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _open(path: Path, flags: int) -> IO[bytes]:
    """Open or make a private file. As root in somebody's folder: never through a link."""
    return os.fdopen(os.open(path, flags | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600), "wb")


def _check_version(folder: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        has = (folder / "cluster" / "PG_VERSION").read_text("ascii", "replace").strip()
        if has != postgres_config.MAJOR:
            raise PostgresError(
                f"The database in {folder} was made by PostgreSQL {has}; this Rostra brings"
                f" {postgres_config.MAJOR}. Start the Rostra that made it, or restore a backup into an empty"
                " data folder."
            )


def _make_cluster(programs: Path, folder: Path, owner: Owner, durable: bool) -> None:
    """initdb in a folder beside, renamed when complete, so that a crash leaves no half cluster."""
    if shutil.disk_usage(folder).free < LEAST_FREE_BYTES:
        raise _no_space(folder)
    fresh = folder / "cluster.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    os.chown(fresh, owner.uid, owner.gid)
    place = _path_for(owner, fresh)
    initdb = [programs / "bin" / "initdb", *postgres_config.initdb_options(ROLE), "-D", place]
    _run(initdb if durable else [*initdb, "--no-sync"], fresh, owner)
    sync = "on" if durable else "off"
    single = [
        programs / "bin" / "postgres",
        "--single",
        "-j",
        "-D",
        place,
        "-c",
        f"fsync={sync}",
        "template1",
    ]
    _run(single, fresh, owner, f"CREATE DATABASE {DATABASE} OWNER {ROLE};\n\n")
    fresh.rename(folder / "cluster")


def _run(command: list[Path | str], cluster: Path, owner: Owner, text: str = "") -> None:
    result = subprocess.run(
        command,
        input=text.encode(),
        capture_output=True,
        cwd=cluster,
        env=postgres_config.environment(),
        check=False,
        **processes.as_user(owner.uid, owner.gid),
    )
    output = (result.stdout + result.stderr).decode("utf-8", "replace")
    # Single-user mode exits with 0 after a failed statement.
    if result.returncode != 0 or " ERROR:  " in output:
        if "No space left" in output:
            raise _no_space(cluster.parent)
        raise PostgresError(
            f"PostgreSQL's database can't be made in {cluster.parent}:\n{_last_lines(output)}"
        )


def _socket_folder(folder: Path, owner: Owner, given: Path | None) -> Path:
    sockets = folder / "socket"
    if len(os.fsencode(sockets / ".s.PGSQL.5432")) > LONGEST_SOCKET_PATH:
        sockets = given or Path(tempfile.mkdtemp(prefix="rostra-"))
    sockets.mkdir(mode=0o700, exist_ok=True)
    os.chown(sockets, owner.uid, owner.gid)
    return sockets


def _write_configuration(folder: Path, owner: Owner, text: str) -> None:
    _put(folder / "cluster" / "postgresql.conf", text, owner)
    local = folder / "cluster" / postgres_config.LOCAL_FILE
    if not os.path.lexists(local):
        _put(local, "# PostgreSQL settings of your own.\n", owner)


def _put(path: Path, text: str, owner: Owner) -> None:
    """Replace the file at `path`, which may be in a folder of `owner`, by one of `owner`'s."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with _open(fresh, os.O_WRONLY | os.O_EXCL) as file:
        file.write(text.encode())
        os.fchown(file.fileno(), owner.uid, owner.gid)
    fresh.replace(path)


def _start_server(programs: Path, folder: Path, owner: Owner, sockets: Path) -> Embedded:
    cluster = folder / "cluster"
    remove_stale_lock(folder)
    log_path = folder / "server.log"
    if log_path.exists() and log_path.stat().st_size > 10_000_000:
        log_path.replace(log_path.with_suffix(".log.1"))
    with _open(log_path, os.O_WRONLY | os.O_APPEND) as log:
        begin = os.fstat(log.fileno()).st_size
        place = _path_for(owner, cluster)
        process = subprocess.Popen(
            [programs / "bin" / "postgres", "-D", place, "-c", f"cluster_name={title(cluster)}"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=cluster,
            env=postgres_config.environment(),
            start_new_session=True,  # Ctrl-C in a terminal reaches our processes first
            preexec_fn=processes.end_with_parent(signal.SIGINT),  # noqa: PLW1509  (one call into libc)
            **processes.as_user(owner.uid, owner.gid),
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not is_ready(cluster, process.pid):
            if process.poll() is not None or time.monotonic() > deadline:
                raise _not_started(folder, log_path, begin)
            time.sleep(0.005)
    except BaseException:
        process.kill()
        process.wait()
        raise
    temporary = None if sockets.parent == folder else sockets
    return Embedded(_url(sockets), process.pid, True, cluster, temporary, process)


def _running(folder: Path) -> Embedded | None:
    """The server of this folder that already runs; waits for one that is starting or stopping."""
    cluster = folder / "cluster"
    deadline = time.monotonic() + START_SECONDS
    while living := processes_of(cluster):
        pid = lock_file(cluster).pid
        if pid in living and is_ready(cluster, pid):
            return Embedded(_url(socket_folder(folder)), pid, started_here=False, cluster=cluster)
        if time.monotonic() > deadline:
            raise PostgresError(
                f"A PostgreSQL of {folder} hangs (processes {', '.join(map(str, sorted(living)))})."
                " End those processes and start again."
            )
        time.sleep(0.02)
    return None


def _url(sockets: Path) -> str:
    return f"postgresql://{ROLE}@/{DATABASE}?host={quote(str(sockets), safe='')}"


def _path_for(owner: Owner, cluster: Path) -> str:
    """How the server names its cluster: where a closed folder is above, by its working folder."""
    return str(cluster) if can_reach(owner, cluster.parent) else "/proc/self/cwd"


def _last_lines(text: str, count: int = 5) -> str:
    return "\n".join(f"  {line}" for line in text.strip().splitlines()[-count:])


def _no_space(folder: Path) -> PostgresError:
    return PostgresError(
        f"No space left for the database in {folder}: free some, or choose another data folder."
    )


def _not_started(folder: Path, log: Path, begin: int) -> PostgresError:
    with log.open("rb") as file:
        file.seek(begin)
        text = file.read().decode("utf-8", "replace")
    if "No space left" in text:
        return _no_space(folder)
    return PostgresError(f"PostgreSQL does not start. Its log, {log}, ends with:\n{_last_lines(text)}")
