"""What every door and every job needs from outside: opened once for a process, passed on by hand."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from rostra.core.blobs import Blobs
from rostra.core.bus import Bus
from rostra.core.db import Database
from rostra.core.http import HttpClient
from rostra.core.mail import Mailer
from rostra.core.settings import Settings
from rostra.core.site import Site


@dataclass(frozen=True, slots=True)
class Services:
    """The seams, each with its one implementation."""

    site: Site
    db: Database
    bus: Bus
    blobs: Blobs
    mailer: Mailer
    http: HttpClient

    @property
    def settings(self) -> Settings:
        """The settings in effect. They may change at any time, but for a request take one look at them."""
        return self.site.settings


@asynccontextmanager
async def open_services(settings: Settings, conninfo: str) -> AsyncGenerator[Services]:
    """All services, connected to the database at `conninfo`, for the length of the block."""
    db, bus = Database(conninfo, settings.database_connections), Bus(conninfo)
    http, site = HttpClient(settings), Site(settings)
    await db.open()
    try:
        await bus.open()
        async with site.followed(db, bus):
            yield Services(site, db, bus, Blobs(settings), Mailer(settings, db), http)
    finally:
        await http.close()
        await bus.close()
        await db.close()
