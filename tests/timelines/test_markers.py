"""Markers: how far one has read, the same for all apps."""

import asyncio
from typing import Any

import pytest

from rostra.accounts import markers
from rostra.core.errors import Conflict
from tests.network import Network

MARKERS = "/api/v1/markers"
BOTH = "?timeline[]=home&timeline[]=notifications"


async def test_markers_are_kept_by_timeline(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    assert await alice.get(MARKERS + BOTH) == {}
    set_now = await alice.post(MARKERS, data={"home[last_read_id]": "17"})
    assert set_now == {
        "home": {"last_read_id": "17", "version": 1, "updated_at": set_now["home"]["updated_at"]}
    }
    both = await alice.post(
        MARKERS, json={"home": {"last_read_id": "18"}, "notifications": {"last_read_id": "4"}}
    )
    assert (both["home"]["version"], both["notifications"]["version"]) == (2, 1)
    assert await alice.get(MARKERS + BOTH) == both
    assert await alice.get(f"{MARKERS}?timeline[]=home&timeline[]=elsewhere") == {"home": both["home"]}
    assert await alice.get(MARKERS) == {}
    assert await bob.get(MARKERS + BOTH) == {}
    assert await alice.post(MARKERS, json={"home": {}, "elsewhere": {"last_read_id": "1"}}) == {}


async def test_the_same_place_again_is_no_new_version(network: Network) -> None:
    alice = await network.person("alice")
    first = await alice.post(MARKERS, json={"home": {"last_read_id": "17"}})
    assert await alice.post(MARKERS, json={"home": {"last_read_id": "17"}}) == first


async def test_who_replaces_a_version_that_is_gone_is_told_so_and_nothing_is_lost(network: Network) -> None:
    alice = await network.person("alice")
    await alice.post(MARKERS, json={"home": {"last_read_id": "17", "version": 0}})
    await alice.post(MARKERS, json={"home": {"last_read_id": "18", "version": 1}})
    stale = {"home": {"last_read_id": "3", "version": 1}}
    refused = await alice.post(MARKERS, 409, json={**stale, "notifications": {"last_read_id": "9"}})
    assert refused == {"error": "Conflict during update, please try again"}
    kept = await alice.get(MARKERS + BOTH)
    assert (kept["home"]["last_read_id"], kept["home"]["version"]) == ("18", 2)
    assert "notifications" not in kept  # all of it or nothing


async def test_of_two_apps_at_the_same_moment_the_later_is_told(network: Network) -> None:
    alice = await network.person("alice")
    await alice.post(MARKERS, json={"home": {"last_read_id": "1"}})
    db = network.services.db

    async def later(blocked: asyncio.Event) -> None:
        async with db.transaction() as tx:
            await markers.of_account(tx, alice.account_id, ["home"])
            blocked.set()
            await markers.set_marker(tx, alice.account_id, "home", 3, 1)

    blocked = asyncio.Event()
    async with db.transaction() as tx:
        await markers.set_marker(tx, alice.account_id, "home", 2, None)
        waiting = asyncio.create_task(later(blocked))
        await blocked.wait()
    with pytest.raises(Conflict):
        await waiting
    assert (await alice.get(MARKERS + BOTH))["home"]["last_read_id"] == "2"


@pytest.mark.parametrize(
    "body",
    [
        {"home": "17"},
        {"home": {"last_read_id": "x"}},
        {"home": {"last_read_id": "-1"}},
        {"home": {"last_read_id": "9" * 30}},
        {"home": [1]},
        {"home": {"last_read_id": "1", "version": "old"}},
    ],
)
async def test_what_is_no_place_is_refused(network: Network, body: dict[str, Any]) -> None:
    alice = await network.person("alice")
    await alice.post(MARKERS, 422, json=body)
    assert await alice.get(MARKERS + BOTH) == {}


async def test_markers_need_their_scopes(network: Network) -> None:
    reader = await network.person("reader", scopes=("read:statuses",))
    writer = await network.person("writer", scopes=("write:statuses",))
    body = {"home": {"last_read_id": "17"}}
    assert await reader.get(MARKERS + BOTH) == {}
    await reader.post(MARKERS, 403, json=body)
    await writer.get(MARKERS + BOTH, 403)
    await writer.post(MARKERS, json=body)
    await network.anonymous.get(MARKERS + BOTH, 401)
    await network.anonymous.post(MARKERS, 401, json=body)
