"""What a member lets through: policy, and requests of those who are held back."""

from typing import Any

import pytest

from rostra.accounts import queries as accounts
from rostra.core.db import execute
from tests.counting import count_queries
from tests.network import Network, Person

POLICY = "/api/v2/notifications/policy"
REQUESTS = "/api/v1/notifications/requests"


async def heard(person: Person, **query: object) -> list[tuple[str, str]]:
    found = await person.get("/api/v1/notifications", params=query)
    return [(item["type"], item["account"]["acct"]) for item in found]


async def age(network: Network, person: Person) -> None:
    """Make `person` a member of long standing, with their follows."""
    async with network.services.db.connection() as tx:
        month = "interval '31 days'"
        await execute(
            tx,
            f"update accounts set created_at = now() - {month} where id = %(id)s",  # type: ignore[arg-type]
            {"id": person.account_id},
        )
        await execute(
            tx,
            f"update follows set created_at = now() - {month} where account_id = %(id)s",  # type: ignore[arg-type]
            {"id": person.account_id},
        )


async def limit(network: Network, person: Person) -> None:
    """Limit `person`, as a moderator does."""
    async with network.services.db.connection() as tx:
        await execute(
            tx, "update accounts set limited_at = now() where id = %(id)s", {"id": person.account_id}
        )
        assert (await accounts.by_ids(tx, [person.account_id]))[0].limited_at


async def test_a_member_begins_with_mastodons_policy(network: Network) -> None:
    alice = await network.person("alice")
    assert await alice.get(POLICY) == {
        "for_not_following": "accept",
        "for_not_followers": "accept",
        "for_new_accounts": "accept",
        "for_private_mentions": "filter",
        "for_limited_accounts": "filter",
        "summary": {"pending_requests_count": 0, "pending_notifications_count": 0},
    }


async def test_a_policy_is_changed_piece_by_piece(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.patch(POLICY, data={"for_not_following": "filter"})
    changed = await alice.patch(POLICY, json={"for_private_mentions": "drop"})
    assert (changed["for_not_following"], changed["for_private_mentions"]) == ("filter", "drop")
    assert changed["for_limited_accounts"] == "filter"
    assert (await alice.get(POLICY)) == changed
    assert (await bob.get(POLICY))["for_not_following"] == "accept"
    await alice.patch(POLICY, 422, json={"for_new_accounts": "whatever"})
    await alice.patch(POLICY, 422, json={"for_new_accounts": 1})
    assert (await alice.get(POLICY)) == changed


@pytest.mark.parametrize("verdict", ["accept", "filter", "drop"])
@pytest.mark.parametrize(
    ("rule", "met_by"),
    [
        ("for_not_following", "stranger"),
        ("for_not_followers", "stranger"),
        ("for_not_followers", "new follower"),
        ("for_new_accounts", "stranger"),
        ("for_limited_accounts", "limited"),
        ("for_private_mentions", "private"),
    ],
)
async def test_each_rule_accepts_filters_or_drops(
    network: Network, rule: str, met_by: str, verdict: str
) -> None:
    alice, bob = await network.people("alice", "bob")
    if met_by == "new follower":
        await bob.follow(alice)
        await alice.post("/api/v1/notifications/clear")
    if met_by == "limited":
        await limit(network, bob)
    await alice.patch(POLICY, json={rule: verdict})
    await bob.publish("psst @alice", visibility="direct" if met_by == "private" else "public")
    shown = {"accept": [("mention", "bob")], "filter": [], "drop": []}
    written = {"accept": [("mention", "bob")], "filter": [("mention", "bob")], "drop": []}
    assert await heard(alice) == shown[verdict]
    assert await heard(alice, include_filtered="true") == written[verdict]
    assert await heard(alice, account_id=bob.id) == written[verdict]
    waiting = await alice.get(REQUESTS)
    assert [request["account"]["acct"] for request in waiting] == (["bob"] if verdict == "filter" else [])


STRICT = dict.fromkeys(
    ("for_not_following", "for_new_accounts", "for_limited_accounts", "for_private_mentions"), "drop"
)


async def test_whom_a_member_follows_comes_through(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await limit(network, bob)
    await alice.patch(POLICY, json=STRICT)
    await alice.follow(bob)
    await bob.publish("psst @alice", visibility="direct")
    assert await heard(alice) == [("mention", "bob")]


async def test_a_follower_of_some_days_and_an_old_account_come_through(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await bob.follow(alice)
    await age(network, bob)
    await alice.post("/api/v1/notifications/clear")
    await alice.patch(POLICY, json={"for_not_followers": "drop", "for_new_accounts": "drop"})
    await bob.publish("psst @alice")
    assert await heard(alice) == [("mention", "bob")]


async def test_an_answer_to_a_private_mention_comes_through(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    asked = await alice.publish("psst @bob", visibility="direct")
    answer = await bob.publish("yes @alice?", visibility="direct", in_reply_to_id=asked["id"])
    await bob.publish("and @alice", visibility="direct", in_reply_to_id=answer["id"])
    assert await heard(alice) == [("mention", "bob"), ("mention", "bob")]
    public = await alice.publish("hello @carol")
    await carol.publish("psst @alice", visibility="direct", in_reply_to_id=public["id"])
    assert await heard(alice) == [("mention", "bob"), ("mention", "bob")]


async def test_what_a_member_asked_for_is_never_held_back(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.patch(POLICY, json=dict.fromkeys((*STRICT, "for_not_followers"), "drop"))
    status = await bob.publish("hello")
    await alice.post(f"/api/v1/statuses/{status['id']}/reblog")
    await bob.put(f"/api/v1/statuses/{status['id']}", json={"status": "hello, edited"})
    await network.settle()
    assert await heard(alice) == [("update", "bob")]


async def test_the_staff_reach_everybody(network: Network) -> None:
    alice = await network.person("alice")
    moderator = await network.person("mona", "moderator")
    await alice.patch(POLICY, json=dict.fromkeys((*STRICT, "for_not_followers"), "drop"))
    await moderator.publish("a word, @alice", visibility="direct")
    status = await alice.publish("hello")
    await moderator.post(f"/api/v1/statuses/{status['id']}/favourite")
    await network.settle()
    assert await heard(alice) == [("mention", "mona")]


async def test_other_kinds_are_held_back_without_a_request(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.patch(POLICY, json={"for_not_following": "filter"})
    await bob.follow(alice)
    assert await heard(alice) == []
    assert await alice.get(REQUESTS) == []
    [follow] = await alice.get("/api/v1/notifications", params={"include_filtered": "true"})
    assert (follow["type"], follow["filtered"]) == ("follow", True)
    grouped = await alice.get("/api/v2/notifications", params={"include_filtered": "true"})
    assert [group["type"] for group in grouped["notification_groups"]] == ["follow"]
    assert (await alice.get("/api/v2/notifications"))["notification_groups"] == []
    assert await alice.get("/api/v1/notifications/unread_count") == {"count": 0}


async def wait_at(network: Network, alice: Person, *people: Person) -> list[Any]:
    """Let `people` mention alice in private, and return her requests."""
    for person in people:
        await person.publish("psst @alice", visibility="direct")
    return await alice.get(REQUESTS)


async def test_a_request_shows_its_sender_and_what_came_last(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await wait_at(network, alice, bob, bob, carol)
    last = await bob.publish("hello? @alice", visibility="direct")
    carols, bobs = await alice.get(REQUESTS)
    assert (carols["account"]["acct"], carols["notifications_count"]) == ("carol", "1")
    assert (bobs["account"]["acct"], bobs["notifications_count"]) == ("bob", "3")
    assert bobs["last_status"]["id"] == last["id"]
    assert bobs["updated_at"] > bobs["created_at"]
    assert await alice.get(f"{REQUESTS}/{bobs['id']}") == bobs
    summary = (await alice.get(POLICY))["summary"]
    assert summary == {"pending_requests_count": 2, "pending_notifications_count": 4}
    page = await alice.request("GET", REQUESTS, params={"limit": 1})
    assert page.json() == [carols]
    assert await alice.get(page.links["next"]["url"]) == [bobs]
    assert await alice.get(REQUESTS, params={"min_id": bobs["id"]}) == [carols]


async def test_accepting_shows_what_was_held_back_and_what_comes(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    carols, bobs = await wait_at(network, alice, bob, carol)
    assert await alice.get(f"{REQUESTS}/merged") == {"merged": True}
    assert await alice.post(f"{REQUESTS}/{bobs['id']}/accept") == {}
    assert await alice.get(f"{REQUESTS}/merged") == {"merged": False}
    assert await alice.get(REQUESTS) == [carols]
    await network.settle()
    assert await alice.get(f"{REQUESTS}/merged") == {"merged": True}
    assert await heard(alice) == [("mention", "bob")]
    await bob.publish("thanks @alice", visibility="direct")
    assert await heard(alice) == [("mention", "bob"), ("mention", "bob")]
    assert await alice.get(REQUESTS) == [carols]
    await alice.post(f"{REQUESTS}/{bobs['id']}/accept", 404)


async def test_dismissing_drops_what_was_held_back_until_something_new_comes(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    [request] = await wait_at(network, alice, bob)
    assert await alice.post(f"{REQUESTS}/{request['id']}/dismiss") == {}
    assert await alice.get(REQUESTS) == []
    await network.settle()
    assert await heard(alice, include_filtered="true") == []
    assert (await alice.get(POLICY))["summary"]["pending_requests_count"] == 0
    await alice.get(f"{REQUESTS}/{request['id']}", 404)
    await alice.post(f"{REQUESTS}/{request['id']}/dismiss", 404)
    [again] = await wait_at(network, alice, bob)
    assert (again["account"]["acct"], again["notifications_count"]) == ("bob", "1")


@pytest.mark.parametrize("act", ["accept", "dismiss"])
async def test_several_requests_are_decided_at_once(network: Network, act: str) -> None:
    alice, bob, carol, dave = await network.people("alice", "bob", "carol", "dave")
    daves, carols, bobs = await wait_at(network, alice, bob, carol, dave)
    ids = [bobs["id"], carols["id"], "1", bobs["id"]]
    assert await alice.post(f"{REQUESTS}/{act}", data={"id[]": ids}) == {}
    await network.settle()
    assert await alice.get(REQUESTS) == [daves]
    expected = {"accept": [("mention", "carol"), ("mention", "bob")], "dismiss": []}
    assert await heard(alice) == expected[act]
    assert await alice.post(f"{REQUESTS}/{act}", json={}) == {}
    await alice.post(f"{REQUESTS}/{act}", 422, json={"id": ["nonsense"]})
    assert await alice.get(REQUESTS) == [daves]


async def test_requests_are_nobody_elses_business(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    [request] = await wait_at(network, alice, bob)
    path = f"{REQUESTS}/{request['id']}"
    for person in (bob, carol):
        await person.get(path, 404)
        await person.post(f"{path}/accept", 404)
        await person.post(f"{path}/dismiss", 404)
        await person.post(f"{REQUESTS}/dismiss", json={"id": [request["id"]]})
        assert await person.get(REQUESTS) == []
    await network.settle()
    assert await alice.get(REQUESTS) == [request]


async def test_a_request_goes_with_what_it_was_about(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    status = await bob.publish("psst @alice", visibility="direct")
    await wait_at(network, alice, carol)
    await bob.delete(f"/api/v1/statuses/{status['id']}")
    await network.settle()
    assert [request["account"]["acct"] for request in await alice.get(REQUESTS)] == ["carol"]
    await alice.post(f"/api/v1/accounts/{carol.id}/block")
    await network.settle()
    assert await alice.get(REQUESTS) == []
    assert (await alice.get(POLICY))["summary"]["pending_notifications_count"] == 0


async def test_a_page_of_requests_costs_the_same_however_long_it_is(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await network.person("alice")

    async def cost(*paths: str) -> list[int]:
        found: list[int] = []
        for path in paths:
            await alice.get(path)
            with count_queries(monkeypatch) as queries:
                await alice.get(path)
            found.append(len(queries))
        return found

    await wait_at(network, alice, await network.person("person0"))
    few = await cost(REQUESTS, POLICY)
    people = [await network.person(f"person{number}") for number in range(1, 6)]
    assert len(await wait_at(network, alice, *people)) == 6
    assert await cost(REQUESTS, POLICY) == few
    assert max(few) <= 3
