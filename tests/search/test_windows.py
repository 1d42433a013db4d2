"""Windows of time hold every status once, whichever way one looks through them."""

from itertools import pairwise

import pytest

from rostra.search import windows
from tests.network import Network
from tests.search.test_operators import ids


async def fill(network: Network, count: int) -> None:
    """`count` windows of ten ids each."""
    async with network.services.db.transaction() as tx:
        await tx.execute(
            "insert into search_windows (number, first_id)"
            " select number, number * 10 from generate_series(1, %s) as number",
            [count - 1],
        )


@pytest.mark.parametrize("count", [1, 2, 15, 16, 17, 33, 256, 700, 1500])
@pytest.mark.parametrize("upwards", [False, True])
async def test_windows_cover_what_is_asked_for_once_and_in_order(
    network: Network, count: int, upwards: bool
) -> None:
    await fill(network, count)
    last = count * 10 + 5
    async with network.services.db.connection() as tx:
        for lowest, highest in ((0, last), (3, last), (last // 3, last // 2), (7, 7), (0, 2**63 - 1)):
            found = await windows.between(tx, lowest, highest, upwards=upwards)
            ranges = [(window.first_id, window.last_id) for window in found]
            ordered = ranges if upwards else ranges[::-1]
            assert ordered[0][0] == lowest
            assert ordered[-1][1] == highest
            for (_, end), (start, _) in pairwise(ordered):
                assert start == end + 1
            for window in found:
                level, number = window.clause.strip("'~").split(":")
                wide = 10 * 16 ** int(level)
                assert window.first_id >= int(number) * wide
                assert window.last_id < (int(number) + 1) * wide or window.last_id >= (count - 1) * 10
    assert len(found) < 60


async def test_a_new_window_opens_when_the_newest_is_full(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "SIZE", 2)
    monkeypatch.setattr(windows, "AHEAD", windows.AHEAD * 0)
    alice = await network.person("alice")
    made = []
    async with network.services.db.connection() as tx:
        for number in range(6):
            made.append((await alice.publish(f"nebel {number}"))["id"])
            await windows.open_next(tx)
        opened = await (await tx.execute("select count(*) from search_windows")).fetchone()
    assert opened == (4,)
    assert await ids(alice, "nebel") == made[::-1]
    assert await ids(alice, "nebel", min_id=made[0], limit=2) == made[2:0:-1]
    assert await ids(alice, "nebel", max_id=made[3], limit=2) == made[2:0:-1]
