"""What staff says of trends, and that nobody sees them before."""

from pathlib import Path
from typing import Any

import pytest

from rostra.core.settings import Settings, load
from tests.auth.support import Browser
from tests.network import Network
from tests.trends.test_trends import compute, crowd, favourite, link, links, statuses, tags


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    given = {"data": tmp_path / "data", "rate_limits": False, "confirm_email": False}
    return load({**given, "trends_account_days": 0}, environ={})


async def moderator(network: Network) -> Browser:
    await network.person("mona", role="moderator")
    mona = Browser(network)
    await mona.log_in("mona")
    return mona


async def test_nobody_sees_what_staff_has_not_looked_at(network: Network) -> None:
    people = await crowd(network, 6)
    for person in people:
        await person.publish("#hafen")
    status = await people[0].publish("Nebel")
    await favourite(people[1:], status)
    await link(network, people, "https://www.news.example/fog")
    await compute(network)
    assert await tags(network) == await links(network) == await statuses(people[0]) == []


async def test_staff_lets_things_be_seen_or_not(network: Network) -> None:
    people = await crowd(network, 6)
    for person in people:
        await person.publish("#hafen")
    status = await people[0].publish("Nebel")
    await favourite(people[1:], status)
    await link(network, people, "https://www.news.example/fog")
    await compute(network)
    mona = await moderator(network)
    assert "3 wait for you" in (await mona.open("/settings")).text("main")

    async def decide(subject: str, decision: str) -> None:
        page = await mona.open("/settings/trends")
        fields = page.soup.select(f'form:has([name="subject"][value="{subject}"])')
        assert fields, page.text("main")
        await mona.send(form=f'form:has([name="subject"][value="{subject}"])', decision=decision)

    for subject, seen in (("tag", tags), ("publisher", links)):
        await decide(subject, "show")
        assert len(await seen(network)) == 1
        await decide(subject, "hide")
        assert await seen(network) == []
    await decide("link", "show")
    assert len(await links(network)) == 1  # what was said of it wins over its publisher
    await decide("author", "show")
    assert await statuses(people[0]) == [status["id"]]
    await decide("status", "hide")
    assert await statuses(people[0]) == []
    text = (await mona.open("/settings/trends")).text("main")
    assert "#hafen" in text
    assert "news.example" in text
    assert "Nothing waits for you" in (await mona.open("/settings")).text("main")


async def test_only_staff_decides(network: Network) -> None:
    people = await crowd(network)
    for person in people:
        await person.publish("#hafen")
    await compute(network)
    tag_id = (await people[0].get("/api/v1/tags/hafen"))["id"]
    alice = Browser(network)
    await alice.log_in("person0")
    await alice.open("/settings/trends", 404)
    mona = await moderator(network)
    await mona.open("/settings/trends")
    csrf = str(mona.page.soup.select("[name=csrf]")[0]["value"])
    origin = {"Origin": network.settings.base_url, "Sec-Fetch-Site": "same-origin"}
    for fields in (
        {"subject": "tag", "id": "1", "decision": "show"},
        {"subject": "nonsense", "id": "1", "decision": "show"},
        {"subject": "tag", "id": "x", "decision": "show"},
        {"subject": "tag", "id": "9" * 30, "decision": "show"},
        {"subject": "tag", "id": str(tag_id), "decision": "nonsense"},
    ):
        answer = await mona.post("/settings/trends", {"csrf": csrf, **fields}, **origin)
        assert answer.status_code in (400, 404), fields
    answer = await mona.post("/settings/trends", {"subject": "tag", "id": str(tag_id), "decision": "show"})
    assert answer.status_code in (400, 403)


async def test_a_hidden_status_of_a_shown_author_stays_hidden_and_the_page_reads_german(
    network: Network,
) -> None:
    people = await crowd(network, 6)
    await favourite(people[1:], await people[0].publish("<b>Nebel</b>"))
    await compute(network)
    mona = await moderator(network)
    mona.http.headers["Accept-Language"] = "de"
    page = await mona.open("/settings/trends")
    assert "Darüber sprechen gerade viele" in page.text("main")
    assert "<b>Nebel</b>" in page.text("main")


async def test_reviewed_hashtags_alone_are_found_where_one_asks_for_them(network: Network) -> None:
    alice = await network.person("alice")
    await alice.publish("#haf #hafen #hafenfest")
    async with network.services.db.transaction() as tx:
        await tx.execute("update tags set reviewed_at = now() where name = 'hafen'")

    async def found(**params: Any) -> list[str]:
        answer = await alice.get("/api/v2/search", params={"q": "haf", "type": "hashtags", **params})
        return [tag["name"] for tag in answer["hashtags"]]

    assert await found() == ["haf", "hafen", "hafenfest"]
    assert await found(exclude_unreviewed=True) == ["haf", "hafen"]
    async with network.services.db.transaction() as tx:
        await tx.execute("update tags set listable = false where name = 'hafen'")
    assert await found() == ["haf", "hafenfest"]
