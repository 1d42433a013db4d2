"""Taking and bringing files along in a real browser: accessible, nothing cut off, no scripts needed."""

from pathlib import Path

import pytest
from playwright.async_api import Browser

from rostra.core.settings import Settings
from tests.auth.test_in_browser import log_in
from tests.browser import NARROW, Scheme, check_accessible, check_fits, tab
from tests.live import live_settings
from tests.network import Network

pytestmark = pytest.mark.slow


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return live_settings(tmp_path, title="Harbour")


@pytest.mark.parametrize(("language", "scheme"), [("de", "dark"), ("en", "light")])
async def test_a_file_is_brought_along_without_scripts(
    live: Network, browser: Browser, tmp_path: Path, language: str, scheme: Scheme
) -> None:
    alice, bob, _ = await live.people("alice", "bob", "carol")
    await alice.follow(bob)
    await bob.follow(alice)
    file = tmp_path / "muted_accounts.csv"
    file.write_text(
        "Account address\nsomebody_with_a_long_name@a-far-away-server.example\ncarol\nno handle\n"
    )

    async with tab(browser, live, size=NARROW, scheme=scheme, language=language, javascript=False) as page:
        await log_in(page, "alice")

        async def check() -> None:
            await check_fits(page)

        for path in ("/settings", "/settings/exports", "/settings/imports"):
            await page.goto(path)
            await check()
        await page.select_option("#kind", "follows")
        await page.set_input_files("#file", file)
        await page.check("#mode-overwrite")
        await page.click("form.card button")
        await page.wait_for_selector(".notice-warn")
        await check()
        await page.click("form.actions .button-danger")
        await page.wait_for_selector("progress")
        await check()
        await live.settle()
        await page.click("form.actions a.button")
        await page.wait_for_selector("a[download]")
        await check()
        done = page.url
    assert [each["acct"] for each in await alice.get(f"/api/v1/accounts/{alice.id}/following")] == ["carol"]
    async with tab(browser, live, size=NARROW, scheme=scheme, language=language) as page:
        await log_in(page, "alice")
        for path in ("/settings/exports", "/settings/imports", done):
            await page.goto(path)
            await check_accessible(page)
        await page.goto("/settings/imports")
        await page.select_option("#kind", "mutes")
        await page.set_input_files("#file", file)
        await page.click("form.card button")
        await page.wait_for_selector("table")
        await check_accessible(page)
