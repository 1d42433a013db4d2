"""Debian's Chromium for tests, and what must hold for every page that it opens.

A folder's conftest.py offers the fixture: `from tests.browser import browser`, `__all__ = ["browser"]`.
A test asks for `live` (a real server) and `browser`, and opens tabs with `tab`.
"""

import json
import os
import shutil
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, ConsoleMessage, Page, ViewportSize, async_playwright

from tests.network import Network

PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 640}
"""The narrowest window in which nothing may be cut off (WCAG 2.2, 1.4.10)."""

Scheme = Literal["light", "dark"]

_ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
_AXE_OPTIONS: dict[str, Any] = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """A browser without windows; tests open contexts in it."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=_chromium(), args=_ARGUMENTS)
        yield chromium
        await chromium.close()


def _chromium() -> str:
    path = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        pytest.skip("No Chromium: apt-get install chromium, or name one by CHROMIUM_PATH")
    return path


@asynccontextmanager
async def tab(
    browser: Browser,
    network: Network,
    *,
    size: ViewportSize = DESKTOP,
    scheme: Scheme = "light",
    language: str = "en",
    javascript: bool = True,
) -> AsyncGenerator[Page]:
    """A tab of its own, without cookies, whose paths are relative to `network`.

    When it closes, nothing may have gone wrong in it: no script error, and nothing refused by the
    content security policy.
    """
    context = await browser.new_context(
        base_url=network.settings.base_url,
        viewport=size,
        color_scheme=scheme,
        locale=language,
        java_script_enabled=javascript,
        reduced_motion="reduce",
    )
    page = await context.new_page()
    problems: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        # Status codes of pages are for each test to judge.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            problems.append(message.text)

    page.on("console", on_console)
    page.on("pageerror", lambda error: problems.append(str(error)))
    try:
        yield page
        assert problems == []
    finally:
        await context.close()


# Two frames, since a change of colours begins with the next one; what turns for ever is not waited for.
_UNTIL_STILL = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await frame();
    const ending = document.getAnimations().filter((each) => each.effect.getTiming().iterations !== Infinity);
    await Promise.allSettled(ending.map((each) => each.finished));
}"""


async def check_accessible(page: Page) -> None:
    """Nothing that axe-core can find speaks against WCAG 2.2 AA, nor against good practice."""
    await page.evaluate(_UNTIL_STILL)
    results = await Axe().run(page, options=_AXE_OPTIONS)
    found = [
        f"{violation['id']}: {node['html'][:200]}\n    {json.dumps(node.get('failureSummary', ''))[:300]}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]
    assert not found, f"{page.url}\n" + "\n".join(found)


async def check_fits(page: Page) -> None:
    """Nothing sticks out sideways."""
    width, visible = await page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert width <= visible, f"{page.url} is {width} px wide in a window of {visible} px"


async def open_everything(page: Page) -> None:
    """Open all disclosures, so that what is in them is looked at, too."""
    await page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
