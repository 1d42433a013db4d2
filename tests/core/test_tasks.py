"""Ending tasks."""

import asyncio
import contextlib

import pytest

from rostra.core import tasks


async def test_a_task_ends_though_a_library_swallows_its_cancellation() -> None:
    async def work() -> None:
        with contextlib.suppress(
            asyncio.CancelledError
        ):  # as psycopg_pool does when a connection comes just then
            await asyncio.sleep(60)
        await asyncio.sleep(60)

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await tasks.end(task)
    assert task.cancelled()


async def test_what_a_task_failed_with_is_told() -> None:
    async def work() -> None:
        raise ValueError("Fog")

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    with pytest.raises(ValueError, match="Fog"):
        await tasks.end(task)
