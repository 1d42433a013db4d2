"""What clients keep for their members: the same on all devices, and never overwritten unseen."""

import asyncio
from typing import Any

from tests.network import Network, Person

WEB = "/api/rostra/v1/client_settings/web"


async def keep(person: Person, version: int, settings: Any, expect: int = 200, path: str = WEB) -> Any:
    return await person.put(path, expect, json={"version": version, "settings": settings})


async def test_settings_follow_a_member(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    assert await alice.get(WEB) == {"client": "web", "version": 0, "settings": {}, "updated_at": None}
    settings = {"theme": "dark", "columns": [{"id": 1, "π": "ü"}], "density": 1.5, "none": None}
    kept = await keep(alice, 0, settings)
    assert (kept["version"], kept["settings"]) == (1, settings)
    assert kept["updated_at"]
    assert await alice.get(WEB) == kept
    assert (await keep(alice, 1, {"theme": "light"}))["version"] == 2
    assert (await alice.get(WEB))["settings"] == {"theme": "light"}
    assert (await bob.get(WEB))["version"] == 0
    assert (await alice.get("/api/rostra/v1/client_settings/phone"))["version"] == 0
    assert await alice.delete(WEB) == {}
    assert (await alice.get(WEB))["version"] == 0


async def test_whoever_knows_only_an_old_version_changes_nothing(network: Network) -> None:
    alice = await network.person("alice")
    await keep(alice, 0, {"a": 1})
    await keep(alice, 0, {"a": 2}, 409)
    await keep(alice, 7, {"a": 2}, 409)
    await keep(alice, 1, {"a": 3})
    await keep(alice, 1, {"a": 4}, 409)
    assert (await alice.get(WEB))["settings"] == {"a": 3}


async def test_of_many_at_once_one_wins(network: Network) -> None:
    alice = await network.person("alice")
    for version in (0, 1):
        answers = await asyncio.gather(
            *(
                alice.request("PUT", WEB, json={"version": version, "settings": {"n": number}})
                for number in range(8)
            )
        )
        assert sorted(answer.status_code for answer in answers) == [200, *[409] * 7]


async def test_what_is_no_document_is_refused(network: Network) -> None:
    alice = await network.person("alice")
    await keep(alice, 0, {"text": "x" * 33_000}, 422)
    await keep(alice, 0, {"text": "x" * 200_000}, 413)
    for settings in (["a"], "text", 7, True):
        await keep(alice, 0, settings, 422)
    await keep(alice, -1, {}, 422)
    await keep(alice, 2**40, {}, 422)
    await alice.put(WEB, 422, json={"settings": {}})
    await alice.put(
        WEB,
        400,
        content=b'{"version": 0, "settings": {"a": "\\u0000"}}',
        headers={"Content-Type": "application/json"},
    )
    for name in ("WEB", "a b", "x" * 31, "-a", "%2e%2e", "ä"):
        await keep(alice, 0, {}, 404, path=f"/api/rostra/v1/client_settings/{name}")
    assert (await alice.get(WEB))["version"] == 0


async def test_a_member_has_few_clients(network: Network) -> None:
    alice = await network.person("alice")
    for number in range(10):
        await keep(alice, 0, {}, path=f"/api/rostra/v1/client_settings/c{number}")
    await keep(alice, 0, {}, 422)
    await keep(alice, 1, {}, path="/api/rostra/v1/client_settings/c3")
