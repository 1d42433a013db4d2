"""Work by the clock."""

from datetime import UTC, datetime

import pytest

from rostra.core.db import execute, fetch_value, fetch_values
from rostra.core.jobs import Schedule, Work, failed, queue
from rostra.core.jobs.queue import Job
from rostra.core.jobs.runner import Ended, Runner
from rostra.core.services import Services


async def sweep(services: Services) -> None:
    """Something to do every night."""


NIGHTLY = Schedule("30 3 * * *", sweep)


async def missed(services: Services) -> None:
    """The schedule is planned, and three days pass without a worker."""
    async with services.db.connection() as tx:
        await queue.plan(tx, [NIGHTLY])
        await execute(tx, "update schedules set next_at = now() - interval '3 days'")


async def waiting(services: Services) -> list[str]:
    """Kinds of all jobs."""
    async with services.db.connection() as tx:
        return await fetch_values(tx, "select kind from jobs")


def test_a_schedule_is_due_at_its_next_minute_in_utc() -> None:
    moment = datetime(2026, 3, 29, 3, 30, tzinfo=UTC)
    assert NIGHTLY.next_after(moment) == datetime(2026, 3, 30, 3, 30, tzinfo=UTC)


def test_a_schedule_that_cannot_be_read_is_refused_at_the_start() -> None:
    with pytest.raises(ValueError, match="sweep"):
        Work({}, [Schedule("30 25 * * *", sweep)])


async def test_a_schedule_does_not_run_before_its_time(services: Services) -> None:
    async with services.db.connection() as tx:
        await queue.plan(tx, [NIGHTLY])
        await queue.tick(tx, [NIGHTLY])
    assert await waiting(services) == []


async def test_a_schedule_that_was_missed_three_times_runs_once(services: Services) -> None:
    await missed(services)
    async with services.db.connection() as tx:
        await queue.tick(tx, [NIGHTLY])
        await queue.tick(tx, [NIGHTLY])
        assert await fetch_value(tx, "select next_at > now() from schedules")
    assert await waiting(services) == ["schedule.sweep"]


async def test_two_workers_that_see_a_schedule_due_run_it_once(services: Services) -> None:
    await missed(services)
    async with services.db.transaction() as first:
        await queue.tick(first, [NIGHTLY])
        async with services.db.connection() as second:
            await execute(second, "set lock_timeout = '10ms'")
            with pytest.raises(Exception, match="lock timeout"):
                await queue.tick(second, [NIGHTLY])  # it has to wait for the first
            await execute(second, "reset lock_timeout")
    async with services.db.connection() as second:
        await queue.tick(second, [NIGHTLY])
    assert await waiting(services) == ["schedule.sweep"]


async def test_a_schedule_is_not_begun_while_its_last_run_goes_on(services: Services) -> None:
    await missed(services)
    async with services.db.connection() as tx:
        await queue.tick(tx, [NIGHTLY])
    await missed(services)
    async with services.db.connection() as tx:
        await queue.tick(tx, [NIGHTLY])
    assert await waiting(services) == ["schedule.sweep"]


async def test_a_schedule_made_more_frequent_does_not_wait_for_its_old_time(services: Services) -> None:
    async with services.db.connection() as tx:
        await queue.plan(tx, [NIGHTLY])
        await queue.plan(tx, [Schedule("* * * * *", sweep)])
        assert await fetch_value(tx, "select next_at <= now() + interval '1 minute' from schedules")


async def test_a_failed_run_is_parked_until_the_next_one(services: Services) -> None:
    runner = Runner(services, Work({}, [NIGHTLY]))
    await missed(services)
    async with services.db.connection() as tx:
        await queue.tick(tx, [NIGHTLY])
        id = await fetch_value(tx, "update jobs set tries = 3 returning id")
        last = Job(id=id, kind="schedule.sweep", data="null", tries=3)
        await runner.settle(tx, [Ended(last, RuntimeError("the broom broke"))])
        assert [job.kind for job in await failed(tx)] == ["schedule.sweep"]
    await missed(services)
    async with services.db.connection() as tx:
        await queue.tick(tx, [NIGHTLY])
        assert await failed(tx) == []
    assert await waiting(services) == ["schedule.sweep"]
