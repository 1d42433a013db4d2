"""Filters in streams."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from rostra.core.settings import Settings
from tests.live import live_settings
from tests.network import Network, Person
from tests.streaming.sockets import socket_of


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return live_settings(tmp_path)


async def make(person: Person, keyword: str) -> Any:
    body = {"title": "Noise", "context": ["home"], "keywords_attributes": [{"keyword": keyword}]}
    return await person.post("/api/v2/filters", json=body)


async def test_streams_say_what_each_reader_filters(live: Network) -> None:
    alice, bob, carol, dora = await live.people("alice", "bob", "carol", "dora")
    made = await make(bob, "drums")
    await make(carol, "horns")
    async with (
        socket_of(alice, stream="public") as first,
        socket_of(bob, stream="public") as second,
        socket_of(carol, stream="public") as third,
        socket_of(dora, stream="public") as fourth,
    ):
        await alice.publish("drums")
        assert [(await socket.next())[2]["filtered"] for socket in (first, third, fourth)] == [[], [], []]
        (result,) = (await second.next())[2]["filtered"]
        assert result["filter"]["id"] == made["id"]
        await alice.publish("quiet @dora")
        assert [(await socket.next())[2]["filtered"] for socket in (first, second, third, fourth)] == [[]] * 4


async def test_a_change_of_filters_is_told_and_holds_from_then_on(live: Network) -> None:
    alice, bob = await live.people("alice", "bob")
    await bob.follow(alice)
    async with socket_of(bob, stream="user") as socket, socket_of(alice, stream="user") as other:
        made = await make(bob, "drums")
        await live.settle()
        assert await socket.frame() == {"stream": ["user"], "event": "filters_changed"}
        await alice.publish("drums")
        assert (await socket.next())[2]["filtered"][0]["filter"]["id"] == made["id"]
        assert (await other.next())[1] == "update"


async def test_a_change_of_filters_is_told_by_server_sent_events(live: Network) -> None:
    alice = await live.person("alice")
    url = f"{live.settings.base_url}/api/v1/streaming/user"
    async with (
        httpx.AsyncClient(timeout=10) as client,
        client.stream("GET", url, params={"access_token": alice.token}) as response,
    ):
        lines = response.aiter_lines()
        assert await anext(lines) == ":)"
        await make(alice, "drums")
        await live.settle()
        assert [await anext(lines), await anext(lines)] == ["event: filters_changed", "data: undefined"]
