"""Open streams show a card as soon as it is there."""

from pathlib import Path

import pytest

from rostra.core.settings import Settings
from tests.cards.sites import HOST, Site
from tests.live import live_settings
from tests.network import Network
from tests.streaming.sockets import socket_of


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return live_settings(tmp_path, allow_private_addresses=HOST)


async def test_a_card_comes_to_open_streams_as_an_update_of_its_status(live: Network, site: Site) -> None:
    alice, bob = await live.people("alice", "bob")
    await bob.follow(alice)
    url = site.page("/a", "<title>Page</title>")
    async with socket_of(bob, stream="user") as socket:
        first = await alice.publish(url)
        _, event, shown = await socket.next()
        assert (event, shown["id"]) == ("update", first["id"])  # its card may be there already
        _, event, shown = await socket.next()
        assert (event, shown["id"], shown["card"]["title"]) == ("status.update", first["id"], "Page")
        assert shown["edited_at"] is None
        second = await alice.publish(f"again {url}")  # known by now
        events = [(await socket.next())[1:] for _ in range(2)]
        assert sorted(event for event, _ in events) == ["status.update", "update"]
        assert all(payload["id"] == second["id"] for _, payload in events)
        assert dict(events)["status.update"]["card"]["title"] == "Page"
