"""A browser takes the app's policy, signs in without being asked twice, and finds the network's colour."""

from pathlib import Path

import pytest
from playwright.async_api import Browser

from rostra.core.settings import Settings
from tests.browser import Scheme, browser, check_accessible, tab
from tests.live import live_settings
from tests.network import Network
from tests.web.app import App

__all__ = ["browser"]

pytestmark = pytest.mark.slow

BRIGHT = ("#ffe100", "#0a1aff", "#00ff66", "#ff00aa", "#000000")
"""Colours that would be hard to read as they are."""


@pytest.fixture
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "index.html").write_text((Path(__file__).parent / "sign_in.html").read_text())
    return live_settings(tmp_path, web_app=str(folder), accent_color=getattr(request, "param", ""))


async def test_a_member_signs_in_to_the_app_and_is_asked_for_the_password_alone(
    live: Network, browser: Browser
) -> None:
    app, alice = App(live, browser, by_hand=True), await live.person("alice")
    async with app.open(alice) as page:
        assert await page.evaluate("localStorage.getItem('rostra.accounts')")
        await page.get_by_role("button", name="Sign in").click()
        await page.get_by_text("Hello, alice").wait_for()
        assert page.url.startswith(live.settings.url("/app/auth?code="))


async def test_what_goes_wrong_in_a_tab_fails_its_test(live: Network, browser: Browser) -> None:
    app = App(live, browser)
    wrong = (
        "console.error('oh')",
        "fetch('/app/nothing.js')",
        "fetch('http://127.0.0.1:9/').catch(() => {})",
        "setTimeout(() => { throw new Error('oh') })",
        "fetch('http://elsewhere.example/').catch(() => {})",
    )
    for script in wrong:
        with pytest.raises(AssertionError):
            await open_and_run(app, script)
    app.expect(r"404 GET .*/app/nothing\.js")
    await open_and_run(app, "fetch('/app/nothing.js')")


async def open_and_run(app: App, script: str) -> None:
    async with app.open(None) as page:
        await page.evaluate(f"void ({script})")
        await page.wait_for_timeout(300)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("settings", BRIGHT, indirect=True)
async def test_pages_stay_readable_in_any_colour(live: Network, browser: Browser, scheme: Scheme) -> None:
    alice = await live.person("alice")
    await alice.publish("ships and #harbours https://ships.example")
    async with tab(browser, live, scheme=scheme) as page:
        for path in ("/", "/@alice", "/auth/sign_up"):
            await page.goto(path)
            await check_accessible(page)
