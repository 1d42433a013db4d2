"""Much at once: columns beside one another, and what happened while one was away."""

import pytest
from playwright.async_api import expect

from tests.network import Network
from tests.web.app import PHONE, App, check_accessible, check_fits, settle

pytestmark = pytest.mark.slow


async def test_columns_stand_beside_one_another_and_hear_the_keys(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    for number in range(12):
        await bob.publish(f"Letter {number:02} #harbour")
    await bob.publish("@alice And you?")
    await live.settle()
    async with app.open(alice, "/app/columns", size={"width": 1600, "height": 900}) as page:
        home = page.get_by_role("region", name="Home").first
        await home.get_by_text("Letter 11").wait_for()
        await page.get_by_role("region", name="Notifications").first.get_by_text("And you?").wait_for()
        await page.get_by_label("Hashtag").fill("#harbour")
        await page.get_by_role("button", name="Add", exact=True).click()
        tag = page.get_by_role("region", name="#harbour").first
        await tag.get_by_text("Letter 11").wait_for()
        await settle(page)
        await check_accessible(page)
        await page.keyboard.press("Escape")
        await page.get_by_role("heading", name="Home").click()
        await page.keyboard.press("4")
        await expect(tag.locator("article:focus")).to_contain_text("Letter 11")
        await page.keyboard.press("j")
        await expect(tag.locator("article:focus")).to_contain_text("Letter 10")
        await page.keyboard.press("1")
        await page.keyboard.press("j")
        await expect(home.locator("article:focus")).to_contain_text("Letter 11")
        await page.reload()
        await tag.get_by_text("Letter 11").wait_for()
        await page.get_by_role("button", name="Column #harbour").click()
        await page.get_by_role("menuitem", name="Remove column").click()
        await expect(page.get_by_role("region", name="#harbour")).to_have_count(0)


async def test_catching_up_folds_the_many(live: Network, app: App) -> None:
    alice, bob, carol = await live.people("alice", "bob", "carol")
    for each in (bob, carol):
        await alice.follow(each)
    for number in range(9):
        await bob.publish(f"Letter {number:02}")
    only = await carol.publish("I rarely say anything")
    await alice.post(f"/api/v1/statuses/{only['id']}/favourite")
    async with app.open(alice, "/app/catch-up", size=PHONE) as page:
        await page.get_by_text("10 posts from 2 people.").wait_for()
        voices = page.locator("section.voice")
        await expect(voices.first).to_contain_text("I rarely say anything")
        await expect(voices.nth(1).get_by_role("link", name="Letter")).to_have_count(2)
        await voices.nth(1).get_by_role("button", name="Show 7 more").click()
        await expect(voices.nth(1).get_by_role("link", name="Letter")).to_have_count(9)
        await check_accessible(page)
        await check_fits(page)
        await page.get_by_role("button", name="Boosts").click()
        await page.get_by_text("Nothing happened").wait_for()
