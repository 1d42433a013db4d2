"""The settings in effect: those of the start, with what the operator changed since in the running network.

Every process keeps them, so that whoever asks needs no query. A change (about/site.py) reaches all
processes by the bus, and each reads the one row anew; so it does when the bus was cut off.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import msgspec
import psycopg
import structlog

from rostra.core import tasks
from rostra.core.bus import Bus
from rostra.core.db import Database, Row, Tx, fetch_one
from rostra.core.errors import Unavailable
from rostra.core.settings import Registration, Settings

TOPIC = "site"
"""Topic of the bus that tells that they changed."""
AGAIN = 1.0
"""Seconds until the row is asked for again when the database didn't answer."""
log = structlog.get_logger()


class Changed(Row, frozen=True):
    """What was changed. None: as the settings file says."""

    version: int
    title: str | None
    description: str | None
    contact_email: str | None
    registration: Registration | None
    registration_message: str | None


class Site:
    """The settings in effect, as one process knows them."""

    def __init__(self, given: Settings) -> None:
        self.given = given
        """Those of the start: defaults, settings file, environment, command line."""
        self.settings = given
        """Those in effect."""
        self._version = -1
        self._stale = asyncio.Event()

    async def refresh(self, tx: Tx) -> None:
        """Read what was changed: for who has just changed it, and wants to see it."""
        found = await fetch_one(
            tx,
            Changed,
            "select version, title, description, contact_email, registration, registration_message"
            " from site_settings",
        )
        if found is not None and found.version > self._version:  # else a younger one was read meanwhile
            self._version = found.version
            self.settings = over(self.given, found)

    @asynccontextmanager
    async def followed(self, db: Database, bus: Bus) -> AsyncGenerator[None]:
        """Read what was changed, and what will be, for the length of the block. `bus` is open."""
        bus.on(TOPIC, lambda _: self._stale.set())
        bus.on_reset(self._stale.set)
        async with db.connection() as tx:
            await self.refresh(tx)
        task = asyncio.create_task(self._follow(db), name="site")
        try:
            yield
        finally:
            await tasks.end(task)

    async def _follow(self, db: Database) -> None:
        while True:
            await self._stale.wait()
            self._stale.clear()
            try:
                async with db.connection() as tx:
                    await self.refresh(tx)
            except (psycopg.Error, Unavailable) as error:
                log.warning("site.unread", error=str(error).strip(), retry_in=AGAIN)
                self._stale.set()
                await asyncio.sleep(AGAIN)


def over(given: Settings, changed: Changed) -> Settings:
    """`given`, and over it what was changed."""
    values = {name: value for name, value in msgspec.structs.asdict(changed).items() if name != "version"}
    return msgspec.structs.replace(given, **{key: v for key, v in values.items() if v is not None})
