"""What tests with foreign clients share: a real server, on a port that no other test uses."""

from pathlib import Path

import pytest

from rostra.core.settings import Settings
from tests.live import live_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a network on a free port."""
    return live_settings(tmp_path)
