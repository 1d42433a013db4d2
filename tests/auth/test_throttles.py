"""Attempts are counted exactly, over all processes, in a window that slides."""

import asyncio

import pytest

from rostra.accounts import throttles
from rostra.accounts.throttles import Throttle, network_of
from rostra.core.errors import TooMany
from rostra.core.settings import Settings, load
from tests.network import Network

FIVE = Throttle("test", 5, 900)


@pytest.fixture
def settings() -> Settings:
    return load({"database_connections": 6}, environ={})


async def attempt(network: Network, who: str = "alice") -> bool:
    async with network.services.db.connection() as tx:
        try:
            await throttles.hit(tx, network.settings, FIVE, who)
        except TooMany as error:
            return not 0 < error.retry_after <= 901
    return True


async def earlier(network: Network, minutes: int) -> None:
    """Let time pass."""
    async with network.services.db.connection() as tx:
        await tx.execute(
            "update throttles set window_start = window_start - make_interval(mins => %s)", (minutes,)
        )


async def test_many_at_once_do_not_slip_through(network: Network) -> None:
    outcomes = await asyncio.gather(*(attempt(network) for _ in range(20)))
    assert sum(outcomes) == 5
    assert await attempt(network, "bob")


async def test_the_window_slides_and_refused_attempts_do_not_make_it_longer(network: Network) -> None:
    assert [await attempt(network) for _ in range(3)] == [True] * 3
    await earlier(network, 10)
    assert [await attempt(network) for _ in range(4)] == [True, True, False, False]
    await earlier(network, 6)
    assert [await attempt(network) for _ in range(4)] == [True, True, True, False]
    await earlier(network, 60 * 24 * 3)
    async with network.services.db.connection() as tx:
        assert await throttles.delete_old(tx) > 0
    assert await attempt(network)


async def test_success_is_forgiven_and_names_are_not_kept(network: Network) -> None:
    for _ in range(6):
        await attempt(network, "Alice@people.example")
    async with network.services.db.connection() as tx:
        kept = repr(await (await tx.execute("select * from throttles")).fetchall())
        await throttles.clear(tx, FIVE, "alice@people.example")
    assert "people" not in kept
    assert await attempt(network, "alice@people.example")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("nonsense", "nonsense"),
        ("", ""),
    ],
)
def test_one_household_counts_as_one(address: str, network: str) -> None:
    assert network_of(address) == network
