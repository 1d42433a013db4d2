"""How the network is, for those who run it: all numbers at once, and what is amiss."""

from collections.abc import Sequence
from typing import cast

import msgspec

from rostra.core import clock
from rostra.core.clock import timestamp
from rostra.core.db import Tx
from rostra.core.operating import certificates, presence
from rostra.core.operating.certificates import Certificate
from rostra.core.operating.database import DatabaseState, database
from rostra.core.operating.disk import Disk, disk
from rostra.core.operating.mail import MailState, mail, record
from rostra.core.operating.presence import Process
from rostra.core.operating.problems import Found, Problem, problems
from rostra.core.operating.queues import Queues, queues
from rostra.core.settings import Settings
from rostra.core.version import ROSTRA


class ProcessState(msgspec.Struct, frozen=True, kw_only=True):
    """A process that was there within the last 20 seconds. `streams`: those open in a web process."""

    kind: presence.Kind
    host: str
    pid: int
    started_at: str
    seen_at: str
    streams: int
    running: int
    """Jobs that a worker has in hand."""


class State(msgspec.Struct, frozen=True, kw_only=True):
    """How the network is.

    `backups` is None: Rostra makes none yet. `streams` counts those of all web processes. `certificate` is
    None where Caddy has none of ours.
    """

    version: str
    checked_at: str
    database: DatabaseState
    queues: Queues
    processes: list[ProcessState]
    streams: int
    disk: Disk
    mail: MailState
    certificate: Certificate | None
    backups: None
    problems: list[Problem]


async def state(tx: Tx, settings: Settings) -> State:
    """How the network is now."""
    present = await presence.processes(tx)
    waiting = await queues(tx, [process for process in present if process.kind == "worker"])
    mail_record = await record(tx)
    certificate = await certificates.certificate(settings)
    database_state = await database(tx)
    found = Found(
        settings=settings,
        database=database_state,
        queues=waiting,
        workers=sum(process.kind == "worker" for process in present),
        disk=await disk(settings, with_database=database_state.embedded),
        mail=mail(settings, mail_record, waiting.kinds),
        mail_fails=mail_record.fails,
        certificate_ends=certificate[1] if certificate else None,
    )
    return State(
        version=ROSTRA,
        checked_at=timestamp(clock.now()),
        database=found.database,
        queues=waiting,
        processes=[_process(process) for process in present],
        streams=_streams(present),
        disk=found.disk,
        mail=found.mail,
        certificate=certificate[0] if certificate else None,
        backups=None,
        problems=problems(found),
    )


def _streams(present: Sequence[Process]) -> int:
    return sum(cast("int", process.numbers.get("streams", 0)) for process in present)


def _process(process: Process) -> ProcessState:
    running = cast("dict[str, int]", process.numbers.get("running", {}))
    return ProcessState(
        kind=process.kind,
        host=process.host,
        pid=process.pid,
        started_at=timestamp(process.started_at),
        seen_at=timestamp(process.seen_at),
        streams=_streams([process]),
        running=sum(running.values()),
    )
