"""Lists: made, filled, renamed, read and deleted."""

import pytest
from playwright.async_api import Page, ViewportSize, expect

from tests.network import Network
from tests.web.app import App, check_accessible, check_fits

pytestmark = pytest.mark.slow


async def make(page: Page, title: str) -> None:
    await page.get_by_label("Name of the list").fill(title)
    await page.get_by_role("button", name="Make").click()
    await page.get_by_role("link", name=title).click()


async def test_a_list_is_made_filled_and_read(live: Network, app: App, size: ViewportSize) -> None:
    alice, bob, carol = await live.people("alice", "bob", "carol")
    for each in (bob, carol):
        await alice.follow(each)
        await each.publish(f"{each.name} is at sea")
    async with app.open(alice, "/app/lists", size=size) as page:
        await page.get_by_text("No lists yet").wait_for()
        await make(page, "Sailors")
        await page.get_by_text("Put people in").wait_for()
        await page.get_by_role("main").get_by_role("button", name="Who is in it").last.click()
        dialog = page.get_by_role("dialog", name="Who is in it")
        await dialog.get_by_label("Find people").fill("bob")
        await dialog.get_by_role("button", name="Put in").click()
        await dialog.get_by_role("button", name="Take out").wait_for()
        await check_accessible(page)
        await page.keyboard.press("Escape")
        await page.get_by_role("article").filter(has_text="bob is at sea").wait_for()
        await expect(page.get_by_text("carol is at sea")).to_have_count(0)
        await check_accessible(page)
        await check_fits(page)

        await page.get_by_role("button", name="Who is in it").click()
        await dialog.get_by_role("button", name="Take out").click()
        await dialog.get_by_text("Nobody").wait_for()
        await page.keyboard.press("Escape")
        await page.get_by_text("Put people in").wait_for()
        await expect(page.get_by_text("bob is at sea")).to_have_count(0)


async def test_who_is_read_in_a_list_alone_no_longer_appears_at_home(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    made = await alice.post("/api/v1/lists", json={"title": "Salors"})
    await alice.post(f"/api/v1/lists/{made['id']}/accounts", json={"account_ids": [bob.id]})
    await bob.publish("Every hour a whale")
    await live.settle()
    async with app.open(alice, f"/app/lists/{made['id']}") as page:
        await page.get_by_text("Every hour a whale").wait_for()
        await page.get_by_role("button", name="Change the list").click()
        await page.get_by_label("Name of the list").fill("Sailors")
        await page.get_by_label("Only in this list").check()
        await check_accessible(page)
        await page.get_by_role("button", name="Save").click()
        await page.get_by_role("heading", name="Sailors").wait_for()
        await expect(page.get_by_role("button", name="Change the list")).to_be_focused()
        await live.settle()
        await page.get_by_role("link", name="Home").click()
        await page.get_by_role("heading", name="Home").wait_for()
        await expect(page.get_by_text("Every hour a whale")).to_have_count(0)

        await page.get_by_role("link", name="Lists").click()
        await page.get_by_role("button", name="Delete Sailors").click()
        await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        await page.get_by_text("No lists yet").wait_for()
    assert await alice.get("/api/v1/lists") == []
    (relationship,) = await alice.get("/api/v1/accounts/relationships", params={"id[]": bob.id})
    assert relationship["following"] is True
