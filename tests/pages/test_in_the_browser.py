"""All public pages in a real browser: accessible, light and dark, on phones and desktops, without scripts."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, ViewportSize

from rostra.core.settings import Settings
from tests.browser import DESKTOP, NARROW, PHONE, Scheme, check_accessible, check_fits, open_everything, tab
from tests.live import live_settings
from tests.media.films import film, sound
from tests.media.uploading import processed
from tests.network import Network
from tests.pages.test_threads import upload

pytestmark = pytest.mark.slow

LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüssel" * 4


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return live_settings(tmp_path, title="Harbour", contact_email="hello@harbour.example")


async def lively(network: Network) -> list[str]:
    """Fill the network with one of each thing that pages show; returns the paths to look at."""
    alice, bob = await network.people("alice", "bob")
    await alice.patch(
        "/api/v1/accounts/update_credentials",
        json={
            "display_name": "Alice of the Harbour",
            "note": f"Ships and #harbours. {LONG_WORD}",
            "fields_attributes": [
                {"name": "Site", "value": "https://alice.example/a/long/way/to/a/page/about/ships"},
                {"name": LONG_WORD[:200], "value": LONG_WORD[:200]},
            ],
        },
    )
    first = await alice.publish(f"Good morning, #harbour! {LONG_WORD}", language="en")
    picture = await upload(alice, "Blue")
    focus = await bob.publish("@alice hello", in_reply_to_id=first["id"], media_ids=[await upload(bob)])
    answer = await alice.publish(
        "@bob 早上好", in_reply_to_id=focus["id"], spoiler_text="weather", media_ids=[picture], language="zh"
    )
    await bob.publish("@alice good night", in_reply_to_id=answer["id"])
    pair = [await upload(alice, "One"), await upload(alice, "Two")]
    await alice.publish("Two, with care", media_ids=pair, sensitive=True)
    await bob.publish("Well?", poll={"options": ["Yes #harbour", LONG_WORD[:90]], "expires_in": 600})
    await alice.publish("صباح الخير يا #harbour", language="ar")
    return [
        "/",
        "/about",
        "/@alice",
        "/@alice/with_replies",
        "/@alice/media",
        "/@bob",
        f"/@bob/{focus['id']}",
        f"/@alice/{answer['id']}",
        "/tags/harbour",
        "/tags/nobody",
        "/@nobody",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
async def test_every_page_is_accessible(
    live: Network, browser: Browser, size: ViewportSize, scheme: Scheme
) -> None:
    paths = await lively(live)
    async with tab(browser, live, size=size, scheme=scheme, language="de") as page:
        for path in paths:
            await page.goto(path)
            await check_accessible(page)
            if await page.locator("details").count():
                await open_everything(page)
                await check_accessible(page)


async def test_nothing_sticks_out_in_a_window_of_320_pixels(live: Network, browser: Browser) -> None:
    paths = await lively(live)
    async with tab(browser, live, size=NARROW, language="de") as page:
        for path in paths:
            await page.goto(path)
            await check_fits(page)
            await open_everything(page)
            await check_fits(page)


async def test_everything_works_without_scripts(live: Network, browser: Browser) -> None:
    await lively(live)
    async with tab(browser, live, javascript=False) as page:
        await page.goto("/")
        warned = page.get_by_text("早上好")
        await page.get_by_role("link", name="Alice of the Harbour").first.click()
        await page.get_by_role("link", name="With replies").click()
        assert page.url.endswith("/@alice/with_replies")
        assert not await warned.is_visible()
        await page.locator("details.warning summary").click()
        assert await warned.is_visible()
        await page.locator("details.veiled summary").click()
        assert await page.get_by_role("img", name="One").is_visible()
        await page.get_by_role("link", name="Deutsch").click()
        assert await page.get_by_role("link", name="Mit Antworten").is_visible()


async def test_the_keyboard_gets_past_the_header_to_the_content(live: Network, browser: Browser) -> None:
    async with tab(browser, live) as page:
        await page.goto("/about")
        await page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to content")
        assert await skip.is_visible()
        await page.keyboard.press("Enter")
        assert await page.evaluate("document.activeElement.id") == "main"


async def test_fingers_find_everything_that_is_to_be_touched(live: Network, browser: Browser) -> None:
    paths = await lively(live)
    async with tab(browser, live, size=PHONE) as page:
        for path in paths:
            await page.goto(path)
            for part in await page.locator("summary, .button, .tabs a, .top a, .bottom a").all():
                box = await part.bounding_box()
                if box is not None:
                    assert box["height"] >= 44, f"{path}: {await part.inner_text()} {box}"


async def test_the_address_to_follow_and_to_answer_can_be_copied(live: Network, browser: Browser) -> None:
    alice = await live.person("alice")
    status = await alice.publish("hello")
    handle = f"@alice@{live.settings.local_domain}"
    async with tab(browser, live) as page:
        await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        for path, text in (("/@alice", handle), (f"/@alice/{status['id']}", status["url"])):
            await page.goto(path)
            await page.get_by_role("button", name="Copy").click()
            await page.get_by_role("button", name="Copied").wait_for()
            assert await page.evaluate("navigator.clipboard.readText()") == text
    async with tab(browser, live, javascript=False) as page:
        await page.goto("/@alice")
        assert handle in await page.inner_text("#handle")
        assert await page.get_by_role("button").count() == 0


async def test_the_keyboard_opens_a_long_status_in_which_it_lands(live: Network, browser: Browser) -> None:
    alice = await live.person("alice")
    await alice.publish("a word " * 200 + "#end")
    async with tab(browser, live, size=PHONE) as page:
        await page.goto("/@alice")
        part = page.locator(".clipped")
        before = await part.bounding_box()
        await part.get_by_role("link").focus()
        after = await part.bounding_box()
        assert before is not None
        assert after is not None
        assert after["height"] > before["height"]
        await check_accessible(page)


async def test_films_and_sounds_play_on_their_page_and_by_their_own_address(
    live: Network, browser: Browser
) -> None:
    alice = await live.person("alice")
    media = [await processed(alice, data) for data in (film(seconds=2), sound("ogg", "libopus", seconds=2))]
    async with tab(browser, live) as page:
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        for item in media:
            status = await alice.publish("look", media_ids=[item["id"]])
            await page.goto(f"/@alice/{status['id']}")
            player = page.locator("video, audio")
            await player.evaluate("async player => { player.muted = true; await player.play() }")
            assert await player.evaluate("player => player.duration") > 1.5
            # Its own policy must let a file play, and no script of a stranger run.
            async with page.expect_response(lambda answer: answer.status == 206):
                await page.goto(item["url"], wait_until="commit")
    assert complaints == []
