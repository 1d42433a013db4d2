"""Takes the pictures of the web app anew (docs/screenshots/app): phone and desktop, light and dark.

bin/serve --demo --port 8421 --data /tmp/demo
.venv/bin/python -m tests.app_screenshots http://localhost:8421 http://…/setup/…

The second address is the one that the first start prints: it makes the operator's account.
"""

import asyncio
import json
import os
import shutil
import sys
from typing import Any
from urllib.parse import urlsplit

import pyvips
from playwright.async_api import Browser, Page, StorageState, async_playwright

from tests.browser import DESKTOP, PHONE, Scheme
from tests.screenshots import FOLDER as PAGES
from tests.web.app import ACCOUNTS, STORED

FOLDER = PAGES / "app"
QUALITY = 72
SCREENS = {
    "home": "/app/",
    "local": "/app/local",
    "explore": "/app/explore/people",
    "hashtag": "/app/tags/RepairCafe",
    "search": "/app/search?q=gate",
    "catch-up": "/app/catch-up",
    "columns": "/app/columns",
    "profile": "/app/@mairead",
    "media": "/app/@mairead/media",
    "notifications": "/app/notifications",
    "messages": "/app/messages",
    "compose": "/app/compose?text=Good+morning",
    "lists": "/app/lists",
    "bookmarks": "/app/bookmarks",
    "drafts": "/app/drafts",
    "settings": "/app/settings",
    "edit-profile": "/app/settings/profile",
    "privacy": "/app/settings/privacy",
    "posting": "/app/settings/posting",
    "access": "/app/settings/access",
    "filters": "/app/settings/filters",
    "appearance": "/app/settings/appearance",
    "about": "/app/about",
    "health": "/app/operate",
    "network": "/app/operate/site",
    "rules": "/app/operate/rules",
    "emojis": "/app/operate/emojis",
    "invitations": "/app/operate/invites",
}
LOOKS: list[tuple[str, Any, Scheme, str]] = [
    ("phone-light", PHONE, "light", "de"),
    ("phone-dark", PHONE, "dark", "en"),
    ("desktop-light", DESKTOP, "light", "en"),
    ("desktop-dark", DESKTOP, "dark", "de"),
]
PASSWORD = "a long password for pictures"


async def main(url: str, setup: str) -> None:
    """Take all pictures of the demo network at `url`."""
    FOLDER.mkdir(exist_ok=True)
    chromium = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        state = await _operator(browser, url, setup)
        screens = SCREENS | {"thread": await _busiest_thread(browser, url)}
        for look, size, scheme, language in LOOKS:
            context = await browser.new_context(
                base_url=url,
                storage_state=state,
                viewport=size,
                device_scale_factor=2 if "phone" in look else 1,
                color_scheme=scheme,
                locale=language,
                reduced_motion="reduce",
            )
            page = await context.new_page()
            for name, path in screens.items():
                await page.goto(path)
                await page.wait_for_timeout(1_800)  # pictures arrive
                _keep(f"{name}-{look}", await page.screenshot())
            await context.close()
        await browser.close()


async def _operator(browser: Browser, url: str, setup: str) -> StorageState:
    """Somebody with an account who follows all, let into the operator's pages."""
    context = await browser.new_context(base_url=url, locale="en")
    page = await context.new_page()
    await page.goto(url + urlsplit(setup).path)
    for name, value in {"username": "ida", "email": "ida@people.example", "password": PASSWORD}.items():
        await page.fill(f"input[name={name}]", value)
    await page.locator("main button").last.click()
    await page.goto("/app/operate")
    await page.get_by_test_id("sign-in-here").click()
    await page.get_by_role("button", name="Go on").click()
    await page.get_by_role("link", name="Invitations").wait_for()
    await _follow_all(page)
    state = await context.storage_state(indexed_db=True)
    await context.close()
    return state


async def _follow_all(page: Page) -> None:
    stored = json.loads(await page.evaluate(f"localStorage.getItem('{ACCOUNTS}')"))
    assert await page.evaluate(STORED)
    headers = {"Authorization": f"Bearer {stored['accounts'][0]['token']}"}
    answer = await page.request.get("/api/v1/directory?local=true&limit=80", headers=headers)
    for account in await answer.json():
        await page.request.post(f"/api/v1/accounts/{account['id']}/follow", headers=headers)


async def _busiest_thread(browser: Browser, url: str) -> str:
    context = await browser.new_context(base_url=url)
    answer = await context.request.get("/api/v1/timelines/public?local=true&limit=40")
    statuses: list[Any] = await answer.json()
    await context.close()
    busiest = max((s for s in statuses if s["media_attachments"]), key=lambda s: s["replies_count"])
    return f"/app/@{busiest['account']['acct']}/{busiest['id']}"


def _keep(name: str, png: bytes) -> None:
    image: Any = pyvips.Image.new_from_buffer(png, "")
    image.webpsave(str(FOLDER / f"{name}.webp"), Q=QUALITY, effort=6, strip=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
