"""What is amiss, in plain words: each with a key by which apps word it in the operator's language."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

import msgspec

from rostra.core import clock
from rostra.core.operating.database import DatabaseState
from rostra.core.operating.disk import Disk, Volume
from rostra.core.operating.mail import MailState
from rostra.core.operating.queues import Queues
from rostra.core.settings import Settings

Severity = Literal["error", "warning", "notice"]
"""`error`: something does not work; `warning`: something soon won't; `notice`: worth knowing."""
_ORDER: tuple[Severity, ...] = ("error", "warning", "notice")

LATE = 60
"""Seconds after which a job that is due should have begun."""
VERY_LATE = 600
_MIB = 1024**2
LOW_DISK, FULL_DISK = 2048 * _MIB, 512 * _MIB
"""Bytes."""
BUSY = 0.8
"""Part of all database connections."""
ENDING_DAYS = 7
"""Caddy renews a certificate long before."""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is amiss. `values` are what the words have in them."""

    key: str
    severity: Severity
    message: str
    values: dict[str, int | str]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What is judged."""

    settings: Settings
    database: DatabaseState
    queues: Queues
    workers: int
    disk: Disk
    mail: MailState
    mail_fails: bool
    certificate_ends: datetime | None


def problems(found: Found) -> list[Problem]:
    """All that is amiss, the worst first."""
    all_of_them = [*_database(found), *_queues(found), *_disk(found.disk), *_mail(found), *_outside(found)]
    return sorted(all_of_them, key=lambda problem: _ORDER.index(problem.severity))


def _database(found: Found) -> Iterator[Problem]:
    database = found.database
    if database.pending_migrations:
        names = ", ".join(database.pending_migrations)
        yield _problem(
            "migrations-pending",
            "error",
            f"The database is older than this version. Restart Rostra, or run `rostra migrate`: {names}",
            names=names,
        )
    if database.connections > BUSY * database.max_connections:
        yield _problem(
            "connections-short",
            "warning",
            f"{database.connections} of {database.max_connections} database connections are taken.",
            connections=database.connections,
            max_connections=database.max_connections,
        )


def _queues(found: Found) -> Iterator[Problem]:
    queues = found.queues
    if not found.workers:
        yield _problem("worker-missing", "error", "No worker is there: nothing is delivered. Restart Rostra.")
    if queues.oldest_seconds > LATE:
        seconds = int(queues.oldest_seconds)
        yield _problem(
            "queue-late",
            "error" if seconds > VERY_LATE else "warning",
            f"What is to be done waits for {seconds} seconds: {queues.waiting} jobs, {queues.events} events.",
            seconds=seconds,
            waiting=queues.waiting,
            events=queues.events,
        )
    if queues.failed:
        yield _problem(
            "jobs-failed",
            "warning",
            f"{queues.failed} jobs were given up. Look at why, then try them again or drop them.",
            count=queues.failed,
        )


def _disk(disk: Disk) -> Iterator[Problem]:
    volumes = {"data": disk.data, "database": disk.database}
    if disk.database is disk.data:
        del volumes["database"]
    for name, volume in volumes.items():
        if volume is None:
            continue
        is_full = volume.free < FULL_DISK
        if is_full or volume.free < min(LOW_DISK, volume.total // 10):
            yield _full(name, volume, "error" if is_full else "warning")


def _full(name: str, volume: Volume, severity: Severity) -> Problem:
    free = volume.free // _MIB
    return _problem(
        "disk-full" if severity == "error" else "disk-low",
        severity,
        f"The disk of the {name} folder has only {free} MiB left. Make room before it is full.",
        volume=name,
        free=volume.free,
        total=volume.total,
    )


def _mail(found: Found) -> Iterator[Problem]:
    mail = found.mail
    if found.mail_fails:
        yield _problem(
            "mail-fails",
            "error",
            f"The last mail could not be sent: {mail.last_error}",
            error=mail.last_error or "",
        )
    if mail.failed:
        yield _problem("mails-given-up", "warning", f"{mail.failed} mails were given up.", count=mail.failed)
    if mail.method == "folder" and found.settings.is_public:
        yield _problem(
            "mail-to-folder",
            "warning",
            "No mail server is set: mails become files, and nobody gets them. Set smtp_url.",
        )


def _outside(found: Found) -> Iterator[Problem]:
    if found.certificate_ends is not None:
        days = (found.certificate_ends - clock.now()).days
        if days < 0:
            yield _problem("certificate-expired", "error", "The certificate has expired.", days=-days)
        elif days < ENDING_DAYS:
            yield _problem("certificate-ends", "warning", f"The certificate ends in {days} days.", days=days)
    yield _problem("backup-missing", "notice", "Rostra makes no backups yet: make them by other means.")


def _problem(key: str, severity: Severity, message: str, **values: int | str) -> Problem:
    return Problem(key=key, severity=severity, message=message, values=values)
