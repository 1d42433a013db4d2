"""Private notes, endorsements, familiar followers."""

from rostra.core import clock
from tests.accounts.support import execute, names, relationship
from tests.network import Client, Network


async def test_a_note_is_seen_by_its_writer_alone(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    answer = await alice.post(f"/api/v1/accounts/{bob.id}/note", json={"comment": " From the choir. "})
    assert answer["note"] == "From the choir."
    assert (await relationship(alice, bob.id))["note"] == "From the choir."
    assert (await relationship(bob, alice.id))["note"] == ""
    assert (await relationship(bob, bob.id))["note"] == ""


async def test_a_note_is_changed_and_taken_away(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    path = f"/api/v1/accounts/{bob.id}/note"
    await alice.post(path, data={"comment": "one"})
    assert (await alice.post(path, data={"comment": "two"}))["note"] == "two"
    for empty in ({"comment": ""}, {}):
        assert (await alice.post(path, data=empty))["note"] == ""


async def test_a_note_has_bounds(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    path = f"/api/v1/accounts/{bob.id}/note"
    assert len((await alice.post(path, json={"comment": "ä" * 2000}))["note"]) == 2000
    await alice.post(path, 422, json={"comment": "ä" * 2001})
    assert len((await relationship(alice, bob.id))["note"]) == 2000
    for nobody in ("1", "abc"):
        await alice.post(f"/api/v1/accounts/{nobody}/note", 404, json={"comment": "x"})
    await network.anonymous.post(path, 401, json={"comment": "x"})
    reader = Client(network, await network.token(alice.account_id, ("read", "write:follows")))
    await reader.post(path, 403, json={"comment": "x"})


async def test_who_is_followed_can_be_endorsed_and_all_see_it(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    refused = await alice.post(f"/api/v1/accounts/{bob.id}/endorse", 422)
    assert "already following" in refused["error"]
    await alice.follow(bob)
    await alice.follow(carol)
    assert (await alice.post(f"/api/v1/accounts/{bob.id}/endorse"))["endorsed"] is True
    for _ in range(2):
        assert (await alice.post(f"/api/v1/accounts/{carol.id}/pin"))["endorsed"] is True
    path = f"/api/v1/accounts/{alice.id}/endorsements"
    assert await names(network.anonymous, path) == ["carol", "bob"]
    assert await names(alice, "/api/v1/endorsements") == ["carol", "bob"]
    assert await names(bob, "/api/v1/endorsements") == []
    first = await alice.request("GET", f"{path}?limit=1")
    assert await names(alice, first.links["next"]["url"]) == ["bob"]

    for word in ("unendorse", "unpin"):
        assert (await alice.post(f"/api/v1/accounts/{carol.id}/{word}"))["endorsed"] is False
    assert await names(bob, path) == ["bob"]


async def test_an_endorsement_ends_with_the_follow(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    path = f"/api/v1/accounts/{alice.id}/endorsements"
    for end in (f"{bob.id}/unfollow", f"{bob.id}/block"):
        await alice.post(f"/api/v1/accounts/{bob.id}/follow")
        await alice.post(f"/api/v1/accounts/{bob.id}/endorse")
        assert await names(network.anonymous, path) == ["bob"]
        await alice.post(f"/api/v1/accounts/{end}")
        assert await names(network.anonymous, path) == []
        assert (await relationship(alice, bob.id))["endorsed"] is False


async def test_endorsements_leave_out_whom_the_viewer_does_not_meet(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await alice.follow(bob)
    await alice.post(f"/api/v1/accounts/{bob.id}/endorse")
    path = f"/api/v1/accounts/{alice.id}/endorsements"
    await carol.post(f"/api/v1/accounts/{bob.id}/mute")
    assert await names(carol, path) == []
    await alice.post(f"/api/v1/accounts/{carol.id}/block")
    await carol.post(f"/api/v1/accounts/{bob.id}/unmute")
    assert await names(carol, path) == []  # whom alice blocks
    await execute(network, "update accounts set suspended_at = now() where id = %s", bob.account_id)
    assert await names(network.anonymous, path) == []
    await network.anonymous.get("/api/v1/accounts/1/endorsements", 404)


async def test_nobody_endorses_themselves_or_somebody_unknown(network: Network) -> None:
    alice = await network.person("alice")
    await alice.post(f"/api/v1/accounts/{alice.id}/endorse", 422)
    for word in ("endorse", "unendorse", "pin", "unpin"):
        assert await alice.post(f"/api/v1/accounts/1/{word}", 404) == {"error": "Record not found"}


async def test_familiar_followers_are_followed_by_the_viewer(network: Network) -> None:
    alice, bob, carol, dora = await network.people("alice", "bob", "carol", "dora")
    for follower in (bob, carol):
        await follower.follow(dora)
    await alice.follow(bob)
    await bob.follow(carol)
    path = "/api/v1/accounts/familiar_followers"
    found = await alice.get(path, params={"id[]": [dora.id, "1", carol.id]})
    assert [(one["id"], [who["acct"] for who in one["accounts"]]) for one in found] == [
        (dora.id, ["bob"]),
        (carol.id, ["bob"]),
    ]
    await network.anonymous.get(path, 401)
    assert await alice.get(path) == []


async def test_familiar_followers_tell_nothing_of_those_who_hide_whom_they_know(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await alice.follow(bob)
    await bob.follow(carol)
    path = f"/api/v1/accounts/familiar_followers?id={carol.id}"
    for shy in (bob, carol):
        assert len((await alice.get(path))[0]["accounts"]) == 1
        await shy.patch("/api/v1/accounts/update_credentials", data={"hide_collections": "true"})
        assert (await alice.get(path))[0]["accounts"] == []
        await shy.patch("/api/v1/accounts/update_credentials", data={"hide_collections": "false"})
    await carol.post(f"/api/v1/accounts/{alice.id}/block")
    assert (await alice.get(path))[0]["accounts"] == []


async def test_there_are_no_identity_proofs_any_more(network: Network) -> None:
    alice = await network.person("alice")
    assert await network.anonymous.get(f"/api/v1/accounts/{alice.id}/identity_proofs") == []
    await network.anonymous.get("/api/v1/accounts/1/identity_proofs", 404)


async def test_where_somebody_moved_to_is_there_again_when_it_is_no_longer_suspended(
    network: Network,
) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    path = f"/api/v1/statuses/{(await alice.publish('Moving day'))['id']}"
    await execute(
        network,
        "update accounts set moved_to_id = %s, version = version + 1 where id = %s",
        carol.account_id,
        alice.account_id,
    )
    suspended = "update accounts set suspended_at = %s, version = version + 1 where id = %s"
    await execute(network, suspended, clock.now(), carol.account_id)
    assert "moved" not in (await bob.get(path))["account"]
    await execute(network, suspended, None, carol.account_id)
    assert (await bob.get(path))["account"]["moved"]["acct"] == "carol"


async def test_an_account_that_moved_shows_where_to(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await bob.follow(alice)
    status = await alice.publish("Moving day")
    await execute(
        network,
        "update accounts set moved_to_id = %s, version = version + 1 where id = %s",
        carol.account_id,
        alice.account_id,
    )
    seen = [
        await bob.get(f"/api/v1/accounts/{alice.id}"),
        await bob.get("/api/v1/accounts/lookup?acct=alice"),
        (await bob.get(f"/api/v1/accounts/{bob.id}/following"))[0],
        (await bob.get(f"/api/v1/statuses/{status['id']}"))["account"],
        (await bob.home())[0]["account"],
        await alice.get("/api/v1/accounts/verify_credentials"),
    ]
    assert [one["moved"]["acct"] for one in seen] == ["carol"] * 6
    await bob.post(f"/api/v1/accounts/{alice.id}/unfollow")
    await bob.post(f"/api/v1/accounts/{alice.id}/follow", 403)

    await carol.patch("/api/v1/accounts/update_credentials", data={"display_name": "Carol anew"})
    assert (await bob.get(f"/api/v1/accounts/{alice.id}"))["moved"]["display_name"] == "Carol anew"
    await execute(network, "update accounts set suspended_at = now() where id = %s", carol.account_id)
    assert "moved" not in await bob.get(f"/api/v1/accounts/{alice.id}")
