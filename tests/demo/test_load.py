"""`--demo` fills an empty network, and only an empty one."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from rostra.core import clock
from rostra.core.text import plain_text
from rostra.demo import content, load, pictures
from rostra.demo.content import Attached, Person, Poll, Written
from rostra.media.pictures import UnusableFile
from tests.network import Network

ALICE = Person(
    name="alice",
    display_name="Alice Ahrens",
    locale="de",
    joined_days_ago=100,
    header="leinen",
    note="Backt.\n",
    fields=(content.Field(name="Ort", value="Kiel"),),
    follows=("bob",),
    avatar="karla",
)
BOB = Person(
    name="bob",
    display_name="Bob",
    locale="en",
    joined_days_ago=3,
    header="holz",
    note="",
    fields=(),
    follows=(),
    avatar="jonah",
)
BREAD = Written(
    key="bread",
    by="alice",
    at="2d 08:00",
    text="\nHeute: #Brot\n",
    lang="de",
    pictures=(Attached(picture="kurve", alt="Eine Kurve"),),
    favourites=("bob",),
    boosts=("bob",),
    pinned=True,
)
ANSWER = Written(key="answer", by="bob", at="1d 08:00", text="@alice Lovely!", lang="en", reply_to="bread")
QUESTION = Written(
    key="question",
    by="bob",
    at="3d 08:00",
    text="Tea?",
    lang="en",
    warning="Tea",
    poll=Poll(options=["Yes", "No"], hours=24, votes={"alice": [1]}),
)


@pytest.fixture(autouse=True)
def small_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing is not what is tested here."""
    monkeypatch.setattr(pictures, "HEIGHT", 107)
    monkeypatch.setattr(pictures, "WIDTH", 160)
    monkeypatch.setattr(pictures, "AVATAR", 48)


@pytest.fixture
def two_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo network of alice and bob."""
    written = [QUESTION, BREAD, ANSWER]
    monkeypatch.setattr(content, "people", lambda: [ALICE, BOB])
    monkeypatch.setattr(
        content, "statuses", lambda now: [(content.moment(status.at, now), status) for status in written]
    )


async def statuses_of(network: Network, name: str, **query: Any) -> list[Any]:
    account = await network.anonymous.get("/api/v1/accounts/lookup", params={"acct": name})
    return await network.anonymous.get(f"/api/v1/accounts/{account['id']}/statuses", params=query)


@pytest.mark.usefixtures("two_people")
async def test_people_are_as_the_content_describes_them(network: Network):
    await load.load(network.services)

    alice = await network.anonymous.get("/api/v1/accounts/lookup", params={"acct": "alice"})
    assert (alice["display_name"], alice["note"]) == ("Alice Ahrens", "<p>Backt.</p>")
    assert [(field["name"], field["value"]) for field in alice["fields"]] == [("Ort", "Kiel")]
    assert datetime.fromisoformat(alice["created_at"]) < clock.now() - timedelta(days=99)
    assert {alice[kind].rsplit(".")[-1] for kind in ("avatar", "header")} <= {"jpg", "webp"}
    bob = await network.anonymous.get("/api/v1/accounts/lookup", params={"acct": "bob"})
    assert (bob["followers_count"], bob["following_count"]) == (1, 0)


@pytest.mark.usefixtures("two_people")
async def test_what_was_written_lies_in_the_past_and_is_complete(network: Network):
    await load.load(network.services)

    (bread,) = await statuses_of(network, "alice")
    assert bread["created_at"][:10] == (clock.now() - timedelta(days=2)).strftime("%Y-%m-%d")
    assert "Heute: " in bread["content"]
    assert [tag["name"].lower() for tag in bread["tags"]] == ["brot"]
    assert (bread["language"], bread["favourites_count"], bread["reblogs_count"]) == ("de", 1, 1)
    assert [media["description"] for media in bread["media_attachments"]] == ["Eine Kurve"]
    thread = await network.anonymous.get(f"/api/v1/statuses/{bread['id']}/context")
    assert [answer["account"]["acct"] for answer in thread["descendants"]] == ["bob"]
    assert [pinned["id"] for pinned in await statuses_of(network, "alice", pinned="true")] == [bread["id"]]


@pytest.mark.usefixtures("two_people")
async def test_polls_have_their_votes_and_end_in_their_time(network: Network):
    await load.load(network.services)

    question = (await statuses_of(network, "bob"))[-1]
    assert (question["spoiler_text"], question["sensitive"]) == ("Tea", True)
    poll = question["poll"]
    assert [option["votes_count"] for option in poll["options"]] == [0, 1]
    assert (poll["expired"], poll["voters_count"]) == (True, 1)


@pytest.mark.usefixtures("two_people")
async def test_boosts_stand_in_the_profile_where_their_time_puts_them(network: Network):
    await load.load(network.services)

    answer, boost, question = await statuses_of(network, "bob")
    assert (answer["reblog"], question["reblog"]) == (None, None)
    assert boost["reblog"]["account"]["acct"] == "alice"
    assert question["created_at"] < boost["reblog"]["created_at"] < boost["created_at"] < answer["created_at"]


@pytest.mark.usefixtures("two_people")
async def test_followers_find_it_in_their_home_timelines(network: Network):
    await load.load(network.services)
    await network.settle()

    account = await network.anonymous.get("/api/v1/accounts/lookup", params={"acct": "alice"})
    token = await network.token(int(account["id"]), ("read",))
    home = await network.anonymous.get("/api/v1/timelines/home", headers={"Authorization": f"Bearer {token}"})
    assert {"Heute: #Brot", "@alice Lovely!", "Tea?"} <= {plain_text(status["content"]) for status in home}


@pytest.mark.usefixtures("two_people")
async def test_a_second_start_changes_nothing(network: Network):
    await load.load(network.services)
    before = await network.anonymous.get("/api/v1/timelines/public")

    await load.load(network.services)

    assert await network.anonymous.get("/api/v1/timelines/public") == before


@pytest.mark.usefixtures("two_people")
async def test_a_network_in_which_somebody_wrote_stays_as_it_is(network: Network):
    carol = await network.person("carol")
    hers = await carol.publish("First!")

    await load.load(network.services)

    assert [status["id"] for status in await network.anonymous.get("/api/v1/timelines/public")] == [
        hers["id"]
    ]
    await network.anonymous.get("/api/v1/accounts/lookup", 404, params={"acct": "alice"})


@pytest.mark.usefixtures("two_people")
async def test_the_next_start_makes_good_what_was_cut_short(
    network: Network, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as broken:
        broken.setattr(pictures, "draw", lambda name: b"")
        with pytest.raises(ExceptionGroup) as failed:
            await load.load(network.services)
    assert failed.group_contains(UnusableFile)
    assert await network.anonymous.get("/api/v1/timelines/public") == []

    await load.load(network.services)

    assert len(await network.anonymous.get("/api/v1/timelines/public")) == 2


@pytest.mark.slow
async def test_all_of_the_demo_content_loads(network: Network):
    await load.load(network.services)
    await network.settle()

    expected = {written.key: written for _, written in content.statuses(clock.now())}.values()
    found: list[Any] = []
    for person in content.people():
        found += await statuses_of(network, person.name, exclude_reblogs="true", limit="40")
    assert len(found) == len(expected)
    for total, of_status in (("favourites_count", "favourites"), ("reblogs_count", "boosts")):
        assert sum(status[total] for status in found) == sum(
            len(getattr(written, of_status)) for written in expected
        )
    pictured = [media for status in found for media in status["media_attachments"]]
    assert len(pictured) == len(pictures.PICTURES)
    assert all(media["description"] and media["blurhash"] for media in pictured)
