"""A network that may visit a part of this machine, and a site there."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from rostra.core.settings import Settings, load
from tests.cards.sites import HOST, Site, serving


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    given = {"data": tmp_path / "data", "rate_limits": False, "confirm_email": False}
    return load({**given, "allow_private_addresses": HOST}, environ={})


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as site:
        yield site
