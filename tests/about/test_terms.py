"""Terms of service: versions, from when on they hold, and who hears of them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from rostra.about import terms
from rostra.core import clock
from tests.auth.support import Browser
from tests.network import Network

PATH = "/api/v1/instance/terms_of_service"


def in_days(days: int) -> date:
    return datetime.now(UTC).date() + timedelta(days=days)


async def publish(network: Network, text: str, day: date) -> None:
    async with network.services.db.connection() as tx:
        await terms.keep(tx, terms.Draft(text, "Shorter", day), publish=True)
    await network.settle()


def travel(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    later = datetime.now(UTC) + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: later)


async def terms_of(network: Network, path: str = PATH) -> Any:
    return await network.anonymous.get(path)


async def test_terms_are_announced_before_they_hold_and_succeed_each_other(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await network.person("alice")
    assert await network.anonymous.get(PATH, 404) == {"error": "Record not found"}
    first, second = in_days(10), in_days(20)
    await publish(network, "# Be kind", first)
    await publish(network, "Be *kinder*", second)

    ahead = {"effective_date": str(first), "effective": False, "succeeded_by": str(second)}
    assert await terms_of(network) == {**ahead, "content": "<h1>Be kind</h1>\n"}
    announced = [each["content"] for each in await alice.get("/api/v1/announcements")]
    assert len(announced) == 2
    assert f"/terms-of-service/{first}" in announced[0]

    travel(monkeypatch, 12)
    assert await terms_of(network) == {**ahead, "content": "<h1>Be kind</h1>\n", "effective": True}
    travel(monkeypatch, 25)
    now = {"effective_date": str(second), "effective": True, "succeeded_by": None}
    assert await terms_of(network) == {**now, "content": "<p>Be <em>kinder</em></p>\n"}
    assert (await terms_of(network, f"{PATH}/{first}"))["succeeded_by"] == str(second)


@pytest.mark.parametrize("day", ["2020-01-01", "yesterday", "2020-13-01", "0"])
async def test_a_day_without_terms_has_none(network: Network, day: str) -> None:
    await network.anonymous.get(f"{PATH}/{day}", 404)
    assert (await network.http.get(f"/terms-of-service/{day}")).status_code == 404


async def test_apps_learn_of_terms_only_when_there_are_some(network: Network) -> None:
    async def urls() -> Any:
        return (await network.anonymous.get("/api/v2/instance"))["configuration"]["urls"]

    assert (await urls())["terms_of_service"] is None
    assert (await urls())["privacy_policy"] == "http://localhost:8420/privacy-policy"
    await publish(network, "Be kind", in_days(1))
    assert (await urls())["terms_of_service"] == "http://localhost:8420/terms-of-service"


async def test_markup_of_the_text_does_nothing_but_look(network: Network) -> None:
    text = "<script>alert(1)</script> [a](javascript:alert(1)) ![b](https://b.example/b.png) [c](https://c.example)"
    await publish(network, text, in_days(1))
    content = (await terms_of(network))["content"]
    assert "<script" not in content
    assert 'href="javascript' not in content
    assert "<img" not in content
    assert '<a href="https://c.example">c</a>' in content


async def test_staff_write_a_draft_and_publish_it_for_good(network: Network) -> None:
    await network.person("olga", role="owner")
    olga = Browser(network)
    await olga.log_in("olga")
    await olga.open("/settings/site/terms")
    await olga.send(422, text="Be kind", action="publish")
    assert "need a date" in olga.page.text("#date-error")
    await olga.send(422, text="Be kind", date="2020-01-01", action="publish")
    assert "has passed" in olga.page.text("#date-error")
    await olga.send(text="Be kind", date=str(in_days(3)), action="keep")
    await network.anonymous.get(PATH, 404)
    (draft,) = [str(a["href"]) for a in olga.page.soup.select("a[href^='/settings/site/terms/']")]
    await olga.open(draft)
    await olga.send(text="Be very kind", action="publish")
    assert (await terms_of(network))["content"] == "<p>Be very kind</p>\n"
    await olga.open(draft, 404)

    reader = Browser(network)
    page = await reader.open("/terms-of-service")
    assert "Be very kind" in page.text("main")
    assert page.soup.select("footer a[href='/terms-of-service']")


async def test_two_versions_never_hold_from_the_same_day_on(network: Network) -> None:
    await network.person("olga", role="owner")
    await publish(network, "Be kind", in_days(3))
    olga = Browser(network)
    await olga.log_in("olga")
    await olga.open("/settings/site/terms")
    await olga.send(422, text="Be kinder", date=str(in_days(3)), action="publish")
    assert "Another version" in olga.page.text("#date-error")
