"""The app with servers that are no Rostra: what they don't have is done without, and quietly."""

import pytest
from playwright.async_api import Page, Route, expect

from tests.network import Network
from tests.web.app import App
from tests.web.test_accounts import add_account

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
        await add_account(page, elsewhere, zoe)
        await page.get_by_role("link", name="Notifications").first.click()
        await expect(page.get_by_role("main").get_by_text("yan").first).to_be_visible()
        await expect(page.get_by_text("can’t be reached")).to_have_count(0)


async def test_a_server_without_the_second_description_of_itself_is_read_by_the_first(
    live: Network, elsewhere: Network, app: App
) -> None:
    app.expect(r"404 GET .*/api/(v2/instance|v1/mutes)")
    alice = await live.person("alice")
    zoe = await elsewhere.person("zoe")
    async with app.open(alice) as page:
        await lacks(page, elsewhere, "/api/v2/instance", 404)
        await lacks(page, elsewhere, "/api/v1/mutes", 404)
        await add_account(page, elsewhere, zoe)
        await page.goto("/app/about")
        await page.get_by_role("heading", name="Elsewhere").wait_for()
        await page.goto("/app/settings/blocks")
        await page.get_by_text("This server doesn’t offer this.").wait_for()
        await page.get_by_text("Nobody is blocked").wait_for()


async def test_a_server_that_follows_a_moment_later_is_asked_again(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")

    async def say_nothing_yet(route: Route) -> None:
        answer = await (await route.fetch()).json()
        await route.fulfill(json={**answer, "following": False, "requested": False})

    async with app.open(alice, "/app/@bob") as page:
        await page.route(f"**/api/v1/accounts/{bob.id}/follow", say_nothing_yet)
        await page.get_by_role("button", name="Follow @bob").click()
        await page.get_by_role("button", name="Following @bob").wait_for()
