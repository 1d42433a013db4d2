"""Reading: what arrives never moves what is read, and going back leads to where one was."""

import re

import pytest
from playwright.async_api import Page, ViewportSize, expect

from tests.network import Network, Person
from tests.web.app import App

pytestmark = pytest.mark.slow


async def thirty_posts(live: Network) -> tuple[Person, Person]:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    for number in range(30):
        await bob.publish(
            f"Letter {number:02} from the harbour, where nothing much happens and much is told."
        )
    return alice, bob


async def height(page: Page, text: str) -> float:
    """Where an article is, in pixels from the top of the window."""
    box = await page.get_by_role("article").filter(has_text=text).bounding_box()
    assert box
    return box["y"]


async def scroll_to(page: Page, text: str) -> None:
    article = page.get_by_role("article").filter(has_text=text)
    for _ in range(40):
        if await article.count() and 100 < (await article.bounding_box() or {"y": -1})["y"] < 500:
            break
        await page.mouse.wheel(0, 200)
        await page.wait_for_timeout(40)
    await page.wait_for_timeout(300)


async def test_new_posts_wait_above_and_move_nothing(live: Network, app: App, size: ViewportSize) -> None:
    alice, bob = await thirty_posts(live)
    async with app.open(alice, size=size) as page:
        await page.get_by_text("Letter 29").wait_for()
        await page.mouse.move(300, 400)
        await scroll_to(page, "Letter 18")
        before = await height(page, "Letter 18")
        await bob.publish("A new one")
        await page.get_by_role("button", name="1 new post").wait_for()
        assert await height(page, "Letter 18") == before
        await expect(page.get_by_text("A new one")).to_have_count(0)
        await page.get_by_role("button", name="1 new post").click()
        await expect(page.get_by_text("A new one")).to_be_in_viewport()


async def test_going_back_leads_to_where_one_was(live: Network, app: App, size: ViewportSize) -> None:
    alice, _ = await thirty_posts(live)
    async with app.open(alice, size=size) as page:
        await page.get_by_text("Letter 29").wait_for()
        await page.mouse.move(300, 400)
        await scroll_to(page, "Letter 18")
        before = await height(page, "Letter 18")
        await page.get_by_text("Letter 18").click()
        await page.get_by_role("heading", name="Post").wait_for()
        await page.go_back()
        await page.get_by_text("Letter 18").wait_for()
        await page.wait_for_timeout(400)
        assert abs(await height(page, "Letter 18") - before) <= 1


async def test_what_several_boost_is_shown_once(live: Network, app: App) -> None:
    alice, bob, carol, dora = await live.people("alice", "bob", "carol", "dora")
    for each in (carol, dora):
        await alice.follow(each)
    status = await bob.publish("Everybody likes this")
    for each in (carol, dora):
        await each.post(f"/api/v1/statuses/{status['id']}/reblog")
    await live.settle()
    async with app.open(alice) as page:
        await page.get_by_text("Everybody likes this").first.wait_for()
        await expect(page.get_by_text("Everybody likes this")).to_have_count(1)


async def test_keys_lead_through_the_posts(live: Network, app: App) -> None:
    alice, bob = await thirty_posts(live)
    async with app.open(alice) as page:
        await page.get_by_text("Letter 29").wait_for()
        for _ in range(12):
            await page.keyboard.press("j")
            await page.wait_for_timeout(60)
        focused = page.locator("article:focus")
        await expect(focused).to_contain_text("Letter 18")
        await expect(focused).to_be_in_viewport()
        await page.keyboard.press("k")
        await expect(page.locator("article:focus")).to_contain_text("Letter 19")
        await page.keyboard.press("f")
        await expect(page.locator("article:focus").get_by_role("button", name="Favourite")).to_have_attribute(
            "aria-pressed", "true"
        )
        await page.keyboard.press("Enter")
        await page.wait_for_url(re.compile(r"/@bob/\d+"))
        await page.keyboard.press("?")
        await page.get_by_role("heading", name="Keys").wait_for()
        await page.get_by_label("Single keys do something").uncheck()
        await page.keyboard.press("Escape")
        await page.keyboard.press("c")
        await page.wait_for_timeout(300)
        await expect(page.get_by_role("textbox", name="Text")).to_have_count(0)
    await live.settle()
    (kind,) = {each["type"] for each in await bob.get("/api/v1/notifications")} - {"follow"}
    assert kind == "favourite"
