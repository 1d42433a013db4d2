"""Streams of shared accounts: they end with the access that they came by."""

from pathlib import Path

import pytest
import websockets

from rostra.accounts.sharing import actions, queries
from rostra.api import streaming_hub
from rostra.core.settings import Settings
from tests.live import live_settings
from tests.network import Network, Person
from tests.sharing.test_shared_accounts import acting, publish, share
from tests.streaming.sockets import socket_of


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return live_settings(tmp_path)


async def test_a_stream_shows_who_wrote_and_ends_with_the_access(live: Network) -> None:
    club, alice, bob = await live.people("club", "alice", "bob")
    as_club = await acting(live, await share(live, "club", "alice"), "club")
    assert as_club.token is not None
    acting_person = Person(live, "club", club.account_id, as_club.token)
    async with (
        socket_of(acting_person, stream="user") as shared,
        socket_of(club, stream="user") as owners,
        socket_of(bob, stream="public") as public,
    ):
        await publish(live, as_club, "hello")
        assert (await shared.next())[2]["posted_by"]["id"] == alice.id
        assert (await owners.next())[2]["posted_by"]["id"] == alice.id
        assert "posted_by" not in (await public.next())[2]
        async with live.services.db.connection() as tx:
            [access] = await queries.of_member(tx, alice.account_id)
            await actions.end(tx, live.services.bus, access.id, club.account_id)
        with pytest.raises(websockets.ConnectionClosed):
            await shared.next()
        again = await club.publish("still here")
        assert (await owners.next())[2]["id"] == again["id"]


async def test_who_looks_after_an_account_does_not_keep_its_owner_from_streams(
    live: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming_hub, "STREAMS_PER_MEMBER", 1)
    club, _ = await live.people("club", "alice")
    as_club = await acting(live, await share(live, "club", "alice"), "club")
    assert as_club.token is not None
    editor = Person(live, "club", club.account_id, as_club.token)
    async with socket_of(editor, stream="user"), socket_of(club, stream="user") as owners:
        with pytest.raises(websockets.InvalidStatus):
            async with socket_of(editor, stream="public"):
                pass
        status = await club.publish("hello")
        assert (await owners.next())[2]["id"] == status["id"]
