"""A server that is down for a while: who reads goes on reading, and what is done meanwhile is sent once."""

from collections.abc import Iterator

import pytest
from playwright.async_api import expect
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.network import Network
from tests.web.app import App, check_accessible
from tests.web.test_composing import open_composer, statuses
from tests.web.test_offline import favourites, until, with_worker

pytestmark = [pytest.mark.slow, pytest.mark.installs]


class Breakable:
    """A server's app, which answers everything with 503 while `is_down`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.is_down = False
        self.refused = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if not self.is_down or scope["type"] != "http":
            return await self.app(scope, receive, send)
        self.refused += 1
        headers = {"Access-Control-Allow-Origin": "*"}
        return await JSONResponse({"error": "Down for maintenance"}, 503, headers)(scope, receive, send)


@pytest.fixture
def server(live: Network) -> Iterator[Breakable]:
    """The server of `live`, which may go down."""
    whole = live.app.inner
    live.app.inner = breakable = Breakable(whole)
    yield breakable
    live.app.inner = whole


async def test_while_the_server_is_down_one_reads_on_and_what_is_done_is_sent_once(
    live: Network, server: Breakable, app: App
) -> None:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    status = await bob.publish("Something to read meanwhile")
    app.expect(r"^503 ")
    app.expect(r"console: .*(503|WebSocket)")
    async with app.open(alice) as page:
        article = page.get_by_role("article").filter(has_text="Something to read meanwhile")
        await article.wait_for()
        await with_worker(page)
        await article.wait_for()
        server.is_down = True

        # Opened anew, the app shows what was read, and says why it is no newer.
        await page.reload()
        await article.wait_for()
        await page.get_by_text("The server doesn’t answer just now").wait_for()
        await article.get_by_role("button", name="Favourite").click()
        await open_composer(page)
        await page.get_by_role("textbox", name="Text").fill("Written in the meantime")
        await page.get_by_role("button", name="Post", exact=True).click()
        await page.get_by_text("2 actions wait and are sent when it is back").wait_for()
        await check_accessible(page)

        # What was never read can't be shown: the app says so, and offers to try again.
        await page.get_by_role("link", name="Bookmarks").click()
        await page.get_by_text("The server had a problem").wait_for()

        server.is_down = False
        await until(lambda: statuses(alice))
        await expect(page.get_by_text("doesn’t answer just now")).to_have_count(0)
        await page.get_by_role("button", name="Try again").click()
        await expect(page.get_by_text("The server had a problem")).to_have_count(0)
    assert server.refused > 0
    assert [each["content"] for each in await statuses(alice)] == ["<p>Written in the meantime</p>"]
    assert await favourites(bob, status["id"]) == 1
