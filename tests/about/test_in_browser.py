"""What staff write and everybody reads, in a real browser: accessible, and nothing cut off."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser

from rostra.about import terms
from rostra.announcements import actions
from rostra.announcements.model import Draft
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
async def test_each_page_is_accessible_and_fits(
    live: Network, browser: Browser, language: str, scheme: Scheme
) -> None:
    await live.person("olga", role="owner")
    alice, bob = await live.people("alice", "bob")
    status = await bob.publish("Boats for sale, very cheap, ask me")
    await alice.post("/api/v1/reports", json={"account_id": bob.id, "status_ids": [status["id"]]})
    day = datetime.now(UTC).date() + timedelta(days=9)
    async with live.services.db.connection() as tx:
        made = await actions.write(tx, live.settings, Draft(text="Fog tonight"), publish=True)
        await terms.keep(tx, terms.Draft("# Be kind\n\nTo all.", "Shorter", day), publish=True)
        draft = await terms.keep(tx, terms.Draft("# Be kinder"))
    await live.settle()
    strangers = ("/privacy-policy", "/terms-of-service", f"/@bob/{status['id']}/embed")
    staff = (
        "/settings",
        "/settings/announcements",
        f"/settings/announcements/{made}",
        "/settings/reports",
        "/settings/site",
        "/settings/site/rules/1",
        "/settings/site/texts/about",
        f"/settings/site/terms/{draft}",
    )
    async with tab(browser, live, size=NARROW, scheme=scheme, language=language) as page:
        for path in strangers:
            await page.goto(path)
            await check_accessible(page)
            await check_fits(page)
        await log_in(page, "olga")
        for path in staff:
            await page.goto(path)
            await check_accessible(page)
            await check_fits(page)
