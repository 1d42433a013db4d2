"""Tasks of asyncio that end when they should."""

import asyncio

AGAIN = 0.5
"""Seconds until a task that goes on is cancelled once more."""


async def end(task: asyncio.Task[None]) -> None:
    """Cancel `task`, and wait until it is over; what it failed with is raised.

    Once is not enough before Python 3.12: `asyncio.wait_for`, with which psycopg_pool waits for connections,
    swallows a cancellation that comes together with what it waited for, and the task goes on.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=AGAIN)
    if not task.cancelled():
        task.result()
