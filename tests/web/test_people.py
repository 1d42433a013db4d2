"""People and hashtags: what one notes of others, whom one has in common, which hashtags one follows."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, ViewportSize, expect

from rostra.core.settings import Settings
from rostra.web_app.files import IN_CHECKOUT, load
from tests.live import live_settings
from tests.network import Network, Person
from tests.translation.translator import HOST, Translator, serving
from tests.web.app import PHONE, App, check_accessible, check_fits, settle
from tests.web.test_offline import CUT

pytestmark = pytest.mark.slow


@pytest.fixture
async def translator() -> AsyncIterator[Translator]:
    async with serving() as translator:
        yield translator


@pytest.fixture
def settings(tmp_path: Path, translator: Translator) -> Settings:
    """A network that has the web app, and a translator."""
    if load(IN_CHECKOUT) is None:
        pytest.skip("The web app is not built: bin/setup app says why")
    return live_settings(
        tmp_path,
        title="Harbour",
        web_app=str(IN_CHECKOUT),
        libretranslate_url=translator.url,
        allow_private_addresses=HOST,
    )


async def choose(page: Page, command: str) -> None:
    """A command behind "more" at the top of a profile or of a hashtag's screen."""
    await page.get_by_role("button", name="More", exact=True).first.click()
    await page.get_by_role("menuitem", name=command).click()


def standing(viewer: Person, other: Person, *names: str) -> Callable[[], Awaitable[Any]]:
    """Asks the server how `viewer` stands to `other`: these parts of the relationship."""

    async def ask() -> list[Any]:
        (found,) = await viewer.get("/api/v1/accounts/relationships", params={"id[]": other.id})
        return [found[name] for name in names]

    return ask


async def until(ask: Callable[[], Awaitable[Any]], wanted: object) -> None:
    """Wait until the server has heard of it: what members do is shown at once, and sent a moment later."""
    found = None
    for _ in range(100):
        if (found := await ask()) == wanted:
            return
        await asyncio.sleep(0.1)
    assert found == wanted


async def test_a_note_on_somebody_is_written_in_place(live: Network, app: App, size: ViewportSize) -> None:
    alice, bob = await live.people("alice", "bob")
    async with app.open(alice, "/app/@bob", size=size) as page:
        await choose(page, "Write a private note")
        field = page.get_by_role("textbox", name="Your note")
        await expect(field).to_be_focused()
        await field.fill("Met at the harbour.\nMends nets.")
        await check_accessible(page)
        await page.get_by_role("button", name="Save").click()
        note = page.get_by_role("region", name="Your note")
        await expect(note).to_contain_text("Mends nets.")
        await until(standing(alice, bob, "note"), ["Met at the harbour.\nMends nets."])
        await page.reload()
        await expect(note).to_contain_text("Met at the harbour.")
        await settle(page)
        await check_accessible(page)
        await note.get_by_role("button", name="Edit your note").click()
        await field.fill("Nothing of this")
        await page.keyboard.press("Escape")
        await expect(note).to_contain_text("Mends nets.")
        await note.get_by_role("button", name="Edit your note").click()
        await field.fill("")
        await page.get_by_role("button", name="Save").click()
        await expect(note).to_have_count(0)
        await until(standing(alice, bob, "note"), [""])


async def test_a_note_written_offline_is_sent_later(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    app.expect(CUT)
    app.expect("fetching the script")
    async with app.open(alice, "/app/@bob") as page:
        await settle(page)
        # The menu's code is there once it was opened.
        await page.get_by_role("button", name="More", exact=True).first.click()
        await page.get_by_role("menuitem", name="Write a private note").wait_for()
        await page.keyboard.press("Escape")
        await page.context.set_offline(True)
        await choose(page, "Write a private note")
        await page.get_by_role("textbox", name="Your note").fill("Writes at night")
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_role("region", name="Your note")).to_contain_text("Writes at night")
        assert await standing(alice, bob, "note")() == [""]
        await page.context.set_offline(False)
        await until(standing(alice, bob, "note"), ["Writes at night"])


async def test_a_profile_tells_who_of_ones_own_follows_there(
    live: Network, app: App, size: ViewportSize
) -> None:
    alice, bob, *others = await live.people("alice", "bob", "carol", "dora", "emil", "finn")
    for each in others:
        await alice.follow(each)
        await each.follow(bob)
    async with app.open(alice, "/app/@bob", size=size) as page:
        line = page.get_by_role(
            "button", name=re.compile(r"^Followed by \w+, \w+,? and 2 others you follow$")
        )
        await line.click()
        dialog = page.get_by_role("dialog", name="Followed by people you follow")
        for each in others:
            await expect(dialog.get_by_role("link", name=f"@{each.name}")).to_be_visible()
        await settle(page)
        await check_accessible(page)
        await check_fits(page)


async def test_featured_hashtags_lead_to_what_somebody_wrote_with_them(
    live: Network, app: App, size: ViewportSize
) -> None:
    alice, bob = await live.people("alice", "bob")
    await bob.publish("The nets are mended #harbour")
    await bob.publish("Nothing but rain")
    await alice.publish("I would like to see it #harbour")
    await bob.post("/api/v1/tags/harbour/feature")
    async with app.open(alice, "/app/@bob", size=size) as page:
        await page.get_by_role("list", name="Featured hashtags").get_by_role("link", name="#harbour").click()
        await page.get_by_role("heading", name="#harbour", level=1).wait_for()
        await page.get_by_text("The nets are mended").wait_for()
        await expect(page.get_by_role("article")).to_have_count(1)
        await settle(page)
        await check_accessible(page)
        await page.get_by_role("link", name="All posts with #harbour").click()
        await page.get_by_text("I would like to see it").wait_for()
        await expect(page.get_by_role("article")).to_have_count(2)


async def test_one_chooses_how_one_follows_somebody(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    async with app.open(alice, "/app/@bob", size=PHONE) as page:
        await choose(page, "Tell me of new posts")
        await choose(page, "Hide boosts")
        how = standing(alice, bob, "following", "notifying", "showing_reblogs")
        await until(how, [True, True, False])
        await page.reload()
        await choose(page, "Don’t tell me of new posts")
        await choose(page, "Show boosts")
        await until(how, [True, False, True])


async def test_somebody_is_put_into_lists_from_their_profile(
    live: Network, app: App, size: ViewportSize
) -> None:
    alice, bob = await live.people("alice", "bob")
    for title in ("Harbour", "Friends"):
        await alice.post("/api/v1/lists", json={"title": title})

    async def lists() -> set[str]:
        return {each["title"] for each in await alice.get(f"/api/v1/accounts/{bob.id}/lists")}

    async with app.open(alice, "/app/@bob", size=size) as page:
        await choose(page, "Add to list…")
        dialog = page.get_by_role("dialog", name="Lists with @bob")
        await dialog.get_by_role("checkbox", name="Harbour").check()
        await dialog.get_by_role("textbox", name="New list").fill("Net menders")
        await dialog.get_by_role("button", name="Make").click()
        await expect(dialog.get_by_role("checkbox", name="Net menders")).to_be_checked()
        await check_accessible(page)
        await until(lists, {"Harbour", "Net menders"})
        await dialog.get_by_role("button", name="Close").click()
        await choose(page, "Add to list…")
        await dialog.get_by_role("checkbox", name="Harbour").uncheck()
        await expect(dialog.get_by_role("checkbox", name="Friends")).not_to_be_checked()
        await until(lists, {"Net menders"})


async def test_a_hashtag_is_followed_and_shown_on_ones_profile(
    live: Network, app: App, size: ViewportSize
) -> None:
    alice, bob = await live.people("alice", "bob")
    for text in ("Good morning", "Good night"):
        await bob.publish(f"{text} from the #harbour")

    async def harbour() -> tuple[bool, bool]:
        tag = await alice.get("/api/v1/tags/harbour")
        return tag["following"], tag["featuring"]

    async with app.open(alice, "/app/tags/harbour", size=size) as page:
        await page.get_by_text("2 posts in 7 days").wait_for()
        await page.get_by_role("button", name="Follow #harbour").click()
        await expect(page.get_by_role("button", name="Following #harbour")).to_be_visible()
        await choose(page, "Show on your profile")
        await expect(page.get_by_role("link", name="On your profile")).to_be_visible()
        await until(harbour, (True, True))
        await settle(page)
        await check_accessible(page)
        await page.goto("/app/explore/hashtags")
        await page.get_by_role("link", name="Followed hashtags").click()
        await page.get_by_role("link", name="#harbour").wait_for()
        await settle(page)
        await check_accessible(page)
        await page.get_by_role("button", name="Following #harbour").click()
        await expect(page.get_by_role("button", name="Follow #harbour")).to_be_visible()
        await until(harbour, (False, True))
        await page.reload()
        await page.get_by_text("You follow no hashtags yet").wait_for()


async def test_a_text_in_another_language_can_be_read_in_ones_own(
    live: Network, app: App, translator: Translator
) -> None:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    poll = {"options": ["ja", "nein"], "expires_in": 3600}
    await bob.publish("Guten Morgen vom Hafen", language="de", poll=poll)
    await bob.publish("Good morning from the harbour", language="en")
    async with app.open(alice) as page:
        german = page.get_by_role("article").filter(has_text=re.compile("hafen", re.IGNORECASE))
        english = page.get_by_role("article").filter(has_text="Good morning from the harbour")
        await german.get_by_role("button", name="Translate from German").click()
        await german.get_by_text("GUTEN MORGEN VOM HAFEN").wait_for()
        await expect(german.get_by_role("radio", name="NEIN")).to_be_visible()
        await expect(german.get_by_text("Translated from German by LibreTranslate")).to_be_visible()
        await settle(page)
        await check_accessible(page)
        await german.get_by_role("button", name="Show original").click()
        await german.get_by_text("Guten Morgen vom Hafen").wait_for()
        await expect(english.get_by_role("button", name="Translate")).to_have_count(0)
    assert [each["source"] for each in translator.asked] == ["de"]


async def test_a_translator_that_fails_leaves_the_text_as_it_is(
    live: Network, app: App, translator: Translator
) -> None:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    await bob.publish("Guten Morgen vom Hafen", language="de")
    translator.status = 500
    app.expect("503 POST .*/translate")
    async with app.open(alice) as page:
        offer = page.get_by_role("button", name="Translate from German")
        await offer.click()
        await page.get_by_text("The server had a problem.").wait_for()
        await expect(page.get_by_text("Guten Morgen vom Hafen")).to_be_visible()
        await expect(offer).to_be_enabled()
