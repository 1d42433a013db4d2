"""Blocking and muting."""

from datetime import datetime, timedelta

import pytest

from rostra.accounts.relations import queries
from rostra.core import clock
from tests.network import Network, Person


async def relationship(viewer: Person, other: Person) -> dict[str, object]:
    """How `viewer` stands to `other`."""
    (found,) = await viewer.get("/api/v1/accounts/relationships", params={"id[]": other.id})
    return found


async def test_a_block_ends_follows_and_requests_in_both_directions(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.follow(bob)
    await alice.patch("/api/v1/accounts/update_credentials", data={"locked": "true"})
    await bob.follow(alice)

    answer = await alice.post(f"/api/v1/accounts/{bob.id}/block")
    assert answer["blocking"] is True
    assert answer["following"] is False
    assert answer["requested_by"] is False
    assert (await relationship(bob, alice))["blocked_by"] is True
    account = await alice.get(f"/api/v1/accounts/{alice.id}")
    assert (account["following_count"], account["followers_count"]) == (0, 0)
    assert await alice.get("/api/v1/follow_requests") == []


async def test_unblocking_does_not_bring_the_follow_back(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.follow(bob)
    await bob.post(f"/api/v1/accounts/{alice.id}/block")
    await bob.post(f"/api/v1/accounts/{alice.id}/block")
    for _ in range(2):
        answer = await bob.post(f"/api/v1/accounts/{alice.id}/unblock")
        assert answer["blocking"] is False
    assert (await relationship(alice, bob))["following"] is False
    assert (await alice.follow(bob))["following"] is True


async def test_blocks_are_listed_newest_first_and_only_for_oneself(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await alice.post(f"/api/v1/accounts/{bob.id}/block")
    await alice.post(f"/api/v1/accounts/{carol.id}/block")
    first = await alice.request("GET", "/api/v1/blocks?limit=1")
    assert [person["username"] for person in first.json()] == ["carol"]
    assert [person["username"] for person in await alice.get(first.links["next"]["url"])] == ["bob"]
    assert await bob.get("/api/v1/blocks") == []


@pytest.mark.parametrize("what", ["block", "mute"])
async def test_blocking_or_muting_oneself_does_nothing(network: Network, what: str) -> None:
    alice = await network.person("alice")
    answer = await alice.post(f"/api/v1/accounts/{alice.id}/{what}")
    assert (answer["blocking"], answer["muting"]) == (False, False)


async def test_an_unknown_account_is_not_found(network: Network) -> None:
    alice = await network.person("alice")
    for what in ("block", "unblock", "mute", "unmute", "unfollow", "remove_from_followers"):
        for account_id in ("1", "99999999999999999999999", "abc", "-1", "1.5"):
            answer = await alice.post(f"/api/v1/accounts/{account_id}/{what}", 404)
            assert answer == {"error": "Record not found"}


async def test_a_suspended_account_can_be_left_behind(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.follow(bob)
    async with network.services.db.transaction() as tx:
        await tx.execute("update accounts set suspended_at = now() where id = %s", [bob.account_id])
    assert (await alice.post(f"/api/v1/accounts/{bob.id}/unfollow"))["following"] is False
    assert (await alice.post(f"/api/v1/accounts/{bob.id}/block"))["blocking"] is True
    assert [person["id"] for person in await alice.get("/api/v1/blocks")] == [bob.id]


async def test_a_mute_says_whether_it_hides_notifications(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.follow(bob)
    answer = await alice.post(f"/api/v1/accounts/{bob.id}/mute")
    assert (answer["muting"], answer["muting_notifications"]) == (True, True)
    assert answer["following"] is True

    answer = await alice.post(f"/api/v1/accounts/{bob.id}/mute", data={"notifications": "false"})
    assert (answer["muting"], answer["muting_notifications"]) == (True, False)
    assert (await relationship(bob, alice))["muting"] is False

    for _ in range(2):
        answer = await alice.post(f"/api/v1/accounts/{bob.id}/unmute")
        assert (answer["muting"], answer["muting_notifications"]) == (False, False)


async def test_a_mute_for_a_time_ends_by_itself(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    alice, bob = await network.people("alice", "bob")
    answer = await alice.post(f"/api/v1/accounts/{bob.id}/mute", json={"duration": 3600})
    (muted,) = await alice.get("/api/v1/mutes")
    assert muted["mute_expires_at"] == answer["muting_expires_at"]
    ends_in = datetime.fromisoformat(muted["mute_expires_at"]) - clock.now()
    assert timedelta(minutes=59) < ends_in <= timedelta(hours=1)

    async with network.services.db.transaction() as tx:
        await tx.execute("update mutes set expires_at = now() - interval '1 second'")
    assert (await relationship(alice, bob))["muting"] is False
    assert await alice.get("/api/v1/mutes") == []
    async with network.services.db.connection() as tx:
        assert await queries.delete_expired_mutes(tx) == 1


async def test_muting_without_an_end_takes_an_earlier_end_away(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.post(f"/api/v1/accounts/{bob.id}/mute", json={"duration": 60})
    await alice.post(f"/api/v1/accounts/{bob.id}/mute")
    (muted,) = await alice.get("/api/v1/mutes")
    assert muted["mute_expires_at"] is None


async def test_a_strange_duration_does_no_harm(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    for duration in (10**30, 10**12, -5, "soon", [1]):
        response = await alice.request("POST", f"/api/v1/accounts/{bob.id}/mute", json={"duration": duration})
        assert response.status_code in (200, 422), duration
