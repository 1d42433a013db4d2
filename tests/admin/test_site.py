"""Rules, texts, terms, announcements and emojis by API: what staff change is what everybody sees."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from rostra.core import clock
from rostra.main import create_app
from tests.counting import count_queries
from tests.emojis.support import packed, picture
from tests.network import Network, Person

RULES = "/api/v1/admin/instance/rules"
HERE = "/api/rostra/v1/admin"
EMOJIS = "/api/v1/admin/custom_emojis"


async def shown_rules(network: Network) -> list[str]:
    return [rule["text"] for rule in await network.anonymous.get("/api/v1/instance/rules")]


async def test_rules_are_added_changed_ordered_and_dropped(network: Network, owner: Person) -> None:
    for rule in await owner.get(RULES):  # a new network has some
        await owner.delete(f"{RULES}/{rule['id']}")
    new = {"text": "Be kind", "hint": "to all", "translations": {"de": {"text": "Sei nett", "hint": ""}}}
    first = await owner.post(RULES, json=new)
    assert {key: first[key] for key in new} == new
    second = await owner.post(RULES, json={"text": "No spam"})
    assert await shown_rules(network) == ["Be kind", "No spam"]
    changed = await owner.patch(f"{RULES}/{first['id']}", json={"text": "Be very kind"})
    assert (changed["text"], changed["hint"], changed["translations"]) == (
        "Be very kind",
        "to all",
        new["translations"],
    )
    without = await owner.patch(f"{RULES}/{first['id']}", json={"translations": {"de": {"text": ""}}})
    assert without["translations"] == {}
    ordered = await owner.put(f"{HERE}/rules/order", json={"ids": [second["id"], first["id"]]})
    assert [rule["id"] for rule in ordered] == [second["id"], first["id"]]
    assert await shown_rules(network) == ["No spam", "Be very kind"]
    for ids in ([first["id"]], [first["id"], first["id"]], [first["id"], second["id"], "7"], []):
        await owner.put(f"{HERE}/rules/order", 409, json={"ids": ids})
    assert (await owner.delete(f"{RULES}/{second['id']}"))["text"] == "No spam"
    await owner.delete(f"{RULES}/{second['id']}", 404)
    await owner.get(f"{RULES}/{second['id']}", 404)
    assert [rule["id"] for rule in await owner.get(RULES)] == [first["id"]]


async def test_rules_that_say_nothing_or_too_much_are_refused(network: Network, owner: Person) -> None:
    before = await shown_rules(network)
    for body in (
        {"text": " "},
        {"text": "x" * 301},
        {"text": "x", "hint": "x" * 1001},
        {"text": "x", "translations": {"klingon!": {"text": "x"}}},
        {"text": "x", "translations": {"de": "x"}},
        {},
    ):
        await owner.post(RULES, 422, json=body)
    assert await shown_rules(network) == before


async def test_texts_are_written_in_each_language(network: Network, owner: Person) -> None:
    path = f"{HERE}/texts/about"
    assert (await owner.get(path))["texts"] == {}
    written = await owner.put(path, json={"texts": {"en": "We are *here*", "de": "Wir sind da"}})
    assert written["texts"]["en"]["text"] == "We are *here*"
    assert written["languages"] == ["de", "en"]
    shown = await network.anonymous.get("/api/v1/instance/extended_description")
    assert "<em>here</em>" in shown["content"]
    left = await owner.put(path, json={"texts": {"de": ""}})
    assert list(left["texts"]) == ["en"]
    await owner.put(path, 422, json={"texts": {"en": "x" * 50_001}})
    await owner.put(path, 422, json={"texts": {"xx": "x"}})
    await owner.put(f"{HERE}/texts/secrets", 404, json={"texts": {}})
    await owner.get(f"{HERE}/texts/secrets", 404)


async def test_terms_are_drafted_and_published(network: Network, owner: Person) -> None:
    path, day = f"{HERE}/terms", (clock.now() + timedelta(days=20)).date().isoformat()
    draft = await owner.post(path, json={"text": "Be fair"})
    assert (draft["published_at"], draft["effective_date"]) == (None, None)
    await owner.put(f"{path}/{draft['id']}", 422, json={"text": "Be fair", "publish": True})
    terms = {"text": "Be fair!", "changes": "Louder", "effective_date": day, "publish": True}
    published = await owner.put(f"{path}/{draft['id']}", json=terms)
    assert published["published_at"]
    assert (await network.anonymous.get("/api/v1/instance/terms_of_service"))["effective_date"] == day
    await owner.put(f"{path}/{draft['id']}", 404, json=terms)
    await owner.delete(f"{path}/{draft['id']}", 404)
    await owner.post(path, 422, json=terms)  # the day is taken
    await owner.post(path, 422, json={"text": "x", "effective_date": "soon"})
    other = await owner.post(path, json={"text": "Another"})
    assert [each["id"] for each in await owner.get(path)] == [other["id"], published["id"]]
    assert await owner.delete(f"{path}/{other['id']}") == {}
    await owner.get(f"{path}/{other['id']}", 404)


async def test_announcements_are_written_published_and_withdrawn(
    network: Network, owner: Person, moderator: Person
) -> None:
    path = f"{HERE}/announcements"
    alice = await network.person("alice")

    async def seen() -> list[str]:
        return [each["content"] for each in await alice.get("/api/v1/announcements")]

    made = await moderator.post(
        path,
        json={
            "text": "Storm *ahead*",
            "starts_at": "2036-01-01T10:00:00Z",
            "ends_at": "2036-01-02T10:00:00Z",
        },
    )
    assert (made["text"], made["published_at"]) == ("Storm *ahead*", None)
    assert made["starts_at"] == "2036-01-01T10:00:00.000Z"
    assert await seen() == []
    assert (await moderator.post(f"{path}/{made['id']}/publish"))["published_at"]
    assert len(await seen()) == 1
    changed = await moderator.put(f"{path}/{made['id']}", json={"text": "Calm", "all_day": True})
    assert (changed["text"], changed["starts_at"], changed["all_day"]) == ("Calm", None, True)
    assert changed["published_at"]
    assert await seen() == ["<p>Calm</p>"]
    assert (await moderator.post(f"{path}/{made['id']}/withdraw"))["published_at"] is None
    assert await seen() == []
    second = await owner.post(path, json={"text": "Hello", "publish": True})
    assert [each["id"] for each in await moderator.get(path)] == [second["id"], made["id"]]
    assert await moderator.get(f"{path}/{second['id']}") == second
    assert await moderator.delete(f"{path}/{second['id']}") == {}
    await moderator.delete(f"{path}/{second['id']}", 404)
    for act in ("publish", "withdraw"):
        await moderator.post(f"{path}/{second['id']}/{act}", 404)
    for body in (
        {"text": ""},
        {"text": "x" * 10_001},
        {"text": "x", "starts_at": "2036-01-01T10:00:00Z"},
        {"text": "x", "starts_at": "2036-01-02T10:00:00Z", "ends_at": "2036-01-01T10:00:00Z"},
        {"text": "x", "scheduled_at": "soon"},
        {"text": "x", "scheduled_at": "0001-01-01T00:00:00+14:00"},
        {"text": "x", "scheduled_at": "9999-12-31T23:59:59-14:00"},
    ):
        await moderator.post(path, 422, json=body)


async def add_emoji(person: Person, shortcode: str, expect: int = 200, **fields: Any) -> Any:
    files = {"image": ("a.png", picture(), "image/png")}
    return await person.post(EMOJIS, expect, data={"shortcode": shortcode, **fields}, files=files)


async def test_emojis_are_added_changed_and_deleted(network: Network, moderator: Person) -> None:
    async def usable() -> list[str]:
        return [each["shortcode"] for each in await network.anonymous.get("/api/v1/custom_emojis")]

    tide = await add_emoji(moderator, "tide", category="Sea")
    assert (tide["shortcode"], tide["category"], tide["disabled"], tide["domain"]) == (
        "tide",
        "Sea",
        False,
        None,
    )
    assert await usable() == ["tide"]
    await add_emoji(moderator, "TIDE", 422)
    await add_emoji(moderator, "t-i", 422)
    await moderator.post(EMOJIS, 422, data={"shortcode": "none"})
    broken = {"image": ("a.png", b"no picture", "image/png")}
    await moderator.post(EMOJIS, 422, data={"shortcode": "broken"}, files=broken)
    path = f"{EMOJIS}/{tide['id']}"
    assert (await moderator.patch(path, json={"disabled": True}))["disabled"] is True
    assert await usable() == []
    changed = await moderator.patch(
        path, json={"disabled": False, "category": "", "visible_in_picker": False}
    )
    assert (changed["category"], changed["visible_in_picker"], changed["disabled"]) == (None, False, False)
    assert await usable() == ["tide"]
    await moderator.patch(path, 422, json={"category": "x" * 61})
    assert await moderator.get(path) == changed
    assert await moderator.get(EMOJIS) == [changed]
    assert (await moderator.delete(path))["id"] == tide["id"]
    await moderator.delete(path, 404)
    assert await usable() == []


async def test_emojis_come_in_packs_and_categories_are_renamed(network: Network, moderator: Person) -> None:
    pack = packed({"wave.png": picture(), "boat.png": picture(), "x.png": b"x"})
    result = await moderator.post(
        f"{HERE}/custom_emojis/import",
        data={"category": "Sea"},
        files={"file": ("a.zip", pack, "application/zip")},
    )
    assert sorted(result["added"]) == ["boat", "wave"]
    assert {each["reason"] for each in result["failed"]} == {"name"}
    assert result["left"] is False
    await moderator.post(
        f"{HERE}/custom_emojis/import", 422, files={"file": ("a.zip", b"no zip", "application/zip")}
    )
    await moderator.post(f"{HERE}/custom_emojis/import", 422)
    assert await moderator.get(f"{EMOJIS}/categories") == [{"name": "Sea"}]
    rename = f"{HERE}/custom_emojis/rename_category"
    assert await moderator.post(rename, json={"before": "Sea", "after": "Harbour"}) == [{"name": "Harbour"}]
    await moderator.post(rename, 404, json={"before": "Sea", "after": "Harbour"})
    await moderator.post(rename, 422, json={"before": "Harbour", "after": "x" * 61})


async def test_how_the_network_is_set_up_is_seen_by_those_who_run_it(
    network: Network, owner: Person, moderator: Person
) -> None:
    site = await owner.get(f"{HERE}/site")
    assert (site["title"], site["registration"]) == (network.settings.title, "open")
    await moderator.get(f"{HERE}/site", 403)


@pytest.mark.parametrize("role", ["member", "moderator"])
async def test_others_change_nothing_of_it(network: Network, role: Any) -> None:
    someone = await network.person("someone", role, ("read", "write", "admin:read", "admin:write"))
    await someone.post(RULES, 403, json={"text": "Mine"})
    await someone.get(RULES, 403)
    await someone.put(f"{HERE}/texts/about", 403, json={"texts": {"en": "Mine"}})
    await someone.post(f"{HERE}/terms", 403, json={"text": "Mine"})
    if role == "member":
        await someone.get(f"{HERE}/announcements", 403)
        await someone.post(f"{HERE}/announcements", 403, json={"text": "Mine", "publish": True})
        await someone.get(EMOJIS, 403)
        await add_emoji(someone, "mine", 403)
        await someone.post(f"{HERE}/custom_emojis/import", 403)


async def test_longer_lists_cost_no_more(
    network: Network, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [
        "/api/rostra/v1/admin/invites",
        f"{HERE}/announcements",
        f"{HERE}/terms",
        f"{HERE}/jobs/failed",
        RULES,
        EMOJIS,
    ]
    costs: list[dict[str, tuple[int, int]]] = []
    for number in range(6):
        person = await network.person(f"person{number}")
        await person.post("/api/rostra/v1/invites")
        await owner.post(f"{HERE}/announcements", json={"text": f"@person{number} hello"})
        await owner.post(f"{HERE}/terms", json={"text": "Be fair"})
        await owner.post(RULES, json={"text": "Be kind"})
        await add_emoji(owner, f"emoji{number}")
        async with network.services.db.connection() as tx:
            await tx.execute("insert into jobs (kind, data, error, failed_at) values ('x', '{}', 'x', now())")
        if number in (0, 5):
            transport = httpx.ASGITransport(create_app(network.services))
            async with httpx.AsyncClient(transport=transport, base_url=network.settings.base_url) as http:
                headers = {"Authorization": f"Bearer {owner.token}"}
                await http.get("/api/v1/preferences", headers=headers)
                costs.append({})
                for path in paths:
                    with count_queries(monkeypatch) as queries:
                        length = len((await http.get(path, headers=headers)).json())
                    costs[-1][path] = (length, len(queries))
    few, many = costs
    assert [path for path in paths if many[path][0] != few[path][0] + 5] == []
    assert [path for path in paths if many[path][1] > few[path][1]] == []
