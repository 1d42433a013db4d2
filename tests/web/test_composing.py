"""Writing posts in the app."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Page, ViewportSize, expect

from tests.network import Network, Person
from tests.web.app import App, Scheme, check_accessible, check_fits

pytestmark = pytest.mark.slow


async def open_composer(page: Page) -> None:
    await page.get_by_role("button", name="Write a post").and_(page.locator(":visible")).first.click()
    await page.get_by_role("textbox", name="Text").wait_for()


async def statuses(person: Person) -> list[Any]:
    return await person.get(f"/api/v1/accounts/{person.id}/statuses")


async def until_posted(person: Person, count: int = 1) -> list[Any]:
    """The member's posts, once there are `count`."""
    async with asyncio.timeout(10):
        while True:
            if len(found := await statuses(person)) >= count:
                return found
            await asyncio.sleep(0.05)


async def until_no_draft(person: Person) -> None:
    """The app deletes the draft once the server has the post."""
    async with asyncio.timeout(10):
        while True:
            if not await person.get("/api/v1/drafts"):
                return
            await asyncio.sleep(0.05)


async def test_a_post_is_at_home_as_soon_as_it_is_sent(
    live: Network, app: App, size: ViewportSize, scheme: Scheme
) -> None:
    alice = await live.person("alice")
    async with app.open(alice, size=size, scheme=scheme) as page:
        await open_composer(page)
        await check_accessible(page)
        await check_fits(page)
        await page.get_by_role("textbox", name="Text").fill("Good morning, harbour")
        await page.get_by_label("Who can see it").select_option("unlisted")
        await page.get_by_role("button", name="Post", exact=True).click()
        await page.get_by_role("article").get_by_text("Good morning, harbour").wait_for()
    (posted,) = await statuses(alice)
    assert posted["visibility"] == "unlisted"


async def test_polls_and_warnings_are_sent_along(live: Network, app: App) -> None:
    alice = await live.person("alice")
    async with app.open(alice) as page:
        await open_composer(page)
        await page.get_by_role("button", name="Content warning").click()
        await page.get_by_role("textbox", name="Content warning").fill("Food")
        await page.get_by_role("textbox", name="Text").fill("Which cake?")
        await page.get_by_role("button", name="Poll").click()
        await page.get_by_label("Option 1").fill("Plum")
        await page.get_by_label("Option 2").fill("Poppy")
        await page.get_by_label("Several choices").check()
        await check_accessible(page)
        await page.get_by_role("button", name="Post", exact=True).click()
        (posted,) = await until_posted(alice)
    assert posted["spoiler_text"] == "Food"
    assert [each["title"] for each in posted["poll"]["options"]] == ["Plum", "Poppy"]
    assert posted["poll"]["multiple"] is True


async def test_pictures_are_described_before_they_are_sent(live: Network, app: App, tmp_path: Path) -> None:
    alice = await live.person("alice")
    Image.new("RGB", (400, 300), "teal").save(tmp_path / "sea.png")
    async with app.open(alice) as page:
        await open_composer(page)
        await page.locator("input[type=file]").set_input_files(tmp_path / "sea.png")
        post = page.get_by_role("button", name="Post", exact=True)
        await expect(post).to_be_enabled(timeout=15_000)
        await post.click()
        await page.get_by_text("Something has no description").wait_for()
        await page.get_by_role("button", name="Describe it").click()
        await page.get_by_label("Description of file 1").fill("The sea, calm")
        await check_accessible(page)
        await post.click()
        (posted,) = await until_posted(alice)
    assert [each["description"] for each in posted["media_attachments"]] == ["The sea, calm"]


async def test_a_reply_names_whom_it_answers_and_is_seen_by_no_more_people(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    await bob.publish("For my followers", visibility="private")
    async with app.open(alice) as page:
        await page.get_by_role("button", name="Reply").click()
        text = page.get_by_role("textbox", name="Text")
        await expect(text).to_have_value("@bob ")
        audience = page.get_by_label("Who can see it")
        await expect(audience).to_have_value("private")
        assert await audience.locator("option").all_inner_texts() == ["Followers", "Only who is mentioned"]
        await text.fill("@bob welcome back")
        await page.keyboard.press("Control+Enter")
        (posted,) = await until_posted(alice)
    assert posted["visibility"] == "private"
    assert posted["in_reply_to_account_id"] == bob.id


async def test_naming_a_stranger_in_a_message_asks_before_they_can_read_it(live: Network, app: App) -> None:
    alice, bob, _ = await live.people("alice", "bob", "carol")
    message = await bob.publish("@alice about the surprise", visibility="direct")
    async with app.open(alice, f"/app/@bob/{message['id']}") as page:
        await page.get_by_role("button", name="Reply").click()
        await page.get_by_text("Only @bob and you will see this.").wait_for()
        await page.get_by_role("textbox", name="Text").fill("@bob I have not told @carol yet")
        await page.get_by_role("button", name="Send", exact=True).click()
        await page.get_by_text("Naming @carol lets them read this message").wait_for()
        await check_accessible(page)
        await page.get_by_role("button", name="Name them without @").click()
        await page.get_by_role("button", name="Send", exact=True).click()
        (posted,) = await until_posted(alice)
    assert [each["acct"] for each in posted["mentions"]] == ["bob"]


async def test_what_is_begun_is_a_draft_on_every_device(live: Network, app: App) -> None:
    alice = await live.person("alice")
    async with app.open(alice) as page:
        await open_composer(page)
        await page.get_by_role("textbox", name="Text").fill("Half a thought")
        await page.get_by_text("Draft saved").wait_for()
        await page.keyboard.press("Escape")
    async with app.open(alice, "/app/drafts") as page:
        await page.get_by_text("Half a thought").wait_for()
        await check_accessible(page)
        await page.get_by_role("button", name="Go on writing").click()
        await expect(page.get_by_role("textbox", name="Text")).to_have_value("Half a thought")
        await page.get_by_role("button", name="Post", exact=True).click()
        await until_posted(alice)
        await until_no_draft(alice)


async def test_people_are_suggested_and_taken_by_keyboard_alone(live: Network, app: App) -> None:
    alice, _ = await live.people("alice", "benedict")
    async with app.open(alice) as page:
        await page.get_by_role("heading", name="Home").wait_for()
        await page.keyboard.press("c")
        text = page.get_by_role("textbox", name="Text")
        await expect(text).to_be_focused()
        await page.keyboard.type("Hello @bene")
        await page.locator("[role=option]").first.wait_for()
        await page.keyboard.press("Enter")
        await expect(text).to_have_value("Hello @benedict ")
        await page.keyboard.press("Control+Enter")
        (posted,) = await until_posted(alice)
    assert [each["acct"] for each in posted["mentions"]] == ["benedict"]


async def test_an_edit_starts_with_what_was_written(live: Network, app: App) -> None:
    alice = await live.person("alice")
    status = await alice.publish("Good mroning")
    async with app.open(alice, f"/app/@alice/{status['id']}") as page:
        await page.get_by_role("button", name="More").click()
        await page.get_by_role("menuitem", name="Edit").click()
        text = page.get_by_role("textbox", name="Text")
        await expect(text).to_have_value("Good mroning")
        await text.fill("Good morning")
        await page.get_by_role("button", name="Save").click()
        await page.get_by_role("article").get_by_text("Good morning").wait_for()


async def test_a_scheduled_post_waits_in_its_list(live: Network, app: App) -> None:
    alice = await live.person("alice")
    async with app.open(alice) as page:
        await open_composer(page)
        await page.get_by_role("textbox", name="Text").fill("Happy new year")
        await page.get_by_role("button", name="Schedule").click()
        await page.get_by_label("Publish at").fill("2031-01-01T00:00")
        await page.get_by_role("button", name="Schedule").last.click()
        await page.get_by_text("Scheduled").wait_for()
        await page.goto("/app/scheduled")
        await page.get_by_text("Happy new year").wait_for()
        await check_accessible(page)
        await page.get_by_role("button", name="Don’t publish").click()
        await page.get_by_text("Nothing is scheduled").wait_for()
    assert await alice.get("/api/v1/scheduled_statuses") == []
