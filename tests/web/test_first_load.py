"""What the app costs when it is opened for the first time."""

import httpx
import pytest
from playwright.async_api import Request, expect

from tests.network import Network
from tests.web.app import PHONE, App

pytestmark = pytest.mark.slow

SCRIPT_BYTES = 150_000
"""Most bytes of script that the home timeline may need, as served to browsers: compressed by Brotli."""

AFTERWARDS_MS = 1_000


async def test_home_needs_at_most_150_kb_of_compressed_script(live: Network, app: App) -> None:
    alice = await live.person("alice")
    await alice.publish("Good morning")
    await app.state(alice)
    scripts: set[str] = set()

    def on_request(request: Request) -> None:
        if request.resource_type == "script":
            scripts.add(request.url)

    # Without the service worker, which fetches the rest of the app when there is time.
    async with app.open(alice, "/about", size=PHONE) as page:
        scripts.clear()
        page.on("request", on_request)
        await page.goto("/app/")
        await page.get_by_text("Good morning").first.wait_for()
        await page.wait_for_timeout(AFTERWARDS_MS)  # its stream stays open, so the network is never idle
    sizes = {url: await _served_bytes(url) for url in scripts}
    total = sum(sizes.values())
    shown = "\n".join(f"{size:>8} {url}" for url, size in sorted(sizes.items(), key=lambda item: -item[1]))
    print(f"{total} bytes of script\n{shown}")
    assert scripts
    assert total <= SCRIPT_BYTES, f"{total} bytes of script\n{shown}"


async def _served_bytes(url: str) -> int:
    async with httpx.AsyncClient(headers={"Accept-Encoding": "br"}) as client:
        response = await client.get(url)
    assert response.status_code == 200
    return int(response.headers["content-length"])


async def test_home_is_asked_for_once_and_before_the_code_is_there(live: Network, app: App) -> None:
    alice = await live.person("alice")
    await alice.publish("Good morning")
    await app.state(alice)
    asked: list[str] = []
    async with app.open(alice, "/about", size=PHONE) as page:
        page.on("request", lambda request: asked.append(request.url.removeprefix(live.settings.base_url)))
        await page.goto("/app/")
        await page.get_by_text("Good morning").first.wait_for()
        await expect(page.locator("#splash")).to_have_count(0)
    home = [path for path in asked if path == "/api/v1/timelines/home?limit=20"]
    assert len(home) == 1, home
    assert asked.index(home[0]) < asked.index("/api/v2/instance")


async def test_a_token_that_was_ended_is_noticed_although_home_was_asked_for_early(
    live: Network, app: App
) -> None:
    app.expect("401 ")
    alice = await live.person("alice")
    async with app.open(alice) as page:
        await page.get_by_role("heading", name="Home").wait_for()
        await alice.post("/api/rostra/v1/tokens/invalidate_others")
        await page.goto("/app/")
        await page.get_by_role("button", name="Sign in").wait_for()
