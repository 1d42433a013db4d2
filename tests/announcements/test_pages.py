"""Where staff write announcements."""

from typing import Any

from rostra import reactions
from tests.auth.support import Browser
from tests.network import Network

HERE = "/settings/announcements"


async def test_staff_write_change_withdraw_and_delete_an_announcement(network: Network) -> None:
    alice, _ = await network.person("alice"), await network.person("olga", role="owner")
    olga = Browser(network)
    await olga.log_in("olga")
    await olga.open(HERE)
    await olga.send(text="Fog tonight", action="publish")
    (found,) = await alice.get("/api/v1/announcements")
    assert found["content"] == "<p>Fog tonight</p>"
    there = f"{HERE}/{found['id']}"

    await olga.open(there)
    await olga.send(text="Thick fog", action="save")
    assert (await alice.get("/api/v1/announcements"))[0]["content"] == "<p>Thick fog</p>"
    await olga.open(there)
    await olga.send(action="withdraw")
    assert await alice.get("/api/v1/announcements") == []
    assert "Not published" in olga.page.text(".rows")
    await olga.open(there)
    await olga.send(action="publish")
    assert len(await alice.get("/api/v1/announcements")) == 1
    await olga.open(there)
    await olga.send(form="main form:last-of-type", action="delete")
    assert await alice.get("/api/v1/announcements") == []
    await olga.open(there, 404)


async def test_an_announcement_of_some_days_is_published_at_its_time(network: Network) -> None:
    alice, _ = await network.person("alice"), await network.person("olga", role="moderator")
    olga = Browser(network)
    await olga.log_in("olga")
    await olga.open(HERE)
    times: dict[str, Any] = {"starts_at": "2050-06-01T00:00", "ends_at": "2050-06-03T00:00", "all_day": "1"}
    await olga.send(text="A feast", scheduled_at="2020-01-01T08:00", action="keep", **times)
    assert await alice.get("/api/v1/announcements") == []
    await reactions.keep_announcements_time(network.services)
    (found,) = await alice.get("/api/v1/announcements")
    assert (found["starts_at"], found["all_day"]) == ("2050-06-01T00:00:00.000Z", True)


async def test_what_can_not_be_announced_is_explained_and_kept_in_the_form(network: Network) -> None:
    await network.person("olga", role="owner")
    olga = Browser(network)
    await olga.log_in("olga")
    for fields, field, words in (
        ({"text": " "}, "text", "Write something first."),
        ({"text": "x", "starts_at": "2050-01-01T00:00"}, "ends_at", "needs the other"),
        (
            {"text": "x", "starts_at": "2050-01-02T00:00", "ends_at": "2050-01-01T00:00"},
            "ends_at",
            "after the",
        ),
        ({"text": "x", "scheduled_at": "soon"}, "scheduled_at", "no date and time"),
        ({"text": "x" * 10_001}, "text", "too long"),
    ):
        await olga.open(HERE)
        page = await olga.send(422, action="publish", **fields)
        assert words in page.text(f"#{field}-error")
        assert page.text("#text").strip() == fields["text"].strip()


async def test_for_others_the_page_does_not_exist(network: Network) -> None:
    await network.person("alice")
    alice = Browser(network)
    await alice.log_in("alice")
    await alice.open(HERE, 404)
    await alice.open(f"{HERE}/1", 404)
