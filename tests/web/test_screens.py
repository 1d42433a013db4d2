"""Every screen opens, says where one is, and can be used by all: phones and desktops, light and dark."""

import pytest
from playwright.async_api import ViewportSize

from tests.network import Network
from tests.web.app import DESKTOP, NARROW, PHONE, App, Scheme, check_accessible, check_fits, settle
from tests.web.test_operating import let_in, owner

pytestmark = pytest.mark.slow


@pytest.fixture(params=[(PHONE, "light"), (DESKTOP, "dark")], ids=["phone-light", "desktop-dark"])
def look(request: pytest.FixtureRequest) -> tuple[ViewportSize, Scheme]:
    """Both windows and both colour schemes; all four together find little more and take twice as long."""
    return request.param


SCREENS = {
    "/app/local": "This network",
    "/app/federated": "All networks",
    "/app/explore": "Explore",
    "/app/explore/people": "Explore",
    "/app/explore/hashtags": "Explore",
    "/app/catch-up": "Catch up",
    "/app/notifications": "Notifications",
    "/app/notifications/mentions": "Notifications",
    "/app/notifications/requests": "Held back",
    "/app/follow-requests": "Follow requests",
    "/app/messages": "Messages",
    "/app/search?q=harbour": "Search",
    "/app/lists": "Lists",
    "/app/bookmarks": "Bookmarks",
    "/app/favourites": "Favourites",
    "/app/drafts": "Drafts",
    "/app/scheduled": "Drafts",
    "/app/compose": "Write a post",
    "/app/tags": "Followed hashtags",
    "/app/tags/harbour": "#harbour",
    "/app/@bob": "bob",
    "/app/@bob/followers": "bob",
    "/app/@bob/media": "bob",
    "/app/@bob/tagged/harbour": "#harbour",
    "/app/about": "About this network",
    "/app/settings": "Settings",
    "/app/settings/profile": "Profile",
    "/app/settings/privacy": "Privacy",
    "/app/settings/posting": "Posting",
    "/app/settings/access": "Sessions and apps",
    "/app/settings/reading": "Reading",
    "/app/settings/appearance": "Appearance",
    "/app/settings/filters": "Filters",
    "/app/settings/blocks": "Muted and blocked",
    "/app/settings/notifications": "Notifications",
}

OPERATED = (
    *("", "/site", "/sign-ups", "/invites", "/rules", "/announcements"),
    *("/emojis", "/texts", "/terms", "/trends", "/jobs"),
)
"""Below /app/operate, for those who run the network."""


async def test_all_screens_are_accessible(live: Network, app: App, look: tuple[ViewportSize, Scheme]) -> None:
    alice, bob = await live.people("alice", "bob")
    await bob.follow(alice)
    await bob.publish("@alice Good morning from the #harbour")
    app.expect("404 GET .*/push/subscription")
    async with app.open(alice, size=look[0], scheme=look[1]) as page:
        for path, title in SCREENS.items():
            await page.goto(path)
            await page.get_by_role("heading", name=title, exact=True, level=1).wait_for()
            await settle(page)
            await check_accessible(page)
            await check_fits(page)


async def test_all_screens_fit_into_the_narrowest_window_in_german(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    await bob.follow(alice)
    await bob.publish("@alice Guten Morgen vom #harbour")
    app.expect("404 GET .*/push/subscription")
    async with app.open(alice, size=NARROW, language="de") as page:
        for path in SCREENS:
            await page.goto(path)
            await page.get_by_role("heading", level=1).first.wait_for()
            await page.locator(".spinner").first.wait_for(state="detached")
            await check_fits(page)


@pytest.mark.by_hand
async def test_all_screens_of_operators_are_accessible(
    live: Network, app: App, look: tuple[ViewportSize, Scheme]
) -> None:
    async with app.open(await owner(live), "/app/operate", size=look[0], scheme=look[1]) as page:
        await let_in(page)
        for path in OPERATED:
            await page.goto(f"/app/operate{path}")
            await page.get_by_role("heading", name="Your network", exact=True, level=1).wait_for()
            await settle(page)
            await check_accessible(page)
            await check_fits(page)


@pytest.mark.by_hand
async def test_all_screens_of_operators_fit_into_the_narrowest_window_in_german(
    live: Network, app: App
) -> None:
    async with app.open(await owner(live), "/app/operate", size=NARROW, language="de") as page:
        await page.get_by_role("button", name="Weiter").click()
        await page.get_by_role("link", name="Einladungen").wait_for()
        for path in OPERATED:
            await page.goto(f"/app/operate{path}")
            await page.get_by_role("heading", level=1).first.wait_for()
            await settle(page)
            await check_fits(page)
