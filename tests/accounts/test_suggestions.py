"""Whom the network suggests to follow."""

from pathlib import Path

import pytest

from rostra.accounts import suggestions
from rostra.core.settings import Settings, load
from tests.accounts.support import execute, names, stranger
from tests.network import Network, Person

V1, V2 = "/api/v1/suggestions", "/api/v2/suggestions"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load(
        {
            "data": tmp_path / "data",
            "rate_limits": False,
            "confirm_email": False,
            "suggested_accounts": "@Press  nobody press@localhost:8420 x@y@z",
        },
        environ={},
    )


async def refresh(network: Network) -> None:
    async with network.services.db.connection() as tx:
        await suggestions.refresh(tx)


async def sources(viewer: Person) -> dict[str, list[str]]:
    """Who is suggested, and why."""
    return {one["account"]["acct"]: one["sources"] for one in await viewer.get(V2)}


async def test_friends_of_friends_are_suggested_the_most_common_first(network: Network) -> None:
    alice, bob, carol, dora, erin = await network.people("alice", "bob", "carol", "dora", "erin")
    for friend in (bob, carol):
        await alice.follow(friend)
        await friend.follow(erin)
    await bob.follow(dora)
    await bob.follow(alice)
    assert await names(alice, V1) == ["erin", "dora"]
    assert await names(alice, f"{V1}?limit=1") == ["erin"]
    first = (await alice.get(V2))[0]
    assert (first["source"], first["sources"]) == ("past_interactions", ["friends_of_friends"])
    await network.anonymous.get(V2, 401)


async def test_friends_who_hide_whom_they_follow_tell_nothing(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await alice.follow(bob)
    await bob.follow(carol)
    await bob.patch("/api/v1/accounts/update_credentials", data={"hide_collections": "true"})
    assert await sources(alice) == {}


async def test_popular_people_and_the_operators_choice_are_suggested(network: Network) -> None:
    alice, bob, carol, press = await network.people("alice", "bob", "carol", "press")
    await bob.follow(carol)
    status = await press.publish("News")
    await carol.post(f"/api/v1/statuses/{status['id']}/favourite")
    await refresh(network)
    await refresh(network)
    assert await sources(alice) == {"press": ["featured", "most_interactions"], "carol": ["most_followed"]}
    assert [one["source"] for one in await alice.get(V2)] == ["staff", "global"]


UNWANTED = {
    "follows": ("alice", "POST", "/api/v1/accounts/{zoe}/follow", {}),
    "blocks": ("alice", "POST", "/api/v1/accounts/{zoe}/block", {}),
    "is blocked": ("zoe", "POST", "/api/v1/accounts/{alice}/block", {}),
    "mutes": ("alice", "POST", "/api/v1/accounts/{zoe}/mute", {}),
    "dismissed": ("alice", "DELETE", "/api/v1/suggestions/{zoe}", {}),
    "shy": ("zoe", "PATCH", "/api/v1/profile", {"discoverable": False}),
}


@pytest.mark.parametrize("why", UNWANTED)
async def test_nobody_unwanted_is_suggested(network: Network, why: str) -> None:
    alice, bob, zoe = await network.people("alice", "bob", "zoe")
    await alice.follow(bob)
    await bob.follow(zoe)
    await refresh(network)
    assert list(await sources(alice)) == ["zoe"]
    who, method, path, body = UNWANTED[why]
    actor = {"alice": alice, "zoe": zoe}[who]
    answer = await actor.request(method, path.format(alice=alice.id, zoe=zoe.id), json=body)
    assert answer.status_code == 200
    assert await sources(alice) == {}
    await refresh(network)
    assert await sources(alice) == {}


async def test_who_was_asked_is_not_suggested(network: Network) -> None:
    alice, bob, zoe = await network.people("alice", "bob", "zoe")
    await alice.follow(bob)
    await bob.follow(zoe)
    await zoe.patch("/api/v1/accounts/update_credentials", data={"locked": "true"})
    assert list(await sources(alice)) == ["zoe"]
    await alice.follow(zoe)
    assert await sources(alice) == {}


@pytest.mark.parametrize("column", ["limited_at = now()", "suspended_at = now()", "moved_to_id = id"])
async def test_who_is_limited_suspended_or_gone_is_not_suggested(network: Network, column: str) -> None:
    alice, bob, zoe = await network.people("alice", "bob", "zoe")
    await alice.follow(bob)
    await bob.follow(zoe)
    await refresh(network)
    await execute(network, f"update accounts set {column} where id = %s", zoe.account_id)
    assert await sources(alice) == {}


async def test_nobody_of_a_blocked_server_is_suggested(network: Network) -> None:
    alice = await network.person("alice")
    zoe = await stranger(network, "zoe")
    await execute(network, "update accounts set followers_count = 12 where id = %s", zoe)
    await refresh(network)
    assert list(await sources(alice)) == ["zoe@far.example"]
    await alice.post("/api/v1/domain_blocks", json={"domain": "far.example"})
    assert await sources(alice) == {}


async def test_dismissing_nobody_is_no_error_and_concerns_oneself_alone(network: Network) -> None:
    alice, bob, press = await network.people("alice", "bob", "press")
    assert await alice.delete(f"{V1}/1") == {}
    await alice.delete(f"{V1}/abc", 404)
    await alice.delete(f"{V1}/{press.id}")
    assert await names(alice, V1) == []
    assert await names(bob, V1) == ["press"]
