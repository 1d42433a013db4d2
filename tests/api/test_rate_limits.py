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


async def test_tries_with_bad_tokens_are_counted(network: Network) -> None:
    headers = {"Authorization": "Bearer guess"}
    for _ in range(LIMITS["deletes"].amount):
        await network.anonymous.delete("/api/v1/statuses/1", 401, headers=headers)
    await network.anonymous.delete("/api/v1/statuses/1", 429, headers=headers)


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "192.0.2.2", False),
    ],
)
async def test_one_household_is_counted_as_one(
    network: Network, first: str, second: str, alike: bool
) -> None:
    left = [
        int(answer.headers["x-ratelimit-remaining"])
        for address in (first, second)
        for answer in [await network.http.get("/api/v2/instance", headers={"X-Forwarded-For": address})]
    ]
    assert left[0] - left[1] == (1 if alike else 0)


async def test_an_address_that_the_client_makes_up_counts_for_nothing(network: Network) -> None:
    """A proxy adds the true address at the end, some as a header line of its own."""
    left = [
        int(answer.headers["x-ratelimit-remaining"])
        for headers in (
            [("X-Forwarded-For", "192.0.2.7, 198.51.100.1")],
            [("X-Forwarded-For", "192.0.2.8"), ("X-Forwarded-For", "198.51.100.1")],
        )
        for answer in [await network.http.get("/api/v2/instance", headers=headers)]
    ]
    assert left[0] - left[1] == 1
