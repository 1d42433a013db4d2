"""Pictures and films: their place is kept, one looks at one after the other, and nothing plays by itself."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.media.films import film
from tests.media.pictures import encode, noise, plain
from tests.media.uploading import processed, send
from tests.network import Network, Person
from tests.web.app import PHONE, App, check_accessible, settle

pytestmark = pytest.mark.slow

SHIFTS = """new Promise((resolve) => {
    new PerformanceObserver((list) => {
        resolve(list.getEntries().reduce((sum, each) => sum + (each.hadRecentInput ? 0 : each.value), 0));
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => resolve(0), 500);
})"""
"""How much moved by itself since the page was opened (https://web.dev/articles/cls)."""

WITHIN = """(viewer) => viewer.contains(document.activeElement) || document.activeElement === document.body"""


async def three_pictures(person: Person) -> None:
    data = encode(plain(), "PNG")
    sent = [await send(person, data, 200, description=f"Boat number {number}") for number in (1, 2, 3)]
    await person.publish("Three boats", media_ids=[each["id"] for each in sent])


def described(page: Page, text: str) -> Any:
    return page.locator(".pswp__description").get_by_text(text, exact=True)


async def test_pictures_are_looked_at_with_keys_and_esc_goes_back_to_where_one_was(
    live: Network, app: App
) -> None:
    alice = await live.person("alice")
    await three_pictures(alice)
    async with app.open(alice) as page:
        second = page.get_by_role("button", name="Open: Boat number 2")
        await second.focus()
        before = page.url
        await page.keyboard.press("Enter")
        await described(page, "Boat number 2").wait_for()
        viewer = page.get_by_role("dialog")
        await viewer.wait_for()
        await check_accessible(page)
        await page.keyboard.press("ArrowRight")
        await described(page, "Boat number 3").wait_for()
        await page.keyboard.press("ArrowLeft")
        await page.keyboard.press("ArrowLeft")
        await described(page, "Boat number 1").wait_for()
        # Whoever goes round with Tab never comes to what lies below.
        for _ in range(6):
            await page.keyboard.press("Tab")
            assert await viewer.evaluate(WITHIN)
        await page.keyboard.press("Escape")
        await expect(viewer).to_have_count(0)
        await expect(second).to_be_focused()
        assert page.url == before

        await second.click()
        await described(page, "Boat number 2").wait_for()
        await page.get_by_role("button", name="Next").click()
        await described(page, "Boat number 3").wait_for()
        await page.go_back()
        await expect(viewer).to_have_count(0)
        await page.get_by_role("heading", name="Home").wait_for()
        await expect(second).to_be_focused()


async def test_on_a_phone_one_swipes_from_picture_to_picture(live: Network, app: App) -> None:
    alice = await live.person("alice")
    await three_pictures(alice)
    async with app.open(alice, size=PHONE) as page:
        await page.get_by_role("button", name="Open: Boat number 1").tap()
        await described(page, "Boat number 1").wait_for()
        await settle(page)
        await swipe(page, 320, 60)
        await described(page, "Boat number 2").wait_for()
        await swipe(page, 60, 320)
        await described(page, "Boat number 1").wait_for()
        await check_accessible(page)


async def swipe(page: Page, start: int, end: int) -> None:
    """A finger that goes from one side to the other, in the middle of the window."""
    session = await page.context.new_cdp_session(page)
    steps = 8
    for step in range(steps + 1):
        at = {"x": start + (end - start) * step / steps, "y": 400}
        kind = "touchMove" if step else "touchStart"
        await session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [at]})
        await page.wait_for_timeout(16)
    await session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


async def test_a_film_waits_until_somebody_starts_it(live: Network, app: App) -> None:
    alice = await live.person("alice")
    sent = await processed(alice, film(), description="Waves break at the pier")
    await alice.publish("At sea", media_ids=[sent["id"]])
    async with app.open(alice) as page:
        video = page.get_by_role("main").locator("video")
        await video.wait_for()
        await settle(page)
        state = await video.evaluate(
            "(v) => [v.paused, v.controls, v.autoplay, v.readyState, v.getAttribute('aria-label')]"
        )
        assert state == [True, True, False, 0, "Waves break at the pier"]
        await check_accessible(page)
        await video.evaluate("(v) => { v.muted = true; return v.play(); }")
        assert await video.evaluate("(v) => v.readyState") > 0


async def test_nothing_moves_when_pictures_arrive(live: Network, app: App) -> None:
    alice = await live.person("alice")
    for number, (width, height) in enumerate([(900, 600), (400, 900), (1200, 300), (300, 300)]):
        sent = await send(alice, encode(noise(width, height), "PNG"), 200, description=f"Noise {number}")
        await alice.publish(f"Picture {number}", media_ids=[sent["id"]])
    async with app.open(alice, size=PHONE) as page:
        await page.route("**/media/**", slowly)
        await page.reload()
        await page.get_by_text("Picture 3").wait_for()
        first = page.get_by_role("main").locator("figure img").first
        assert not await first.evaluate("(img) => img.complete && img.naturalWidth > 0")
        height = (await page.get_by_role("article").first.bounding_box() or {})["height"]
        await expect(first).to_have_js_property("complete", True)
        await page.wait_for_timeout(300)
        assert (await page.get_by_role("article").first.bounding_box() or {})["height"] == height
        assert await page.evaluate(SHIFTS) < 0.05


async def slowly(route: Any) -> None:
    """As over a bad line: the page is there long before its pictures."""
    answer = await route.fetch()
    await route.request.frame.page.wait_for_timeout(1_500)
    await route.fulfill(response=answer)
