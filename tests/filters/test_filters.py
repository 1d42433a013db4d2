"""Filters: how they are kept, for apps of today and of old."""

from typing import Any

import pytest

from rostra.accounts.filters import model
from rostra.core.db import fetch_value
from tests.counting import count_queries
from tests.network import Network, Person
from tests.timelines.support import delete_account

FILTERS = "/api/v2/filters"
OLD = "/api/v1/filters"


async def make(person: Person, *keywords: str, **options: Any) -> Any:
    body = {
        "title": "Noise",
        "context": ["home"],
        "keywords_attributes": [{"keyword": keyword} for keyword in keywords],
        **options,
    }
    return await person.post(FILTERS, json=body)


async def test_a_filter_is_made_shown_and_deleted(network: Network) -> None:
    alice = await network.person("alice")
    made = await alice.post(
        FILTERS,
        content=(
            b"title=Noise&context[]=home&context[]=thread&filter_action=hide&expires_in=3600"
            b"&keywords_attributes[][keyword]=drums&keywords_attributes[][whole_word]=false"
            b"&keywords_attributes[][keyword]=horns"
        ),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert [(k["keyword"], k["whole_word"]) for k in made["keywords"]] == [("drums", False), ("horns", True)]
    assert made["title"] == "Noise"
    assert made["context"] == ["home", "thread"]
    assert made["filter_action"] == "hide"
    assert made["expires_at"].endswith("Z")
    assert made["statuses"] == []
    path = f"{FILTERS}/{made['id']}"
    assert await alice.get(path) == made
    assert await alice.get(FILTERS) == [made]
    assert await alice.delete(path) == {}
    await alice.get(path, 404)
    assert await alice.get(FILTERS) == []


async def test_an_update_changes_what_it_names_and_no_more(network: Network) -> None:
    alice = await network.person("alice")
    made = await make(alice, "drums", "horns", expires_in=3600)
    drums, horns = made["keywords"]
    path = f"{FILTERS}/{made['id']}"
    changed = await alice.put(
        path,
        json={
            "filter_action": "blur",
            "keywords_attributes": [
                {"id": drums["id"], "_destroy": True},
                {"id": horns["id"], "keyword": "trumpets"},
                {"keyword": "bells", "whole_word": False},
            ],
        },
    )
    assert (changed["title"], changed["context"]) == (made["title"], made["context"])
    assert (changed["filter_action"], changed["expires_at"]) == ("blur", made["expires_at"])
    assert [(k["keyword"], k["whole_word"]) for k in changed["keywords"]] == [
        ("trumpets", True),
        ("bells", False),
    ]
    for never in ({"expires_in": ""}, {"expires_in": None}):
        await alice.put(path, json={"expires_in": 60})
        assert (await alice.put(path, json=never))["expires_at"] is None
    await alice.put(path, 404, json={"title": "x", "keywords_attributes": [{"id": drums["id"]}]})
    assert (await alice.get(path))["title"] == "Noise"


@pytest.mark.parametrize(
    "body",
    [
        {"context": ["home"]},
        {"title": " ", "context": ["home"]},
        {"title": "x" * 257, "context": ["home"]},
        {"title": "x"},
        {"title": "x", "context": []},
        {"title": "x", "context": ["everywhere"]},
        {"title": "x", "context": "home", "filter_action": "shout"},
        {"title": "x", "context": ["home"], "expires_in": "soon"},
        {"title": "x", "context": ["home"], "expires_in": [1]},
        {"title": "x", "context": ["home"], "keywords_attributes": [{"keyword": " "}]},
        {"title": "x", "context": ["home"], "keywords_attributes": [{"keyword": "x" * 513}]},
        {"title": "x", "context": ["home"], "keywords_attributes": [{"whole_word": True}]},
        {"title": "x", "context": ["home"], "keywords_attributes": [{"keyword": "x"}] * 501},
    ],
)
async def test_what_can_not_be_a_filter_is_refused(network: Network, body: dict[str, Any]) -> None:
    alice = await network.person("alice")
    assert "error" in await alice.post(FILTERS, 422, json=body)
    assert await alice.get(FILTERS) == []


async def test_a_time_beyond_measure_is_cut(network: Network) -> None:
    alice = await network.person("alice")
    assert (await make(alice, expires_in=10**30))["expires_at"] is not None
    assert (await make(alice, expires_in=-5))["expires_at"] is not None


async def test_keywords_are_kept_one_by_one(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    made = await make(alice)
    path = f"{FILTERS}/{made['id']}/keywords"
    added = await alice.post(path, json={"keyword": "drums"})
    assert added == {"id": added["id"], "keyword": "drums", "whole_word": True}
    await alice.post(path, 422, json={})
    one = f"{FILTERS}/keywords/{added['id']}"
    changed = await alice.put(one, json={"keyword": "horns", "whole_word": False})
    assert changed == {"id": added["id"], "keyword": "horns", "whole_word": False}
    assert await alice.get(one) == changed
    assert await alice.get(path) == [changed]
    await alice.put(one, 422, json={"keyword": ""})
    await alice.put(one, 422, json={"whole_word": True})
    for method, target in (("GET", one), ("PUT", one), ("DELETE", one), ("GET", path), ("POST", path)):
        options = {"json": {"keyword": "mine"}} if method in ("PUT", "POST") else {}
        assert (await bob.request(method, target, **options)).status_code == 404
        assert (await network.anonymous.request(method, target, **options)).status_code == 401
    assert await alice.delete(one) == {}
    assert await alice.get(path) == []
    await alice.get(one, 404)


async def test_statuses_are_kept_one_by_one_if_they_may_be_seen(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    made = await make(alice)
    status = await bob.publish("drums")
    secret = await bob.publish("psst", visibility="direct")
    path = f"{FILTERS}/{made['id']}/statuses"
    added = await alice.post(path, json={"status_id": status["id"]})
    assert added == {"id": added["id"], "status_id": status["id"]}
    taken = await alice.post(path, 422, json={"status_id": status["id"]})
    assert taken == {"error": "Validation failed: Status has already been taken"}
    for hidden in (secret["id"], "17"):
        await alice.post(path, 404, json={"status_id": hidden})
    await bob.post(path, 404, json={"status_id": status["id"]})
    one = f"{FILTERS}/statuses/{added['id']}"
    assert await alice.get(one) == added
    assert await alice.get(path) == [added]
    await bob.get(one, 404)
    await bob.delete(one, 404)
    assert await alice.delete(one) == added
    await alice.delete(one, 404)
    again = await alice.post(path, json={"status_id": status["id"]})
    await bob.delete(f"/api/v1/statuses/{status['id']}")
    await alice.get(f"{FILTERS}/statuses/{again['id']}", 404)


async def test_somebody_elses_filter_looks_like_it_does_not_exist(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    made = await make(alice, "drums")
    old = f"{OLD}/{made['keywords'][0]['id']}"
    body = {"title": "mine", "phrase": "mine", "context": ["home"]}
    for path in (f"{FILTERS}/{made['id']}", old):
        for method in ("GET", "PUT", "DELETE"):
            answer = await bob.request(method, path, json=body)
            assert (answer.status_code, answer.json()) == (404, {"error": "Record not found"})
            assert (await network.anonymous.request(method, path, json=body)).status_code == 401
    assert await alice.get(FILTERS) == [made]


async def test_reading_and_writing_filters_are_scopes_of_their_own(network: Network) -> None:
    reader = await network.person("reader", scopes=("read:filters",))
    writer = await network.person("writer", scopes=("write:filters",))
    for path, body in (
        (FILTERS, {"title": "x", "context": ["home"]}),
        (OLD, {"phrase": "x", "context": ["home"]}),
    ):
        assert await reader.get(path) == []
        await reader.post(path, 403, json=body)
        await writer.get(path, 403)
        await writer.post(path, json=body)


async def test_a_member_filters_only_so_much(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FILTERS", "KEYWORDS", "STATUSES"):
        monkeypatch.setattr(f"rostra.accounts.filters.actions.{name}", 2)
    alice = await network.person("alice")
    first = await make(alice, "drums")
    await make(alice, "horns")
    await alice.post(FILTERS, 422, json={"title": "x", "context": ["home"]})
    await alice.post(f"{FILTERS}/{first['id']}/keywords", 422, json={"keyword": "bells"})
    for number in range(3):
        status = await alice.publish(f"number {number}")
        expect = 422 if number == 2 else 200
        await alice.post(f"{FILTERS}/{first['id']}/statuses", expect, json={"status_id": status["id"]})
    assert len(await alice.get(FILTERS)) == 2


async def test_the_limits_are_announced(network: Network) -> None:
    found = (await network.anonymous.get("/api/v2/instance"))["configuration"]["filters"]
    assert found["max_filters"] == model.FILTERS
    assert found["max_keywords"] == model.KEYWORDS


async def test_old_apps_know_each_keyword_as_a_filter(network: Network) -> None:
    alice = await network.person("alice")
    body = {"phrase": "drums", "context": ["home", "public"], "irreversible": True, "whole_word": True}
    old = await alice.post(OLD, json=body)
    assert old == {**body, "id": old["id"], "expires_at": None}
    (new,) = await alice.get(FILTERS)
    assert (new["title"], new["filter_action"]) == ("drums", "hide")
    assert new["keywords"] == [{"id": old["id"], "keyword": "drums", "whole_word": True}]
    two = await make(alice, "horns", "bells")
    assert [found["phrase"] for found in await alice.get(OLD)] == ["drums", "horns", "bells"]
    path = f"{OLD}/{old['id']}"
    changed = await alice.put(path, json={"phrase": "bass", "context": ["thread"], "expires_in": 60})
    assert (changed["phrase"], changed["context"], changed["irreversible"]) == ("bass", ["thread"], False)
    assert changed["expires_at"]
    assert await alice.get(path) == changed
    assert await alice.delete(path) == {}
    assert await alice.get(FILTERS) == [two]


async def test_old_apps_change_nothing_that_concerns_other_keywords(network: Network) -> None:
    alice = await network.person("alice")
    made = await make(alice, "horns", "bells")
    path = f"{OLD}/{made['keywords'][0]['id']}"
    await alice.put(path, 422, json={"phrase": "trumpets", "context": ["thread"]})
    assert await alice.get(FILTERS) == [made]
    changed = await alice.put(path, json={"phrase": "trumpets", "context": ["home"]})
    assert changed["phrase"] == "trumpets"
    assert await alice.delete(path) == {}
    (left,) = await alice.get(FILTERS)
    assert (left["title"], [k["keyword"] for k in left["keywords"]]) == ("Noise", ["bells"])


@pytest.mark.parametrize(
    "body", [{}, {"phrase": "x"}, {"context": ["home"]}, {"phrase": " ", "context": ["home"]}]
)
async def test_what_can_not_be_an_old_filter_is_refused(network: Network, body: dict[str, Any]) -> None:
    alice = await network.person("alice")
    await alice.post(OLD, 422, json=body)
    assert await alice.get(FILTERS) == []


async def test_filters_go_with_their_member(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await bob.publish("drums")
    made = await make(alice, "drums")
    await alice.post(f"{FILTERS}/{made['id']}/statuses", json={"status_id": status["id"]})
    await delete_account(alice)
    async with network.services.db.connection() as tx:
        for table in ("filters", "filter_keywords", "filter_statuses"):
            assert await fetch_value(tx, f"select count(*) from {table}") == 0  # pyright: ignore[reportArgumentType]


async def test_filters_cost_the_same_however_many_they_are(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await network.person("alice")
    made = await make(alice, "number 0")
    paths = [FILTERS, OLD, f"{FILTERS}/{made['id']}/keywords", f"{FILTERS}/{made['id']}"]

    async def costs() -> list[int]:
        found: list[int] = []
        for path in paths:
            with count_queries(monkeypatch) as queries:
                assert await alice.get(path)
            found.append(len(queries))
        return found

    few = await costs()
    for number in range(1, 6):
        await make(alice, f"number {number}")
        await alice.post(f"{FILTERS}/{made['id']}/keywords", json={"keyword": str(number)})
    assert await costs() == few
    assert max(few) <= 3
