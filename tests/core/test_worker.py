"""The worker: wakes at once, loses nothing when it is killed, and stops in order."""

import asyncio
import signal
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import psycopg
import pytest

from rostra.core.db import execute, fetch_value
from rostra.core.jobs import Limits, ReactionTable, Runner, Schedule, Work, apart, backlog, drain
from rostra.core.services import Services
from tests.core.greetings import REACTIONS, Greeted, greet, guest_book, open_guest_book, sign

PATIENCE = 30  # seconds until a test gives up


@pytest.fixture(autouse=True)
async def _book(services: Services) -> None:
    await open_guest_book(services)


@asynccontextmanager
async def at_work(services: Services, reactions: ReactionTable, limits: Limits) -> AsyncGenerator[Runner]:
    """A worker in this process, told to stop at the end of the block."""
    runner = Runner(services, Work(reactions), limits)
    task = asyncio.create_task(runner.run())
    try:
        yield runner
    finally:
        runner.stop()
        await asyncio.wait_for(task, PATIENCE)


async def start_worker(database: str, lease: float) -> asyncio.subprocess.Process:
    """A worker in a process of its own."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.core.greetings", database, str(lease)
    )


async def until(is_so: Callable[[], Awaitable[bool]]) -> None:
    """Wait for something that can only be asked for."""
    async with asyncio.timeout(PATIENCE):
        while not await is_so():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_a_worker_wakes_when_an_event_is_committed(services: Services) -> None:
    async with at_work(services, REACTIONS, Limits(poll=3600)):
        for number in (1, 2, 3):  # the first may be found at the start; after it the worker sleeps
            await greet(services, number)
            await until(lambda: _is_settled(services))


async def test_a_worker_finds_what_happened_while_none_ran(services: Services) -> None:
    await greet(services, *range(300))
    async with at_work(services, REACTIONS, Limits(poll=3600)):
        await until(lambda: _count_is(services, 600))
    assert len(set(await guest_book(services))) == 600
    assert await drain(services, REACTIONS) == 0


@pytest.mark.slow
async def test_a_worker_killed_in_the_middle_loses_no_reaction(services: Services, database: str) -> None:
    numbers = range(1000)
    killed = await start_worker(database, lease=1)
    await greet(services, *numbers)
    await until(lambda: _has_begun(services))
    killed.send_signal(signal.SIGKILL)
    await killed.wait()
    async with services.db.connection() as tx:
        waiting = await backlog(tx)
    assert waiting.events + waiting.due + waiting.later > 0, "it was killed too late to show anything"

    async with at_work(services, REACTIONS, Limits(poll=0.1)):
        await until(lambda: _is_settled(services))
    expected = {(who, number) for who in ("wave", "smile") for number in numbers}
    assert set(await guest_book(services)) == expected


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_worker_told_to_stop_ends_its_jobs_and_leaves(
    services: Services, database: str, number: signal.Signals
) -> None:
    worker = await start_worker(database, lease=60)
    await greet(services, *range(200))
    await until(lambda: _has_begun(services))
    worker.send_signal(number)
    assert await asyncio.wait_for(worker.wait(), PATIENCE) == 0

    await drain(services, REACTIONS)  # at once: it has left no lease behind
    book = await guest_book(services)
    assert len(book) == len(set(book)) == 400


async def test_a_job_that_does_not_end_in_time_is_given_back(services: Services) -> None:
    begun, go = asyncio.Event(), asyncio.Event()

    async def dawdle(services: Services, event: Greeted) -> None:
        begun.set()
        await go.wait()
        await sign(services, "dawdle", event.number)

    async with at_work(services, {Greeted: (dawdle,)}, Limits(grace=0.01)):
        await greet(services, 1)
        await asyncio.wait_for(begun.wait(), PATIENCE)
    async with services.db.connection() as tx:
        assert await fetch_value(tx, "select tries from jobs") == 0

    go.set()
    assert await drain(services, {Greeted: (dawdle,)}) == 1


async def test_a_job_that_runs_longer_than_a_lease_stays_with_its_worker(services: Services) -> None:
    begun, go = asyncio.Event(), asyncio.Event()

    async def dawdle(services: Services, event: Greeted) -> None:
        begun.set()
        await go.wait()
        await sign(services, "dawdle", event.number)

    async def lease_ends() -> float:
        async with services.db.connection() as tx:
            return await fetch_value(tx, "select extract(epoch from run_at)::float8 from jobs")

    async with at_work(services, {Greeted: (dawdle,)}, Limits(lease=3, poll=0.05)):
        await greet(services, 1)
        await asyncio.wait_for(begun.wait(), PATIENCE)
        first = await lease_ends()

        async def is_extended() -> bool:
            return await lease_ends() > first + 0.5

        await until(is_extended)
        assert await drain(services, {Greeted: (dawdle,)}) == 0
        go.set()
        await until(lambda: _is_settled(services))
    assert await guest_book(services) == [("dawdle", 1)]


async def test_a_worker_too_slow_to_keep_its_lease_does_not_run_a_job_twice_at_once(
    services: Services,
) -> None:
    begun, go = asyncio.Event(), asyncio.Event()

    async def dawdle(services: Services, event: Greeted) -> None:
        begun.set()
        await go.wait()
        await sign(services, "dawdle", event.number)

    async def is_taken_again() -> bool:
        async with services.db.connection() as tx:
            return bool(await fetch_value(tx, "select tries > 1 from jobs"))

    async with at_work(services, {Greeted: (dawdle,)}, Limits(lease=60, poll=0.01)):
        await greet(services, 1)
        await asyncio.wait_for(begun.wait(), PATIENCE)
        async with services.db.connection() as tx:  # its lease ends, as if it had not been extended
            await execute(tx, "update jobs set run_at = now()")
        await until(is_taken_again)
        go.set()
        await until(lambda: _is_settled(services))
    assert await guest_book(services) == [("dawdle", 1)]


async def test_a_worker_goes_on_after_its_connections_broke(services: Services, database: str) -> None:
    async with at_work(services, REACTIONS, Limits(poll=0.1)):
        await greet(services, 1)
        await until(lambda: _count_is(services, 2))
        with psycopg.connect(database, autocommit=True) as other:
            other.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
            other.execute("insert into events (type, data) values ('Greeted', '{\"number\": 2}')")

            def is_done() -> bool:
                row = other.execute("select count(*) = 4 from guest_book").fetchone()
                return bool(row and row[0])

            async with asyncio.timeout(PATIENCE):
                while not is_done():  # noqa: ASYNC110
                    await asyncio.sleep(0.02)


async def test_two_workers_share_the_jobs_and_run_none_twice(services: Services) -> None:
    limits = Limits(poll=0.1)
    async with at_work(services, REACTIONS, limits), at_work(services, REACTIONS, limits):
        for first in range(0, 400, 20):
            await greet(services, *range(first, first + 20))
        await until(lambda: _is_settled(services))
    book = await guest_book(services)
    assert len(book) == len(set(book)) == 800


async def test_a_worker_runs_a_schedule_that_was_missed(services: Services) -> None:
    ran = asyncio.Event()

    async def sweep(services: Services) -> None:
        ran.set()

    async with services.db.connection() as tx:
        await tx.execute("insert into schedules (name, next_at) values ('sweep', now() - interval '1 day')")
    runner = Runner(services, Work({}, [Schedule("0 0 1 1 *", sweep)]), Limits(poll=3600))
    task = asyncio.create_task(runner.run())
    await asyncio.wait_for(ran.wait(), PATIENCE)
    runner.stop()
    await asyncio.wait_for(task, PATIENCE)


async def _count_is(services: Services, lines: int) -> bool:
    return len(await guest_book(services)) == lines


async def _has_begun(services: Services) -> bool:
    return bool(await guest_book(services))


async def _is_settled(services: Services) -> bool:
    async with services.db.connection() as tx:
        waiting = await backlog(tx)
    return waiting.events + waiting.due + waiting.later == 0


async def test_jobs_that_wait_for_others_keep_no_others_waiting(services: Services) -> None:
    let_go, waiting, most = asyncio.Event(), 0, 0

    @apart(2)
    async def wait(services: Services, event: Greeted) -> None:
        nonlocal waiting, most
        waiting += 1
        most = max(most, waiting)
        await let_go.wait()
        waiting -= 1
        await sign(services, "wait", event.number)

    async def wave(services: Services, event: Greeted) -> None:
        await sign(services, "wave", event.number)

    reactions: ReactionTable = {Greeted: (wait, wave)}
    await greet(services, *range(20))
    async with at_work(services, reactions, Limits(concurrency=2, poll=0.05)):
        await until(lambda: _count_is(services, 20))
        assert {who for who, _ in await guest_book(services)} == {"wave"}
        let_go.set()
        await until(lambda: _count_is(services, 40))
    assert most == 2
