"""What lists of people cost."""

import pytest

from tests.counting import count_queries
from tests.network import Network, Person


async def test_a_list_of_people_costs_the_same_however_long_it_is(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, bob = await network.people("alice", "bob")
    paths = [
        f"/api/v1/accounts/{alice.id}/followers",
        f"/api/v1/accounts/{alice.id}/following",
        "/api/v1/accounts/search?q=person",
        "/api/v1/blocks",
        "/api/v1/mutes",
        "/api/v1/directory",
        "/api/v1/endorsements",
        "/api/v1/suggestions",
        "/api/v2/suggestions",
        "/api/v1/domain_blocks",
    ]
    others: list[Person] = []

    async def costs() -> list[int]:
        ids = "&".join(f"id[]={other.id}" for other in others)
        by_ids = ("relationships", "familiar_followers")
        found: list[int] = []
        for path in (*paths, f"/api/v1/accounts?{ids}", *(f"/api/v1/accounts/{x}?{ids}" for x in by_ids)):
            await alice.get(path)  # warms the caches of tokens and of what is kept
            with count_queries(monkeypatch) as queries:
                assert len(await alice.get(path)) >= min(len(others), 1)
            found.append(len(queries))
        return found

    async def add(number: int) -> None:
        person = await network.person(f"person{number}")
        others.append(person)
        await person.follow(alice)
        await alice.follow(person)
        await alice.post(f"/api/v1/accounts/{person.id}/endorse")
        await alice.post("/api/v1/domain_blocks", json={"domain": f"far{number}.example"})
        await person.follow(await network.person(f"friend{number}"))
        await bob.follow(person)

    await add(0)
    await alice.post(f"/api/v1/accounts/{bob.id}/block")
    await alice.post(f"/api/v1/accounts/{others[0].id}/mute")
    few = await costs()
    for number in range(1, 6):
        await add(number)
    assert await costs() == few
    assert max(few) <= 3
