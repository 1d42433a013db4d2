"""Networks in these tests have an app, which stands in for the real one."""

from pathlib import Path

import pytest

from rostra.core.settings import Settings
from tests.live import live_settings
from tests.web_app.support import build


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return live_settings(tmp_path, title="Harbour", web_app=str(build(tmp_path / "app")))
