"""The tables of events, jobs and schedules: all SQL of the job queue.

A job is due when `run_at` has passed. Who takes one moves its `run_at` to the end of a lease and
extends that while the job runs, so a job whose worker died falls due by itself. No lock is held and
no transaction is open while a job runs.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import LiteralString

import msgspec

from rostra.core import clock
from rostra.core.db import Row, Tx, execute, fetch_all, fetch_one, fetch_value
from rostra.core.events import Event, encode
from rostra.core.jobs.work import LATER, PutOff, Schedule, Work


class Job(Row, frozen=True, kw_only=True):
    """A job that this process holds a lease on. `data` is JSON; `tries` counts this try."""

    id: int
    kind: str
    data: str
    tries: int


class FailedJob(Row, frozen=True, kw_only=True):
    """A parked job, with how its last try failed."""

    id: int
    kind: str
    data: str
    tries: int
    error: str
    failed_at: datetime


class Backlog(Row, frozen=True, kw_only=True):
    """How much is waiting."""

    events: int
    due: int
    """Jobs that wait for a worker."""
    later: int
    """Jobs that run now, or whose time has not come."""
    failed: int
    """Jobs that are parked."""
    oldest_seconds: float
    """Age of what has waited longest for a worker."""


# The list of ids is an array so that the planner can't run the inner query, with its limit, twice.
DISPATCH: LiteralString = """
    with taken as (
        delete from events
        where id = any(array(
            select id from events where type = any(%(known)s)
            order by id limit %(limit)s for update skip locked))
        returning id, type, data
    ), added as (
        insert into jobs (kind, data)
        select route.kind, taken.data
        from taken join unnest(%(types)s::text[], %(kinds)s::text[]) as route(type, kind) using (type)
        order by taken.id
    )
    select count(*) from taken
"""

CLAIM: LiteralString = """
    update jobs set tries = tries + 1, run_at = now() + %(lease)s
    where id = any(array(
        select id from jobs
        where failed_at is null and run_at <= now() and kind = any(%(kinds)s)
        order by run_at limit %(limit)s for update skip locked))
    returning id, kind, data::text as data, tries
"""

# A failed run of a schedule makes way for the next one; one that still runs stays alone.
TICK: LiteralString = """
    with due as (
        update schedules set next_at = plan.next_at
        from unnest(%(names)s::text[], %(times)s::timestamptz[]) as plan(name, next_at)
        where schedules.name = plan.name and schedules.next_at <= now()
        returning 'schedule.' || schedules.name as kind
    ), cleared as (
        delete from jobs using due where jobs.kind = due.kind and failed_at is not null
    )
    insert into jobs (kind, data)
    select kind, 'null' from due
    where not exists (select from jobs where jobs.kind = due.kind and failed_at is null)
"""


async def dispatch(tx: Tx, work: Work, limit: int) -> int:
    """Replace the oldest events by the jobs that follow from them; returns how many events.

    Events of types that `work` doesn't know stay, for the newer worker that knows them.
    """
    return await fetch_value(
        tx,
        DISPATCH,
        {
            "known": work.event_types,
            "limit": limit,
            "types": [event for event, _ in work.routes],
            "kinds": [kind for _, kind in work.routes],
        },
    )


async def claim(tx: Tx, kinds: Sequence[str], limit: int, lease: timedelta) -> list[Job]:
    """Take at most `limit` jobs of `kinds` that are due, for the length of `lease`; oldest first."""
    jobs = await fetch_all(tx, Job, CLAIM, {"kinds": list(kinds), "limit": limit, "lease": lease})
    return sorted(jobs, key=lambda job: job.id)


async def extend(tx: Tx, ids: Sequence[int], lease: timedelta) -> None:
    """Hold jobs for the length of `lease` from now."""
    await execute(
        tx,
        "update jobs set run_at = now() + %(lease)s where id = any(%(ids)s) and failed_at is null",
        {"lease": lease, "ids": list(ids)},
    )


async def finish(tx: Tx, ids: Sequence[int]) -> None:
    """Forget jobs that are done."""
    await execute(tx, "delete from jobs where id = any(%(ids)s)", {"ids": list(ids)})


async def give_back(tx: Tx, ids: Sequence[int]) -> None:
    """Let others run jobs, as if we had never begun them."""
    await execute(
        tx, "update jobs set run_at = now(), tries = tries - 1 where id = any(%(ids)s)", {"ids": list(ids)}
    )


async def fail(tx: Tx, job: Job, error: str, retry_after: timedelta | None) -> None:
    """Write down how a try of `job` failed, and run it again after `retry_after`; None parks it."""
    await execute(
        tx,
        "update jobs set error = %(error)s, run_at = now() + coalesce(%(after)s, interval '0'),"
        " failed_at = case when %(after)s::interval is null then now() end"
        " where id = %(id)s and tries = %(tries)s",  # somebody else's by now: leave it alone
        {"id": job.id, "tries": job.tries, "error": error, "after": retry_after},
    )


async def plan(tx: Tx, schedules: Sequence[Schedule]) -> None:
    """Write down when each schedule is due next, unless that is known and sooner."""
    await execute(
        tx,
        "insert into schedules (name, next_at)"
        " select * from unnest(%(names)s::text[], %(times)s::timestamptz[]) order by 1"
        " on conflict (name) do update set next_at = least(schedules.next_at, excluded.next_at)",
        _times(schedules),
    )


async def tick(tx: Tx, schedules: Sequence[Schedule]) -> None:
    """Enqueue a job for each schedule that is due. One that was missed runs once."""
    if schedules:
        await execute(tx, TICK, _times(schedules))


async def enqueue_at(tx: Tx, at: datetime, *events: Event) -> None:
    """Record `events` when it is `at` (a few seconds later at most, or as soon as a worker runs)."""
    data = [PutOff(kind, msgspec.Raw(text.encode())) for kind, text in map(encode, events)]
    await execute(
        tx,
        "insert into jobs (kind, data, run_at) select %(kind)s, unnest(%(data)s::jsonb[]), %(at)s",
        {"kind": LATER, "data": [msgspec.json.encode(event).decode() for event in data], "at": at},
    )


async def backlog(tx: Tx) -> Backlog:
    """How much is waiting, for metrics."""
    found = await fetch_one(
        tx,
        Backlog,
        "select (select count(*) from events) as events,"
        " count(*) filter (where failed_at is null and run_at <= now()) as due,"
        " count(*) filter (where failed_at is null and run_at > now()) as later,"
        " count(*) filter (where failed_at is not null) as failed,"
        " extract(epoch from coalesce(now() - least("
        "  min(run_at) filter (where failed_at is null and run_at <= now()),"
        "  (select min(created_at) from events)), interval '0'))::float8 as oldest_seconds"
        " from jobs",
    )
    assert found is not None
    return found


async def failed(tx: Tx, limit: int = 100) -> list[FailedJob]:
    """The jobs that were parked last."""
    return await fetch_all(
        tx,
        FailedJob,
        "select id, kind, data::text as data, tries, error, failed_at from jobs"
        " where failed_at is not null order by failed_at desc limit %(limit)s",
        {"limit": limit},
    )


async def requeue(tx: Tx, ids: Sequence[int] | None = None) -> int:
    """Run parked jobs again, with all their tries; None means all. Returns how many."""
    return await execute(
        tx,
        "update jobs set failed_at = null, tries = 0, run_at = now()"
        " where failed_at is not null and (%(ids)s::bigint[] is null or id = any(%(ids)s))",
        {"ids": None if ids is None else list(ids)},
    )


async def drop_failed(tx: Tx, ids: Sequence[int]) -> int:
    """Forget parked jobs: what they were to do is never done. Returns how many."""
    return await execute(
        tx, "delete from jobs where failed_at is not null and id = any(%(ids)s)", {"ids": list(ids)}
    )


def _times(schedules: Sequence[Schedule]) -> dict[str, object]:
    now = clock.now()
    return {
        "names": [schedule.name for schedule in schedules],
        "times": [schedule.next_after(now) for schedule in schedules],
    }
