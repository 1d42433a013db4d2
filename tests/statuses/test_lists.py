"""Lists of statuses: paging, and what they cost."""

from typing import Any

import pytest

from tests.counting import count_queries
from tests.network import Network, Person
from tests.statuses.support import act, look, publish_many


def ids(items: list[Any]) -> list[str]:
    return [item["id"] for item in items]


@pytest.mark.parametrize(("path", "action"), [("favourites", "favourite"), ("bookmarks", "bookmark")])
async def test_kept_statuses_are_listed_and_paged_by_when_they_were_kept(
    network: Network, path: str, action: str
) -> None:
    alice, bob = await network.people("alice", "bob")
    first, second, third = await publish_many(alice, 3)
    for status_id in (second, third, first):
        await act(bob, {"id": status_id}, action)
    answer = await bob.request("GET", f"/api/v1/{path}", params={"limit": 2})
    assert ids(answer.json()) == [first, third]
    assert ids(await bob.get(answer.links["next"]["url"])) == [second]
    assert await bob.get(answer.links["prev"]["url"]) == []
    assert await alice.get(f"/api/v1/{path}") == []


async def test_statuses_are_found_by_their_ids_in_the_order_asked_for(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    first, second = await publish_many(alice, 2)
    secret = (await alice.publish("psst", visibility="direct"))["id"]
    found = await bob.get("/api/v1/statuses", params={"id[]": [second, secret, first, second, "17"]})
    assert ids(found) == [second, first]
    assert await bob.get("/api/v1/statuses") == []
    await bob.get("/api/v1/statuses", 422, params={"id[]": [str(n) for n in range(21)]})
    await bob.get("/api/v1/statuses", 422, params={"id[]": ["x"]})


async def fill(alice: Person, bob: Person, count: int) -> None:
    """`count` statuses of Alice that stand in every list of Bob's, with polls, mentions and hashtags."""
    for number in range(count):
        poll = {"options": ["a", "b"], "expires_in": 600} if number % 2 else None
        status = await alice.post("/api/v1/statuses", json={"status": f"@bob #tag {number}", "poll": poll})
        for action in ("favourite", "bookmark", "reblog"):
            await act(bob, status, action)
    await alice.network.settle()


async def test_every_list_costs_the_same_number_of_queries_whatever_its_length(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await carol.follow(bob)
    paths = {
        "home": "/api/v1/timelines/home?limit=40",
        "public": "/api/v1/timelines/public?limit=40",
        "tag": "/api/v1/timelines/tag/tag?limit=40",
        "account": f"/api/v1/accounts/{bob.id}/statuses?limit=40",
    }
    kept = {"favourites": "/api/v1/favourites?limit=40", "bookmarks": "/api/v1/bookmarks?limit=40"}

    async def costs() -> dict[str, tuple[int, int]]:
        measured: dict[str, tuple[int, int]] = {}
        for reader, lists in ((carol, paths), (bob, kept)):
            for name, path in lists.items():
                other = Network(network.services)  # what it has cached is its own
                client = Person(other, reader.name, reader.account_id, reader.token or "")
                await client.get("/api/v1/preferences")  # the token is known then
                with count_queries(monkeypatch) as queries:
                    items = await client.get(path)
                measured[name] = (len(items), len(queries))
                await other.close()
        return measured

    await fill(alice, bob, 2)
    few = await costs()
    await fill(alice, bob, 38)
    many = await costs()
    assert {name: length for name, (length, _) in few.items()} == dict.fromkeys(few, 2)
    assert {name: length for name, (length, _) in many.items()} == dict.fromkeys(few, 40)
    assert {n: cost for n, (_, cost) in many.items()} == {n: cost for n, (_, cost) in few.items()}
    assert max(cost for _, cost in many.values()) <= 12  # cold: bodies with polls, filters, cards


async def test_a_page_that_was_shown_before_costs_one_query(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await network.person("alice")
    await publish_many(alice, 40)
    path = f"/api/v1/accounts/{alice.id}/statuses?limit=40"
    await alice.get("/api/v1/timelines/public?limit=40")
    with count_queries(monkeypatch) as queries:
        assert len(await alice.get("/api/v1/timelines/public?limit=40")) == 40
    assert len(queries) == 1
    assert len(await alice.get(path)) == 40


async def test_threads_histories_and_people_cost_a_fixed_number_of_queries(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    status = await alice.publish("root")

    async def costs() -> list[int]:
        other = Network(network.services)
        client = Person(other, carol.name, carol.account_id, carol.token or "")
        await client.get("/api/v1/preferences")
        measured: list[int] = []
        for part in ("/context", "/history", "/favourited_by", "/reblogged_by"):
            with count_queries(monkeypatch) as queries:
                await look(client, status, part)
            measured.append(len(queries))
        await other.close()
        return measured

    async def grow(number: int) -> None:
        await publish_many(bob, number, in_reply_to_id=int(status["id"]))
        await alice.put(f"/api/v1/statuses/{status['id']}", json={"status": f"root {number}"})
        for person in (bob, carol)[:number]:
            await act(person, status, "favourite")
            await act(person, status, "reblog")

    await grow(1)
    few = await costs()
    await grow(40)
    assert await costs() == few
