"""The app opens: for strangers, for members, at any address, on phones and desktops, light and dark."""

import json

import pytest
from playwright.async_api import ViewportSize

from tests.network import Network
from tests.web.app import ACCOUNTS, App, Scheme, check_accessible, check_fits

pytestmark = pytest.mark.slow


async def test_a_member_signs_in_and_reads_home(
    live: Network, app: App, size: ViewportSize, scheme: Scheme
) -> None:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    await bob.publish("Good morning from the harbour")
    async with app.open(alice, size=size, scheme=scheme) as page:
        await page.get_by_text("Good morning from the harbour").wait_for()
        await check_accessible(page)
        await check_fits(page)


async def test_whoever_is_not_signed_in_is_offered_to(app: App, size: ViewportSize, scheme: Scheme) -> None:
    async with app.open(None, size=size, scheme=scheme) as page:
        await page.get_by_role("button", name="Sign in").first.wait_for()
        await check_accessible(page)
        await check_fits(page)


async def test_who_signed_in_stays_so_and_tells_the_app_as_whom(live: Network, app: App) -> None:
    alice = await live.person("alice")
    async with app.open(alice) as page:
        stored = json.loads(await page.evaluate(f"localStorage.getItem('{ACCOUNTS}')"))
    (account,) = stored["accounts"]
    assert account["server"] == live.settings.base_url
    assert account["id"] == alice.id
    assert stored["current"] == account["key"]
