"""Following, and asking to."""

import asyncio

import pytest

from rostra.accounts.relations import actions
from tests.network import Network, Person


async def counts(person: Person) -> tuple[int, int]:
    """How many the person follows, and how many follow them."""
    account = await person.get(f"/api/v1/accounts/{person.id}")
    return account["following_count"], account["followers_count"]


async def relationship(viewer: Person, other: Person) -> dict[str, object]:
    """How `viewer` stands to `other`."""
    (found,) = await viewer.get("/api/v1/accounts/relationships", params={"id[]": other.id})
    return found


async def lock(person: Person) -> None:
    """From now on the person decides by hand who follows them."""
    await person.patch("/api/v1/accounts/update_credentials", data={"locked": "true"})


async def test_a_follow_shows_and_counts_at_both_ends(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    answer = await alice.follow(bob)

    assert answer["following"] is True
    assert answer["showing_reblogs"] is True
    assert answer["notifying"] is False
    assert (await relationship(bob, alice))["followed_by"] is True
    assert await counts(alice) == (1, 0)
    assert await counts(bob) == (0, 1)


async def test_following_twice_counts_once(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.follow(bob)
    await alice.follow(bob)
    assert await counts(bob) == (0, 1)


async def test_many_follows_and_unfollows_at_once_never_miscount(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")

    async def ask(person: Person, what: str, other: Person) -> None:
        await person.post(f"/api/v1/accounts/{other.id}/{what}")

    await asyncio.gather(*(ask(alice, "follow", bob) for _ in range(8)))
    assert await counts(bob) == (0, 1)

    both = [(alice, bob), (bob, alice)]
    words = ("follow", "unfollow", "follow", "remove_from_followers")
    await asyncio.gather(*(ask(one, word, other) for word in words for one, other in both))
    alice_follows = (await relationship(alice, bob))["following"]
    bob_follows = (await relationship(bob, alice))["following"]
    assert await counts(alice) == (alice_follows, bob_follows)
    assert await counts(bob) == (bob_follows, alice_follows)


async def test_a_follow_and_a_block_at_once_end_in_the_block(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await asyncio.gather(
        alice.request("POST", f"/api/v1/accounts/{bob.id}/follow"),
        bob.post(f"/api/v1/accounts/{alice.id}/block"),
    )
    assert (await relationship(alice, bob))["following"] is False
    assert await counts(bob) == (0, 0)


async def test_following_again_changes_what_one_sees_and_leaves_the_rest(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.follow(bob, reblogs=False, languages=["de", "en-GB"])
    await alice.follow(bob, notify=True)

    found = await relationship(alice, bob)
    assert found["showing_reblogs"] is False
    assert found["notifying"] is True
    assert found["languages"] == ["de", "en"]

    await alice.post(f"/api/v1/accounts/{bob.id}/follow", data={"reblogs": "true", "languages[]": ""})
    found = await relationship(alice, bob)
    assert found["showing_reblogs"] is True
    assert found["languages"] is None


async def test_following_in_a_language_that_does_not_exist_is_refused(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    answer = await alice.post(f"/api/v1/accounts/{bob.id}/follow", 422, json={"languages": ["klingonisch"]})
    assert answer == {"error": "Validation failed: Languages is invalid"}
    assert (await relationship(alice, bob))["following"] is False


@pytest.mark.parametrize("who", ["oneself", "nobody", "unconfirmed", "suspended"])
async def test_only_others_who_exist_can_be_followed(network: Network, who: str) -> None:
    alice, bob = await network.people("alice", "bob")
    async with network.services.db.transaction() as tx:
        if who == "unconfirmed":
            await tx.execute("update users set confirmed_at = null where account_id = %s", [bob.account_id])
        if who == "suspended":
            await tx.execute("update accounts set suspended_at = now() where id = %s", [bob.account_id])
    target = {"oneself": alice.id, "nobody": "1"}.get(who, bob.id)
    answer = await alice.post(f"/api/v1/accounts/{target}/follow", 404)
    assert answer == {"error": "Record not found"}


@pytest.mark.parametrize("blocker", ["alice", "bob"])
async def test_nobody_follows_across_a_block(network: Network, blocker: str) -> None:
    alice, bob = await network.people("alice", "bob")
    one, other = (alice, bob) if blocker == "alice" else (bob, alice)
    await one.post(f"/api/v1/accounts/{other.id}/block")
    assert await alice.post(f"/api/v1/accounts/{bob.id}/follow", 403) == {
        "error": "This action is not allowed"
    }


async def test_who_moved_away_cannot_be_followed_any_more(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    async with network.services.db.transaction() as tx:
        await tx.execute(
            "update accounts set moved_to_id = %s where id = %s", [carol.account_id, bob.account_id]
        )
    await alice.post(f"/api/v1/accounts/{bob.id}/follow", 403)


async def test_there_is_a_limit_to_following(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MAX_FOLLOWING", 1)
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await alice.follow(bob)
    answer = await alice.post(f"/api/v1/accounts/{carol.id}/follow", 422)
    assert answer == {"error": "Validation failed: You cannot follow more than 1 people"}
    await alice.follow(bob, notify=True)  # what holds already may change


async def test_unfollowing_counts_back_and_may_be_repeated(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.follow(bob)
    for _ in range(2):
        answer = await alice.post(f"/api/v1/accounts/{bob.id}/unfollow")
        assert answer["following"] is False
    assert await counts(alice) == (0, 0)
    assert await counts(bob) == (0, 0)


async def test_a_locked_account_is_asked_first(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await lock(bob)
    answer = await alice.follow(bob, notify=True)
    assert (answer["following"], answer["requested"]) == (False, True)
    assert (await relationship(bob, alice))["requested_by"] is True
    assert await counts(bob) == (0, 0)
    assert [person["id"] for person in await bob.get("/api/v1/follow_requests")] == [alice.id]

    answer = await bob.post(f"/api/v1/follow_requests/{alice.id}/authorize")
    assert (answer["followed_by"], answer["requested_by"]) == (True, False)
    assert (await relationship(alice, bob))["notifying"] is True
    assert await counts(bob) == (0, 1)
    assert await bob.get("/api/v1/follow_requests") == []


async def test_a_rejected_request_is_gone(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await lock(bob)
    await alice.follow(bob)
    answer = await bob.post(f"/api/v1/follow_requests/{alice.id}/reject")
    assert (answer["followed_by"], answer["requested_by"]) == (False, False)
    assert (await relationship(alice, bob))["requested"] is False
    assert await counts(bob) == (0, 0)


async def test_unfollowing_takes_a_request_back(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await lock(bob)
    await alice.follow(bob)
    answer = await alice.post(f"/api/v1/accounts/{bob.id}/unfollow")
    assert answer["requested"] is False
    for word in ("authorize", "reject"):
        assert await bob.post(f"/api/v1/follow_requests/{alice.id}/{word}", 404) == {
            "error": "Record not found"
        }


async def test_nobody_answers_requests_to_others(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await lock(bob)
    await alice.follow(bob)
    assert await carol.get("/api/v1/follow_requests") == []
    await carol.post(f"/api/v1/follow_requests/{alice.id}/authorize", 404)
    assert (await relationship(alice, bob))["following"] is False


async def test_follow_requests_are_paged(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await lock(carol)
    await alice.follow(carol)
    await bob.follow(carol)
    first = await carol.request("GET", "/api/v1/follow_requests?limit=1")
    assert [person["username"] for person in first.json()] == ["bob"]
    second = await carol.get(first.links["next"]["url"])
    assert [person["username"] for person in second] == ["alice"]


async def test_who_limits_an_account_makes_it_ask_everybody(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    async with network.services.db.transaction() as tx:
        await tx.execute("update accounts set limited_at = now() where id = %s", [alice.account_id])
    answer = await alice.follow(bob)
    assert (answer["following"], answer["requested"]) == (False, True)


async def test_unlocking_lets_everybody_in_who_waits(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await lock(carol)
    await alice.follow(carol)
    await bob.follow(carol)
    async with network.services.db.connection() as tx:
        await actions.accept_all_if_open(tx, carol.account_id)
    assert await counts(carol) == (0, 0)

    await carol.patch("/api/v1/accounts/update_credentials", data={"locked": "false"})
    async with network.services.db.connection() as tx:
        await actions.accept_all_if_open(tx, carol.account_id)
    assert await counts(carol) == (0, 2)
    assert await carol.get("/api/v1/follow_requests") == []


async def test_a_removed_follower_follows_no_more_and_may_come_back(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.follow(bob)
    for _ in range(2):
        answer = await bob.post(f"/api/v1/accounts/{alice.id}/remove_from_followers")
        assert answer["followed_by"] is False
    assert await counts(bob) == (0, 0)
    assert (await alice.follow(bob))["following"] is True


async def test_following_needs_the_scope(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    alice.token = await network.token(alice.account_id, ("read", "write:statuses"))
    answer = await alice.post(f"/api/v1/accounts/{bob.id}/follow", 403)
    assert answer == {"error": "This action is outside the authorized scopes"}
    await network.anonymous.post(f"/api/v1/accounts/{bob.id}/follow", 401)
