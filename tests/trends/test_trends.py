"""Trends: what many different people use, and staff let pass."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rostra.core.clock import now
from rostra.core.settings import Settings, load
from rostra.reactions import refresh_trends
from rostra.trends.model import COOLDOWN, TAG_HALFLIFE, Use, decayed, score, scored
from tests.counting import count_queries
from tests.network import Network, Person

CROWD = 5


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    given = {"data": tmp_path / "data", "rate_limits": False, "confirm_email": False}
    return load({**given, "trends_review": False, "trends_account_days": 0}, environ={})


async def crowd(network: Network, count: int = CROWD) -> list[Person]:
    return await network.people(*(f"person{number}" for number in range(count)))


async def compute(network: Network) -> None:
    await network.settle()
    await refresh_trends(network.services)


async def tags(network: Network, **params: object) -> list[str]:
    found = await network.anonymous.get("/api/v1/trends/tags", params=params)
    return [tag["name"] for tag in found]


async def statuses(viewer: Any, **params: object) -> list[str]:
    return [status["id"] for status in await viewer.get("/api/v1/trends/statuses", params=params)]


async def favourite(people: Sequence[Person], status: Any) -> None:
    for person in people:
        await person.post(f"/api/v1/statuses/{status['id']}/favourite")


async def change(network: Network, sql: str, *values: object) -> None:
    async with network.services.db.transaction() as tx:
        await tx.execute(sql.encode(), values)


async def test_a_hashtag_that_many_use_trends_with_its_history(network: Network) -> None:
    people = await crowd(network)
    for person in people:
        await person.publish("#Hafen")
    for person in people[:4]:
        await person.publish("#nebel")
    await compute(network)
    assert await tags(network) == ["Hafen"]
    assert await network.anonymous.get("/api/v1/trends") == await network.anonymous.get("/api/v1/trends/tags")
    (tag,) = await people[0].get("/api/v1/trends/tags")
    assert tag["following"] is False
    assert (tag["history"][0]["uses"], tag["history"][0]["accounts"]) == ("5", "5")
    assert len(tag["history"]) == 7


async def test_one_person_makes_no_trend_however_often_they_write(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    for number in range(10):
        await alice.publish(f"#hafen {number}")
        await bob.publish(f"#hafen {number}")
    await compute(network)
    assert await tags(network) == []


async def test_fresh_limited_suspended_accounts_and_bots_do_not_count(network: Network) -> None:
    people = await crowd(network)
    for person in people:
        await person.publish("#hafen")
    for column in ("limited_at = now()", "suspended_at = now()", "bot = true"):
        await compute(network)
        assert await tags(network) == ["hafen"]
        await change(network, f"update accounts set {column} where id = %s", people[0].account_id)
        await change(network, "delete from tag_trends")
        await compute(network)
        assert await tags(network) == []
        undo = column.replace("now()", "null").replace("true", "false")
        await change(network, f"update accounts set {undo} where id = %s", people[0].account_id)
    await change(
        network,
        "update accounts set created_at = now() + interval '1 day' where id = %s",
        people[0].account_id,
    )
    await change(network, "delete from tag_trends")
    await compute(network)
    assert await tags(network) == []


async def test_private_uses_do_not_count(network: Network) -> None:
    for person in await crowd(network):
        await person.publish("#hafen", visibility="unlisted")
    await compute(network)
    assert await tags(network) == []


async def test_what_is_used_every_day_is_no_trend() -> None:
    assert score(5, 0, 5) == 16
    assert score(4, 0, 5) == 0
    assert score(100, 100, 5) == 0
    assert score(90, 100, 5) == 0
    assert score(200, 100, 5) == 100


async def test_a_score_halves_and_is_forgotten() -> None:
    at = now()
    assert decayed(16, timedelta(hours=8), TAG_HALFLIFE) == 4
    use = Use(id=1, observed=0, expected=5, max_score=16.0, max_score_at=at - TAG_HALFLIFE)
    found = scored(use, at, 5, TAG_HALFLIFE)
    assert found is not None
    assert (found.score, found.max_score) == (8, 16)
    assert (
        scored(
            Use(id=1, observed=0, expected=0, max_score=1e9, max_score_at=at - 2 * COOLDOWN),
            at,
            5,
            TAG_HALFLIFE,
        )
        is None
    )
    assert (
        scored(
            Use(id=1, observed=0, expected=0, max_score=16.0, max_score_at=at - 5 * TAG_HALFLIFE),
            at,
            5,
            TAG_HALFLIFE,
        )
        is None
    )


async def test_trends_are_ranked_and_come_in_parts(network: Network) -> None:
    people = await crowd(network, 7)
    for name, count in (("a", 5), ("b", 7), ("c", 6)):
        for person in people[:count]:
            await person.publish(f"#{name}x")
    await compute(network)
    assert await tags(network) == ["bx", "cx", "ax"]
    assert await tags(network, limit=1, offset=1) == ["cx"]
    assert await tags(network, offset=3) == []
    for bad in ({"limit": "x"}, {"offset": "1.5"}):
        answer = await network.anonymous.request("GET", "/api/v1/trends/tags", params=bad)
        assert answer.status_code in (400, 422)
    assert await tags(network, limit=0, offset=-1) == ["bx"]


async def test_a_status_that_many_favourite_or_boost_trends(network: Network) -> None:
    author, viewer, *people = await crowd(network, CROWD + 2)
    status, other = await author.publish("Nebel", language="de"), await author.publish("Fog", language="en")
    await favourite(people, status)
    await favourite(people[:3], other)
    for person in people[2:]:
        await person.post(f"/api/v1/statuses/{other['id']}/reblog")
    await compute(network)
    assert set(await statuses(network.anonymous)) == {status["id"], other["id"]}
    await change(network, "update users set locale = 'de' where account_id = %s", viewer.account_id)
    assert await statuses(viewer) == [status["id"], other["id"]]
    assert await statuses(viewer, limit=1, offset=1) == [other["id"]]


async def test_nobody_lifts_their_own_status(network: Network) -> None:
    author, *people = await crowd(network)
    status = await author.publish("Nebel")
    await favourite([author, *people], status)
    for person in people:
        await person.post(f"/api/v1/statuses/{status['id']}/reblog")
    await compute(network)
    assert await statuses(network.anonymous) == []


@pytest.mark.parametrize(
    "options", [{"visibility": "unlisted"}, {"sensitive": True}, {"spoiler_text": "cw"}, {"local_only": True}]
)
async def test_some_statuses_never_trend(network: Network, options: dict[str, Any]) -> None:
    author, *people = await crowd(network, CROWD + 1)
    await favourite(people, await author.publish("Nebel", **options))
    await compute(network)
    assert await statuses(people[0]) == []


@pytest.mark.parametrize("setting", ["discoverable", "indexable"])
async def test_who_does_not_want_to_be_found_does_not_trend(network: Network, setting: str) -> None:
    author, *people = await crowd(network, CROWD + 1)
    await favourite(people, await author.publish("Nebel"))
    await compute(network)
    assert len(await statuses(people[0])) == 1
    await author.patch("/api/v1/accounts/update_credentials", json={setting: False})
    assert await statuses(people[0]) == []


async def test_viewers_blocks_mutes_and_filters_hold(network: Network) -> None:
    author, muting, blocked, filtering, *people = await crowd(network, CROWD + 4)
    status = await author.publish("Nebel am Morgen")
    await favourite(people, status)
    await compute(network)
    await muting.post(f"/api/v1/accounts/{author.id}/mute")
    await author.post(f"/api/v1/accounts/{blocked.id}/block")
    await filtering.post(
        "/api/v2/filters",
        json={"title": "x", "context": ["public"], "keywords_attributes": [{"keyword": "nebel"}]},
    )
    await network.settle()
    assert await statuses(muting) == await statuses(blocked) == []
    (seen,) = await filtering.get("/api/v1/trends/statuses")
    assert seen["filtered"][0]["filter"]["title"] == "x"


async def link(network: Network, people: Sequence[Person], url: str) -> None:
    for person in people:
        await person.publish(f"look {url}")
    await change(
        network,
        "update cards set kind = 'link', title = 'Fog', description = 'What is fog?' where url = %s",
        url,
    )


async def links(network: Network) -> list[Any]:
    return await network.anonymous.get("/api/v1/trends/links")


async def test_a_link_that_many_share_trends_with_its_history(network: Network) -> None:
    url = "https://news.example/fog"
    *people, booster = await crowd(network)
    await link(network, people, url)
    await compute(network)
    assert await links(network) == []
    status = (await people[0].get(f"/api/v1/accounts/{people[0].id}/statuses"))[0]
    await booster.post(f"/api/v1/statuses/{status['id']}/reblog")
    await compute(network)
    (found,) = await links(network)
    assert (found["url"], found["title"]) == (url, "Fog")
    assert (found["history"][0]["uses"], found["history"][0]["accounts"]) == ("5", "5")


async def test_statuses_with_a_trending_link_are_read_by_it(network: Network) -> None:
    url = "https://news.example/fog"
    people = await crowd(network, 7)
    await link(network, people[:6], url)
    await people[6].publish(url, visibility="unlisted")
    path = "/api/v1/timelines/link"
    await network.anonymous.get(path, 404, params={"url": url})
    await compute(network)
    found = await network.anonymous.get(path, params={"url": url})
    assert [status["account"]["username"] for status in found] == [f"person{n}" for n in (5, 4, 3, 2, 1, 0)]
    page = await network.anonymous.request("GET", path, params={"url": url + "#x", "limit": 2})
    assert 'rel="next"' in page.headers["Link"]
    assert "url=" in page.headers["Link"]
    ids = [status["id"] for status in found]
    older = await network.anonymous.get(path, params={"url": url, "max_id": ids[1], "limit": 2})
    assert [status["id"] for status in older] == ids[2:4]
    newer = await network.anonymous.get(path, params={"url": url, "min_id": ids[3], "limit": 2})
    assert [status["id"] for status in newer] == ids[1:3]
    await people[5].patch("/api/v1/accounts/update_credentials", json={"discoverable": False})
    await people[0].post(f"/api/v1/accounts/{people[4].id}/block")
    await network.settle()
    seen = await people[0].get(path, params={"url": url})
    assert [status["id"] for status in seen] == ids[2:]


async def test_no_other_link_can_be_looked_up(network: Network) -> None:
    alice = await network.person("alice")
    await alice.publish("https://news.example/fog")
    for url in ("https://news.example/fog", "", "nonsense", "http://[", "https://x.example/" + "x" * 5000):
        await alice.get("/api/v1/timelines/link", 404, params={"url": url})
    answer = await alice.request("GET", "/api/v1/timelines/link")
    assert answer.status_code in (400, 422)


async def test_trends_cost_the_same_for_one_as_for_many(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = await crowd(network, 6)
    paths = ("tags", "links", "statuses")
    url = "https://news.example/fog"

    async def spread(number: int) -> None:
        await link(network, people, f"{url}{number}")
        for person in people:
            await person.publish(f"#tag{number}")
        await favourite(people[1:], await people[0].publish(f"Nebel {number}"))
        await compute(network)

    async def costs() -> list[int]:
        found = []
        for path in (*(f"/api/v1/trends/{name}" for name in paths), f"/api/v1/timelines/link?url={url}0"):
            await people[0].get(path)
            with count_queries(monkeypatch) as seen:
                await people[0].get(path)
            found.append(len(seen))
        return found

    await spread(0)
    before = await costs()
    await spread(1)
    await spread(2)
    assert [len(await people[0].get(f"/api/v1/trends/{name}")) for name in paths] == [3, 3, 3]
    assert await costs() == before
