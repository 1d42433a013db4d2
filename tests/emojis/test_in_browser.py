"""The pages of emojis, and pages with emojis in them, in a real browser: accessible, and never jumping."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, ViewportSize

from rostra.core.settings import Settings
from tests.auth.test_in_browser import log_in
from tests.browser import DESKTOP, NARROW, PHONE, Scheme, check_accessible, check_fits, tab
from tests.emojis.support import add, moving, packed, picture
from tests.live import live_settings
from tests.network import Network

pytestmark = pytest.mark.slow


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return live_settings(tmp_path)


@pytest.mark.parametrize(
    ("size", "scheme", "language"),
    [(DESKTOP, "light", "en"), (PHONE, "dark", "de"), (NARROW, "light", "de")],
)
async def test_staff_pages_are_accessible(
    live: Network, browser: Browser, size: ViewportSize, scheme: Scheme, language: str
) -> None:
    await live.person("alice", role="owner")
    await add(live, "gull", moving("GIF"), category="Harbour")
    await add(live, "lighthouse_" * 5, picture(size=(512, 64)), category="Harbour")
    await add(live, "anchor", visible_in_picker=False)
    async with tab(browser, live, size=size, scheme=scheme, language=language) as page:
        await log_in(page)
        paths = ["", "/new", "/import", "/category?name=Harbour"]
        await page.goto("/settings/emojis")
        paths.append(str(await page.get_attribute(".emoji-grid a", "href")).removeprefix("/settings/emojis"))
        for path in paths:
            await page.goto(f"/settings/emojis{path}")
            await check_accessible(page)
            await check_fits(page)
        await page.goto("/settings/emojis/import")
        archive = packed({"wave.png": picture(), "bad.png": b"x"}).getvalue()
        await page.set_input_files(
            "#file", {"name": "p.zip", "mimeType": "application/zip", "buffer": archive}
        )
        await page.click("main form .button")
        assert await page.locator(".notice-warn li").count() == 1
        await check_accessible(page)
        await check_fits(page)


async def test_an_emoji_is_as_large_as_a_line_before_and_after_it_is_there(
    live: Network, browser: Browser
) -> None:
    alice = await live.person("alice")
    await add(live, "gull", picture(size=(400, 100)))
    await alice.patch("/api/v1/accounts/update_credentials", data={"display_name": "A :gull:"})
    await alice.publish("one line")
    await alice.publish("one :gull:")
    async with tab(browser, live) as page:
        await page.goto("/@alice")
        await check_accessible(page)
        heights = await page.eval_on_selector_all(
            ".status .content", "found => found.map(e => e.getBoundingClientRect().height)"
        )
        assert len(set(heights)) == 1
        box = await page.locator(".status .content .emoji").bounding_box()
        assert box is not None
        assert box["width"] == box["height"]
        assert await page.eval_on_selector(".content .emoji", "e => e.alt") == ":gull:"
