"""The outbox: an event is recorded with the data it speaks of, and is never lost or doubled."""

from datetime import timedelta

import psycopg
import pytest

from rostra.core import clock, events
from rostra.core.db import execute, fetch_values
from rostra.core.jobs import drain, enqueue_at
from rostra.core.services import Services
from tests.core.greetings import REACTIONS, Greeted, greet, guest_book, open_guest_book


@pytest.fixture(autouse=True)
async def _book(services: Services) -> None:
    await open_guest_book(services)


async def test_each_reaction_follows_an_event_once(services: Services) -> None:
    await greet(services, 1)
    assert await drain(services, REACTIONS) == 2
    assert await guest_book(services) == [("smile", 1), ("wave", 1)]
    assert await drain(services, REACTIONS) == 0


async def test_an_event_of_an_undone_transaction_has_never_happened(services: Services) -> None:
    async with services.db.transaction() as tx:
        await events.record(tx, Greeted(1))
        raise psycopg.Rollback
    assert await drain(services, REACTIONS) == 0
    assert await guest_book(services) == []


async def test_more_events_than_are_taken_at_once_all_have_their_reactions(services: Services) -> None:
    numbers = list(range(250))
    await greet(services, *numbers)
    await drain(services, REACTIONS)
    expected = [("smile", number) for number in numbers] + [("wave", number) for number in numbers]
    assert await guest_book(services) == expected


async def test_an_id_of_64_bits_arrives_exactly(services: Services) -> None:
    await greet(services, 2**63 - 1)
    await drain(services, REACTIONS)
    assert await guest_book(services) == [("smile", 2**63 - 1), ("wave", 2**63 - 1)]


async def test_an_event_that_nothing_follows_is_forgotten(services: Services) -> None:
    await greet(services, 1)
    assert await drain(services, {Greeted: ()}) == 0
    async with services.db.connection() as tx:
        assert await fetch_values(tx, "select type from events") == []


async def test_an_event_that_this_version_does_not_know_waits_for_one_that_does(services: Services) -> None:
    await greet(services, 1)
    assert await drain(services, {}) == 0
    assert await drain(services, REACTIONS) == 2


async def test_an_event_that_is_put_off_happens_when_its_time_has_come(services: Services) -> None:
    async with services.db.transaction() as tx:
        await enqueue_at(tx, clock.now() + timedelta(days=7), Greeted(7))
        await enqueue_at(tx, clock.now() - timedelta(seconds=1), Greeted(1))
    await drain(services, REACTIONS)
    assert await guest_book(services) == [("smile", 1), ("wave", 1)]

    async with services.db.connection() as tx:
        await execute(tx, "update jobs set run_at = run_at - interval '8 days'")
    await drain(services, REACTIONS)
    assert await guest_book(services) == [("smile", 1), ("smile", 7), ("wave", 1), ("wave", 7)]
