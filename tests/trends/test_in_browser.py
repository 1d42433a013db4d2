"""What staff sees of trends, in a real browser: accessible, and nothing cut off."""

import os
from pathlib import Path

import pytest
from playwright.async_api import Browser

from rostra.core.settings import Settings
from tests.auth.test_in_browser import log_in
from tests.browser import DESKTOP, NARROW, PHONE, Scheme, check_accessible, check_fits, tab
from tests.live import live_settings
from tests.network import Network
from tests.trends.test_trends import compute, crowd, favourite, link

pytestmark = pytest.mark.slow

PICTURES = os.environ.get("ROSTRA_TEST_PICTURES")
"""A folder for pictures of what is tested, for those who want to look."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return live_settings(tmp_path, title="Harbour", trends_account_days=0)


@pytest.mark.parametrize(("language", "scheme"), [("de", "dark"), ("en", "light")])
async def test_the_page_is_accessible_and_fits(
    live: Network, browser: Browser, language: str, scheme: Scheme
) -> None:
    await live.person("olga", role="owner")
    people = await crowd(live, 6)
    for person in people:
        await person.publish("#Hafenfest")
        await person.publish("#EinHashtagDerSehrVielLängerIstAlsEsSeinMüsste")
    await favourite(
        people[1:], await people[0].publish("The fog over the harbour at six in the morning. " * 4)
    )
    await link(live, people, "https://www.a-publisher-with-a-long-name.example/fog")
    await compute(live)
    for size in (NARROW, PHONE, DESKTOP):
        async with tab(browser, live, size=size, scheme=scheme, language=language) as page:
            await log_in(page, "olga")
            await page.goto("/settings/trends")
            await check_accessible(page)
            await check_fits(page)
            if PICTURES:
                await page.screenshot(path=f"{PICTURES}/trends-{size['width']}-{scheme}.png", full_page=True)
