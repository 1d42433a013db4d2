"""Statuses in other languages, by a translator that runs beside the test."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from rostra.core.db import execute, fetch_value
from rostra.core.http import HttpClient
from rostra.core.settings import Settings, load
from rostra.reactions import delete_expired
from rostra.statuses.translation import actions
from rostra.statuses.translation.providers import DeepL, LibreTranslate, TranslatorError
from tests.media.pictures import encode, plain
from tests.network import Network, Person
from tests.translation.translator import HOST, Translator, serving


@pytest.fixture
async def translator() -> AsyncIterator[Translator]:
    async with serving() as translator:
        yield translator


@pytest.fixture
def settings(tmp_path: Path, translator: Translator) -> Settings:
    given = {"data": tmp_path / "data", "rate_limits": False, "confirm_email": False}
    url = {"libretranslate_url": f"{translator.url}/", "libretranslate_key": "k1"}
    return load({**given, **url, "allow_private_addresses": HOST}, environ={})


async def translate(person: Person, status: Any, expect: int = 200, **params: Any) -> Any:
    return await person.post(f"/api/v1/statuses/{status['id']}/translate", expect, json=params)


async def test_all_that_a_status_says_is_translated(network: Network, translator: Translator) -> None:
    alice, bob = await network.people("alice", "bob")
    picture = encode(plain(40, 40), "PNG")
    media = await alice.post(
        "/api/v2/media", files={"file": ("x.png", picture)}, data={"description": "a <red> square"}
    )
    text = "One & two\n#Harbour @bob :gull: https://rostra.example/a"
    status = await alice.publish(text, spoiler_text="A < warning", media_ids=[media["id"]], language="en")
    found = await translate(bob, status, lang="de")
    content = found.pop("content")
    assert found == {
        "spoiler_text": "A < WARNING",
        "language": "de",
        "media_attachments": [{"id": media["id"], "description": "A <RED> SQUARE"}],
        "poll": None,
        "detected_source_language": "en",
        "provider": "LibreTranslate",
    }
    assert "ONE &amp; TWO<br>" in content
    assert ":gull:" in content
    assert 'class="u-url mention"' in content
    assert f'href="{network.settings.url("/tags/harbour")}"' in content
    assert 'translate="no">:gull:' not in content
    (asked,) = translator.asked
    assert (asked["source"], asked["target"], asked["format"], asked["api_key"]) == ("en", "de", "html", "k1")


async def test_a_poll_is_translated(network: Network) -> None:
    alice = await network.person("alice")
    poll = {"options": ["yes & no", "maybe"], "expires_in": 3600}
    status = await alice.publish("Well?", poll=poll, language="en")
    found = await translate(alice, status, lang="de")
    options = [{"title": "YES & NO"}, {"title": "MAYBE"}]
    assert found["poll"] == {"id": status["poll"]["id"], "options": options}


async def test_each_text_is_translated_once_for_each_language(
    network: Network, translator: Translator
) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("Good morning", language="en")
    await bob.post(f"/api/v1/statuses/{status['id']}/favourite")
    for person in (alice, bob, alice):
        assert (await translate(person, status, lang="de-AT"))["language"] == "de"
    assert len(translator.asked) == 1
    assert (await translate(alice, status, lang="pt_BR"))["language"] == "pt-BR"
    assert len(translator.asked) == 2
    await alice.put(f"/api/v1/statuses/{status['id']}", json={"status": "Good night", "language": "en"})
    assert "GOOD NIGHT" in (await translate(bob, status, lang="de"))["content"]
    assert len(translator.asked) == 3
    async with network.services.db.connection() as tx:
        await execute(tx, "update status_translations set created_at = now() - interval '31 days'")
        await delete_expired(network.services)
        assert await fetch_value(tx, "select count(*) from status_translations") == 0


async def test_many_who_ask_at_once_ask_the_translator_once(network: Network, translator: Translator) -> None:
    people = await network.people("alice", "bob", "carol")
    status = await people[0].publish("Good morning", language="en")
    translator.hold = asyncio.Event()
    waiting = [asyncio.create_task(translate(person, status, lang="de")) for person in people]
    while not translator.asked and not any(task.done() for task in waiting):
        await asyncio.sleep(0.01)
        translator.hold.set()
    answers = await asyncio.gather(*waiting)
    assert len({answer["content"] for answer in answers}) == 1
    assert len(translator.asked) == 1


async def test_a_language_that_nobody_named_is_found_out(network: Network, translator: Translator) -> None:
    alice = await network.person("alice")
    status = await alice.publish("Good morning", language="en")
    async with network.services.db.connection() as tx:
        await execute(tx, "update statuses set language = null")
    found = await translate(alice, status, lang="de")
    assert translator.asked[0]["source"] == "auto"
    assert found["detected_source_language"] == "en"


async def test_the_language_is_that_of_the_reader_if_they_name_none(network: Network) -> None:
    alice = await network.person("alice")
    status = await alice.publish("Good morning", language="en")
    path = f"/api/v1/statuses/{status['id']}/translate"
    answer = await alice.request("POST", path, headers={"Accept-Language": "de"})
    assert answer.json()["language"] == "de"


async def test_only_what_everybody_may_read_is_sent_away(network: Network, translator: Translator) -> None:
    alice, bob = await network.people("alice", "bob")
    await bob.follow(alice)
    for options, expect in (
        ({"visibility": "private"}, 403),
        ({"visibility": "direct"}, 404),
        ({"local_only": True}, 403),
    ):
        status = await alice.publish("psst", language="en", **options)
        await translate(bob, status, expect, lang="de")
    await translate(alice, {"id": "1"}, 404, lang="de")
    public = await alice.publish("hello", language="en")
    for lang in ("en", "fr", "xx", "x" * 100, "<script>"):
        await translate(bob, public, 403, lang=lang)
    other = await alice.publish("saluton", language="eo")
    await translate(bob, other, 403, lang="de")
    path = f"/api/v1/statuses/{public['id']}/translate"
    await network.anonymous.post(path, 401)
    assert translator.asked == []


async def test_what_comes_back_is_made_harmless(network: Network, translator: Translator) -> None:
    alice = await network.person("alice")
    status = await alice.publish("hello", language="en", spoiler_text="w")
    translator.answer = (
        b'{"translatedText": ["<p onclick=x()>A<script>alert(1)</script>'
        b'<a href=\\"javascript:x\\">b</a></p>", "<b>w</b> &lt;i&gt;"]}'
    )
    found = await translate(alice, status, lang="de")
    assert found["spoiler_text"] == "w <i>"
    for part in ("script", "onclick", "alert"):
        assert part not in found["content"]


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (403, b'{"error": "quota"}'),
        (429, b'{"error": "slow down"}'),
        (500, b"oops"),
        (200, b"<html>"),
        (200, b"\xff\xfe"),
        (200, b'{"translatedText": "one"}'),
        (200, b'{"translatedText": []}'),
        (200, b'{"translatedText": ["a", "b", "c"]}'),
        (200, b'{"translatedText": ["' + b"a" * (3 * 1024 * 1024) + b'"]}'),
    ],
)
async def test_a_translator_that_fails_is_told_as_such(
    network: Network, translator: Translator, status: int, answer: bytes
) -> None:
    alice = await network.person("alice")
    published = await alice.publish("hello", language="en")
    await alice.get("/api/v1/instance/translation_languages")
    translator.status, translator.answer = status, answer
    error = await translate(alice, published, 503, lang="de")
    assert error == {"error": "The translator does not answer. Please try again later."}
    translator.status, translator.answer = 200, None
    assert "HELLO" in (await translate(alice, published, lang="de"))["content"]


async def test_the_network_says_what_can_be_translated(network: Network, translator: Translator) -> None:
    known = await network.anonymous.get("/api/v1/instance/translation_languages")
    assert known == {"en": ["de", "pt-BR"], "de": ["en"], "und": ["de", "en", "pt-BR"]}
    instance = await network.anonymous.get("/api/v2/instance")
    assert instance["configuration"]["translation"] == {"enabled": True}


async def test_deepl_is_spoken_to_in_its_own_way(network: Network, translator: Translator) -> None:
    http: HttpClient = network.services.http
    deepl = DeepL(http, "k:fx", translator.url)
    known = await deepl.languages()
    assert known["en"] == ["pt", "en-GB", "de", "pt-BR"]
    assert known["und"] == ["en", "pt", "en-GB", "de", "pt-BR"]
    assert await deepl.translate(["<b>one</b>", "two"], None, "pt-BR") == (["<b>ONE</b>", "TWO"], "en")
    (asked,) = translator.asked
    assert asked["text"] == ["<b>one</b>", "two"]
    assert (asked["target_lang"], asked["tag_handling"]) == (["PT-BR"], ["html"])
    assert asked["authorization"] == ["DeepL-Auth-Key k:fx"]
    assert "source_lang" not in asked


class TestWithoutATranslator:
    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return load({"data": tmp_path, "rate_limits": False, "confirm_email": False}, environ={})

    async def test_nothing_is_translated(self, network: Network) -> None:
        alice = await network.person("alice")
        status = await alice.publish("hello", language="en")
        await translate(alice, status, 404, lang="de")
        assert await network.anonymous.get("/api/v1/instance/translation_languages") == {}
        instance = await network.anonymous.get("/api/v2/instance")
        assert instance["configuration"]["translation"] == {"enabled": False}


async def test_a_translator_that_is_not_there_is_told_as_such(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await network.person("alice")
    status = await alice.publish("hello", language="en")
    gone = LibreTranslate(network.services.http, f"http://{HOST}:9", "")
    monkeypatch.setattr(actions, "provider_of", lambda *_: gone)
    await translate(alice, status, 503, lang="de")
    await network.anonymous.get("/api/v1/instance/translation_languages", 503)


async def test_those_who_wait_for_a_silent_translator_wait_once(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0

    async def silent(_: object) -> object:
        nonlocal asked
        asked += 1
        raise TranslatorError("nobody at home")

    monkeypatch.setattr(LibreTranslate, "languages", silent)
    path = "/api/v1/instance/translation_languages"
    await asyncio.gather(*(network.anonymous.get(path, 503) for _ in range(5)))
    assert asked == 1
