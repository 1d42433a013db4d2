"""Scheduled statuses: kept until their time, then published exactly once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rostra.core import clock
from rostra.media import actions as media_actions
from rostra.statuses import queries, scheduling
from tests.counting import count_queries
from tests.network import Network, Person
from tests.statuses.support import GONE, act, rows, upload

PATH = "/api/v1/scheduled_statuses"


def ahead(**of: float) -> str:
    return clock.timestamp(datetime.now(UTC) + timedelta(**of))


async def schedule(person: Person, text: str = "later", expect: int = 200, **options: Any) -> Any:
    body = {"status": text, "scheduled_at": ahead(hours=1), **options}
    return await person.post("/api/v1/statuses", expect, json=body)


async def come(network: Network) -> None:
    """The time of everything that is scheduled has come, and everything follows."""
    await rows(
        network, "update scheduled_statuses set scheduled_at = now() - interval '1 second' returning 1"
    )
    await rows(network, "update jobs set run_at = now() where run_at > now() returning 1")
    await network.settle()


async def texts(person: Person) -> list[str]:
    return [item["content"] for item in await person.get(f"/api/v1/accounts/{person.id}/statuses")]


async def test_a_scheduled_status_comes_out_at_its_time_as_it_was_written(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await bob.follow(alice)
    quoted = await bob.publish("bob's")
    media_id = await upload(alice, "a boat")
    options: dict[str, Any] = {
        "visibility": "unlisted",
        "spoiler_text": "boats",
        "language": "de",
        "media_ids": [media_id],
    }
    made = await schedule(alice, "@bob later", quoted_status_id=quoted["id"], **options)
    assert made["params"]["text"] == "@bob later"
    assert made["params"]["visibility"] == "unlisted"
    assert made["params"]["spoiler_text"] == "boats"
    assert made["params"]["media_ids"] == [media_id]
    assert made["params"]["quoted_status_id"] == quoted["id"]
    assert made["params"]["poll"] is None
    assert made["media_attachments"][0]["description"] == "a boat"
    await network.settle()
    assert await texts(alice) == []
    await come(network)
    (status,) = await bob.get("/api/v1/timelines/home", params={"limit": 1})
    assert status["visibility"] == "unlisted"
    assert (status["spoiler_text"], status["language"]) == ("boats", "de")
    assert status["media_attachments"][0]["id"] == media_id
    assert status["quote"]["quoted_status"]["id"] == quoted["id"]
    assert "@<span>bob</span>" in status["content"]
    assert await alice.get(PATH) == []
    assert [item["type"] for item in await bob.get("/api/v1/notifications")] == ["quote", "mention"]


async def test_a_scheduled_poll_runs_from_the_moment_it_comes_out(network: Network) -> None:
    alice = await network.person("alice")
    poll = {"options": ["yes", "no"], "expires_in": 3600, "multiple": True, "hide_totals": True}
    made = await schedule(alice, poll=poll)
    assert made["params"]["poll"] == poll
    await come(network)
    (status,) = await alice.get(f"/api/v1/accounts/{alice.id}/statuses")
    assert status["poll"]["multiple"]
    ends = datetime.fromisoformat(status["poll"]["expires_at"])
    assert timedelta(minutes=58) < ends - datetime.now(UTC) <= timedelta(minutes=60)


async def test_it_comes_out_once_however_often_its_time_comes(network: Network) -> None:
    alice = await network.person("alice")
    made = await schedule(alice)
    await come(network)
    async with network.services.db.connection() as tx:
        await scheduling.publish_due(tx, network.settings, int(made["id"]))
    await network.settle()
    assert await texts(alice) == ["<p>later</p>"]


async def test_a_worker_that_dies_while_publishing_leaves_it_to_be_published_once(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await network.person("alice")
    await schedule(alice)

    async def die(*_: Any) -> None:
        raise ConnectionError("the worker is gone")

    with monkeypatch.context() as patch:
        patch.setattr(queries, "count_author", die)
        with pytest.raises(ConnectionError):
            await come(network)
    assert await texts(alice) == []
    assert len(await alice.get(PATH)) == 1
    await come(network)
    assert await texts(alice) == ["<p>later</p>"]


async def test_too_early_it_does_nothing(network: Network) -> None:
    alice = await network.person("alice")
    made = await schedule(alice)
    async with network.services.db.connection() as tx:
        await scheduling.publish_due(tx, network.settings, int(made["id"]))
    assert await texts(alice) == []


async def test_a_moment_in_the_past_is_now_and_one_too_soon_is_refused(network: Network) -> None:
    alice = await network.person("alice")
    assert (await schedule(alice, "now", scheduled_at=ahead(hours=-1)))["content"] == "<p>now</p>"
    await schedule(alice, expect=422, scheduled_at=ahead(minutes=4))
    await schedule(alice, expect=422, scheduled_at="tomorrow")
    await schedule(alice, expect=422, scheduled_at="9999-12-31T23:59:59-23:00")
    await schedule(alice, scheduled_at=ahead(minutes=6).replace("Z", "+00:00"))
    assert len(await alice.get(PATH)) == 1


async def test_what_could_not_be_published_now_cannot_be_scheduled(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    hidden = await bob.publish("among us", visibility="private")
    await schedule(alice, "", 422)
    await schedule(alice, "a" * 6000, 422)
    await schedule(alice, expect=404, in_reply_to_id=hidden["id"])
    await schedule(alice, expect=404, quoted_status_id=hidden["id"])
    await schedule(alice, expect=422, media_ids=[await upload(bob)])
    await schedule(alice, expect=422, media_ids=[await upload(alice, state="processing")])
    assert await alice.get(PATH) == []


async def test_uploads_wait_with_it_and_go_to_no_other_status(network: Network) -> None:
    alice = await network.person("alice")
    media_id = await upload(alice, created_at=datetime.now(UTC) - timedelta(days=3))
    made = await schedule(alice, media_ids=[media_id])
    await media_actions.delete_unattached(network.services)
    await alice.post("/api/v1/statuses", 422, json={"status": "now", "media_ids": [media_id]})
    await schedule(alice, expect=422, media_ids=[media_id])
    await alice.delete(f"/api/v1/media/{media_id}", 422)
    await alice.delete(f"{PATH}/{made['id']}")
    await media_actions.delete_unattached(network.services)
    now = await alice.post("/api/v1/statuses", json={"status": "now", "media_ids": [media_id]})
    assert now["media_attachments"][0]["id"] == media_id


async def test_it_can_be_put_to_another_time(network: Network) -> None:
    alice = await network.person("alice")
    made = await schedule(alice)
    later = ahead(days=2)
    moved = await alice.put(f"{PATH}/{made['id']}", json={"scheduled_at": later})
    assert moved["scheduled_at"] == later
    assert moved["params"] == made["params"]
    await alice.put(f"{PATH}/{made['id']}", 422, json={"scheduled_at": ahead(minutes=1)})
    await alice.put(f"{PATH}/{made['id']}", 422, json={})
    # The job for the first time runs, and finds that it is not due.
    await rows(network, "update jobs set run_at = now() returning 1")
    await network.settle()
    assert await texts(alice) == []
    await come(network)
    await rows(network, "update jobs set run_at = now() returning 1")
    async with network.services.db.connection() as tx:
        await scheduling.publish_due(tx, network.settings, int(made["id"]))


async def test_it_can_be_cancelled(network: Network) -> None:
    alice = await network.person("alice")
    made = await schedule(alice)
    assert await alice.delete(f"{PATH}/{made['id']}") == {}
    assert await alice.get(f"{PATH}/{made['id']}", 404) == GONE
    await come(network)
    assert await texts(alice) == []


async def test_nobody_else_sees_or_touches_it(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    made = await schedule(alice)
    path = f"{PATH}/{made['id']}"
    assert (await alice.get(path))["id"] == made["id"]
    assert await bob.get(PATH) == []
    assert await bob.get(path, 404) == GONE
    assert await bob.put(path, 404, json={"scheduled_at": ahead(hours=2)}) == GONE
    assert await bob.delete(path, 404) == GONE
    for method in ("GET", "PUT", "DELETE"):
        assert (await network.anonymous.request(method, path)).status_code == 401
    reader = Person(network, "alice", alice.account_id, await network.token(alice.account_id, ("read",)))
    assert (await reader.get(path))["id"] == made["id"]
    await reader.delete(path, 403)


async def test_a_retry_schedules_once_and_after_it_came_out_shows_the_status(network: Network) -> None:
    alice = await network.person("alice")
    body, key = {"status": "later", "scheduled_at": ahead(hours=1)}, {"Idempotency-Key": "one"}
    first = await alice.post("/api/v1/statuses", json=body, headers=key)
    again = await alice.post("/api/v1/statuses", json=body, headers=key)
    assert again["id"] == first["id"]
    await come(network)
    after = await alice.post("/api/v1/statuses", json=body, headers=key)
    assert after["content"] == "<p>later</p>"
    assert await texts(alice) == ["<p>later</p>"]


async def test_a_day_takes_25_and_a_member_300(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    alice, bob = await network.people("alice", "bob")
    monkeypatch.setattr(scheduling, "SCHEDULED_DAILY", 2)
    monkeypatch.setattr(scheduling, "SCHEDULED_TOTAL", 4)
    day = (datetime.now(UTC) + timedelta(days=3)).replace(hour=12)
    for moment in (day, day + timedelta(hours=1), day + timedelta(days=1), day + timedelta(days=2)):
        await schedule(alice, scheduled_at=clock.timestamp(moment))
    refused = await schedule(alice, expect=422, scheduled_at=clock.timestamp(day + timedelta(days=3)))
    assert "limit of 4" in refused["error"]
    newest = (await alice.get(PATH))[0]
    refused = await alice.put(
        f"{PATH}/{newest['id']}", 422, json={"scheduled_at": clock.timestamp(day + timedelta(hours=2))}
    )
    assert "limit of 2" in refused["error"]
    await alice.put(f"{PATH}/{newest['id']}", json={"scheduled_at": clock.timestamp(day + timedelta(days=9))})
    await schedule(bob, scheduled_at=clock.timestamp(day))


async def test_what_cannot_come_out_becomes_a_draft_and_its_author_is_told(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await bob.publish("for all")
    media_id = await upload(alice)
    await schedule(alice, "an answer", in_reply_to_id=status["id"], media_ids=[media_id])
    await bob.delete(f"/api/v1/statuses/{status['id']}")
    await come(network)
    assert await texts(alice) == []
    assert await alice.get(PATH) == []
    (draft,) = await alice.get("/api/v1/drafts")
    assert draft["params"]["status"] == "an answer"
    assert draft["params"]["media_ids"] == [media_id]
    assert draft["error"] == "Record not found"
    (mail,) = [path.read_text() for path in (network.settings.data / "mail").glob("*")]
    assert "Record not found" in mail
    assert "an answer" in mail


async def test_what_a_disabled_member_scheduled_does_not_come_out(network: Network) -> None:
    alice = await network.person("alice")
    await schedule(alice)
    await rows(network, "update users set disabled_at = now() returning 1")
    await come(network)
    assert await rows(network, "select 1 from statuses") == []


async def test_scheduled_statuses_are_paged_and_cost_a_fixed_number_of_queries(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await network.person("alice")

    async def listed(**params: Any) -> tuple[list[Any], int]:
        with count_queries(monkeypatch) as seen:
            return await alice.get(PATH, params=params), len(seen)

    first = await schedule(alice, media_ids=[await upload(alice)])
    _, one = await listed()
    ids = [first["id"]]
    ids += [(await schedule(alice, media_ids=[await upload(alice)]))["id"] for _ in range(4)]
    found, five = await listed()
    assert five == one
    assert [item["id"] for item in found] == ids[::-1]
    found, _ = await listed(limit=2, max_id=ids[3])
    assert [item["id"] for item in found] == [ids[2], ids[1]]
    found, _ = await listed(limit=2, min_id=ids[0])
    assert [item["id"] for item in found] == [ids[2], ids[1]]


async def test_a_status_that_answers_and_quotes_shows_both(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    first, second = await bob.publish("first"), await bob.publish("second")
    for parent, quoted in ((first, second), (second, first)):
        both = await alice.publish("both", in_reply_to_id=parent["id"], quoted_status_id=quoted["id"])
        assert both["in_reply_to_id"] == parent["id"]
        assert both["quote"]["quoted_status"]["id"] == quoted["id"]
    await act(alice, first, "favourite")
