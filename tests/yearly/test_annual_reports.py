"""What a member's year was like."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from rostra.core import clock
from rostra.core.settings import Settings
from rostra.yearly.model import Habits, archetype
from tests.instance.test_instance import with_settings
from tests.network import Network, Person

PATH = "/api/v1/annual_reports"
YEAR = datetime.now(UTC).year
NOTHING = {"annual_reports": [], "accounts": [], "statuses": []}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Reports at any time of the year."""
    return msgspec.structs.replace(settings, annual_reports="always")


async def state(person: Person, year: int = YEAR) -> Any:
    return (await person.get(f"{PATH}/{year}/state"))["state"]


async def test_a_report_is_made_on_request_and_waited_for(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    assert await state(alice) == "ineligible"
    await alice.publish("one #Pier")
    best = await alice.publish("two #Pier #Fog")
    await bob.follow(alice)
    await bob.post(f"/api/v1/statuses/{best['id']}/reblog")
    await network.settle()
    assert await state(alice) == "eligible"

    response = await alice.request("POST", f"{PATH}/{YEAR}/generate")
    assert response.status_code == 202
    header = response.headers["Mastodon-Async-Refresh"]
    refresh = header.partition('id="')[2].partition('"')[0]
    assert header == f'id="{refresh}", retry=2'
    again = await alice.request("POST", f"{PATH}/{YEAR}/generate")
    assert (again.status_code, again.headers["Mastodon-Async-Refresh"]) == (202, header)
    waiting = await alice.request("GET", f"{PATH}/{YEAR}/state")
    assert (waiting.json(), waiting.headers["Mastodon-Async-Refresh"]) == ({"state": "generating"}, header)
    path = f"/api/v1_alpha/async_refreshes/{refresh}"
    assert await alice.get(path) == {"async_refresh": {"id": refresh, "status": "running"}}

    await network.settle()
    assert await alice.get(path) == {"async_refresh": {"id": refresh, "status": "finished"}}
    assert await state(alice) == "available"
    assert (await alice.request("POST", f"{PATH}/{YEAR}/generate")).status_code == 200
    found = await alice.get(f"{PATH}/{YEAR}")
    (report,) = found["annual_reports"]
    assert (report["year"], report["schema_version"], report["account_id"]) == (YEAR, 2, alice.id)
    data = report["data"]
    assert data["archetype"] == "lurker"
    assert data["top_hashtags"] == [{"name": "Pier", "count": 2}]
    assert data["top_statuses"] == {"by_reblogs": best["id"], "by_favourites": None, "by_replies": None}
    assert [each["month"] for each in data["time_series"]] == list(range(1, 13))
    now = data["time_series"][datetime.now(UTC).month - 1]
    assert (now["statuses"], now["followers"]) == (2, 1)
    assert [status["id"] for status in found["statuses"]] == [best["id"]]
    assert [account["id"] for account in found["accounts"]] == [alice.id]


async def test_a_report_that_was_read_is_not_offered_again(network: Network) -> None:
    alice = await network.person("alice")
    await alice.publish("one")
    await alice.post(f"{PATH}/{YEAR}/read", 404)
    await alice.post(f"{PATH}/{YEAR}/generate", 202)
    await network.settle()
    assert len((await alice.get(PATH))["annual_reports"]) == 1
    assert await alice.post(f"{PATH}/{YEAR}/read") == {}
    assert await alice.get(PATH) == NOTHING
    assert len((await alice.get(f"{PATH}/{YEAR}"))["annual_reports"]) == 1


async def test_a_report_is_its_members_alone(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.publish("one")
    response = await alice.request("POST", f"{PATH}/{YEAR}/generate")
    refresh = response.headers["Mastodon-Async-Refresh"].partition('id="')[2].partition('"')[0]
    await network.settle()
    assert await bob.get(PATH) == NOTHING
    await bob.get(f"{PATH}/{YEAR}", 404)
    await bob.post(f"{PATH}/{YEAR}/read", 404)
    await bob.get(f"/api/v1_alpha/async_refreshes/{refresh}", 404)
    await network.anonymous.get(PATH, 401)
    carol = await network.person("carol", scopes=("read:statuses",))
    await carol.get(PATH, 403)
    await carol.get(f"/api/v1_alpha/async_refreshes/{refresh}", 403)
    await carol.post(f"{PATH}/{YEAR}/generate", 403)


async def test_a_deleted_status_does_not_come_back_in_a_report(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    best = await alice.publish("one")
    await bob.post(f"/api/v1/statuses/{best['id']}/reblog")
    await alice.post(f"{PATH}/{YEAR}/generate", 202)
    await network.settle()
    await alice.delete(f"/api/v1/statuses/{best['id']}")
    await network.settle()
    assert (await alice.get(f"{PATH}/{YEAR}"))["statuses"] == []


@pytest.mark.parametrize("year", ["1999", "99999", "last", "-1"])
async def test_what_is_no_year_has_no_report(network: Network, year: str) -> None:
    alice = await network.person("alice")
    await alice.get(f"{PATH}/{year}", 404)
    await alice.get(f"{PATH}/{year}/state", 404)


async def test_reports_are_made_in_december_alone_or_never(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await network.person("alice")
    await alice.publish("one")
    season = with_settings(network, annual_reports="season")
    for month, day, campaign in ((12, 9, None), (12, 10, str(YEAR)), (12, 31, str(YEAR)), (6, 15, None)):
        moment = datetime(YEAR, month, day, 12, tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        in_season = Person(season, "alice", alice.account_id, alice.token or "")
        assert (await in_season.get("/api/v2/instance"))["wrapstodon"] == campaign
        assert await state(in_season) == ("eligible" if campaign else "ineligible")
        never = Person(with_settings(network, annual_reports="off"), "alice", 0, alice.token or "")
        assert await state(never) == "ineligible"
        assert (await never.request("POST", f"{PATH}/{YEAR}/generate")).status_code == 200
    assert await state(alice, YEAR - 1) == "ineligible"


@pytest.mark.parametrize(
    ("habits", "kind"),
    [
        (Habits(alone=50, replies=50, boosts=12, polls=50), "lurker"),
        (Habits(alone=50, replies=0, boosts=101, polls=0), "booster"),
        (Habits(alone=100, replies=20, boosts=100, polls=11), "pollster"),
        (Habits(alone=50, replies=101, boosts=100, polls=5), "replier"),
        (Habits(alone=100, replies=100, boosts=100, polls=10), "oracle"),
    ],
)
def test_what_kind_of_member_somebody_is_depends_on_what_they_do_most(habits: Habits, kind: str) -> None:
    assert archetype(habits) == kind
