"""What waits to be done, by kind of job; what was given up is looked at, tried again or dropped."""

from collections import Counter
from collections.abc import Sequence
from typing import cast

import msgspec

from rostra.core.db import Row, Tx, fetch_all
from rostra.core.jobs import queue
from rostra.core.operating.presence import Process


class JobKind(msgspec.Struct, frozen=True, kw_only=True):
    """Jobs of one kind. `oldest_seconds`: how long the oldest of those that wait is due."""

    kind: str
    waiting: int
    running: int
    later: int
    failed: int
    oldest_seconds: float


class Queues(msgspec.Struct, frozen=True, kw_only=True):
    """All that waits.

    `events` are those that no job follows from yet. `waiting` jobs are due, `running` are those that the
    workers said they had within the last seconds, the time of `later` has not come (they are to be tried
    again, or were put off), `failed` were given up. `oldest_seconds` is the age of what has waited longest,
    event or job.
    """

    events: int
    waiting: int
    running: int
    later: int
    failed: int
    oldest_seconds: float
    kinds: list[JobKind]


class _Counted(Row, frozen=True):
    kind: str
    waiting: int
    later: int
    failed: int
    oldest_seconds: float


async def queues(tx: Tx, workers: Sequence[Process]) -> Queues:
    """What waits, and what `workers` have in hand."""
    running = running_jobs(workers)
    counted = {
        row.kind: row
        for row in await fetch_all(
            tx,
            _Counted,
            """
            select kind, count(*) filter (where failed_at is null and run_at <= now()) as waiting,
                   count(*) filter (where failed_at is null and run_at > now()) as later,
                   count(*) filter (where failed_at is not null) as failed,
                   extract(epoch from coalesce(
                       now() - min(run_at) filter (where failed_at is null and run_at <= now()),
                       interval '0'))::float8 as oldest_seconds
            from jobs group by kind
            """,
        )
    }
    kinds = [_kind(name, counted.get(name), running[name]) for name in sorted(counted.keys() | running)]
    backlog = await queue.backlog(tx)
    return Queues(
        events=backlog.events,
        waiting=sum(kind.waiting for kind in kinds),
        running=sum(kind.running for kind in kinds),
        later=sum(kind.later for kind in kinds),
        failed=sum(kind.failed for kind in kinds),
        oldest_seconds=backlog.oldest_seconds,
        kinds=kinds,
    )


def running_jobs(workers: Sequence[Process]) -> Counter[str]:
    """How many jobs of each kind the workers have in hand, as they said last."""
    counts: Counter[str] = Counter()
    for process in workers:
        counts.update(cast("dict[str, int]", process.numbers.get("running", {})))
    return counts


def _kind(name: str, counted: _Counted | None, running: int) -> JobKind:
    return JobKind(
        kind=name,
        waiting=counted.waiting if counted else 0,
        running=running,
        later=max(0, counted.later - running) if counted else 0,  # a lease ends later, too
        failed=counted.failed if counted else 0,
        oldest_seconds=counted.oldest_seconds if counted else 0.0,
    )
