"""A ready network for each test: a fresh database, the real app in this process, and people.

PostgreSQL is real: the embedded one, or the server of `ROSTRA_TEST_DATABASE_URL` (a role that may
create databases). Reactions run when a test says `await network.settle()`.
"""

import os
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from rostra.accounts import passwords
from rostra.core import postgres
from rostra.core.services import open_services
from rostra.core.settings import Settings, load
from tests.conformance.watch import take_misfits
from tests.databases import Databases
from tests.live import serve
from tests.network import Network

passwords._hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)  # people join in no time


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a PostgreSQL server for tests."""
    external = os.environ.get("ROSTRA_TEST_DATABASE_URL")
    if external:
        yield external
        return
    embedded = postgres.start(tmp_path_factory.mktemp("server"), durable=False)
    yield embedded.url
    embedded.stop()


@pytest.fixture(scope="session")
def databases(server_url: str) -> Iterator[Databases]:
    """The databases of this process."""
    found = Databases(server_url)
    yield found
    found.close()


@pytest.fixture
def database(databases: Databases) -> str:
    """Conninfo of an empty, migrated database."""
    return databases.take()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of the test's network; a test module may override this fixture."""
    given = {"data": tmp_path / "data", "rate_limits": False, "confirm_email": False}
    return load({**given, "web_app": "off"}, environ={})  # tests/web has it


@pytest.fixture
async def network(database: str, settings: Settings) -> AsyncIterator[Network]:
    """A network without members."""
    async with open_services(settings, database) as services:
        network = Network(services)
        yield network
        await network.close()


@pytest.fixture
async def live(network: Network) -> AsyncIterator[Network]:
    """The network behind a real server; the module's `settings` come from `tests.live.live_settings`."""
    async with serve(network) as served:
        yield served


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give tests that take minutes half an hour until they count as hanging.

    Those in a browser, whose processes compete for the machine, get a second try; the summary names who
    needed it. No other does: what fails now and then there is what they are meant to find.
    """
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1))
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.timeout(1800))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None]:
    """Fail a test in which something was answered that does not fit the reference (tests/reference)."""
    yield
    _report_misfits()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Generator[None]:
    """As above, for what was answered last."""
    yield
    _report_misfits()


def _report_misfits() -> None:
    found = list(dict.fromkeys(take_misfits()))
    if found:
        pytest.fail("Answers that don't fit tests/reference:\n" + "\n".join(found[:40]), pytrace=False)
