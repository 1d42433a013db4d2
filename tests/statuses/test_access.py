"""Who gets to see which status, by every way in: generated from a plain model of the rule.

Alice is the author. What somebody may not see must look, byte for byte, as if it didn't exist.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from rostra.core.ids import new_id
from tests.network import Client, Network, Person
from tests.statuses.support import act, rows

VISIBILITIES = ("public", "unlisted", "private", "direct")


@dataclass(frozen=True)
class Relation:
    """What stands between a viewer and Alice."""

    follows: bool = False
    mentioned: bool = False
    blocked: bool = False
    """Alice blocks the viewer."""
    blocks: bool = False
    mutes: bool = False
    is_author: bool = False
    is_member: bool = True
    follows_booster: bool = False

    def sees(self, visibility: str) -> bool:
        """The rule."""
        if self.is_author:
            return True
        if self.blocked:
            return False
        if visibility in ("public", "unlisted") or self.mentioned:
            return True
        return visibility == "private" and self.follows


RELATIONS = {
    "anonymous": Relation(is_member=False),
    "alice": Relation(is_author=True),
    "stranger": Relation(),
    "follower": Relation(follows=True),
    "mentioned": Relation(mentioned=True),
    "blocked": Relation(blocked=True),
    "blocked_though_mentioned": Relation(mentioned=True, blocked=True),
    "blocker": Relation(blocks=True, mentioned=True),
    "muter": Relation(follows=True, mutes=True),
    "boosters_follower": Relation(follows_booster=True),
    "muting_boosters_follower": Relation(follows_booster=True, mutes=True),
}


@dataclass
class Scene:
    """Alice's status with a poll, and everybody who looks at it."""

    network: Network
    visibility: str
    status: Any
    booster: Person
    clients: dict[str, Client] = field(default_factory=dict[str, Client])

    def viewers(self) -> Iterator[tuple[str, Relation, Client]]:
        for name, relation in RELATIONS.items():
            yield name, relation, self.clients[name]


async def scene(network: Network, visibility: str) -> Scene:
    members = {name: await network.person(name) for name, r in RELATIONS.items() if r.is_member}
    alice, booster = members["alice"], await network.person("booster")
    for name, relation in RELATIONS.items():
        if relation.follows:
            await members[name].follow(alice)
        if relation.follows_booster:
            await members[name].follow(booster)
    mentions = " ".join(f"@{name}" for name, relation in RELATIONS.items() if relation.mentioned)
    poll = {"options": ["yes", "no"], "expires_in": 3600, "multiple": True}
    status = await alice.publish(f"lighthouse {mentions}", visibility=visibility, poll=poll)
    if visibility in ("public", "unlisted"):
        await act(booster, status, "reblog")
    for name, relation in RELATIONS.items():
        if relation.blocked:
            await alice.post(f"/api/v1/accounts/{members[name].id}/block")
        if relation.blocks:
            await members[name].post(f"/api/v1/accounts/{alice.id}/block")
        if relation.mutes:
            await members[name].post(f"/api/v1/accounts/{alice.id}/mute")
    await network.settle()
    return Scene(network, visibility, status, booster, {"anonymous": network.anonymous, **members})


Way = tuple[str, str, dict[str, Any] | None]
"""Method, path with `{id}` or `{poll}`, JSON body."""

READING: dict[str, Way] = {
    "status": ("GET", "/api/v1/statuses/{id}", None),
    "context": ("GET", "/api/v1/statuses/{id}/context", None),
    "history": ("GET", "/api/v1/statuses/{id}/history", None),
    "favourited_by": ("GET", "/api/v1/statuses/{id}/favourited_by", None),
    "reblogged_by": ("GET", "/api/v1/statuses/{id}/reblogged_by", None),
    "poll": ("GET", "/api/v1/polls/{poll}", None),
}
DOING: dict[str, Way] = {
    "source": ("GET", "/api/v1/statuses/{id}/source", None),
    "favourite": ("POST", "/api/v1/statuses/{id}/favourite", None),
    "unfavourite": ("POST", "/api/v1/statuses/{id}/unfavourite", None),
    "bookmark": ("POST", "/api/v1/statuses/{id}/bookmark", None),
    "unbookmark": ("POST", "/api/v1/statuses/{id}/unbookmark", None),
    "reblog": ("POST", "/api/v1/statuses/{id}/reblog", None),
    "unreblog": ("POST", "/api/v1/statuses/{id}/unreblog", None),
    "mute": ("POST", "/api/v1/statuses/{id}/mute", None),
    "unmute": ("POST", "/api/v1/statuses/{id}/unmute", None),
    "pin": ("POST", "/api/v1/statuses/{id}/pin", None),
    "unpin": ("POST", "/api/v1/statuses/{id}/unpin", None),
    "vote": ("POST", "/api/v1/polls/{poll}/votes", {"choices": [0]}),
    "reply": ("POST", "/api/v1/statuses", {"status": "hello", "in_reply_to_id": "{id}"}),
    "edit": ("PUT", "/api/v1/statuses/{id}", {"status": "mine now"}),
    "delete": ("DELETE", "/api/v1/statuses/{id}", None),
}


def expected(way: str, relation: Relation, visibility: str) -> int:
    """The status code of `way` for somebody in `relation` to the author."""
    if way in DOING and not relation.is_member:
        return 401
    if not relation.sees(visibility) or (way in ("edit", "delete") and not relation.is_author):
        return 404
    if relation.blocks and way in ("favourite", "reblog", "vote", "reply"):
        return 403
    if way == "reblog" and (visibility == "direct" or (visibility == "private" and not relation.is_author)):
        return 403
    if way == "pin" and (not relation.is_author or visibility == "direct"):
        return 422
    return 422 if way == "vote" and relation.is_author else 200


async def try_way(client: Client, way: Way, status_id: str, poll_id: str) -> tuple[int, bytes, list[str]]:
    method, path, body = way
    filled = {
        key: value.format(id=status_id) if isinstance(value, str) else value
        for key, value in (body or {}).items()
    }
    answer = await client.request(
        method, path.format(id=status_id, poll=poll_id), json=filled if body is not None else None
    )
    return answer.status_code, answer.content, sorted(set(answer.headers) - {"x-request-id"})


@pytest.mark.parametrize("visibility", VISIBILITIES)
async def test_every_way_to_a_status_keeps_the_rule_and_hidden_looks_absent(
    network: Network, visibility: str
) -> None:
    here = await scene(network, visibility)
    for name, relation, client in here.viewers():
        for way, request in (READING | DOING).items():
            if relation.is_author and way in ("edit", "delete"):
                continue
            found = await try_way(client, request, here.status["id"], here.status["poll"]["id"])
            assert found[0] == expected(way, relation, visibility), (name, way, found)
            if found[0] == 404:
                absent = await try_way(client, request, str(new_id()), str(new_id()))
                assert found == absent, (name, way)


def in_profile(relation: Relation, visibility: str) -> bool:
    return relation.sees(visibility)


def in_home(relation: Relation, visibility: str) -> bool:
    return relation.sees(visibility) and not (relation.blocks or relation.mutes)


def in_public(relation: Relation, visibility: str) -> bool:
    return visibility == "public" and in_home(relation, visibility)


LISTS: dict[str, tuple[str, Callable[[Relation, str], bool]]] = {
    "profile": ("/api/v1/accounts/{alice}/statuses", in_profile),
    "public": ("/api/v1/timelines/public", in_public),
    "by id": ("/api/v1/statuses?id[]={id}", in_home),
}
OWN_LISTS: dict[str, tuple[str, Callable[[Relation, str], bool]]] = {
    "home": ("/api/v1/timelines/home", in_home),
    "favourites": ("/api/v1/favourites", in_profile),
    "bookmarks": ("/api/v1/bookmarks", in_profile),
}


async def push_everywhere(here: Scene) -> None:
    """Put the status into every feed and list, as if it had been visible to all at some time."""
    async with here.network.services.db.connection() as tx:
        for relation, client in ((r, c) for _, r, c in here.viewers()):
            if not isinstance(client, Person) or not relation.is_member:
                continue
            params = {"account": client.account_id, "status": int(here.status["id"]), "id": new_id()}
            for sql in (
                "insert into favourites (id, account_id, status_id) values (%(id)s, %(account)s, %(status)s)",
                "insert into bookmarks (id, account_id, status_id) values (%(id)s, %(account)s, %(status)s)",
                """
                insert into feed_entries (account_id, status_id, author_id, original_id)
                select %(account)s, id, account_id, id from statuses where id = %(status)s
                on conflict do nothing
                """,
            ):
                await tx.execute(sql, params)


@pytest.mark.parametrize("visibility", VISIBILITIES)
async def test_every_list_keeps_the_rule_even_if_the_status_got_into_it(
    network: Network, visibility: str
) -> None:
    here = await scene(network, visibility)
    await push_everywhere(here)
    for name, relation, client in here.viewers():
        for way, (path, rule) in (LISTS | (OWN_LISTS if relation.is_member else {})).items():
            found = await client.get(path.format(alice=here.status["account"]["id"], id=here.status["id"]))
            ids = {item["id"] for item in found}
            assert (here.status["id"] in ids) == rule(relation, visibility), (name, way)
        result = await client.get("/api/v2/search", params={"q": "lighthouse", "type": "statuses"})
        if not relation.sees(visibility):
            assert result["statuses"] == [], name


@pytest.mark.parametrize("visibility", ["public", "unlisted"])
async def test_a_boost_shows_nothing_to_those_who_may_not_see_what_it_boosts(
    network: Network, visibility: str
) -> None:
    here = await scene(network, visibility)
    boost = (await here.booster.get(f"/api/v1/accounts/{here.booster.id}/statuses"))[0]
    for name, relation, client in here.viewers():
        sees = relation.sees(visibility)
        answer = await client.request("GET", f"/api/v1/statuses/{boost['id']}")
        assert answer.status_code == (200 if sees else 404), name
        profile = await client.get(f"/api/v1/accounts/{here.booster.id}/statuses")
        # Blocking or muting the author hides others' boosts of them, too.
        wanted = sees and not relation.blocks and not relation.mutes
        assert [item["id"] for item in profile] == ([boost["id"]] if wanted else []), name
        if relation.follows_booster:
            home = [item["id"] for item in await client.get("/api/v1/timelines/home")]
            assert home == ([boost["id"]] if wanted else []), name


async def test_followers_only_boosts_are_for_the_followers_of_who_boosts(network: Network) -> None:
    alice, bob, carol, dave = await network.people("alice", "bob", "carol", "dave")
    await carol.follow(bob)
    status = await alice.publish("for all")
    boost = await act(bob, status, "reblog", json={"visibility": "private"})
    assert (await carol.get(f"/api/v1/statuses/{boost['id']}"))["reblog"]["id"] == status["id"]
    await dave.get(f"/api/v1/statuses/{boost['id']}", 404)
    assert [p["acct"] for p in await carol.get(f"/api/v1/statuses/{status['id']}/reblogged_by")] == ["bob"]
    assert await dave.get(f"/api/v1/statuses/{status['id']}/reblogged_by") == []


async def test_statuses_of_suspended_members_do_not_exist(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await bob.follow(alice)
    status = await alice.publish("still here")
    await rows(network, "update accounts set suspended_at = now() where username = 'alice' returning 1")
    await bob.get(f"/api/v1/statuses/{status['id']}", 404)
    assert await bob.home() == []
    assert await bob.get("/api/v1/timelines/public") == []


async def test_who_is_not_named_any_more_loses_sight_of_a_direct_status(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("@bob a secret", visibility="direct")
    await bob.get(f"/api/v1/statuses/{status['id']}")
    await alice.put(f"/api/v1/statuses/{status['id']}", json={"status": "a secret"})
    await bob.get(f"/api/v1/statuses/{status['id']}", 404)
