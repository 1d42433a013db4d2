"""A tiny world for the tests of jobs: somebody greets, and each reaction signs a guest book.

Also a program: `python -m tests.core.greetings CONNINFO LEASE` is a real worker in that world.
"""

import asyncio
import sys
from typing import Any

from rostra.core import events
from rostra.core.db import execute, fetch_tuples
from rostra.core.events import Event
from rostra.core.jobs import Limits, ReactionTable, Work
from rostra.core.services import Services
from rostra.core.settings import Settings
from rostra.worker import run


class Greeted(Event, frozen=True):
    """Somebody said hello for the `number`th time."""

    number: int


async def wave(services: Services, event: Greeted) -> None:
    """One reaction."""
    await sign(services, "wave", event.number)


async def smile(services: Services, event: Greeted) -> None:
    """Another one, which takes a moment."""
    await asyncio.sleep(0.005)
    await sign(services, "smile", event.number)


REACTIONS: ReactionTable = {Greeted: (wave, smile)}


async def sign(services: Services, who: str, number: int) -> None:
    """Write a line into the guest book: each time, unlike a good reaction, so that tests can count."""
    async with services.db.connection() as tx:
        await execute(
            tx,
            "insert into guest_book (who, number) values (%(who)s, %(number)s)",
            {"who": who, "number": number},
        )


async def open_guest_book(services: Services) -> None:
    """Make the table that reactions sign."""
    async with services.db.connection() as tx:
        await execute(tx, "create table guest_book (who text, number bigint)")


async def guest_book(services: Services) -> list[tuple[Any, ...]]:
    """All lines, in order of their content."""
    async with services.db.connection() as tx:
        return await fetch_tuples(tx, "select who, number from guest_book order by who, number")


async def greet(services: Services, *numbers: int) -> None:
    """Record greetings, in one transaction."""
    async with services.db.transaction() as tx:
        await events.record(tx, *(Greeted(number) for number in numbers))


if __name__ == "__main__":
    asyncio.run(run(Settings(), sys.argv[1], Work(REACTIONS), Limits(lease=float(sys.argv[2]), poll=0.2)))
