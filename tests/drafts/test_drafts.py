"""Drafts: the same on all devices, never overwritten unseen, never lost."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rostra.accounts import deletion
from rostra.media import actions as media_actions
from rostra.statuses import drafts
from tests.counting import count_queries
from tests.network import Network, Person
from tests.statuses.support import GONE, rows, upload

PATH = "/api/v1/drafts"


async def keep(person: Person, text: str = "half a thought", expect: int = 200, **options: Any) -> Any:
    return await person.post(PATH, expect, json={"status": text, **options})


async def save(person: Person, draft: Any, expect: int = 200, **says: Any) -> Any:
    body = {"version": draft["version"], **says}
    return await person.put(f"{PATH}/{draft['id']}", expect, json=body)


async def test_a_draft_keeps_everything_that_publishing_takes(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await bob.publish("for all")
    at = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    says: dict[str, Any] = {
        "status": "@bob half a",
        "spoiler_text": "thoughts",
        "visibility": "private",
        "language": "de",
        "sensitive": True,
        "in_reply_to_id": status["id"],
        "quoted_status_id": status["id"],
        "quote_approval_policy": "nobody",
        "scheduled_at": at,
        "local_only": True,
        "content_type": "text/markdown",
        "poll": {"options": ["yes", ""], "expires_in": 3600, "multiple": True, "hide_totals": False},
    }
    made = await alice.post(PATH, json=says)
    assert made["params"] == {**says, "media_ids": [], "interaction_policy": None}
    assert await alice.get(f"{PATH}/{made['id']}") == made
    again = await alice.post(PATH, json=made["params"])
    assert again["params"] == made["params"]
    assert await bob.get("/api/v1/notifications") == []


async def test_an_unfinished_draft_is_fine(network: Network) -> None:
    alice = await network.person("alice")
    empty = await keep(alice, "")
    assert empty["params"]["status"] == ""
    only_warning = await keep(alice, "", spoiler_text="careful")
    assert only_warning["params"]["spoiler_text"] == "careful"
    await keep(alice, "a" * 6000)  # more than can be published: one cuts it later


async def test_what_is_far_too_large_is_refused(network: Network) -> None:
    alice = await network.person("alice")
    await keep(alice, "a" * 20_001, 422)
    await keep(alice, poll={"options": ["a"] * 21, "expires_in": 1}, expect=422)
    await keep(alice, media_ids=[await upload(alice) for _ in range(5)], expect=422)
    await keep(alice, scheduled_at="soon", expect=422)
    await keep(alice, visibility="nobody", expect=422)


async def test_a_change_replaces_all_and_raises_the_version(network: Network) -> None:
    alice = await network.person("alice")
    made = await keep(alice, spoiler_text="careful")
    changed = await save(alice, made, status="a whole thought")
    assert changed["version"] == made["version"] + 1
    assert changed["params"]["status"] == "a whole thought"
    assert changed["params"]["spoiler_text"] == ""
    assert changed["created_at"] == made["created_at"]


async def test_who_changes_an_old_version_is_told_and_overwrites_nothing(network: Network) -> None:
    alice = await network.person("alice")
    made = await keep(alice)
    changed = await save(alice, made, status="on the phone")
    refused = await save(alice, made, 409, status="on the laptop")
    assert f"version {changed['version']}" in refused["error"]
    assert (await alice.get(f"{PATH}/{made['id']}"))["params"]["status"] == "on the phone"
    await alice.put(f"{PATH}/{made['id']}", 422, json={"status": "without a version"})
    await alice.delete(f"{PATH}/{made['id']}", 409, params={"version": made["version"]})
    await alice.post(f"{PATH}/{made['id']}/publish", 409, json={"version": made["version"]})


async def test_of_two_devices_that_save_at_once_one_wins_and_the_other_learns_it(network: Network) -> None:
    alice = await network.person("alice")
    made = await keep(alice)
    answers = await asyncio.gather(
        *(
            alice.request("PUT", f"{PATH}/{made['id']}", json={"status": text, "version": made["version"]})
            for text in ("phone", "laptop", "tablet")
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]


async def test_publishing_a_draft_happens_once_and_takes_it_away(network: Network) -> None:
    alice = await network.person("alice")
    media_id = await upload(alice)
    made = await keep(alice, "done", media_ids=[media_id], spoiler_text="careful")
    await alice.delete(f"/api/v1/media/{media_id}", 422)
    answers = await asyncio.gather(
        *(alice.request("POST", f"{PATH}/{made['id']}/publish", json={"version": 1}) for _ in range(3))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 404, 404]
    (status,) = await alice.get(f"/api/v1/accounts/{alice.id}/statuses")
    assert status["media_attachments"][0]["id"] == media_id
    assert (status["content"], status["spoiler_text"], status["sensitive"]) == (
        "<p>done</p>",
        "careful",
        True,
    )
    assert await alice.get(PATH) == []


async def test_a_draft_that_cannot_be_published_stays(network: Network) -> None:
    alice = await network.person("alice")
    media_id = await upload(alice)
    made = await keep(alice, "a" * 6000, media_ids=[media_id])
    await alice.post(f"{PATH}/{made['id']}/publish", 422)
    assert (await alice.get(f"{PATH}/{made['id']}"))["media_attachments"][0]["id"] == media_id


async def test_publishing_a_draft_with_a_time_schedules_it(network: Network) -> None:
    alice = await network.person("alice")
    at = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    made = await keep(alice, "later", scheduled_at=at, media_ids=[await upload(alice)])
    scheduled = await alice.post(f"{PATH}/{made['id']}/publish")
    assert scheduled["scheduled_at"] == at
    assert (await alice.get("/api/v1/scheduled_statuses"))[0]["id"] == scheduled["id"]
    assert await alice.get(PATH) == []


async def test_uploads_wait_with_a_draft_as_long_as_it_has_them(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    old: dict[str, Any] = {"created_at": datetime.now(UTC) - timedelta(days=3)}
    kept, dropped = await upload(alice, **old), await upload(alice, **old)
    made = await keep(alice, media_ids=[kept, dropped])
    await media_actions.delete_unattached(network.services)
    changed = await save(alice, made, status="one is enough", media_ids=[kept])
    assert [item["id"] for item in changed["media_attachments"]] == [kept]
    await media_actions.delete_unattached(network.services)
    await alice.get(f"/api/v1/media/{dropped}")  # for another day
    await rows(network, "update media_attachments set created_at = now() - interval '2 days' returning 1")
    await media_actions.delete_unattached(network.services)
    await alice.get(f"/api/v1/media/{dropped}", 404)
    await alice.get(f"/api/v1/media/{kept}")
    await keep(bob, media_ids=[kept], expect=422)


async def test_nobody_else_sees_or_touches_a_draft(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    made = await keep(alice)
    path = f"{PATH}/{made['id']}"
    assert await bob.get(PATH) == []
    assert await bob.get(path, 404) == GONE
    assert await save(bob, made, 404, status="mine") == GONE
    assert await bob.delete(path, 404) == GONE
    assert await bob.post(f"{path}/publish", 404) == GONE
    for method, at in (("GET", path), ("GET", PATH), ("POST", PATH), ("PUT", path), ("DELETE", path)):
        assert (await network.anonymous.request(method, at)).status_code == 401
    reader = Person(network, "alice", alice.account_id, await network.token(alice.account_id, ("read",)))
    await reader.get(path)
    await save(reader, made, 403, status="mine")


async def test_a_retry_keeps_one_draft(network: Network) -> None:
    alice = await network.person("alice")
    answers = [
        await alice.post(PATH, json={"status": "once"}, headers={"Idempotency-Key": "k"}) for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert len(await alice.get(PATH)) == 1


async def test_a_member_keeps_300_drafts(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    alice = await network.person("alice")
    monkeypatch.setattr(drafts, "DRAFTS", 2)
    await keep(alice)
    made = await keep(alice)
    assert "limit of 2" in (await keep(alice, expect=422))["error"]
    await alice.delete(f"{PATH}/{made['id']}")
    await keep(alice)


async def test_drafts_are_paged_and_cost_a_fixed_number_of_queries(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await network.person("alice")
    ids = [(await keep(alice, media_ids=[await upload(alice)]))["id"]]
    with count_queries(monkeypatch) as one:
        await alice.get(PATH)
    ids += [(await keep(alice, media_ids=[await upload(alice)]))["id"] for _ in range(4)]
    with count_queries(monkeypatch) as five:
        assert [item["id"] for item in await alice.get(PATH)] == ids[::-1]
    assert len(five) == len(one)
    page = await alice.request("GET", PATH, params={"limit": 2, "max_id": ids[3]})
    assert [item["id"] for item in page.json()] == [ids[2], ids[1]]
    assert f"max_id={ids[1]}" in page.headers["link"]


async def test_saving_what_was_typed_is_cheap(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    alice = await network.person("alice")
    made = await keep(alice)
    with count_queries(monkeypatch) as seen:
        await save(alice, made, status="half a thought, and m")
    assert len(seen) == 3  # the author's defaults, the version, the change


async def test_drafts_go_with_their_account(network: Network) -> None:
    alice = await network.person("alice")
    await keep(alice, media_ids=[await upload(alice)])
    async with network.services.db.connection() as tx:
        await deletion.begin(tx, network.services.bus, alice.account_id)
    await network.settle()
    assert await rows(network, "select 1 from drafts union all select 1 from media_holds") == []
