"""The first minutes: the door, a home that is still empty, and what stands beside the screen."""

import pytest
from playwright.async_api import ViewportSize, expect

from tests.network import Network
from tests.web.app import App, check_accessible, check_fits, settle

pytestmark = pytest.mark.slow
WIDE: ViewportSize = {"width": 1600, "height": 900}


async def test_the_door_says_whose_it_is(live: Network, app: App, size: ViewportSize) -> None:
    title = (await live.http.get("/api/v2/instance")).json()["title"]
    async with app.open(None, "/app/", size=size, scheme="dark") as page:
        await page.get_by_role("heading", name=title).wait_for()
        await expect(page.get_by_role("button", name=f"Sign in to {title}")).to_be_visible()
        await expect(page.get_by_role("link", name="Create an account")).to_be_visible()
        await check_accessible(page)
        await check_fits(page)


async def test_who_follows_nobody_finds_people_at_home(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    await bob.patch("/api/v1/accounts/update_credentials", json={"discoverable": True})
    await bob.publish("Good morning")
    await live.settle()
    async with app.open(alice) as page:
        await page.get_by_role("button", name="Follow @bob").click()
        await check_accessible(page)
        await page.get_by_role("button", name="Show my home").wait_for()
        await live.settle()
        await page.get_by_role("button", name="Show my home").click()
        await page.get_by_role("article").get_by_text("Good morning").wait_for()


async def test_where_there_is_room_one_searches_beside_every_screen(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    await bob.patch("/api/v1/accounts/update_credentials", json={"discoverable": True})
    await bob.publish("Good morning")
    async with app.open(alice, "/app/bookmarks", size=WIDE) as page:
        beside = page.get_by_role("complementary", name="More")
        await beside.get_by_role("button", name="Follow @bob").wait_for()
        await settle(page)
        await check_accessible(page)
        await beside.get_by_role("searchbox", name="Search").fill("bob")
        await page.keyboard.press("Enter")
        await page.get_by_role("heading", name="Search", level=1).wait_for()
        await page.get_by_role("main").get_by_role("link", name="@bob").first.wait_for()
