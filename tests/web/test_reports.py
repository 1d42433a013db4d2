"""Reports: the moderators hear of what somebody saw, and whoever reports can protect themselves at once."""

from typing import Any

import pytest
from playwright.async_api import ViewportSize, expect

from rostra.core.db import fetch_value
from tests.network import Network
from tests.web.app import App, check_accessible, check_fits, tab_to

pytestmark = pytest.mark.slow


async def only_report(network: Network) -> Any:
    """What the moderators are told, in the words of the database."""
    async with network.services.db.connection() as tx:
        return await fetch_value(tx, "select to_jsonb(reports) from reports")


async def test_a_report_names_the_rule_the_posts_and_why(live: Network, app: App, size: ViewportSize) -> None:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    first = await bob.publish("You are all fools")
    second = await bob.publish("And your boats leak")
    await bob.publish("The weather is fine")
    rule = (await live.anonymous.get("/api/v1/instance/rules"))[0]
    async with app.open(alice, size=size) as page:
        insult = page.get_by_role("article").filter(has_text="You are all fools")
        await insult.get_by_role("button", name="More").click()
        await page.get_by_role("menuitem", name="Report @bob").click()
        dialog = page.get_by_role("dialog", name="Report @bob")
        await dialog.get_by_label("It breaks a rule").check()
        await expect(dialog.get_by_role("button", name="Next")).to_be_disabled()
        await dialog.get_by_label(rule["text"]).check()
        await check_accessible(page)
        await check_fits(page)
        await dialog.get_by_role("button", name="Next").click()
        await expect(dialog.get_by_label("You are all fools")).to_be_checked()
        await dialog.get_by_label("And your boats leak").check()
        await expect(dialog.get_by_label("The weather is fine")).not_to_be_checked()
        await expect(dialog.get_by_text("Send a copy")).to_have_count(0)
        await dialog.get_by_label("What should the moderators know?").fill("He does this every day")
        await check_accessible(page)
        await check_fits(page)
        await dialog.get_by_role("button", name="Send the report").click()
        await dialog.get_by_text("The moderators look at it").wait_for()
        await check_accessible(page)
        await dialog.get_by_role("button", name="Mute @bob").click()
        await page.get_by_text("@bob is muted").wait_for()
        await expect(insult).to_have_count(0)
        await expect(dialog).to_have_count(0)
    report = await only_report(live)
    assert (report["account_id"], report["target_id"]) == (alice.account_id, bob.account_id)
    assert (report["category"], report["comment"]) == ("violation", "He does this every day")
    assert {str(each) for each in report["status_ids"]} == {first["id"], second["id"]}
    assert [str(each) for each in report["rule_ids"]] == [rule["id"]]
    assert report["forward"] is False


async def test_somebody_is_reported_and_blocked_with_the_keyboard_alone(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    status = await bob.publish("Buy my boat")
    async with app.open(alice, "/app/@bob") as page:
        more = page.get_by_role("main").get_by_role("button", name="More").first
        await more.focus()
        await page.keyboard.press("Enter")
        await page.get_by_role("menuitem").first.wait_for()
        await page.keyboard.press("End")
        await expect(page.get_by_role("menuitem", name="Report @bob")).to_be_focused()
        await page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="Report @bob")
        await dialog.wait_for()

        await page.keyboard.press("Tab")
        await page.keyboard.press("ArrowDown")
        await expect(dialog.get_by_label("It is spam")).to_be_checked()
        await tab_to(page, dialog.get_by_role("button", name="Next", exact=True))
        await page.keyboard.press("Enter")
        # What came next is where the focus is: a screen reader reads it.
        await expect(dialog.get_by_role("group", name="Which posts show it?")).to_be_focused()
        await page.keyboard.press("Tab")
        await page.keyboard.press("Space")
        await page.keyboard.press("Tab")
        await page.keyboard.type("The same in every port")
        await tab_to(page, dialog.get_by_role("button", name="Send the report", exact=True))
        await page.keyboard.press("Enter")
        await expect(dialog.get_by_role("status")).to_be_focused()
        await tab_to(page, dialog.get_by_role("button", name="Block @bob", exact=True))
        async with page.expect_response("**/block"):
            await page.keyboard.press("Enter")
        await expect(dialog).to_have_count(0)
        await page.get_by_text("@bob is blocked").wait_for()
        await expect(more).to_be_focused()
    report = await only_report(live)
    assert (report["category"], report["comment"]) == ("spam", "The same in every port")
    assert [str(each) for each in report["status_ids"]] == [status["id"]]
    (relationship,) = await alice.get("/api/v1/accounts/relationships", params={"id[]": bob.id})
    assert relationship["blocking"] is True
