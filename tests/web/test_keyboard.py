"""A day with the keyboard alone: signing in, reading, answering, writing, searching, settings."""

import re

import pytest
from bs4 import BeautifulSoup
from playwright.async_api import Page, ViewportSize, expect

from tests.network import PASSWORD, Network
from tests.web.app import DESKTOP, App, check_accessible, settle, tab_to
from tests.web.test_composing import until_posted

pytestmark = pytest.mark.slow


async def go(page: Page, letter: str, heading: str) -> None:
    """`g`, then a letter."""
    await page.keyboard.press("g")
    await page.keyboard.press(letter)
    await page.get_by_role("heading", name=heading, level=1).first.wait_for()


async def test_one_signs_in_with_the_keyboard_alone(live: Network, app: App, size: ViewportSize) -> None:
    await live.person("alice")
    async with app.open(None, size=size) as page:
        await tab_to(page, page.get_by_role("button", name="Sign in", exact=False).first)
        await page.keyboard.press("Enter")
        await page.wait_for_url(re.compile(r"/auth/sign_in\?"))
        await tab_to(page, page.locator("#login"))
        await page.keyboard.type("alice")
        await tab_to(page, page.locator("#password"))
        await page.keyboard.type(PASSWORD)
        await page.keyboard.press("Enter")
        await page.get_by_role("heading", name="Home", level=1).wait_for()


async def test_one_reads_answers_and_writes_with_the_keyboard_alone(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    await bob.publish("Fog in the harbour")
    await bob.publish("The ship sinks", spoiler_text="Ending")
    async with app.open(alice, size=DESKTOP) as page:
        await page.get_by_role("article").first.wait_for()
        await settle(page)
        # What is folded is opened, and folded again.
        await page.keyboard.press("j")
        ending = page.get_by_role("article").filter(has_text="Ending")
        await expect(ending).to_be_focused()
        await page.keyboard.press("x")
        await expect(ending.get_by_text("The ship sinks")).to_be_visible()
        await page.keyboard.press("x")
        await expect(ending.get_by_text("The ship sinks")).to_be_hidden()
        # Answered, kept, boosted.
        await page.keyboard.press("j")
        fog = page.get_by_role("article").filter(has_text="Fog in the harbour")
        await expect(fog).to_be_focused()
        async with page.expect_response("**/bookmark"):
            await page.keyboard.press("d")
        async with page.expect_response("**/reblog"):
            await page.keyboard.press("Shift+B")
        await page.keyboard.press("r")
        text = page.get_by_role("textbox", name="Text")
        await expect(text).to_be_focused()
        await page.keyboard.type("I hear the horns")
        await page.keyboard.press("Control+Enter")
        await expect(text).to_have_count(0)
        # The focus is where it was before.
        await expect(fog).to_be_focused()
        # A post with a warning, for followers, by the tools of the composer.
        await page.keyboard.press("c")
        await expect(text).to_be_focused()
        await page.keyboard.type("Nobody drowned")
        await tab_to(page, page.get_by_role("button", name=re.compile("warning", re.IGNORECASE)))
        await page.keyboard.press("Enter")
        await tab_to(page, page.get_by_role("textbox", name="Content warning"), "Shift+Tab")
        await page.keyboard.type("The ship")
        await tab_to(page, page.get_by_role("button", name="Post", exact=True))
        await page.keyboard.press("Enter")
        await expect(text).to_have_count(0)
        # The thread, and back to where one was.
        await expect(fog).to_be_focused()
        await page.keyboard.press("o")
        await page.get_by_role("heading", name="Post", level=1).wait_for()
        await check_accessible(page)
        await page.keyboard.press("Backspace")
        await page.get_by_role("heading", name="Home", level=1).wait_for()
    posted = await until_posted(alice, 3)
    written = {
        (each["spoiler_text"], BeautifulSoup(each["content"], "html.parser").text)
        for each in posted
        if not each["reblog"]
    }
    assert written == {("", "@bob I hear the horns"), ("The ship", "Nobody drowned")}
    assert [each["reblog"]["account"]["acct"] for each in posted if each["reblog"]] == ["bob"]
    assert len(await alice.get("/api/v1/bookmarks")) == 1


async def test_one_finds_and_follows_and_sets_with_the_keyboard_alone(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    await bob.publish("Good morning")
    async with app.open(alice, size=DESKTOP) as page:
        await page.get_by_role("heading", name="Home", level=1).wait_for()
        await settle(page)
        await page.keyboard.press("/")
        field = page.get_by_role("main").get_by_role("searchbox")
        await expect(field).to_be_focused()
        await page.keyboard.type("bob")
        await page.keyboard.press("Enter")
        follow = page.get_by_role("main").get_by_role("button", name="Follow @bob")
        await follow.wait_for()
        await tab_to(page, follow)
        async with page.expect_response("**/follow"):
            await page.keyboard.press("Enter")
        # Every screen that a letter leads to, from wherever the focus is.
        for letter, heading in {
            "n": "Notifications",
            "m": "Messages",
            "e": "Explore",
            "b": "Bookmarks",
            "f": "Favourites",
            "i": "Lists",
            "d": "Drafts",
            "s": "Settings",
        }.items():
            await page.evaluate("document.activeElement.blur()")
            await go(page, letter, heading)
        await tab_to(page, page.get_by_role("link", name="Privacy"))
        await page.keyboard.press("Enter")
        locked = page.get_by_label("I decide who follows me")
        await locked.wait_for()
        await tab_to(page, locked)
        await page.keyboard.press("Space")
        await page.get_by_text("Saved").wait_for()
    account = await alice.get("/api/v1/accounts/verify_credentials")
    assert account["locked"] is True
    assert account["following_count"] == 1
