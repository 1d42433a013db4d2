"""The pages of shared accounts in a real browser: accessible, and fitting everywhere."""

import os
from pathlib import Path

import pytest
from playwright.async_api import Browser, ViewportSize

from rostra.core.settings import Settings
from tests.auth.test_consent import OUT_OF_BAND, ask
from tests.auth.test_in_browser import log_in
from tests.auth.test_oauth_tokens import register
from tests.browser import DESKTOP, NARROW, PHONE, Scheme, check_accessible, check_fits, tab
from tests.live import live_settings
from tests.network import Network
from tests.sharing.test_shared_accounts import acting, browser_of, publish, share

pytestmark = pytest.mark.slow
PICTURES = os.environ.get("ROSTRA_TEST_PICTURES")
"""A folder for pictures of what the test sees."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return live_settings(tmp_path, title="Harbour")


@pytest.mark.parametrize(
    ("size", "scheme", "language"),
    [(DESKTOP, "light", "en"), (PHONE, "dark", "de"), (NARROW, "light", "de")],
)
async def test_all_pages_are_accessible_and_fit(
    live: Network, browser: Browser, size: ViewportSize, scheme: Scheme, language: str
) -> None:
    club, *_ = await live.people("club", "alice", "bob", "carol")
    members = await share(live, "club", "alice", role="manager")
    await share(live, "club", "bob")
    owners = await browser_of(live, "club")
    await owners.open("/settings/shared")
    await owners.send(form="main form.card", member="carol", role="editor")
    carols = await browser_of(live, "alice")
    await carols.open("/settings/shared")
    await carols.send(form="main form.card", member="bob", role="manager")
    await publish(live, await acting(live, members, "club"), "hello from us")
    app = await register(live, redirect_uris=OUT_OF_BAND)
    async with tab(browser, live, size=size, scheme=scheme, language=language) as page:
        for name, paths in {
            "alice": ["/settings/shared", f"/settings/shared/{club.id}", f"/settings/shared/{club.id}/acts"],
            "bob": ["/settings/shared", ask(app, redirect_uri=OUT_OF_BAND, scope="read")],
            "club": ["/settings/shared"],
        }.items():
            await page.context.clear_cookies()
            await log_in(page, name)
            for number, path in enumerate(paths):
                await page.goto(path)
                if PICTURES:
                    picture = f"{PICTURES}/{name}-{number}-{size['width']}.png"
                    await page.screenshot(path=picture, full_page=True)
                await check_fits(page)
                await check_accessible(page)
