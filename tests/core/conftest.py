"""Services over a fresh database, without an app."""

from collections.abc import AsyncIterator

import pytest

from rostra.core.services import Services, open_services
from rostra.core.settings import Settings


@pytest.fixture
async def services(database: str, settings: Settings) -> AsyncIterator[Services]:
    """Services of a network in which nothing has happened."""
    async with open_services(settings, database) as services:
        yield services
