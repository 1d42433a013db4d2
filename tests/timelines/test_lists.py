"""Lists: who may be in them, what their timelines show, and what they keep out of home."""

from typing import Any

import pytest

from rostra.accounts.lists import model
from rostra.core.db import fetch_value
from rostra.timelines import lists
from tests.counting import count_queries
from tests.network import Network, Person
from tests.timelines.support import delete_account


async def make(owner: Person, *members: Person, **options: Any) -> str:
    """A list of `owner`; returns its id."""
    made = await owner.post("/api/v1/lists", json={"title": "Harbour", **options})
    if members:
        await add(owner, made["id"], *members)
    return made["id"]


async def add(owner: Person, list_id: str, *members: Person, expect: int = 200) -> Any:
    body = {"account_ids": [member.id for member in members]}
    answer = await owner.post(f"/api/v1/lists/{list_id}/accounts", expect, json=body)
    await owner.network.settle()
    return answer


async def remove(owner: Person, list_id: str, *members: Person) -> None:
    body = {"account_ids": [member.id for member in members]}
    await owner.delete(f"/api/v1/lists/{list_id}/accounts", json=body)
    await owner.network.settle()


async def shown(owner: Person, list_id: str, **query: Any) -> list[str]:
    return [s["id"] for s in await owner.get(f"/api/v1/timelines/list/{list_id}", params=query)]


async def at_home(reader: Person) -> list[str]:
    return [status["id"] for status in await reader.home()]


async def held(owner: Person, list_id: str) -> list[str]:
    return [account["username"] for account in await owner.get(f"/api/v1/lists/{list_id}/accounts")]


async def boost(person: Person, status: Any) -> Any:
    boosted = await person.post(f"/api/v1/statuses/{status['id']}/reblog")
    await person.network.settle()
    return boosted


async def test_who_comes_into_a_list_or_leaves_it_is_seen_at_once(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await bob.publish("Good morning")
    list_id = await make(alice)
    body = {"account_ids": [bob.id]}
    await alice.post(f"/api/v1/lists/{list_id}/accounts", json=body)
    assert await shown(alice, list_id) == [status["id"]]
    await alice.delete(f"/api/v1/lists/{list_id}/accounts", json=body)
    assert await shown(alice, list_id) == []


async def test_a_list_is_made_changed_and_deleted(network: Network) -> None:
    alice = await network.person("alice")
    made = await alice.post("/api/v1/lists", json={"title": "  Harbour "})
    assert made == {"id": made["id"], "title": "Harbour", "replies_policy": "list", "exclusive": False}
    path = f"/api/v1/lists/{made['id']}"
    changed = await alice.put(path, data={"replies_policy": "none", "exclusive": "true"})
    assert changed == {**made, "replies_policy": "none", "exclusive": True}
    assert (await alice.put(path, json={"title": "Port"}))["replies_policy"] == "none"
    other = await alice.post("/api/v1/lists", data={"title": "Town", "replies_policy": "followed"})
    assert await alice.get("/api/v1/lists") == [{**changed, "title": "Port"}, other]
    assert await alice.get(path) == {**changed, "title": "Port"}
    assert await alice.delete(path) == {}
    await alice.get(path, 404)
    assert await alice.get("/api/v1/lists") == [other]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"title": ""},
        {"title": "   "},
        {"title": "x" * 257},
        {"title": "x", "replies_policy": "all"},
        {"title": "x", "exclusive": "perhaps"},
        {"title": ["x"]},
    ],
)
async def test_what_can_not_be_a_list_is_refused(network: Network, body: dict[str, Any]) -> None:
    alice = await network.person("alice")
    assert "error" in await alice.post("/api/v1/lists", 422, json=body)
    list_id = await make(alice)
    if body:
        await alice.put(f"/api/v1/lists/{list_id}", 422, json={**body})
    assert len(await alice.get("/api/v1/lists")) == 1


async def test_a_member_has_at_most_so_many_lists(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rostra.accounts.lists.actions.LISTS", 2)
    alice = await network.person("alice")
    await make(alice)
    await make(alice)
    await alice.post("/api/v1/lists", 422, json={"title": "one more"})


async def test_a_list_holds_at_most_so_many_accounts(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rostra.accounts.lists.actions.ACCOUNTS", 2)
    alice, bob, carol = await network.people("alice", "bob", "carol")
    list_id = await make(alice)
    await add(alice, list_id, alice, bob, carol, expect=422)
    assert await held(alice, list_id) == []
    await add(alice, list_id, bob, carol)
    await add(alice, list_id, alice, expect=422)


async def test_the_limits_are_announced_and_that_one_need_not_follow(network: Network) -> None:
    found = (await network.anonymous.get("/api/v2/instance"))["configuration"]["lists"]
    assert found == {
        "max_lists": model.LISTS,
        "max_title_length": model.TITLE_LENGTH,
        "max_accounts": model.ACCOUNTS,
        "follow_required": False,
    }


async def test_somebody_elses_list_looks_like_it_does_not_exist(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    list_id = await make(alice, bob)
    for method, path in (
        ("GET", f"/api/v1/lists/{list_id}"),
        ("PUT", f"/api/v1/lists/{list_id}"),
        ("DELETE", f"/api/v1/lists/{list_id}"),
        ("GET", f"/api/v1/lists/{list_id}/accounts"),
        ("POST", f"/api/v1/lists/{list_id}/accounts"),
        ("DELETE", f"/api/v1/lists/{list_id}/accounts"),
        ("GET", f"/api/v1/timelines/list/{list_id}"),
    ):
        body = {"title": "mine", "account_ids": [bob.id]}
        options = {} if method == "GET" else {"json": body}
        answer = await bob.request(method, path, **options)
        assert (answer.status_code, answer.json()) == (404, {"error": "Record not found"})
        assert (await network.anonymous.request(method, path, **options)).status_code == 401
    assert await held(alice, list_id) == ["bob"]


async def test_reading_and_writing_lists_are_scopes_of_their_own(network: Network) -> None:
    reader = await network.person("reader", scopes=("read:lists",))
    writer = await network.person("writer", scopes=("write:lists",))
    assert await reader.get("/api/v1/lists") == []
    await reader.post("/api/v1/lists", 403, json={"title": "x"})
    await writer.get("/api/v1/lists", 403)
    list_id = (await writer.post("/api/v1/lists", json={"title": "x"}))["id"]
    await writer.get(f"/api/v1/timelines/list/{list_id}", 403)


async def test_accounts_are_added_removed_and_paged(network: Network) -> None:
    alice, bob, carol, dora = await network.people("alice", "bob", "carol", "dora")
    list_id = await make(alice, bob)
    other_id = await make(alice, carol)
    await add(alice, list_id, carol, dora)
    path = f"/api/v1/lists/{list_id}/accounts"
    first = await alice.request("GET", path, params={"limit": 2})
    assert len(first.json()) == 2
    assert [a["username"] for a in await alice.get(first.links["next"]["url"])] == ["bob"]
    everybody = await alice.request("GET", path, params={"limit": 0})
    assert (len(everybody.json()), everybody.links) == (3, {})
    assert [found["id"] for found in await alice.get(f"/api/v1/accounts/{carol.id}/lists")] == [
        list_id,
        other_id,
    ]
    assert await bob.get(f"/api/v1/accounts/{carol.id}/lists") == []
    await remove(alice, list_id, carol, alice)
    assert sorted(await held(alice, list_id)) == ["bob", "dora"]
    await alice.get("/api/v1/accounts/17/lists", 404)


async def test_adding_is_all_or_nothing(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    list_id = await make(alice, bob)
    path = f"/api/v1/lists/{list_id}/accounts"
    await alice.post(path, 404, json={"account_ids": [carol.id, "17"]})
    taken = await alice.post(path, 422, json={"account_ids": [carol.id, bob.id]})
    assert taken == {"error": "Validation failed: Account has already been taken"}
    await alice.post(path, 422, json={"account_ids": ["x"]})
    await alice.post(path, 422, json={"account_ids": [str(n) for n in range(501)]})
    assert await held(alice, list_id) == ["bob"]


async def test_members_are_listed_without_being_followed_unless_they_are_locked(network: Network) -> None:
    alice, bob, lena = await network.people("alice", "bob", "lena")
    await lena.patch("/api/v1/accounts/update_credentials", json={"locked": True})
    list_id = await make(alice, bob, alice)
    await add(alice, list_id, lena, expect=422)
    await alice.follow(lena)  # a request
    await add(alice, list_id, lena)
    assert sorted(await held(alice, list_id)) == ["alice", "bob", "lena"]
    await lena.post(f"/api/v1/follow_requests/{alice.id}/reject")
    await network.settle()
    assert sorted(await held(alice, list_id)) == ["alice", "bob"]


async def test_who_locks_their_account_leaves_the_lists_of_those_who_do_not_follow(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await carol.follow(bob)
    strangers, followers = await make(alice, bob), await make(carol, bob)
    status = await bob.publish("hello")
    assert await shown(alice, strangers) == [status["id"]]
    await bob.patch("/api/v1/accounts/update_credentials", json={"locked": True})
    await network.settle()
    assert await held(alice, strangers) == await shown(alice, strangers) == []
    assert (await held(carol, followers), await shown(carol, followers)) == (["bob"], [status["id"]])
    await carol.post(f"/api/v1/accounts/{bob.id}/unfollow")
    await network.settle()
    assert await held(carol, followers) == []


@pytest.mark.parametrize("blocker_is_owner", [True, False])
async def test_blocking_keeps_out_of_lists_and_takes_out(network: Network, blocker_is_owner: bool) -> None:
    alice, bob = await network.people("alice", "bob")
    list_id = await make(alice, bob)
    await bob.publish("hello")
    blocker, blocked = (alice, bob) if blocker_is_owner else (bob, alice)
    await blocker.post(f"/api/v1/accounts/{blocked.id}/block")
    await network.settle()
    assert await held(alice, list_id) == await shown(alice, list_id) == []
    await add(alice, list_id, bob, expect=422)


async def test_who_removes_a_follower_leaves_their_lists(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.follow(bob)
    list_id = await make(alice, bob)
    await bob.post(f"/api/v1/accounts/{alice.id}/remove_from_followers")
    await network.settle()
    assert await held(alice, list_id) == []


async def test_unfollowing_leaves_somebody_in_the_list(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.follow(bob)
    list_id = await make(alice, bob)
    status = await bob.publish("hello")
    secret = await bob.publish("psst", visibility="private")
    assert await shown(alice, list_id) == [secret["id"], status["id"]]
    await alice.post(f"/api/v1/accounts/{bob.id}/unfollow")
    await network.settle()
    assert await shown(alice, list_id) == [status["id"]]
    assert await at_home(alice) == []


async def test_a_list_shows_what_its_accounts_write_and_boost_before_and_after(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    before = await bob.publish("before")
    list_id = await make(alice, bob)
    assert await shown(alice, list_id) == [before["id"]]
    after = await bob.publish("after", visibility="unlisted")
    boosted = await boost(bob, await carol.publish("worth reading"))
    await carol.publish("not in the list")
    assert await shown(alice, list_id) == [boosted["id"], after["id"], before["id"]]
    assert await shown(alice, list_id, limit=1, max_id=boosted["id"]) == [after["id"]]
    await remove(alice, list_id, bob)
    assert await shown(alice, list_id) == []


async def test_what_stands_in_a_list_is_not_boosted_into_it_again(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    list_id = await make(alice, bob, carol)
    status = await bob.publish("worth reading")
    await boost(carol, status)
    assert await shown(alice, list_id) == [status["id"]]


async def test_a_list_shows_private_statuses_only_of_those_followed_and_never_direct_ones(
    network: Network,
) -> None:
    alice, bob = await network.people("alice", "bob")
    list_id = await make(alice, bob)
    private = await bob.publish("psst", visibility="private")
    await bob.publish("@alice hello", visibility="direct")
    assert await shown(alice, list_id) == []
    await alice.follow(bob)
    assert await shown(alice, list_id) == [private["id"]]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("none", ["to alice", "to oneself"]),
        ("list", ["to alice", "to oneself", "to carol"]),
        ("followed", ["to alice", "to oneself", "to dora"]),
    ],
)
async def test_the_replies_policy_says_whose_answers_are_shown(
    network: Network, policy: str, expected: list[str]
) -> None:
    alice, bob, carol, dora, emil = await network.people("alice", "bob", "carol", "dora", "emil")
    await alice.follow(dora)
    list_id = await make(alice, bob, carol, replies_policy="none" if policy != "none" else "list")
    for person, name in (
        (alice, "alice"),
        (bob, "oneself"),
        (carol, "carol"),
        (dora, "dora"),
        (emil, "emil"),
    ):
        status = await person.publish("a question")
        await bob.publish(f"to {name}", in_reply_to_id=status["id"])
    await alice.put(f"/api/v1/lists/{list_id}", json={"replies_policy": policy})  # holds at once
    found = await alice.get(f"/api/v1/timelines/list/{list_id}")
    texts = [s["content"].removeprefix("<p>").removesuffix("</p>") for s in found]
    assert sorted(text for text in texts if text.startswith("to ")) == sorted(expected)


@pytest.mark.parametrize("how", ["block", "mute"])
async def test_boosts_of_people_whom_the_owner_does_not_want_are_left_out(network: Network, how: str) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    list_id = await make(alice, bob)
    status = await carol.publish("noise")
    await boost(bob, status)
    await alice.post(f"/api/v1/accounts/{carol.id}/{how}")
    await network.settle()
    assert await shown(alice, list_id) == []


async def test_the_options_of_a_follow_hold_in_lists_too(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await alice.follow(bob, reblogs=False, languages=["en"])
    list_id = await make(alice, bob)
    await boost(bob, await carol.publish("worth reading"))
    await bob.publish("Nebel am Hafen", language="de")
    english = await bob.publish("fog", language="en")
    assert await shown(alice, list_id) == [english["id"]]
    await alice.follow(bob, reblogs=True, languages=[])
    assert len(await shown(alice, list_id)) == 3
    await alice.follow(bob, reblogs=False, languages=["en"])
    assert await shown(alice, list_id) == [english["id"]]


async def test_an_exclusive_list_keeps_its_accounts_out_of_home(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await alice.follow(bob)
    await alice.follow(carol)
    before = await bob.publish("before")
    list_id = await make(alice, bob, exclusive=True)
    after = await bob.publish("after")
    boosted = await boost(carol, after)
    own = await alice.publish("mine")
    assert await shown(alice, list_id) == [after["id"], before["id"]]
    assert await at_home(alice) == [own["id"], boosted["id"]]  # others' boosts of them stay


@pytest.mark.parametrize("how", ["removed", "no longer exclusive", "deleted"])
async def test_who_leaves_an_exclusive_list_comes_home_again(network: Network, how: str) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await alice.follow(bob)
    list_id = await make(alice, bob, carol, exclusive=True)
    status = await bob.publish("hello")
    await carol.publish("from somebody whom alice does not follow")
    assert await at_home(alice) == []
    path = f"/api/v1/lists/{list_id}"
    if how == "removed":
        await remove(alice, list_id, bob)
    elif how == "deleted":
        await alice.delete(path)
    else:
        await alice.put(path, json={"exclusive": False})
    await network.settle()
    assert await at_home(alice) == [status["id"]]
    if how == "no longer exclusive":
        await alice.put(path, json={"exclusive": True})
        await network.settle()
        assert await at_home(alice) == []


async def test_an_exclusive_list_keeps_out_authors_whose_statuses_are_merged(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rostra.timelines.home.FAN_OUT_FOLLOWERS", 1)
    alice, bob = await network.people("alice", "bob")
    await alice.follow(bob)
    status = await bob.publish("hello")
    assert await at_home(alice) == [status["id"]]
    list_id = await make(alice, bob, exclusive=True)
    assert await at_home(alice) == []
    assert await shown(alice, list_id) == [status["id"]]


async def test_long_lists_are_trimmed_to_their_newest_entries(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "LIST_LENGTH", 2)
    alice, bob = await network.people("alice", "bob")
    list_id = await make(alice, bob)
    published = [(await bob.publish(f"number {number}"))["id"] for number in range(4)]
    async with network.services.db.transaction() as tx:
        assert await lists.trim(tx) == 2
    assert await shown(alice, list_id) == published[:1:-1]


async def test_lists_go_with_their_owner_and_their_accounts(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    mine, theirs = await make(alice, bob), await make(carol, alice, bob)
    await alice.publish("hello")
    await bob.publish("hello")
    await delete_account(alice)
    assert await held(carol, theirs) == ["bob"]
    assert len(await shown(carol, theirs)) == 1
    async with network.services.db.connection() as tx:
        left = "select count(*) from {} where list_id = %(id)s"
        for table in ("list_members", "list_entries"):
            assert await fetch_value(tx, left.format(table), {"id": int(mine)}) == 0  # pyright: ignore[reportArgumentType]


async def test_lists_cost_the_same_however_long_they_are(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, bob = await network.people("alice", "bob")
    list_id = await make(alice, bob)
    paths = [
        "/api/v1/lists",
        f"/api/v1/lists/{list_id}/accounts",
        f"/api/v1/accounts/{bob.id}/lists",
        f"/api/v1/timelines/list/{list_id}",
    ]

    async def costs() -> list[int]:
        found: list[int] = []
        for path in paths:
            assert await alice.get(path)  # bodies are known then
            with count_queries(monkeypatch) as queries:
                await alice.get(path)
            found.append(len(queries))
        return found

    await bob.publish("number 0")
    few = await costs()
    for number in range(1, 6):
        person = await network.person(f"person{number}")
        await add(alice, list_id, person)
        await person.publish(f"number {number}")
        await make(alice, bob)
    assert await costs() == few
    assert max(few) <= 3
