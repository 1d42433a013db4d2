"""Processes say that they are there, in the table `processes`: so that each can tell of all of them."""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Literal

import msgspec
import psycopg

from rostra.core import tasks
from rostra.core.db import Database, Row, Tx, execute, fetch_all
from rostra.core.errors import Unavailable
from rostra.core.ids import new_id

EVERY = 5.0
"""Seconds."""
GONE_AFTER = timedelta(seconds=20)
"""Who was silent for so long is there no more, or can't reach the database."""
FAREWELL = 1.0
"""Seconds that a process takes to say that it ends."""

Kind = Literal["web", "worker"]
Numbers = Callable[[], Mapping[str, object]]
"""What a process has to do: JSON."""


class Process(Row, frozen=True):
    """A process that was there a moment ago."""

    kind: Kind
    host: str
    pid: int
    numbers: dict[str, object]
    started_at: datetime
    seen_at: datetime


@asynccontextmanager
async def present(db: Database, kind: Kind, numbers: Numbers) -> AsyncGenerator[None]:
    """Say for the length of the block that this process is there. A broken database is waited for."""
    process_id = new_id()
    saying = asyncio.create_task(_keep_saying(db, process_id, kind, numbers), name="presence")
    try:
        yield
    finally:
        await tasks.end(saying)
        with contextlib.suppress(TimeoutError, psycopg.Error, Unavailable):
            async with asyncio.timeout(FAREWELL), db.connection() as tx:
                await execute(tx, "delete from processes where id = %(id)s", {"id": process_id})


async def processes(tx: Tx) -> list[Process]:
    """Who is there, the oldest first."""
    return await fetch_all(
        tx,
        Process,
        """
        select kind, host, pid, numbers, started_at, seen_at from processes
        where seen_at > now() - %(gone_after)s order by id
        """,
        {"gone_after": GONE_AFTER},
    )


async def _keep_saying(db: Database, process_id: int, kind: Kind, numbers: Numbers) -> None:
    while True:
        with contextlib.suppress(psycopg.Error, Unavailable):
            async with db.connection() as tx:
                await _say(tx, process_id, kind, numbers)
        await asyncio.sleep(EVERY)


async def _say(tx: Tx, process_id: int, kind: Kind, numbers: Numbers) -> None:
    await execute(
        tx,
        """
        with gone as (delete from processes where seen_at < now() - interval '1 hour')
        insert into processes (id, kind, host, pid, numbers)
        values (%(id)s, %(kind)s, %(host)s, %(pid)s, %(numbers)s::jsonb)
        on conflict (id) do update set numbers = excluded.numbers, seen_at = now()
        """,
        {
            "id": process_id,
            "kind": kind,
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "numbers": msgspec.json.encode(numbers()).decode(),
        },
    )
