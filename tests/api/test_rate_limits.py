"""Who asks too often is told when to come back (https://docs.joinmastodon.org/api/rate-limits/)."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from rostra.api.ratelimits import LIMITS
from rostra.core.settings import Settings, load
from tests.network import Network


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load({"data": tmp_path / "data", "rate_limits": True, "confirm_email": False}, environ={})


async def test_every_answer_says_how_much_is_left(network: Network) -> None:
    alice = await network.person("alice")
    first = await alice.request("GET", "/api/v1/timelines/home")
    second = await alice.request("GET", "/api/v1/timelines/home")
    most = LIMITS["default"].amount
    assert first.headers["x-ratelimit-limit"] == str(most)
    assert int(first.headers["x-ratelimit-remaining"]) == most - 1
    assert int(second.headers["x-ratelimit-remaining"]) == most - 2
    assert datetime.fromisoformat(first.headers["x-ratelimit-reset"]) > datetime.now(UTC)


async def test_who_asks_too_often_is_refused_and_told_when_to_come_back(network: Network) -> None:
    app = {"client_name": "Tide", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob"}
    for _ in range(LIMITS["apps"].amount):
        await network.anonymous.post("/api/v1/apps", json=app)
    refusal = await network.anonymous.request("POST", "/api/v1/apps", json=app)
    assert refusal.status_code == 429
    assert refusal.json() == {"error": "Too many requests"}
    assert int(refusal.headers["retry-after"]) > 0
    assert refusal.headers["x-ratelimit-remaining"] == "0"
    assert refusal.headers["x-ratelimit-limit"] == str(LIMITS["apps"].amount)
    assert datetime.fromisoformat(refusal.headers["x-ratelimit-reset"]) > datetime.now(UTC)
    await network.anonymous.get("/api/v2/instance")  # other things are still allowed


async def test_one_members_haste_is_not_anothers(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    for _ in range(LIMITS["deletes"].amount):
        await alice.delete("/api/v1/statuses/1", 404)
    await alice.delete("/api/v1/statuses/1", 429)
    await bob.delete("/api/v1/statuses/1", 404)
