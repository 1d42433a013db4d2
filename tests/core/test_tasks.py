"""Ending tasks."""

import asyncio

import pytest

from rostra.core import tasks
from rostra.core.db import Database
from tests.network import Network


@pytest.mark.parametrize("turns", range(4))
async def test_a_task_ends_that_gets_its_connection_as_it_is_cancelled(network: Network, turns: int) -> None:
    db = Database(network.services.db.conninfo, 1)

    async def work() -> None:
        while True:
            async with db.connection():
                pass
            await asyncio.sleep(60)

    await db.open()
    async with db.connection():
        task = asyncio.create_task(work())
        await asyncio.sleep(0.05)  # it waits for the only connection
    for _ in range(turns):  # of the loop, in the first of which it is handed over
        await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await tasks.end(task)
    assert task.cancelled()
    await db.close()


async def test_what_a_task_failed_with_is_told() -> None:
    async def work() -> None:
        raise ValueError("Fog")

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    with pytest.raises(ValueError, match="Fog"):
        await tasks.end(task)
