"""The real web app, as `bin/setup app` built it, behind a real server, in a real browser."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, ViewportSize

from rostra.core.services import open_services
from rostra.core.settings import Settings
from rostra.web_app.files import IN_CHECKOUT, load
from tests.browser import Scheme, browser
from tests.databases import Databases
from tests.live import live_settings, serve
from tests.network import Network
from tests.web.app import DESKTOP, PHONE, App

__all__ = ["browser"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A network that has the web app; tests in which it can't be built are skipped."""
    if load(IN_CHECKOUT) is None:
        pytest.skip("The web app is not built: bin/setup app says why")
    return live_settings(tmp_path, title="Harbour", web_app=str(IN_CHECKOUT))


@pytest.fixture
async def elsewhere(databases: Databases, tmp_path: Path) -> AsyncIterator[Network]:
    """Another network, without the app, whose members may sign in in the app of `live`."""
    with databases.second() as conninfo:
        async with open_services(
            live_settings(tmp_path / "elsewhere", title="Elsewhere"), conninfo
        ) as services:
            network = Network(services)
            async with serve(network):
                yield network
            await network.close()


@pytest.fixture
def app(live: Network, browser: Browser, request: pytest.FixtureRequest) -> App:
    """The app of `live`; it opens tabs."""
    marks = {mark.name for mark in request.node.iter_markers()}
    return App(live, browser, installs="installs" in marks, by_hand="by_hand" in marks)


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def size(request: pytest.FixtureRequest) -> ViewportSize:
    """Both windows in which the app must be good."""
    return request.param


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> Scheme:
    """Both colour schemes."""
    return request.param
