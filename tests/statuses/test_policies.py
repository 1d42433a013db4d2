"""Interaction policies: an author decides who may answer, favourite and boost, at once or with leave."""

from typing import Any

import pytest

from tests.counting import count_queries
from tests.network import Network, Person
from tests.statuses.support import GONE, act, look

REQUESTS = "/api/v1/interaction_requests"
DEFAULTS = "/api/v1/interaction_policies/defaults"


def rules(*automatic: str, manual: tuple[str, ...] = ()) -> dict[str, list[str]]:
    return {"automatic_approval": list(automatic), "manual_approval": list(manual)}


async def reply(person: Person, status: Any, text: str = "an answer", expect: int = 200) -> Any:
    answer = await person.post(
        "/api/v1/statuses", expect, json={"status": text, "in_reply_to_id": status["id"]}
    )
    await person.network.settle()
    return answer


async def cast(network: Network) -> dict[str, Person]:
    """Alice, who writes, and people who stand to her in each way."""
    people = {
        name: await network.person(name)
        for name in ("alice", "follower", "followed", "mutual", "mentioned", "stranger")
    }
    for name in ("follower", "mutual"):
        await people[name].follow(people["alice"])
    for name in ("followed", "mutual"):
        await people["alice"].follow(people[name])
    return people


WHO = {
    "public": {"follower", "followed", "mutual", "mentioned", "stranger"},
    "followers": {"follower", "mutual"},
    "following": {"followed", "mutual"},
    "mutuals": {"mutual"},
    "mentioned": {"mentioned"},
    "author": set[str](),
}


@pytest.mark.parametrize("value", WHO)
async def test_a_policy_lets_do_whom_it_names_and_nobody_else(network: Network, value: str) -> None:
    people = await cast(network)
    policy = {kind: rules(value) for kind in ("can_reply", "can_favourite", "can_reblog")}
    status = await people["alice"].publish("hello @mentioned", interaction_policy=policy)
    for name, person in people.items():
        may = name == "alice" or name in WHO[value]
        for kind, action in (("can_favourite", "favourite"), ("can_reblog", "reblog")):
            seen = (await look(person, status))["interaction_policy"][kind]
            assert ("me" in seen["automatic_approval"]) == may, (name, kind)
            assert seen["always"] == seen["automatic_approval"]
            await act(person, status, action, 200 if may else 403)
        await reply(person, status, expect=200 if may or name == "mentioned" else 403)
    visitor = (await look(network.anonymous, status))["interaction_policy"]
    assert "me" not in str(visitor["can_reply"]["automatic_approval"]).replace("mentioned", "")


async def test_whom_a_status_answers_may_always_answer_back(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    first = await bob.publish("a question")
    answer = await alice.publish(
        "no more", in_reply_to_id=first["id"], interaction_policy={"can_reply": rules()}
    )
    await reply(bob, answer)


async def test_hidden_statuses_stay_hidden_whatever_their_policy(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    policy = {"can_reply": rules("followers")}
    status = await alice.publish("among us", visibility="private", interaction_policy=policy)
    assert await reply(bob, status, expect=404) == GONE


async def test_the_older_names_are_understood_too(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    form = {
        "status": "hello",
        "interaction_policy[can_reply][always][0]": "author",
        "interaction_policy[can_reply][with_approval][0]": "public",
    }
    status = await alice.post("/api/v1/statuses", data=form)
    seen = (await look(bob, status))["interaction_policy"]["can_reply"]
    assert seen["with_approval"] == ["public", "me"]
    assert seen["manual_approval"] == seen["with_approval"]
    assert seen["always"] == ["author", "mentioned"]


async def test_policies_that_cannot_be_are_refused(network: Network) -> None:
    alice = await network.person("alice")

    async def refused(policy: Any, **options: Any) -> None:
        body = {"status": "hello", "interaction_policy": policy, **options}
        await alice.post("/api/v1/statuses", 422, json=body)

    await refused({"can_reply": rules("friends")})
    await refused({"can_reply": rules("public")}, visibility="private")
    await refused({"can_favourite": rules("followers")}, visibility="direct")
    await refused({"can_favourite": rules("author", manual=("public",))})
    await refused({"can_reply": "nobody"})
    await refused({"can_reply": {"automatic_approval": [{"a": 1}]}})


async def test_a_status_without_a_policy_shows_none(network: Network) -> None:
    alice = await network.person("alice")
    assert "interaction_policy" not in await alice.publish("hello")


async def test_a_policy_can_be_changed_later(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("hello")
    path = f"/api/v1/statuses/{status['id']}/interaction_policy"
    changed = await alice.put(path, json={"interaction_policy": {"can_reply": rules("followers")}})
    assert changed["interaction_policy"]["can_favourite"]["always"] == ["public", "me"]
    await reply(bob, status, expect=403)
    await bob.put(path, 404, json={"interaction_policy": {"can_reply": rules("public")}})
    await alice.put(path, 422, json={"interaction_policy": {"can_reply": rules("friends")}})


async def test_new_statuses_follow_the_members_defaults(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    first = await alice.get(DEFAULTS)
    assert first["public"]["can_reply"]["automatic_approval"] == ["public"]
    assert first["direct"]["can_reblog"]["always"] == ["author"]
    await alice.patch(DEFAULTS, json={"public": {"can_reply": rules("followers")}})
    status = await alice.publish("hello")
    await reply(bob, status, expect=403)
    assert "interaction_policy" not in await alice.publish("hello", visibility="unlisted")
    open_one = await alice.publish("hello", interaction_policy={"can_reply": rules("public")})
    await reply(bob, open_one)
    await alice.patch(DEFAULTS, 422, json={"private": {"can_reply": rules("public")}})
    assert await alice.patch(DEFAULTS, json={}) == first
    await network.anonymous.get(DEFAULTS, 401)
    reader = Person(network, "alice", alice.account_id, await network.token(alice.account_id, ("read",)))
    await reader.patch(DEFAULTS, 403, json={})


async def ask(network: Network) -> tuple[Person, Person, Person, Any, Any]:
    """Alice wants to be asked; Bob answers her; Carol, who follows both, looks on."""
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await carol.follow(alice)
    await carol.follow(bob)
    policy = {"can_reply": rules("author", manual=("public",))}
    status = await alice.publish("a question", interaction_policy=policy)
    return alice, bob, carol, status, await reply(bob, status, "an answer, @carol")


async def test_an_answer_that_waits_is_seen_by_its_author_and_who_decides(network: Network) -> None:
    alice, bob, carol, status, answer = await ask(network)
    for person in (alice, bob):
        assert (await look(person, answer))["id"] == answer["id"]
    for client in (carol, network.anonymous):
        assert await look(client, answer, expect=404) == GONE
        assert (await look(client, status, "/context"))["descendants"] == []
    assert answer["id"] not in [item["id"] for item in await carol.home()]
    assert await carol.get("/api/v1/notifications", params={"types[]": "mention"}) == []
    assert (await look(carol, status))["replies_count"] == 0
    (told,) = await alice.get("/api/v1/notifications", params={"types[]": "pending.reply"})
    assert (told["account"]["acct"], told["status"]["id"]) == ("bob", answer["id"])
    for action in ("favourite", "reblog"):
        await act(alice, answer, action, 403)
    await reply(bob, answer, "to myself", 403)
    await bob.post("/api/v1/statuses", 404, json={"status": "look", "quoted_status_id": answer["id"]})


async def test_with_leave_an_answer_is_published_as_if_just_written(network: Network) -> None:
    alice, _, carol, status, answer = await ask(network)
    (request,) = await alice.get(REQUESTS)
    assert (request["type"], request["status"]["id"]) == ("reply", status["id"])
    assert (request["reply"]["id"], request["account"]["acct"]) == (answer["id"], "bob")
    assert "accepted_at" not in request
    accepted = await alice.post(f"{REQUESTS}/{request['id']}/authorize")
    assert accepted["accepted_at"]
    await network.settle()
    assert await alice.get(REQUESTS) == []
    assert answer["id"] in [item["id"] for item in await carol.home()]
    assert (await look(network.anonymous, status, "/context"))["descendants"][0]["id"] == answer["id"]
    assert (await look(carol, status))["replies_count"] == 1
    (told,) = await carol.get("/api/v1/notifications", params={"types[]": "mention"})
    assert told["status"]["id"] == answer["id"]
    assert await alice.get("/api/v1/notifications", params={"types[]": "pending.reply"}) == []
    assert await alice.post(f"{REQUESTS}/{request['id']}/authorize", 404) == GONE
    assert await alice.post(f"{REQUESTS}/{request['id']}/reject", 404) == GONE
    await alice.delete(f"/api/v1/statuses/{answer['id']}", 404)


async def test_a_rejected_answer_is_gone(network: Network) -> None:
    alice, bob, _, status, answer = await ask(network)
    (request,) = await alice.get(REQUESTS)
    rejected = await alice.post(f"{REQUESTS}/{request['id']}/reject")
    assert rejected["rejected_at"]
    assert rejected["reply"]["id"] == answer["id"]
    await network.settle()
    assert await look(bob, answer, expect=404) == GONE
    assert await alice.get(REQUESTS) == []
    assert (await look(alice, status))["replies_count"] == 0
    assert await alice.get("/api/v1/notifications", params={"types[]": "pending.reply"}) == []


async def test_an_author_takes_a_waiting_answer_back(network: Network) -> None:
    alice, bob, _, status, answer = await ask(network)
    await bob.delete(f"/api/v1/statuses/{answer['id']}")
    assert await alice.get(REQUESTS) == []
    assert (await look(alice, status))["replies_count"] == 0


async def test_nobody_else_decides(network: Network) -> None:
    alice, bob, carol, _, _ = await ask(network)
    (request,) = await alice.get(REQUESTS)
    for person in (bob, carol):
        assert await person.get(REQUESTS) == []
        assert await person.get(f"{REQUESTS}/{request['id']}", 404) == GONE
        assert await person.post(f"{REQUESTS}/{request['id']}/authorize", 404) == GONE
        assert await person.post(f"{REQUESTS}/{request['id']}/reject", 404) == GONE
    await network.anonymous.get(REQUESTS, 401)
    await network.anonymous.post(f"{REQUESTS}/{request['id']}/authorize", 401)
    reader = Person(network, "alice", alice.account_id, await network.token(alice.account_id, ("read",)))
    assert (await reader.get(f"{REQUESTS}/{request['id']}"))["id"] == request["id"]
    await reader.post(f"{REQUESTS}/{request['id']}/authorize", 403)


async def test_requests_by_people_whom_one_blocks_are_not_listed(network: Network) -> None:
    alice, bob, _, _, _ = await ask(network)
    await alice.post(f"/api/v1/accounts/{bob.id}/block")
    assert await alice.get(REQUESTS) == []


async def test_requests_are_paged_narrowed_and_cost_a_fixed_number_of_queries(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, bob, _, status, _ = await ask(network)
    await alice.get(REQUESTS)
    with count_queries(monkeypatch) as one:
        await alice.get(REQUESTS)
    for number in range(4):
        await reply(bob, status, f"number {number}")
    await alice.get(REQUESTS)
    with count_queries(monkeypatch) as five:
        found = await alice.get(REQUESTS)
    assert len(found) == 5
    assert len(five) == len(one)
    page = await alice.request("GET", REQUESTS, params={"limit": 2})
    assert [item["id"] for item in page.json()] == [item["id"] for item in found[:2]]
    assert "max_id=" in page.headers["link"]
    assert await alice.get(REQUESTS, params={"status_id": "1"}) == []
    assert await alice.get(REQUESTS, params={"replies": "false"}) == []
    nothing = {"replies": "false", "favourites": "false", "reblogs": "false"}
    await alice.get(REQUESTS, 400, params=nothing)
