"""Who hears of collections: in notifications, over streams, and on devices."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from rostra.core.settings import Settings
from tests.collections.test_collections import PATH, made
from tests.live import live_settings
from tests.network import Network, Person
from tests.push.device import Device, PushService, push_service
from tests.streaming.sockets import socket_of


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return live_settings(tmp_path, allow_private_addresses="127.0.0.2")


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    async with push_service() as service:
        yield service


async def told(person: Person) -> list[tuple[str, str]]:
    await person.network.settle()
    found = await person.get("/api/v1/notifications")
    return [(each["type"], each["collection"]["name"]) for each in found]


async def test_one_hears_of_coming_into_a_collection_and_of_its_changes(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    collection = await made(alice, account_ids=[bob.id, alice.id])
    path = f"{PATH}/{collection['id']}"
    assert await told(bob) == [("added_to_collection", "Sailors")]
    assert await told(alice) == []
    await alice.post(f"{path}/items", json={"account_id": carol.id})
    assert await told(carol) == [("added_to_collection", "Sailors")]
    await alice.patch(path, json={"sensitive": True})
    assert len(await told(bob)) == 1
    for name in ("Rowers", "Swimmers"):
        await alice.patch(path, json={"name": name})
        # A later change takes the place of an earlier one.
        assert await told(bob) == [("collection_update", name), ("added_to_collection", name)]
    (group, _) = (await bob.get("/api/v2/notifications"))["notification_groups"]
    assert (group["type"], group["collection"]["name"]) == ("collection_update", "Swimmers")
    (found,) = await bob.get("/api/v1/notifications", params={"types[]": "added_to_collection"})
    assert (await bob.get(f"/api/v1/notifications/{found['id']}"))["collection"]["id"] == collection["id"]
    await alice.delete(path)
    assert await told(bob) == []


async def test_who_left_a_collection_hears_no_more_of_it(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    collection = await made(alice, account_ids=[bob.id])
    path = f"{PATH}/{collection['id']}"
    await bob.post(f"{path}/items/{collection['items'][0]['id']}/revoke")
    await alice.patch(path, json={"name": "Rowers"})
    assert await told(bob) == []
    item = (await alice.post(f"{path}/items", json={"account_id": carol.id}))["collection_item"]
    await told(carol)
    await alice.delete(f"{path}/items/{item['id']}")
    assert await told(carol) == []


async def test_a_members_policy_holds_strangers_collections_back(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await bob.patch("/api/v2/notifications/policy", json={"for_not_following": "drop"})
    await made(alice, account_ids=[bob.id])
    assert await told(bob) == []


async def test_streams_and_devices_tell_of_a_collection(live: Network, service: PushService) -> None:
    alice, bob = await live.people("alice", "bob")
    device = Device(service)
    await device.subscribe(bob, "added_to_collection", "collection_update")
    async with socket_of(bob, stream="user") as socket:
        await made(alice, account_ids=[bob.id])
        await live.settle()
        _, event, payload = await socket.next()
    assert (event, payload["type"], payload["collection"]["name"]) == (
        "notification",
        "added_to_collection",
        "Sailors",
    )
    (message,) = device.messages()
    assert (message["title"], message["body"]) == ("alice recommends you in a collection", "Sailors")


async def test_what_happens_twice_is_told_once(network: Network) -> None:
    from rostra.accounts.collections.model import AddedToCollection, CollectionUpdated
    from rostra.reactions import notify_of_collection, notify_of_feature

    alice, bob = await network.people("alice", "bob")
    collection: Any = await made(alice, account_ids=[bob.id])
    await alice.patch(f"{PATH}/{collection['id']}", json={"description": "Worth following"})
    await network.settle()
    before = await bob.get("/api/v1/notifications")
    added = AddedToCollection(item_id=int(collection["items"][0]["id"]))
    await notify_of_feature(network.services, added)
    await notify_of_collection(network.services, CollectionUpdated(collection_id=int(collection["id"])))
    assert await bob.get("/api/v1/notifications") == before
