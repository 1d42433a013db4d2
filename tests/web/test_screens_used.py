"""Screens as they are used: search, lists, reports, pictures."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import expect

from tests.network import Network, Person
from tests.web.app import PHONE, App, check_accessible, settle

pytestmark = pytest.mark.slow

SHIFTS = """new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => resolve(sum), 300);
})"""


async def picture(person: Person, colour: str, description: str) -> str:
    content = BytesIO()
    Image.new("RGB", (600, 400), colour).save(content, "PNG")
    files = {"file": (f"{colour}.png", content.getvalue(), "image/png")}
    made = await person.post("/api/v2/media", files=files, data={"description": description})
    return made["id"]


async def test_search_finds_people_hashtags_posts_and_addresses(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    await bob.patch("/api/v1/accounts/update_credentials", json={"indexable": True, "discoverable": True})
    status = await bob.publish("The gate at the #harbour is shut")
    await live.settle()
    async with app.open(alice, "/app/search") as page:
        field = page.get_by_role("main").get_by_role("searchbox")
        await field.fill("harbour")
        await page.keyboard.press("Enter")
        await page.get_by_role("main").get_by_role("link", name="#harbour").first.wait_for()
        await page.get_by_role("article").get_by_text("The gate at the").wait_for()
        await page.get_by_role("link", name="People").click()
        await page.get_by_text("Nothing was found").wait_for()
        await field.fill("@bob")
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name="Follow @bob").wait_for()
        await field.fill(status["url"])
        await page.keyboard.press("Enter")
        await page.get_by_text("The gate at the").first.wait_for()


async def test_a_list_is_made_filled_changed_and_read(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    await bob.publish("Good morning")
    await live.settle()
    async with app.open(alice, "/app/lists", size=PHONE) as page:
        await page.get_by_label("Name of the list").fill("Harbour")
        await page.get_by_role("button", name="Make").click()
        await page.get_by_role("link", name="Harbour").click()
        await page.get_by_role("button", name="Choose people").click()
        await page.get_by_label("Find people").fill("bob")
        await page.get_by_role("button", name="Put in").click()
        await page.get_by_role("button", name="Take out").wait_for()
        await check_accessible(page)
        await page.get_by_label("Name of the list").fill("Quay")
        await page.get_by_label("Keep them out of home").check()
        await page.get_by_role("button", name="Save").click()
        await page.get_by_text("Saved").wait_for()
        await page.get_by_role("dialog").get_by_role("button", name="Close").click()
        await page.get_by_role("heading", name="Quay").wait_for()
        await page.reload()
        await page.get_by_role("article").get_by_text("Good morning").wait_for()
    (made,) = await alice.get("/api/v1/lists")
    assert (made["title"], made["exclusive"]) == ("Quay", True)
    assert [each["acct"] for each in await alice.get(f"/api/v1/lists/{made['id']}/accounts")] == ["bob"]


async def test_a_report_says_which_rule_and_which_posts(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    first = await bob.publish("Buy my book")
    second = await bob.publish("Buy my book, I said")
    async with app.open(alice, f"/app/@bob/{second['id']}") as page:
        await page.get_by_role("button", name="More").click()
        await page.get_by_role("menuitem", name="Report @bob").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_label("It is spam").check()
        await check_accessible(page)
        await dialog.get_by_role("button", name="Next").click()
        await expect(dialog.get_by_label("Buy my book, I said")).to_be_checked()
        await dialog.get_by_label("Buy my book", exact=True).check()
        await dialog.get_by_label("What should the moderators know?").fill("Again and again")
        await check_accessible(page)
        await dialog.get_by_role("button", name="Send the report").click()
        await dialog.get_by_text("The moderators look at it").wait_for()
        await dialog.get_by_role("button", name="Block @bob").click()
        await page.get_by_role("dialog").wait_for(state="detached")
    (report,) = await _reports(live)
    assert (report["category"], report["comment"]) == ("spam", "Again and again")
    assert sorted(report["status_ids"]) == sorted([int(first["id"]), int(second["id"])])
    (relationship,) = await alice.get(f"/api/v1/accounts/relationships?id[]={bob.id}")
    assert relationship["blocking"] is True


async def _reports(live: Network) -> list[dict[str, Any]]:
    async with live.services.db.connection() as tx:
        cursor = await tx.execute("select category, comment, status_ids from reports")
        names = [each.name for each in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in await cursor.fetchall()]


async def test_pictures_are_looked_through_by_keys_and_nothing_jumps(live: Network, app: App) -> None:
    alice = await live.person("alice")
    media = [await picture(alice, colour, f"All {colour}") for colour in ("teal", "coral")]
    await alice.publish("Two colours", media_ids=media)
    await live.settle()
    async with app.open(alice) as page:
        opener = page.get_by_role("button", name="Open: All teal")
        await opener.wait_for()
        await settle(page)
        assert await page.evaluate(SHIFTS) < 0.05
        await opener.focus()
        await page.keyboard.press("Enter")
        viewer = page.get_by_role("dialog")
        await viewer.get_by_text("All teal").wait_for()
        await page.keyboard.press("ArrowRight")
        await viewer.get_by_text("All coral").wait_for()
        await check_accessible(page)
        await page.keyboard.press("Escape")
        await viewer.wait_for(state="detached")
        await expect(opener).to_be_focused()
