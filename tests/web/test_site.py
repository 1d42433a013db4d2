"""Operators change what the network is called and who may come in, write its terms, and review trends."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import Page, ViewportSize, expect

from rostra.core import clock
from tests.network import Network
from tests.trends.test_trends import compute, favourite
from tests.web.app import App, check_accessible, check_fits
from tests.web.test_operating import let_in, owner

pytestmark = [pytest.mark.slow, pytest.mark.by_hand]


async def saved(page: Page) -> None:
    """Save, and be told that it is."""
    await page.get_by_role("button", name="Save").click()
    await page.get_by_text("Saved").last.wait_for()


async def judge(page: Page) -> None:
    """Whether all can use it, and it fits; from the top, where the header stands on nothing."""
    await page.evaluate("scrollTo(0, 0)")
    await check_accessible(page)
    await check_fits(page)


async def test_an_operator_changes_the_network_and_goes_back_to_the_settings_file(
    live: Network, app: App, size: ViewportSize
) -> None:
    async with app.open(await owner(live), "/app/operate/site", size=size) as page:
        await let_in(page)
        name = page.get_by_label("Name", exact=True)
        await expect(name).to_have_value("Harbour")
        await expect(page.get_by_text("from the settings file")).to_have_count(4)
        await expect(page.get_by_role("button", name="Save")).to_be_disabled()
        await name.fill("Open Sea")
        await page.get_by_label("Nobody").check()
        await page.get_by_label("What those read who").fill("We are *full*.")
        await judge(page)
        await saved(page)
        found = await live.anonymous.get("/api/v2/instance")
        assert found["title"] == "Open Sea"
        assert found["registrations"]["enabled"] is False
        assert "<em>full</em>" in found["registrations"]["message"]

        await page.get_by_text("Who changed what").click()
        change = page.get_by_role("listitem").filter(has_text="@olga")
        await expect(change).to_contain_text("Open Sea")
        await judge(page)

        await page.get_by_role("button", name="Back to the settings file: Harbour").click()
        await page.get_by_role("button", name="Back to the settings file: Everybody").click()
        await saved(page)
        await page.reload()
        await expect(name).to_have_value("Harbour")
        await expect(page.get_by_label("Everybody")).to_be_checked()
    found = await live.anonymous.get("/api/v2/instance")
    assert (found["title"], found["registrations"]["enabled"]) == ("Harbour", True)


async def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(live: Network, app: App) -> None:
    app.expect("422 PUT .*/admin/site")
    async with app.open(await owner(live), "/app/operate/site", language="de") as page:
        await page.get_by_role("button", name="Weiter").click()
        address = page.get_by_label("Mailadresse für Fragen")
        await address.fill("nirgends")
        await page.get_by_label("Konto für Fragen").fill("niemand")
        await page.get_by_label("Name", exact=True).fill("")
        await page.get_by_role("button", name="Speichern").click()
        for problem in ("Das ist keine Mailadresse", "So heißt hier niemand", "braucht einen Namen"):
            await page.get_by_text(problem).wait_for()
        await expect(page.get_by_label("Name", exact=True)).to_be_focused()
        await expect(address).to_have_value("nirgends")
        await expect(address).to_have_accessible_description(re.compile("keine Mailadresse"))
        await judge(page)
    assert (await live.anonymous.get("/api/v2/instance"))["title"] == "Harbour"


async def test_terms_are_drafted_and_published_for_a_day(live: Network, app: App, size: ViewportSize) -> None:
    day = (clock.now() + timedelta(days=20)).date().isoformat()
    async with app.open(await owner(live), "/app/operate/terms", size=size) as page:
        await let_in(page)
        await page.get_by_role("button", name="Write terms").click()
        await page.get_by_label("Terms", exact=True).fill("Be *fair*.")
        await page.get_by_role("button", name="Publish").click()
        await page.get_by_text("Say from when on they hold.").wait_for()
        await check_accessible(page)
        await check_fits(page)
        await page.get_by_role("button", name="Keep as a draft").click()
        await page.get_by_text("Saved").wait_for()
        draft = page.get_by_role("listitem").filter(has_text="Draft")
        await check_accessible(page)
        await draft.get_by_role("button", name="Edit").click()
        await page.get_by_label("Holds from").fill(day)
        await page.get_by_role("button", name="Publish").click()
        await page.get_by_role("dialog").get_by_role("button", name="Publish").click()
        await page.get_by_text("Will hold from").wait_for()
        await expect(page.get_by_role("link", name="Read")).to_have_attribute(
            "href", re.compile(f"/terms-of-service/{day}$")
        )
        await check_accessible(page)
    found = await live.anonymous.get("/api/v1/instance/terms_of_service")
    assert (found["effective_date"], "<em>fair</em>" in found["content"]) == (day, True)


async def test_what_trends_is_shown_to_others_once_the_operator_shows_it(live: Network, app: App) -> None:
    people = await live.people(*(f"person{number}" for number in range(6)))
    for person in people:
        await person.publish("Fog in the #harbour")
    async with live.services.db.connection() as tx:
        await tx.execute("update accounts set created_at = now() - interval '30 days'")
    status = await people[0].publish("Nobody sees a thing")
    await favourite(people[1:], status)
    await compute(live)
    async with app.open(await owner(live), "/app/operate/trends") as page:
        await let_in(page)
        tag = page.get_by_role("listitem").filter(has_text="#harbour").first
        await expect(tag).to_contain_text("To be decided")
        await check_accessible(page)
        await check_fits(page)
        await page.get_by_role("button", name="Show: #harbour").click()
        await expect(tag).to_contain_text("Shown")
        post = page.get_by_role("listitem").filter(has_text="Nobody sees a thing")
        await post.get_by_role("button", name="More about @person0").click()
        await page.get_by_role("menuitem", name="Hide all from @person0").click()
        await expect(post).to_contain_text("Hidden")
        await check_accessible(page)
    shown = await live.anonymous.get("/api/v1/trends/tags")
    assert [each["name"] for each in shown] == ["harbour"]
    assert await live.anonymous.get("/api/v1/trends/statuses") == []
