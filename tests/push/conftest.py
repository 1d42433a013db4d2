"""A network that may push to a part of this machine: 127.0.0.2 stands for the Internet."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from rostra.core.settings import Settings, load
from tests.push.device import PushService, push_service


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    given = {"data": tmp_path / "data", "rate_limits": False, "confirm_email": False}
    return load({**given, "allow_private_addresses": "127.0.0.2"}, environ={})


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    async with push_service() as service:
        yield service
