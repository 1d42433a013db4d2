"""German and English: complete, the same in both, and chosen as the reader wishes."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor
from jinja2 import nodes

from rostra.pages import i18n
from rostra.pages.render import environment
from tests.network import Network
from tests.pages.documents import Document, open_page

PAGES = Path(i18n.__file__).parent


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


def messages(language: str) -> dict[str, set[str]]:
    """Key of each message -> the values that it needs."""
    found: dict[str, set[str]] = {}
    for path in sorted((i18n.FOLDER / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text("utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{path.name}: {entry.content}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{entry.id.name} stands twice"
                variables = _Variables()
                variables.visit(entry)
                found[entry.id.name] = variables.names
    return found


def literals_in_templates() -> Iterator[str]:
    for name in environment().list_templates():
        if not name.endswith((".html", ".txt")):
            continue
        source = (PAGES / "templates" / name).read_text("utf-8")
        for node in environment().parse(source).find_all(nodes.Const):
            if isinstance(node.value, str):
                yield node.value


def literals_in_code() -> Iterator[str]:
    for path in PAGES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def keys_asked_for_in_templates() -> Iterator[str]:
    for name in environment().list_templates():
        if not name.endswith(".html"):
            continue
        tree = environment().parse((PAGES / "templates" / name).read_text("utf-8"))
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "t":
                yield from (c.value for c in call.args[0].find_all(nodes.Const) if isinstance(c.value, str))
                if isinstance(call.args[0], nodes.Const):
                    yield call.args[0].value


def test_german_and_english_have_the_same_messages_with_the_same_values() -> None:
    assert messages("de") == messages("en")


def test_every_message_is_used() -> None:
    used = set(literals_in_templates()) | set(literals_in_code())
    assert sorted(set(messages("en")) - used) == []


def test_every_message_that_a_template_asks_for_exists() -> None:
    # Words that choose between messages (`{'media': t('profile-media')}[tab]`) have no hyphen.
    asked = {key for key in keys_asked_for_in_templates() if "-" in key}
    assert sorted(asked - set(messages("en"))) == []


@pytest.mark.parametrize(
    ("query", "cookie", "header", "language"),
    [
        ("", "", "", "en"),
        ("", "", "de-AT,de;q=0.9,en;q=0.8", "de"),
        ("", "", "fr,de;q=0.3,en;q=0.7", "en"),
        ("", "", "fr, ja", "en"),
        ("", "", "de;q=0, en;q=0.1", "en"),
        ("", "", "de;q=much", "en"),
        ("", "de", "en", "de"),
        ("?lang=en", "de", "de", "en"),
        ("?lang=xx", "", "de", "de"),
    ],
)
async def test_query_goes_before_cookie_before_browser(
    network: Network, query: str, cookie: str, header: str, language: str
) -> None:
    response = await network.http.get(
        f"/about{query}", headers={"Accept-Language": header, "Cookie": f"lang={cookie}"}
    )
    page = Document(response.text)
    assert page.attribute("html", "lang") == language


async def test_choosing_a_language_is_remembered_and_keeps_the_page(network: Network) -> None:
    alice = await network.person("alice")
    await alice.publish("hello")
    page = await open_page(network, "/@alice?max_id=9000000000000000000")
    link = page.attribute('footer a[hreflang="de"]', "href")
    assert link == "/@alice?max_id=9000000000000000000&lang=de"

    response = await network.http.get(link)
    assert "lang=de" in response.headers["set-cookie"]
    assert "HttpOnly" in response.headers["set-cookie"]


def test_dates_and_numbers_follow_the_language() -> None:
    german, english = i18n.translator("de"), i18n.translator("en")
    at, now = datetime(2026, 3, 7, 18, 5, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
    assert (german.day(at, now), english.day(at, now)) == ("7. März", "7 Mar")
    assert german.day(at, now.replace(year=2027)) == "07.03.2026"
    assert english.moment(at) == "7 March 2026, 18:05 UTC"
    assert (german.number(12345), english.number(12345)) == ("12.345", "12,345")
    assert (german.percent(0.456), english.percent(0.456)) == ("46\u00a0%", "46%")
    assert german("status-replies", count=1) == "1 Antwort"
    assert german("status-replies", count=1200) == "1.200 Antworten"


def test_a_missing_message_or_value_is_an_error_and_not_a_gap_in_the_page() -> None:
    with pytest.raises(LookupError):
        i18n.translator("de")("no-such-message")
    with pytest.raises(LookupError):
        i18n.translator("de")("status-boosted")
