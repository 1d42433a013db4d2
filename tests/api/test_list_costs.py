"""Every list costs the same number of queries however long it is: one of each thing, then eight of each."""

import typing
from typing import Any

import httpx
import pytest

from rostra.api import routes
from rostra.main import create_app
from tests.counting import count_queries
from tests.network import Network, Person
from tests.statuses.support import act, upload

WRAPPED = {
    "/api/v2/notifications",
    "/api/v2/search",
    "/api/v1/statuses/{id}/context",
    "/api/v1/accounts/{account_id}/collections",
    "/api/v1/accounts/{account_id}/in_collections",
}
"""Lists in an entity."""

FIXED = {
    "/api/v1/accounts/{id}/identity_proofs": "always empty",
    "/api/v1/instance/languages": "the same for all",
    "/api/v1/instance/rules": "the same for all",
    "/api/v1/instance/peers": "the same for all",
    "/api/v1/instance/activity": "the same for all",
    "/api/v1/instance/domain_blocks": "the same for all",
    "/api/v1/custom_emojis": "the same for all",
    "/api/v1/announcements": "see tests/announcements",
    "/api/v1/accounts/{account_id}/collections": "see tests/collections",
    "/api/v1/accounts/{account_id}/in_collections": "see tests/collections",
    "/api/v1/timelines/link": "see tests/trends",
    "/api/v1/tokens": "one query",
    "/api/rostra/v1/sessions": "one query",
    "/api/rostra/v1/invites": "one query",
    "/api/rostra/v1/imports": "one query",
    "/api/rostra/v1/imports/{id}/failures": "one query",
    "/api/rostra/v1/aliases": "one query",
}
EMPTY = {"/api/v2/suggestions", "/api/v1/suggestions", "/api/v1/featured_tags/suggestions"}
"""May be empty here: what they need takes other tests."""


def lists() -> list[str]:
    """The paths of all endpoints that answer with a list."""
    found = {
        endpoint.path
        for endpoint in routes.ENDPOINTS
        if endpoint.method == "GET"
        and (typing.get_origin(endpoint.returns) is list or endpoint.path in WRAPPED)
    }
    elsewhere = ("/trends", "/admin/")  # see tests/trends, tests/admin
    return sorted(path for path in found if path not in FIXED and not any(part in path for part in elsewhere))


class World:
    """Somebody with whom many have much to do."""

    def __init__(self, network: Network, alice: Person, shared: dict[str, Any]) -> None:
        self.network = network
        self.alice = alice
        self.shared = shared
        self.ids: list[str] = []
        self.status_ids: list[str] = []

    async def grow(self) -> None:
        """One more of everything."""
        number, alice, base = len(self.ids), self.alice, self.shared
        bob = await self.network.person(f"bob{number}")
        friend = await self.network.person(f"friend{number}")
        self.ids.append(bob.id)
        await bob.post(f"/api/v1/accounts/{alice.id}/follow")
        await alice.post(f"/api/v1/follow_requests/{bob.id}/authorize")
        await alice.follow(bob)
        await friend.follow(bob)
        await self._statuses(bob, number)
        for path in (f"{friend.id}/block", f"{bob.id}/endorse"):
            await alice.post(f"/api/v1/accounts/{path}")
        muted = await self.network.person(f"muted{number}")
        await alice.post(f"/api/v1/accounts/{muted.id}/mute")
        stranger = await self.network.person(f"stranger{number}")
        await stranger.publish("@alice good day", visibility="direct")
        asking = await self.network.person(f"asking{number}")
        await asking.post(f"/api/v1/accounts/{alice.id}/follow")
        await alice.post("/api/v1/domain_blocks", json={"domain": f"far{number}.example"})
        await alice.post("/api/v1/featured_tags", json={"name": f"own{number}"})
        new = await alice.post("/api/v1/lists", json={"title": f"list {number}"})
        await alice.post(f"/api/v1/lists/{new['id']}/accounts", json={"account_ids": [self.ids[0]]})
        await alice.post("/api/v1/drafts", json={"params": {"text": f"draft {number}"}})
        await alice.post(f"/api/v1/lists/{base['list']}/accounts", json={"account_ids": [bob.id]})
        await alice.post(f"/api/v1/tags/followed{number}/follow")
        await self._filters(number)
        await self.network.settle()

    async def _statuses(self, bob: Person, number: int) -> None:
        alice, base = self.alice, self.shared
        status = await bob.publish(
            f"@alice hello #harbour number {number}", media_ids=[await upload(bob, "a boat")]
        )
        self.status_ids.append(status["id"])
        await bob.publish("Tea?", poll={"options": ["yes", "no"], "expires_in": 3600}, visibility="public")
        await bob.publish("look", quoted_status_id=base["quoted"])
        await bob.publish("so true", in_reply_to_id=base["status"])
        await bob.publish("@alice psst", visibility="direct")
        await bob.publish("may I?", in_reply_to_id=base["choosy"])
        for deed in ("favourite", "reblog"):
            await act(bob, {"id": base["status"]}, deed)
            await act(alice, status, deed)
        await act(alice, status, "bookmark")
        await alice.put(f"/api/v1/statuses/{base['edited']}", json={"status": f"version {number}"})
        scheduled = {"status": "later", "scheduled_at": "2036-01-01T10:00:00Z"}
        await alice.post("/api/v1/statuses", json=scheduled)

    async def _filters(self, number: int) -> None:
        alice, base = self.alice, self.shared
        new = {"title": f"filter {number}", "context": ["home"], "keywords_attributes": [{"keyword": "spam"}]}
        await alice.post("/api/v2/filters", json=new)
        path = f"/api/v2/filters/{base['filter']}"
        await alice.post(f"{path}/keywords", json={"keyword": f"word{number}"})
        await alice.post(f"{path}/statuses", json={"status_id": self.status_ids[-1]})

    async def path(self, template: str) -> str:
        """A list that grows, in place of `template`."""
        base, alice = self.shared, self.alice
        ids = "&".join(f"id[]={one}" for one in self.ids)
        special = {
            "/api/v1/accounts": f"/api/v1/accounts?{ids}",
            "/api/v1/accounts/search": "/api/v1/accounts/search?q=bob",
            "/api/v1/accounts/relationships": f"/api/v1/accounts/relationships?{ids}",
            "/api/v1/accounts/familiar_followers": f"/api/v1/accounts/familiar_followers?{ids}",
            "/api/v1/statuses": "/api/v1/statuses?" + "&".join(f"id[]={one}" for one in self.status_ids),
            "/api/v1/accounts/{id}/lists": f"/api/v1/accounts/{self.ids[0]}/lists",
            "/api/v1/statuses/{id}/history": f"/api/v1/statuses/{base['edited']}/history",
            "/api/v1/timelines/tag/{hashtag}": "/api/v1/timelines/tag/harbour",
            "/api/v1/lists/{id}/accounts": f"/api/v1/lists/{base['list']}/accounts",
            "/api/v1/timelines/list/{list_id}": f"/api/v1/timelines/list/{base['list']}",
            "/api/v2/search": "/api/v2/search?q=bob",
        }
        if template in special:
            return special[template]
        if "{group_key}" in template:
            groups = (await alice.get("/api/v2/notifications"))["notification_groups"]
            key = next(group["group_key"] for group in groups if group["type"] == "favourite")
            return template.replace("{group_key}", key)
        values = {"{filter_id}": base["filter"]}
        if "/accounts/{id}" in template:
            values["{id}"] = alice.id
        elif template.endswith("/quotes"):
            values["{id}"] = base["quoted"]
        elif "/statuses/{id}" in template:
            values["{id}"] = base["status"]
        for name, value in values.items():
            template = template.replace(name, value)
        return template


async def _begin(network: Network) -> World:
    alice, zoe = await network.people("alice", "zoe")
    await alice.patch("/api/v1/accounts/update_credentials", json={"locked": True})
    status = await alice.publish("All begins here")
    policy = {"can_reply": {"always": ["author"], "with_approval": ["public"]}}
    choosy = await alice.publish("Ask me first", interaction_policy=policy)
    new = {"title": "all", "context": ["home"]}
    shared = {
        "status": status["id"],
        "quoted": (await zoe.publish("Quote me", visibility="unlisted"))["id"],  # on no page itself
        "choosy": choosy["id"],
        "edited": (await alice.publish("version one"))["id"],
        "list": (await alice.post("/api/v1/lists", json={"title": "all"}))["id"],
        "filter": (await alice.post("/api/v2/filters", json=new))["id"],
    }
    return World(network, alice, shared)


async def _costs(world: World, monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[int, int]]:
    """For each list its length, and what it costs a process that has just started."""
    found: dict[str, tuple[int, int]] = {}
    for template in lists():
        path = await world.path(template)
        app = httpx.ASGITransport(create_app(world.network.services))
        async with httpx.AsyncClient(transport=app, base_url=world.network.settings.base_url) as client:
            headers = {"Authorization": f"Bearer {world.alice.token}"}
            await client.get("/api/v1/preferences", headers=headers)  # who asks is known
            with count_queries(monkeypatch) as queries:
                answer = await client.get(path, headers=headers)
        assert answer.status_code == 200, (path, answer.text)
        found[template] = (_length(answer.json()), len(queries))
    return found


def _length(answer: Any) -> int:
    if isinstance(answer, list):
        return len(typing.cast("list[Any]", answer))
    return max(len(value) for value in answer.values() if isinstance(value, list))


async def test_no_list_costs_more_because_it_is_longer(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await _begin(network)
    await world.grow()
    few = await _costs(world, monkeypatch)
    for _ in range(7):
        await world.grow()
    many = await _costs(world, monkeypatch)
    assert [path for path in many if many[path][0] < 2 and path not in EMPTY] == []
    dearer = {path: (few[path], many[path]) for path in many if many[path][1] > few[path][1]}
    assert dearer == {}
