"""The app with servers that are no Rostra: what they don't have is done without, and quietly."""

import pytest
from playwright.async_api import Page, Route, expect

from tests.network import Network
from tests.web.app import App, give_password
from tests.web.test_accounts import sign_in_elsewhere

pytestmark = pytest.mark.slow

PAGE = "<!doctype html><title>Not Found</title><h1>Not Found</h1>"


async def lacks(page: Page, server: Network, path: str, status: int) -> None:
    """From now on `server` answers requests below `path` with an error page, as many servers do."""

    async def refuse(route: Route) -> None:
        headers = {"Access-Control-Allow-Origin": "*"}
        await route.fulfill(status=status, content_type="text/html", body=PAGE, headers=headers)

    await page.route(f"{server.settings.base_url}{path}**", refuse)


@pytest.mark.parametrize("status", [404, 405, 501])
async def test_notifications_come_one_by_one_from_a_server_that_answers_unknown_addresses_with_a_page(
    live: Network, elsewhere: Network, app: App, status: int
) -> None:
    app.expect(rf"{status} GET .*/api/v2/notifications")
    alice = await live.person("alice")
    zoe, yan = await elsewhere.people("zoe", "yan")
    await yan.follow(zoe)
    await elsewhere.settle()
    async with app.open(alice) as page:
        await page.get_by_role("heading", name="Home").wait_for()
        await lacks(page, elsewhere, "/api/v2/notifications", status)
        await sign_in_elsewhere(page, elsewhere)
        await give_password(page, zoe)
        await page.get_by_role("button", name="Allow", exact=True).click()
        await page.get_by_role("heading", name="Home").wait_for()
        await page.get_by_role("link", name="Notifications").first.click()
        await expect(page.get_by_role("main").get_by_text("yan").first).to_be_visible()
        await expect(page.get_by_text("can’t be reached")).to_have_count(0)
