"""Public, local and hashtag timelines."""

import pytest

from rostra.timelines import public
from tests.network import Network


async def test_the_public_timeline_has_public_statuses_without_replies_to_others_or_boosts(
    network: Network,
) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("hello")
    own_reply = await alice.publish("and more", in_reply_to_id=status["id"])
    await bob.publish("a reply", in_reply_to_id=status["id"])
    for hidden in ("unlisted", "private", "direct"):
        await alice.publish("quiet", visibility=hidden)
    await bob.post(f"/api/v1/statuses/{status['id']}/reblog")
    found = await network.anonymous.get("/api/v1/timelines/public")
    assert [item["id"] for item in found] == [own_reply["id"], status["id"]]
    assert await network.anonymous.get("/api/v1/timelines/public", params={"local": "true"}) == found
    assert await network.anonymous.get("/api/v1/timelines/public", params={"remote": "true"}) == []
    assert await network.anonymous.get("/api/v1/timelines/public", params={"only_media": "1"}) == []


async def test_a_reply_stays_out_of_it_also_when_what_it_answers_is_deleted(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("hello")
    await bob.publish("a reply", in_reply_to_id=status["id"])
    await alice.delete(f"/api/v1/statuses/{status['id']}")
    await network.settle()
    assert await network.anonymous.get("/api/v1/timelines/public") == []


async def test_blocked_and_muted_people_are_not_in_it(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await bob.publish("from bob")
    await carol.publish("from carol")
    await alice.post(f"/api/v1/accounts/{bob.id}/block")
    await alice.post(f"/api/v1/accounts/{carol.id}/mute")
    assert await alice.get("/api/v1/timelines/public") == []
    assert len(await network.anonymous.get("/api/v1/timelines/public")) == 2


async def test_hashtags_are_found_in_any_spelling_and_combined(network: Network) -> None:
    alice = await network.person("alice")
    one = await alice.publish("#Käse und #Brot")
    two = await alice.publish("nur #käse")
    three = await alice.publish("nur #wein")
    await alice.publish("privat #käse", visibility="private")

    async def tagged(name: str, **query: object) -> list[str]:
        found = await network.anonymous.get(f"/api/v1/timelines/tag/{name}", params=query)
        return [item["id"] for item in found]

    assert await tagged("KÄSE") == [two["id"], one["id"]]
    assert await tagged("käse", **{"all[]": "brot"}) == [one["id"]]
    assert await tagged("käse", **{"none[]": "brot"}) == [two["id"]]
    assert await tagged("käse", **{"any[]": "wein"}) == [three["id"], two["id"], one["id"]]
    assert await tagged("käse", **{"all[]": "unheard-of"}) == []
    assert await tagged("unheardof") == []


async def test_a_page_of_a_hashtag_looks_at_so_many_statuses_only(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await network.person("alice")
    first, second, third = [(await alice.publish(f"#fog #wind {number}"))["id"] for number in range(3)]
    await alice.publish("#fog #rain")
    path, query = "/api/v1/timelines/tag/fog", {"none[]": "rain"}
    monkeypatch.setattr(public, "_LOOKED_AT", " limit 2")

    async def ids(**params: str) -> list[str]:
        return [item["id"] for item in await network.anonymous.get(path, params=query | params)]

    assert await ids() == [third]
    assert await ids(max_id=third) == [second, first]
    assert await ids(min_id=first) == [third, second]
    assert await ids(**{"any[]": "wind"}) == [third, second]
