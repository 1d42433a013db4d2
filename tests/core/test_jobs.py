"""Jobs that fail: tried again, parked, looked at, and run again."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from rostra.core.db import execute, fetch_value
from rostra.core.jobs import (
    Limits,
    ReactionTable,
    Runner,
    TryAgain,
    Work,
    apart,
    backlog,
    drain,
    failed,
    requeue,
)
from rostra.core.jobs.queue import Job
from rostra.core.services import Services
from tests.core.greetings import REACTIONS, Greeted, greet, guest_book, open_guest_book, sign

TRIES = 8


class Stumble(Exception):
    """What goes wrong in these tests."""


@pytest.fixture(autouse=True)
async def _book(services: Services) -> None:
    await open_guest_book(services)


def stumbling(message: str, over: int | None = None) -> ReactionTable:
    """A reaction that signs, or stumbles: over one number, or (None) over all."""

    async def walk(services: Services, event: Greeted) -> None:
        if over in (None, event.number):
            raise Stumble(message)
        await sign(services, "walk", event.number)

    return {Greeted: (walk,)}


async def make_due(services: Services) -> None:
    """Let the pause before the next try pass."""
    async with services.db.connection() as tx:
        await execute(tx, "update jobs set run_at = now()")


async def test_draining_an_empty_queue_runs_nothing(services: Services) -> None:
    assert await drain(services, REACTIONS) == 0


async def test_what_follows_from_what_followed_is_drained_too(services: Services) -> None:
    async def count_down(services: Services, event: Greeted) -> None:
        await sign(services, "count_down", event.number)
        if event.number:
            await greet(services, event.number - 1)

    await greet(services, 3)
    assert await drain(services, {Greeted: (count_down,)}) == 4
    assert await guest_book(services) == [("count_down", number) for number in range(4)]


async def test_a_failed_job_waits_before_it_is_tried_again(services: Services) -> None:
    await greet(services, 1)
    with pytest.raises(Stumble):
        await drain(services, stumbling("mind the step"))
    assert await drain(services, stumbling("not yet")) == 0

    await make_due(services)
    assert await drain(services, stumbling("", over=99)) == 1
    assert await guest_book(services) == [("walk", 1)]


async def test_a_job_is_parked_with_its_error_after_its_last_try(services: Services) -> None:
    await greet(services, 1)
    for _ in range(TRIES):
        async with services.db.connection() as tx:
            assert await failed(tx) == []
        await make_due(services)
        with pytest.raises(Stumble):
            await drain(services, stumbling("mind the step"))
    await make_due(services)
    assert await drain(services, stumbling("parked jobs stay parked")) == 0

    async with services.db.connection() as tx:
        (parked,) = await failed(tx)
        assert (await backlog(tx)).failed == 1
    assert (parked.kind, parked.tries) == ("Greeted.walk", TRIES)
    assert parked.error.rstrip().endswith("Stumble: mind the step")


async def test_a_parked_job_that_is_requeued_has_all_its_tries_again(services: Services) -> None:
    await greet(services, 1)
    for _ in range(TRIES):
        await make_due(services)
        with pytest.raises(Stumble):
            await drain(services, stumbling("mind the step"))
    async with services.db.connection() as tx:
        assert await requeue(tx) == 1
        assert await failed(tx) == []

    with pytest.raises(Stumble):
        await drain(services, stumbling("again"))
    await make_due(services)
    assert await drain(services, stumbling("", over=99)) == 1


async def test_a_failing_job_takes_nothing_from_the_others(services: Services) -> None:
    await greet(services, 1, 2, 3)
    with pytest.raises(Stumble):
        await drain(services, stumbling("mind the step", over=2))
    async with services.db.connection() as tx:
        assert await fetch_value(tx, "select tries from jobs where data->>'number' = '3'") == 0
    assert await drain(services, stumbling("", over=2)) == 1
    assert await guest_book(services) == [("walk", 1), ("walk", 3)]


async def test_a_job_whose_workers_all_died_is_parked(services: Services) -> None:
    await greet(services, 1)
    with pytest.raises(Stumble):
        await drain(services, stumbling("mind the step"))
    async with services.db.connection() as tx:
        await execute(tx, "update jobs set run_at = now(), tries = %(tries)s", {"tries": TRIES})
    with pytest.raises(RuntimeError, match="workers died"):
        await drain(services, stumbling("", over=99))
    async with services.db.connection() as tx:
        assert len(await failed(tx)) == 1
    assert await guest_book(services) == []


async def test_an_error_that_postgresql_could_not_store_is_stored_all_the_same(services: Services) -> None:
    await greet(services, 1)
    with pytest.raises(Stumble):
        await drain(services, stumbling("x" * 100_000 + " zero \0, half a pair \ud800, end"))
    async with services.db.connection() as tx:
        error = await fetch_value(tx, "select error from jobs")
    assert error.rstrip().endswith("end")
    assert len(error) < 5000


async def test_data_that_no_longer_fits_its_event_is_a_failure(services: Services) -> None:
    await greet(services, 1)
    async with services.db.connection() as tx:
        await execute(tx, 'update events set data = \'{"number": "one"}\'')
    with pytest.raises(ValueError, match="number"):
        await drain(services, REACTIONS)


async def test_a_try_that_takes_too_long_is_a_failure(services: Services) -> None:
    async def dawdle(services: Services, event: Greeted) -> None:
        await asyncio.Event().wait()

    runner = Runner(services, Work({Greeted: (dawdle,)}), Limits(job=0.01))
    end = await runner.attempt(Job(id=1, kind="Greeted.dawdle", data='{"number": 1}', tries=1))
    assert isinstance(end.error, TimeoutError)


async def test_the_backlog_counts_what_waits(services: Services) -> None:
    async with services.db.connection() as tx:
        before = await backlog(tx)
    assert (before.events, before.due, before.later, before.failed, before.oldest_seconds) == (0, 0, 0, 0, 0)

    await greet(services, 1, 2)
    with pytest.raises(Stumble):
        await drain(services, stumbling("mind the step"))
    await greet(services, 3)
    async with services.db.connection() as tx:
        after = await backlog(tx)
    assert (after.events, after.due, after.later, after.failed) == (1, 1, 1, 0)
    assert after.oldest_seconds > 0


def test_two_reactions_of_one_name_to_one_event_are_refused() -> None:
    def namesake() -> Callable[[Services, Greeted], Awaitable[None]]:
        async def same(services: Services, event: Greeted) -> None: ...

        return same

    with pytest.raises(ValueError, match=r"Greeted\.same"):
        Work({Greeted: (namesake(), namesake())})


async def test_a_job_that_found_nobody_at_home_is_run_again_when_it_asks(services: Services) -> None:
    async def knock(services: Services, event: Greeted) -> None:
        raise TryAgain("nobody there", after=500)

    await greet(services, 1)
    assert await drain(services, {Greeted: (knock,)}) == 1
    async with services.db.connection() as tx:
        waits = await fetch_value(tx, "select extract(epoch from run_at - now()) from jobs")
    assert 490 < waits <= 500
    assert await drain(services, {Greeted: (knock,)}) == 0


async def test_a_job_that_never_finds_anybody_at_home_ends_quietly(services: Services) -> None:
    async def knock(services: Services, event: Greeted) -> None:
        await sign(services, "knock", event.number)
        raise TryAgain("nobody there")

    await greet(services, 1)
    for _ in range(TRIES):
        assert await drain(services, {Greeted: (knock,)}) == 1
        await make_due(services)
    async with services.db.connection() as tx:
        assert await fetch_value(tx, "select count(*) from jobs") == 0
    assert len(await guest_book(services)) == TRIES


async def test_a_kind_of_job_may_have_its_own_time_limit(services: Services) -> None:
    @apart(1, seconds=0.01)
    async def linger(services: Services, event: Greeted) -> None:
        await asyncio.sleep(60)

    await greet(services, 1)
    with pytest.raises(TimeoutError):
        await drain(services, {Greeted: (linger,)})
