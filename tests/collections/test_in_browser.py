"""A collection's page in a real browser: accessible, nothing cut off, no scripts needed."""

from pathlib import Path

import pytest
from playwright.async_api import Browser

from rostra.core.settings import Settings
from tests.browser import DESKTOP, NARROW, Scheme, check_accessible, check_fits, open_everything, tab
from tests.collections.test_collections import made
from tests.live import live_settings
from tests.network import Network

pytestmark = pytest.mark.slow

LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitän" * 3


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return live_settings(tmp_path, title="Harbour")


@pytest.mark.parametrize(("language", "scheme"), [("de", "dark"), ("en", "light")])
async def test_each_page_is_accessible_and_fits(
    live: Network, browser: Browser, language: str, scheme: Scheme
) -> None:
    alice, bob, carol = await live.people("alice", "bob", "carol_with_a_very_long_name")
    await bob.patch("/api/v1/accounts/update_credentials", json={"note": LONG_WORD, "display_name": "Bob"})
    full = await made(
        alice,
        "Menschen am Hafen und auf See",
        description=LONG_WORD[:100],
        tag_name=LONG_WORD[:60],
        account_ids=[bob.id, carol.id],
    )
    frank = await made(alice, "Ahem", sensitive=True, account_ids=[bob.id])
    empty = await made(alice, "Nobody")
    for size in (NARROW, DESKTOP):
        async with tab(browser, live, size=size, scheme=scheme, language=language) as page:
            for path in (f"/collections/{full['id']}", f"/collections/{frank['id']}", "/@alice"):
                await page.goto(path)
                await open_everything(page)
                await check_accessible(page)
                await check_fits(page)
            await page.goto(f"/collections/{empty['id']}")
            await check_accessible(page)
