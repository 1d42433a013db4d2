"""Invitations by API: members make them, staff see all."""

from rostra.core.db import fetch_value
from tests.network import Network, Person

OWN, ALL = "/api/rostra/v1/invites", "/api/rostra/v1/admin/invites"


async def test_a_member_makes_invitations_and_takes_them_back(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    assert await alice.get(OWN) == []
    made = await alice.post(OWN, json={"max_uses": 5, "expires_in": 3600})
    assert (made["max_uses"], made["uses"]) == (5, 0)
    assert made["url"] == network.settings.url(f"/invite/{made['code']}")
    assert made["expires_at"] > made["created_at"]
    endless = await alice.post(OWN)
    assert (endless["max_uses"], endless["expires_at"]) == (None, None)
    assert [each["id"] for each in await alice.get(OWN)] == [endless["id"], made["id"]]
    assert await bob.get(OWN) == []
    await bob.delete(f"{OWN}/{made['id']}", 404)
    assert await alice.delete(f"{OWN}/{made['id']}") == {}
    await alice.delete(f"{OWN}/{made['id']}", 404)
    assert await alice.get(OWN) == [endless]
    page = await network.http.get(f"/invite/{endless['code']}")
    assert page.status_code == 200


async def test_invitations_that_make_no_sense_are_refused(network: Network) -> None:
    alice = await network.person("alice")
    for body in (
        {"max_uses": 0},
        {"max_uses": 10**9},
        {"expires_in": 1},
        {"expires_in": 10**12},
        {"max_uses": "x"},
    ):
        await alice.post(OWN, 422, json=body)
    for _ in range(50):
        await alice.post(OWN)
    assert "Too many" in (await alice.post(OWN, 422))["error"]


async def test_staff_see_everybodys_invitations_and_take_them_back(
    network: Network, moderator: Person
) -> None:
    alice, bob = await network.people("alice", "bob")
    first, second = await alice.post(OWN), await bob.post(OWN)
    shown = await moderator.get(ALL)
    assert [(each["id"], each["account"]["acct"]) for each in shown] == [
        (second["id"], "bob"),
        (first["id"], "alice"),
    ]
    assert [each["id"] for each in await moderator.get(ALL, params={"max_id": second["id"]})] == [first["id"]]
    assert await moderator.delete(f"{ALL}/{first['id']}") == {}
    await moderator.delete(f"{ALL}/{first['id']}", 404)
    assert await alice.get(OWN) == []
    await alice.get(ALL, 403)
    await alice.delete(f"{ALL}/{second['id']}", 403)
    async with network.services.db.connection() as tx:
        assert await fetch_value(tx, "select count(*) from invites") == 1
