"""Trends reviewed by API: what staff decides is what others see."""

from pathlib import Path
from typing import Any

import pytest

from rostra.core.settings import Settings, load
from tests.admin.conftest import with_role
from tests.network import Network
from tests.trends.test_trends import compute, crowd, favourite, link, links, statuses, tags

HERE = "/api/v1/admin/trends"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    given = {"data": tmp_path / "data", "rate_limits": False, "confirm_email": False}
    return load({**given, "trends_account_days": 0}, environ={})


async def talk(network: Network) -> tuple[list[Any], Any]:
    """Many talk about a hashtag, a link and a status."""
    people = await crowd(network, 6)
    for person in people:
        await person.publish("#Hafen")
    status = await people[0].publish("Nebel")
    await favourite(people[1:], status)
    await link(network, people, "https://www.news.example/fog")
    await compute(network)
    return people, status


async def test_hashtags_are_let_through_or_not(network: Network) -> None:
    await talk(network)
    mona = await with_role(network, "mona", "moderator")
    (tag,) = await mona.get(f"{HERE}/tags")
    assert (tag["name"], tag["requires_review"], tag["trendable"]) == ("Hafen", True, False)
    assert tag["history"][0]["accounts"] == "6"
    assert await tags(network) == []
    approved = await mona.post(f"{HERE}/tags/{tag['id']}/approve")
    assert (approved["requires_review"], approved["trendable"]) == (False, True)
    assert await tags(network) == ["Hafen"]
    rejected = await mona.post(f"{HERE}/tags/{tag['id']}/reject")
    assert (rejected["requires_review"], rejected["trendable"]) == (False, False)
    assert await tags(network) == []
    await mona.post(f"{HERE}/tags/1/approve", 404)


async def test_links_are_let_through_by_themselves_or_with_their_publisher(network: Network) -> None:
    await talk(network)
    mona = await with_role(network, "mona", "moderator")
    (found,) = await mona.get(f"{HERE}/links")
    assert (found["trendable"], found["requires_review"]) == (None, True)
    (publisher,) = await mona.get(f"{HERE}/links/publishers")
    assert publisher["id"] == found["publisher_id"]
    assert (publisher["domain"], publisher["requires_review"], publisher["reviewed_at"]) == (
        "news.example",
        True,
        None,
    )
    path = f"{HERE}/links/publishers/{publisher['id']}"
    assert (await mona.post(f"{path}/approve"))["trendable"] is True
    assert len(await links(network)) == 1
    assert (await mona.post(f"{HERE}/links/{found['id']}/reject"))["trendable"] is False
    assert await links(network) == []
    assert (await mona.post(f"{path}/reject"))["trendable"] is False
    assert (await mona.post(f"{HERE}/links/{found['id']}/approve"))["requires_review"] is False
    assert len(await links(network)) == 1
    for wrong in (f"{HERE}/links/1", f"{HERE}/links/publishers/1"):
        await mona.post(f"{wrong}/approve", 404)


async def test_statuses_are_let_through_by_themselves_or_with_their_author(network: Network) -> None:
    people, status = await talk(network)
    mona = await with_role(network, "mona", "moderator")
    (found,) = await mona.get(f"{HERE}/statuses")
    assert (found["id"], found["trendable"], found["requires_review"]) == (status["id"], None, True)
    authors = "/api/rostra/v1/admin/trends/authors"
    assert await mona.post(f"{authors}/{people[0].id}/approve") == {}
    assert await statuses(people[1]) == [status["id"]]
    assert (await mona.post(f"{HERE}/statuses/{status['id']}/reject"))["trendable"] is False
    assert await statuses(people[1]) == []
    assert await mona.post(f"{authors}/{people[0].id}/reject") == {}
    assert (await mona.post(f"{HERE}/statuses/{status['id']}/approve"))["trendable"] is True
    assert await statuses(people[1]) == [status["id"]]
    hidden = await people[1].publish("not talked about")
    await mona.post(f"{HERE}/statuses/{hidden['id']}/approve", 404)
    await mona.post(f"{authors}/1/approve", 404)
    assert "requires_review" not in (await people[1].get(f"/api/v1/statuses/{status['id']}"))


async def test_nobody_else_decides(network: Network) -> None:
    people, status = await talk(network)
    for kind in ("tags", "links", "links/publishers", "statuses"):
        await people[0].get(f"{HERE}/{kind}", 403)
        await people[0].post(f"{HERE}/{kind}/1/approve", 403)
    alice = await network.person("alice", scopes=("read", "write", "admin:read", "admin:write"))
    await alice.get(f"{HERE}/statuses", 403)
    await alice.post(f"{HERE}/statuses/{status['id']}/approve", 403)
