"""Grouped notifications: one entry for all who did the same to the same within some hours."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rostra.core import clock
from tests.counting import count_queries
from tests.network import Network, Person

BEGIN = datetime(2026, 5, 1, 10, 30, tzinfo=UTC)


async def groups_of(person: Person, **query: object) -> list[Any]:
    return (await person.get("/api/v2/notifications", params=query))["notification_groups"]


async def favourite(network: Network, status: Any, *people: Person) -> None:
    for person in people:
        await person.post(f"/api/v1/statuses/{status['id']}/favourite")
        await network.settle()


async def test_all_who_favourite_a_status_are_one_group(network: Network) -> None:
    alice, bob, carol, dave = await network.people("alice", "bob", "carol", "dave")
    status = await alice.publish("hello")
    await favourite(network, status, bob, carol)
    await dave.publish("hi @alice")
    found = await alice.get("/api/v2/notifications")
    mention, favourites = found["notification_groups"]
    single = await alice.get("/api/v1/notifications")
    assert favourites["group_key"].startswith(f"favourite-{status['id']}-")
    assert {item["group_key"] for item in single[1:]} == {favourites["group_key"]}
    assert (favourites["type"], favourites["status_id"]) == ("favourite", status["id"])
    assert favourites["notifications_count"] == 2
    assert favourites["sample_account_ids"] == [carol.id, bob.id]
    assert favourites["most_recent_notification_id"] == int(single[1]["id"])
    assert favourites["page_max_id"] == single[1]["id"]
    assert favourites["page_min_id"] == single[2]["id"]
    assert favourites["latest_page_notification_at"] == single[1]["created_at"]
    assert (mention["type"], mention["group_key"]) == ("mention", f"ungrouped-{single[0]['id']}")
    assert mention["sample_account_ids"] == [dave.id]
    assert [account["acct"] for account in found["accounts"]] == ["dave", "carol", "bob"]
    assert {item["id"] for item in found["statuses"]} == {status["id"], mention["status_id"]}
    assert "partial_accounts" not in found


async def test_different_statuses_and_kinds_are_different_groups(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    first, second = await alice.publish("one"), await alice.publish("two")
    for person in (bob, carol):
        await favourite(network, first, person)
        await favourite(network, second, person)
        await person.post(f"/api/v1/statuses/{first['id']}/reblog")
        await person.follow(alice)
    found = await groups_of(alice)
    assert [(g["type"], g.get("status_id"), g["notifications_count"]) for g in found] == [
        ("follow", None, 2),
        ("reblog", first["id"], 2),
        ("favourite", second["id"], 2),
        ("favourite", first["id"], 2),
    ]


async def test_a_group_takes_in_what_comes_within_twelve_hours(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, *others = await network.people("alice", "bob", "carol", "dave", "erin")
    status = await alice.publish("hello")
    for hours, person in zip((0, 6, 11, 12), others, strict=True):
        monkeypatch.setattr(clock, "now", lambda hours=hours: BEGIN + timedelta(hours=hours))
        await favourite(network, status, person)
    later, sooner = await groups_of(alice)
    hour = int(BEGIN.timestamp()) // 3600
    assert (sooner["group_key"], sooner["notifications_count"]) == (f"favourite-{status['id']}-{hour}", 3)
    assert (later["group_key"], later["notifications_count"]) == (f"favourite-{status['id']}-{hour + 12}", 1)


async def test_kinds_that_an_app_can_not_show_as_groups_come_one_by_one(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    status = await alice.publish("hello")
    await favourite(network, status, bob, carol)
    await bob.follow(alice)
    await carol.follow(alice)
    found = await groups_of(alice, **{"grouped_types[]": ["follow", "mention"]})
    assert [(g["type"], g["notifications_count"]) for g in found] == [
        ("follow", 2),
        ("favourite", 1),
        ("favourite", 1),
    ]
    assert found[1]["group_key"] == f"ungrouped-{found[1]['most_recent_notification_id']}"


async def test_pages_follow_each_other_without_a_gap(network: Network) -> None:
    alice, bob, carol, dave = await network.people("alice", "bob", "carol", "dave")
    old, new = await alice.publish("old"), await alice.publish("new")
    await favourite(network, old, bob)
    await favourite(network, new, bob)
    await bob.publish("hi @alice")
    await favourite(network, old, carol)
    await favourite(network, new, carol)
    await favourite(network, new, dave)
    ids = [item["id"] for item in await alice.get("/api/v1/notifications")]
    whole = await groups_of(alice)
    assert [(g["type"], g.get("status_id"), g["notifications_count"]) for g in whole] == [
        ("favourite", new["id"], 3),
        ("favourite", old["id"], 2),
        ("mention", whole[2]["status_id"], 1),
    ]
    response = await alice.request("GET", "/api/v2/notifications", params={"limit": 2})
    assert [g["page_min_id"] for g in response.json()["notification_groups"]] == [ids[1], ids[2]]
    assert response.links["next"]["url"].endswith(f"limit=2&max_id={ids[2]}")
    assert response.links["prev"]["url"].endswith(f"limit=2&min_id={ids[0]}")
    rest = await groups_of(alice, limit=2, max_id=ids[2])
    # Of a group that was on the first page the older ones come again, under its key.
    assert [(g["group_key"], g["page_max_id"]) for g in rest] == [
        (whole[2]["group_key"], ids[3]),
        (whole[0]["group_key"], ids[4]),
    ]
    last = await groups_of(alice, limit=2, max_id=ids[4])
    assert [(g["group_key"], g["page_min_id"]) for g in last] == [(whole[1]["group_key"], ids[5])]
    assert await groups_of(alice, max_id=ids[5]) == []


async def test_pages_are_read_upwards_from_an_id(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    status = await alice.publish("hello")
    await favourite(network, status, bob)
    await bob.publish("hi @alice")
    await favourite(network, status, carol)
    ids = [item["id"] for item in await alice.get("/api/v1/notifications")]
    newer = await groups_of(alice, min_id=ids[2], limit=1)
    assert [(g["type"], g["page_max_id"]) for g in newer] == [("mention", ids[1])]
    newest = await groups_of(alice, min_id=ids[1], limit=5)
    assert [(g["type"], g["notifications_count"], g["page_min_id"]) for g in newest] == [
        ("favourite", 2, ids[0])
    ]
    assert [g["type"] for g in await groups_of(alice, since_id=ids[1])] == ["favourite"]
    assert await groups_of(alice, min_id=ids[0]) == []


async def test_a_page_names_the_last_eight_and_counts_all(network: Network) -> None:
    alice = await network.person("alice")
    status = await alice.publish("hello")
    people = [await network.person(f"person{number}") for number in range(10)]
    await favourite(network, status, *people)
    [group] = await groups_of(alice)
    assert group["notifications_count"] == 10
    assert group["sample_account_ids"] == [person.id for person in people[:1:-1]]
    path = f"/api/v2/notifications/{group['group_key']}/accounts"
    response = await alice.request("GET", path, params={"limit": 6})
    assert [account["id"] for account in response.json()] == [person.id for person in people[:3:-1]]
    rest = await alice.get(response.links["next"]["url"])
    assert [account["id"] for account in rest] == [person.id for person in people[3::-1]]


async def test_only_the_first_of_each_group_is_whole_when_pictures_are_enough(network: Network) -> None:
    alice, bob, carol, dave = await network.people("alice", "bob", "carol", "dave")
    first, second = await alice.publish("one"), await alice.publish("two")
    await favourite(network, first, bob, carol, dave)
    await favourite(network, second, bob)
    found = await alice.get("/api/v2/notifications", params={"expand_accounts": "partial_avatars"})
    assert [account["acct"] for account in found["accounts"]] == ["bob", "dave"]
    [partial] = found["partial_accounts"]
    assert (partial["acct"], partial["id"], partial["locked"], partial["bot"]) == (
        "carol",
        carol.id,
        False,
        False,
    )
    assert partial["avatar"].startswith("http")
    assert "note" not in partial
    error = await alice.get("/api/v2/notifications", 400, params={"expand_accounts": "everything"})
    assert "expand_accounts" in error["error"]


async def test_who_is_muted_or_gone_does_not_count(network: Network) -> None:
    alice, bob, carol, dave = await network.people("alice", "bob", "carol", "dave")
    status = await alice.publish("hello")
    await favourite(network, status, bob, carol, dave)
    await alice.post(f"/api/v1/accounts/{carol.id}/mute")
    await alice.post(f"/api/v1/accounts/{dave.id}/block")
    await network.settle()
    [group] = await groups_of(alice)
    assert (group["notifications_count"], group["sample_account_ids"]) == (1, [bob.id])
    await alice.post(f"/api/v1/accounts/{bob.id}/block")
    assert await groups_of(alice) == []
    await alice.get(f"/api/v2/notifications/{group['group_key']}", 404)


async def test_one_group_is_read_and_dismissed(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    status = await alice.publish("hello")
    await favourite(network, status, bob, carol)
    await bob.publish("hi @alice")
    mention, group = await groups_of(alice)
    for listed in (mention, group):
        found = await alice.get(f"/api/v2/notifications/{listed['group_key']}")
        [alone] = found["notification_groups"]
        paging = ("page_min_id", "page_max_id", "latest_page_notification_at")
        assert alone == {name: value for name, value in listed.items() if name not in paging}
        assert [account["id"] for account in found["accounts"]] == listed["sample_account_ids"]
        assert [item["id"] for item in found["statuses"]] == [listed["status_id"]]
    assert await alice.post(f"/api/v2/notifications/{group['group_key']}/dismiss") == {}
    assert [g["group_key"] for g in await groups_of(alice)] == [mention["group_key"]]
    assert await alice.post(f"/api/v2/notifications/{mention['group_key']}/dismiss") == {}
    assert await alice.get("/api/v1/notifications") == []
    assert await alice.post(f"/api/v2/notifications/{mention['group_key']}/dismiss") == {}


async def test_groups_are_nobody_elses_business(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    status = await alice.publish("hello")
    await favourite(network, status, bob)
    await bob.publish("hi @alice")
    for group in await groups_of(alice):
        path = f"/api/v2/notifications/{group['group_key']}"
        await carol.get(path, 404)
        assert await carol.get(f"{path}/accounts") == []
        assert await carol.post(f"{path}/dismiss") == {}
        await network.anonymous.get(path, 401)
    assert len(await groups_of(alice)) == 2


@pytest.mark.parametrize(
    "key",
    ["ungrouped-", "ungrouped-x", "ungrouped-99999999999999999999", "ungrouped--1", "%00", "é", "favourite"],
)
async def test_a_key_that_is_none_leads_nowhere(network: Network, key: str) -> None:
    alice = await network.person("alice")
    response = await alice.request("GET", f"/api/v2/notifications/{key}")
    assert response.status_code in (400, 404)
    response = await alice.request("POST", f"/api/v2/notifications/{key}/dismiss")
    assert response.status_code in (200, 400)


async def test_unread_groups_are_counted_up_to_a_limit(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    status = await alice.publish("hello")
    await favourite(network, status, bob, carol)
    await bob.publish("hi @alice")
    path = "/api/v2/notifications/unread_count"
    assert await alice.get(path) == {"count": 2}
    assert await alice.get(path, params={"limit": 1}) == {"count": 1}
    assert await alice.get(path, params={"grouped_types[]": "follow"}) == {"count": 3}
    assert await alice.get(path, params={"types[]": "favourite"}) == {"count": 1}
    assert await alice.get(path, params={"account_id": carol.id}) == {"count": 1}


async def test_a_page_of_groups_costs_the_same_however_long_it_is(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await network.person("alice")

    async def add(number: int) -> None:
        person = await network.person(f"person{number}")
        status = await alice.publish(f"status {number}")
        await favourite(network, status, person)
        await person.publish("hi @alice")
        await person.follow(alice)

    async def cost(**query: str) -> int:
        await groups_of(alice, **query)  # encodes what is new
        with count_queries(monkeypatch) as queries:
            await groups_of(alice, **query)
        return len(queries)

    await add(0)
    few = [await cost(), await cost(expand_accounts="partial_avatars")]
    for number in range(1, 6):
        await add(number)
    assert len(await groups_of(alice)) == 13
    assert [await cost(), await cost(expand_accounts="partial_avatars")] == few
    assert max(few) <= 4


async def test_the_staff_hear_of_newcomers_as_one_group(network: Network) -> None:
    olga, mona = await network.person("olga", "owner"), await network.person("mona", "moderator")
    alice, bob = await network.people("alice", "bob")
    for staff in (olga, mona):
        [group] = await groups_of(staff, **{"types[]": "admin.sign_up"})
        assert group["group_key"].startswith("admin.sign_up-")
        assert group["sample_account_ids"][:2] == [bob.id, alice.id]
        assert "status_id" not in group
        assert (await staff.get(f"/api/v2/notifications/{group['group_key']}"))["notification_groups"]
    assert olga.id not in group["sample_account_ids"]
    assert await groups_of(bob) == []
