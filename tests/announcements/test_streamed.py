"""Announcements in open streams."""

from pathlib import Path

import pytest

from rostra.announcements import actions
from rostra.announcements.model import Draft
from rostra.core.settings import Settings
from tests.live import live_settings
from tests.network import Network
from tests.streaming.sockets import socket_of


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return live_settings(tmp_path)


async def test_open_streams_hear_of_announcements_reactions_and_their_end(live: Network) -> None:
    alice, bob = await live.people("alice", "bob")
    async with socket_of(alice, stream="user") as socket:
        async with live.services.db.connection() as tx:
            made = await actions.write(tx, live.settings, Draft(text="Fog"), publish=True)
            await live.settle()
        stream, event, payload = await socket.next()
        assert (stream, event, payload["id"]) == (["user"], "announcement", str(made))
        assert "read" not in payload
        await bob.put(f"/api/v1/announcements/{made}/reactions/👍")
        await live.settle()
        counted = {"name": "👍", "count": 1, "announcement_id": str(made)}
        assert await socket.next() == (["user"], "announcement.reaction", counted)
        await bob.delete(f"/api/v1/announcements/{made}/reactions/👍")
        await live.settle()
        assert await socket.next() == (["user"], "announcement.reaction", {**counted, "count": 0})
        async with live.services.db.connection() as tx:
            await actions.edit(tx, live.settings, made, Draft(text="Thick fog"))
        await live.settle()
        _, event, payload = await socket.next()
        assert (event, payload["content"]) == ("announcement", "<p>Thick fog</p>")
        async with live.services.db.connection() as tx:
            await actions.delete(tx, made)
        await live.settle()
        assert await socket.next() == (["user"], "announcement.delete", made)
