"""What the composer can do beside sending: policies, Markdown, emojis, several texts, second thoughts."""

import asyncio

import pytest
from playwright.async_api import Page, Route, ViewportSize, expect

from tests.network import Network, Person
from tests.web.app import PHONE, App, check_accessible, check_fits
from tests.web.test_composing import open_composer, statuses, until_no_draft, until_posted

pytestmark = pytest.mark.slow


async def until_none(person: Person) -> None:
    async with asyncio.timeout(10):
        while await statuses(person):  # noqa: ASYNC110 (only asking tells)
            await asyncio.sleep(0.05)


async def write(page: Page, text: str) -> None:
    await open_composer(page)
    await page.get_by_role("textbox", name="Text").fill(text)


async def post(page: Page) -> None:
    await page.get_by_role("button", name="Post", exact=True).click()


async def test_an_author_says_who_may_answer_and_quote(live: Network, app: App, size: ViewportSize) -> None:
    alice, bob = await live.people("alice", "bob")
    async with app.open(alice, size=size, scheme="dark") as page:
        await write(page, "A quiet thought")
        await page.get_by_role("button", name="Who may answer and quote").click()
        await page.get_by_label("Who may answer?").select_option("Those I follow")
        await page.get_by_label("Who may quote?").select_option("Only me")
        await check_accessible(page)
        await check_fits(page)
        await post(page)
        (posted,) = await until_posted(alice)
    assert posted["quote_approval"]["automatic"] == []
    await bob.post("/api/v1/statuses", json={"status": "me?", "in_reply_to_id": posted["id"]}, expect=403)


async def test_what_is_written_is_seen_as_it_will_be(live: Network, app: App) -> None:
    alice, _ = await live.people("alice", "bob")
    async with app.open(alice, size=PHONE) as page:
        await write(page, "**Hello** @bob")
        await page.get_by_role("button", name="Write with Markdown").click()
        await page.get_by_role("button", name="Preview").click()
        preview = page.get_by_role("region", name="Preview")
        await expect(preview.locator("strong")).to_have_text("Hello")
        await expect(preview.get_by_role("link", name="@bob")).to_be_visible()
        await check_accessible(page)
        await post(page)
        (posted,) = await until_posted(alice)
    assert "<strong>Hello</strong>" in posted["content"]


async def test_emojis_are_found_by_their_names_and_put_where_the_cursor_is(live: Network, app: App) -> None:
    alice = await live.person("alice")
    async with app.open(alice) as page:
        await write(page, "Hello world")
        await page.get_by_role("textbox", name="Text").evaluate("area => area.setSelectionRange(6, 6)")
        await page.get_by_role("button", name="Emojis").click()
        await page.get_by_role("combobox", name="Search").fill("seal")
        await page.get_by_role("option", name="seal").first.click()
        await expect(page.get_by_role("textbox", name="Text")).to_have_value("Hello 🦭world")
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("group", name="Emojis")).to_have_count(0)
        await check_accessible(page)


async def test_two_texts_are_written_at_once_while_one_reads_on(live: Network, app: App) -> None:
    alice = await live.person("alice")
    async with app.open(alice) as page:
        for text in ("The first", "The second"):
            await write(page, text)
            await page.get_by_role("button", name="Lay aside").click()
        await page.get_by_role("link", name="Explore").click()
        await page.get_by_role("heading", name="Explore").wait_for()
        await check_accessible(page)
        await page.get_by_role("button", name="The first").click()
        await expect(page.get_by_role("textbox", name="Text")).to_have_value("The first")
        await post(page)
        await page.get_by_role("button", name="The second").click()
        await post(page)
        assert {each["text"] for each in await _sources(alice)} == {"The first", "The second"}
        await until_no_draft(alice)


async def _sources(person: Person) -> list[dict[str, str]]:
    posted = await until_posted(person, 2)
    return [await person.get(f"/api/v1/statuses/{each['id']}/source") for each in posted]


async def test_a_text_goes_on_in_a_window_of_its_own(live: Network, app: App) -> None:
    alice = await live.person("alice")
    async with app.open(alice) as page:
        await write(page, "Half a thought")
        async with page.expect_popup() as opening:
            await page.get_by_role("button", name="Write in a window of its own").click()
        window = await opening.value
        await expect(window.get_by_role("textbox", name="Text")).to_have_value("Half a thought")
        await window.get_by_role("textbox", name="Text").fill("A whole thought")
        await post(window)
        (posted,) = await until_posted(alice)
        await until_no_draft(alice)
    assert "A whole thought" in posted["content"]


async def test_a_post_is_taken_back_and_written_on(live: Network, app: App) -> None:
    alice = await live.person("alice")
    async with app.open(alice) as page:
        await write(page, "Too eraly")
        await post(page)
        await until_posted(alice)
        await page.get_by_role("button", name="Undo").click()
        text = page.get_by_role("textbox", name="Text")
        await expect(text).to_have_value("Too eraly")
        await until_none(alice)
        await expect(page.get_by_role("article")).to_have_count(0)
        await text.fill("Too early")
        await post(page)
        (posted,) = await until_posted(alice)
    assert "Too early" in posted["content"]


async def test_a_post_that_waits_for_the_network_is_never_sent_once_taken_back(
    live: Network, app: App
) -> None:
    app.expect("ERR_INTERNET_DISCONNECTED|fetching the script")
    alice = await live.person("alice")
    async with app.open(alice) as page:
        await page.get_by_role("heading", name="Home").wait_for()
        await write(page, "In a tunnel")
        await page.context.set_offline(True)
        await post(page)
        await page.get_by_role("button", name="Undo").click()
        await expect(page.get_by_role("textbox", name="Text")).to_have_value("In a tunnel")
        await page.context.set_offline(False)
        await page.get_by_role("textbox", name="Text").fill("Out of the tunnel")
        await post(page)
        (posted,) = await until_posted(alice)
    assert "Out of the tunnel" in posted["content"]


async def test_a_status_is_deleted_and_written_anew_with_all_it_had(live: Network, app: App) -> None:
    app.expect("^404 GET .*/context$")  # its thread may still be asked for what is new in it
    alice = await live.person("alice")
    status = await alice.publish(
        "*Good mroning*",
        content_type="text/markdown",
        visibility="unlisted",
        spoiler_text="Hours",
        poll={"options": ["Plum", "Poppy"], "expires_in": 3600},
    )
    async with app.open(alice, f"/app/@alice/{status['id']}") as page:
        await page.get_by_role("button", name="More").click()
        await page.get_by_role("menuitem", name="Delete and write anew").click()
        text = page.get_by_role("textbox", name="Text")
        await expect(text).to_have_value("*Good mroning*")
        await text.fill("*Good morning*")
        await post(page)
        async with asyncio.timeout(10):
            while [each["id"] for each in await statuses(alice)] in ([], [status["id"]]):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        (posted,) = await statuses(alice)
    assert "<em>Good morning</em>" in posted["content"]
    assert (posted["visibility"], posted["spoiler_text"]) == ("unlisted", "Hours")
    assert [each["title"] for each in posted["poll"]["options"]] == ["Plum", "Poppy"]


async def test_nothing_is_written_over_an_edited_post_before_its_text_is_there(
    live: Network, app: App
) -> None:
    alice = await live.person("alice")
    status = await alice.publish("The tide is high")
    arrived = asyncio.Event()

    async def later(route: Route) -> None:
        await arrived.wait()
        await route.continue_()

    async with app.open(alice, f"/app/@alice/{status['id']}") as page:
        await page.route("**/source", later)
        await page.get_by_role("article").get_by_role("button", name="More").click()
        await page.get_by_role("menuitem", name="Edit", exact=True).click()
        text = page.get_by_role("textbox", name="Text")
        await expect(text).to_be_focused()
        await page.keyboard.type("Lost")
        await expect(page.get_by_role("button", name="Save")).to_be_disabled()
        arrived.set()
        await expect(text).to_have_value("The tide is high")
        await expect(page.get_by_role("button", name="Save")).to_be_enabled()


async def test_a_draft_opens_though_what_it_answers_is_gone(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    status = await bob.publish("Fog in the harbour")
    draft = {"status": "@bob I hear the horns", "in_reply_to_id": status["id"]}
    await alice.post("/api/v1/drafts", json=draft)
    await bob.delete(f"/api/v1/statuses/{status['id']}")
    await live.settle()
    app.expect(rf"404 GET .*/api/v1/statuses/{status['id']}")
    async with app.open(alice, "/app/drafts") as page:
        await page.get_by_role("button", name="Go on writing").click()
        await expect(page.get_by_role("textbox", name="Text")).to_have_value("@bob I hear the horns")
