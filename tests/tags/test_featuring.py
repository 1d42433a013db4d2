"""Featured hashtags: what a member shows on their profile."""

import pytest

from tests.network import Network, Person

FEATURED = "/api/v1/featured_tags"


async def names(person: Person, of: Person) -> list[str]:
    return [tag["name"] for tag in await person.get(f"/api/v1/accounts/{of.id}/featured_tags")]


async def counts(person: Person) -> list[tuple[str, str, bool]]:
    return [
        (tag["name"], tag["statuses_count"], tag["last_status_at"] is not None)
        for tag in await person.get(FEATURED)
    ]


async def test_a_featured_hashtag_is_shown_on_the_profile_with_its_uses(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    for visibility in ("public", "unlisted", "private", "direct"):
        await alice.publish("#tide", visibility=visibility)
    await bob.publish("#tide")
    featured = await alice.post(FEATURED, json={"name": "#Tide"})
    assert (featured["name"], featured["statuses_count"]) == ("Tide", "2")
    assert featured["last_status_at"].count("-") == 2
    assert await alice.post(FEATURED, json={"name": "TIDE"}) == featured
    assert await alice.get(FEATURED) == [featured]
    for reader in (bob, network.anonymous):
        assert await reader.get(f"/api/v1/accounts/{alice.id}/featured_tags") == [featured]
    assert (await alice.get("/api/v1/tags/tide"))["featuring"] is True
    assert (await bob.get("/api/v1/tags/tide"))["featuring"] is False
    assert await alice.delete(f"{FEATURED}/{featured['id']}") == {}
    assert await names(bob, alice) == []
    await alice.delete(f"{FEATURED}/{featured['id']}", 404)


async def test_the_address_of_a_featured_hashtag_shows_its_statuses(network: Network) -> None:
    alice = await network.person("alice")
    await alice.publish("high at six #Tide")
    await alice.publish("nothing of that kind")
    featured = await alice.post(FEATURED, json={"name": "Tide"})
    assert featured["url"] == network.settings.url("/@alice/tagged/tide")
    shown = (await network.anonymous.request("GET", featured["url"])).text
    assert "high at six" in shown
    assert "nothing of that kind" not in shown
    assert (await network.anonymous.request("GET", "/@alice/tagged/%20")).status_code == 404


async def test_its_uses_follow_what_is_published_edited_and_deleted(network: Network) -> None:
    alice = await network.person("alice")
    await alice.post(FEATURED, json={"name": "tide"})
    assert await counts(alice) == [("tide", "0", False)]
    status = await alice.publish("#tide")
    assert await counts(alice) == [("tide", "1", True)]
    await alice.put(f"/api/v1/statuses/{status['id']}", json={"status": "no more"})
    await network.settle()
    assert await counts(alice) == [("tide", "0", False)]
    again = await alice.publish("#tide")
    await alice.delete(f"/api/v1/statuses/{again['id']}")
    await network.settle()
    assert await counts(alice) == [("tide", "0", False)]


async def test_the_most_used_hashtag_comes_first(network: Network) -> None:
    alice = await network.person("alice")
    for name in ("fog", "tide"):
        await alice.post(f"/api/v1/tags/{name}/feature")
    await alice.publish("#tide")
    assert [name for name, _, _ in await counts(alice)] == ["tide", "fog"]


async def test_a_hashtag_is_featured_by_its_name_or_id(network: Network) -> None:
    alice = await network.person("alice")
    await alice.publish("#Tide")
    tag = await alice.get("/api/v1/tags/tide")
    featured = await alice.post(f"/api/v1/tags/{tag['id']}/feature")
    assert (featured["name"], featured["featuring"]) == ("Tide", True)
    assert (await alice.post("/api/v1/tags/tide/unfeature"))["featuring"] is False
    assert await alice.get(FEATURED) == []


async def test_a_profile_features_at_most_ten(network: Network) -> None:
    alice = await network.person("alice")
    found = await network.anonymous.get("/api/v2/instance")
    most = found["configuration"]["accounts"]["max_featured_tags"]
    for number in range(most):
        await alice.post(FEATURED, json={"name": f"tag{number}"})
    await alice.post(FEATURED, 422, json={"name": "more"})
    await alice.post("/api/v1/tags/more/feature", 422)
    assert len(await alice.get(FEATURED)) == most == 10


@pytest.mark.parametrize("name", ["", "#", "a b", "x" * 500, "17"])
async def test_what_is_no_hashtag_can_not_be_featured(network: Network, name: str) -> None:
    alice = await network.person("alice")
    assert "error" in await alice.post(FEATURED, 422, json={"name": name})
    await alice.post(FEATURED, 422)


async def test_suggested_is_what_one_uses_most_and_does_not_feature(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await bob.publish("#fog #fog2")
    for text in ("#tide #ebbe", "#tide #wind", "#tide #wind"):
        await alice.publish(text)
    await alice.post(FEATURED, json={"name": "tide"})
    suggested = await alice.get(f"{FEATURED}/suggestions")
    assert [tag["name"] for tag in suggested] == ["wind", "ebbe"]


async def test_who_is_blocked_sees_no_featured_hashtags_and_of_the_suspended_nobody(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await alice.post(FEATURED, json={"name": "tide"})
    await alice.post(f"/api/v1/accounts/{bob.id}/block")
    assert await names(bob, alice) == []
    assert await names(carol, alice) == ["tide"]
    async with network.services.db.transaction() as tx:
        await tx.execute("update accounts set suspended_at = now() where username = 'alice'")
    assert await names(carol, alice) == []
    await carol.get("/api/v1/accounts/17/featured_tags", 404)


async def test_featuring_is_for_oneself_with_the_right_scope(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    featured = await alice.post(FEATURED, json={"name": "tide"})
    await bob.delete(f"{FEATURED}/{featured['id']}", 404)
    reader = await network.person("reader", scopes=("read",))
    for path in (FEATURED, "/api/v1/tags/tide/feature", "/api/v1/tags/tide/unfeature"):
        await reader.post(path, 403, json={"name": "tide"})
        await network.anonymous.post(path, 401, json={"name": "tide"})
    for path in (FEATURED, f"{FEATURED}/suggestions"):
        await network.anonymous.get(path, 401)
    assert await names(bob, alice) == ["tide"]
