"""Takes the pictures of docs/screenshots anew.

bin/serve --demo --domain forum.example --https off --port 8421 --data /tmp/demo
.venv/bin/python -m tests.screenshots http://localhost:8421
"""

import asyncio
import base64
import os
import shutil
import sys
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pyvips
from playwright.async_api import Browser, ViewportSize, async_playwright

from tests.browser import DESKTOP, PHONE, Scheme

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
QUALITY = 86
OVERVIEW: ViewportSize = {"width": 1600, "height": 1000}
_OVERVIEW_PAGE = """
<!doctype html><style>
body {{ margin: 0; width: 1600px; height: 1000px; overflow: hidden; position: relative; background: #eae0d5 }}
img {{ position: absolute; object-position: top; border-radius: 22px }}
img {{ box-shadow: 0 18px 50px #5a3c2830, 0 2px 8px #5a3c2820 }}
</style>
<img src="{start}" style="left: 64px; top: 64px; width: 1120px; height: 788px; object-fit: cover">
<img src="{thread}" style="left: 1190px; top: 140px; width: 360px; height: 740px">
<img src="{profile}" style="left: 800px; top: 226px; width: 360px; height: 740px">
"""


class Shot(NamedTuple):
    """A picture: its name, what it shows, in what window."""

    name: str
    path: str
    size: ViewportSize
    scheme: Scheme
    language: str = "en"


async def main(url: str) -> None:
    """Take all pictures of the demo network at `url`."""
    statuses = _public_statuses(url)
    busiest = max((s for s in statuses if s["media_attachments"]), key=lambda s: s["replies_count"])
    poll = next(s for s in statuses if s["poll"])
    thread, voted = (f"/@{s['account']['acct']}/{s['id']}" for s in (busiest, poll))
    shots = [
        Shot("start-desktop-light", "/", DESKTOP, "light"),
        Shot("start-phone-dark", "/", PHONE, "dark", "de"),
        Shot("about-phone-light", "/about", PHONE, "light", "de"),
        Shot("profile-desktop-dark", "/@mairead", DESKTOP, "dark"),
        Shot("profile-phone-light", "/@mairead", PHONE, "light"),
        Shot("thread-desktop-light", thread, DESKTOP, "light"),
        Shot("thread-phone-dark", thread, PHONE, "dark"),
        Shot("poll-phone-light", voted, PHONE, "light", "de"),
        Shot("sign-up-phone-light", "/auth/sign_up", PHONE, "light", "de"),
    ]
    chromium = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        taken = {shot.name: await _take(browser, url, shot) for shot in shots}
        for name, png in taken.items():
            _keep(name, png)
        _keep("overview", await _compose(browser, taken))
        await browser.close()


def _public_statuses(url: str) -> list[Any]:
    response = httpx.get(f"{url}/api/v1/timelines/public", params={"local": "true", "limit": "40"})
    return response.raise_for_status().json()


async def _take(browser: Browser, url: str, shot: Shot) -> bytes:
    context = await browser.new_context(
        base_url=url,
        viewport=shot.size,
        device_scale_factor=2,
        color_scheme=shot.scheme,
        locale=shot.language,
        reduced_motion="reduce",
    )
    page = await context.new_page()
    await page.goto(shot.path, wait_until="networkidle")
    png = await page.screenshot()
    await context.close()
    return png


async def _compose(browser: Browser, taken: dict[str, bytes]) -> bytes:
    """The picture of the README: the start page, a profile and a thread."""
    page = await browser.new_page(viewport=OVERVIEW)
    names = {"start": "start-desktop-light", "thread": "thread-phone-dark", "profile": "profile-phone-light"}
    sources = {
        part: "data:image/png;base64," + base64.b64encode(taken[name]).decode()
        for part, name in names.items()
    }
    await page.set_content(_OVERVIEW_PAGE.format(**sources), wait_until="load")
    return await page.screenshot()


def _keep(name: str, png: bytes) -> None:
    """Save a picture as WebP; desktops at half the size they were taken in."""
    image: Any = pyvips.Image.new_from_buffer(png, "")
    if "desktop" in name:
        image = image.resize(0.5)
    image.webpsave(str(FOLDER / f"{name}.webp"), Q=QUALITY, effort=6, strip=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
