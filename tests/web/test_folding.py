"""What is long or many is folded in timelines, and nothing of it is lost."""

import pytest
from playwright.async_api import expect

from tests.network import Network, Person
from tests.web.app import PHONE, App, check_accessible, check_fits

pytestmark = pytest.mark.slow


async def marker(person: Person) -> str | None:
    """The newest status that `person` has read at home."""
    markers = await person.get("/api/v1/markers?timeline[]=home")
    return markers.get("home", {}).get("last_read_id")


async def test_boosts_in_a_row_are_beside_one_another(live: Network, app: App) -> None:
    alice, bob, carol = await live.people("alice", "bob", "carol")
    await alice.follow(carol)
    await carol.publish("Before all the boosts")
    for number in range(5):
        status = await bob.publish(f"Letter {number} that is passed on")
        await carol.post(f"/api/v1/statuses/{status['id']}/reblog")
    await live.settle()
    async with app.open(alice) as page:
        row = page.get_by_role("article", name="5 boosts by carol")
        await row.wait_for()
        await expect(row.get_by_role("listitem")).to_have_count(5)
        await expect(row.get_by_text("Letter 4")).to_be_in_viewport()
        await expect(row.get_by_text("Letter 1")).not_to_be_in_viewport()
        await row.get_by_role("button", name="More boosts").click()
        await expect(row.get_by_text("Letter 2")).to_be_in_viewport()
        # Keys lead into the row, along it, and out of it.
        await page.keyboard.press("j")
        await expect(page.locator("article.status:focus")).to_contain_text("Letter 4")
        await page.keyboard.press("ArrowRight")
        await expect(page.locator("article.status:focus")).to_contain_text("Letter 3")
        await page.keyboard.press("f")
        await expect(row.get_by_role("button", name="Favourite").nth(1)).to_have_attribute(
            "aria-pressed", "true"
        )
        await page.keyboard.press("j")
        await expect(page.locator("article.status:focus")).to_contain_text("Before all the boosts")
        await check_accessible(page)
    async with app.open(alice, size=PHONE) as page:
        await page.get_by_role("article", name="5 boosts by carol").wait_for()
        await check_fits(page)


async def test_walls_of_hashtags_and_long_texts_are_folded(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    await bob.publish("Morning at the quay\n\n#harbour #boats #fog #gulls #rope #tar")
    await bob.publish("\n\n".join(f"Paragraph {number} of a long story." for number in range(40)))
    async with app.open(alice) as page:
        wall = page.get_by_role("article").filter(has_text="Morning at the quay")
        await expect(wall.get_by_role("link", name="#", exact=False)).to_have_count(3)
        await wall.get_by_role("button", name="3 more").click()
        await expect(wall.get_by_role("link", name="#tar")).to_be_visible()
        story = page.get_by_role("article").filter(has_text="Paragraph 0")
        box = await story.bounding_box()
        assert box
        assert box["height"] < 700
        await story.get_by_role("button", name="Read on").click()
        await expect(story.get_by_role("button", name="Read on")).to_have_count(0)
        box = await story.bounding_box()
        assert box
        assert box["height"] > 1200


async def test_reading_goes_on_where_it_ended_on_another_device(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    for number in range(30):
        await bob.publish(f"Letter {number:02} from the harbour")
    (newest, *_) = await alice.home()
    async with app.open(alice, size=PHONE) as page:
        await page.get_by_text("Letter 29").wait_for()
        for _ in range(100):
            if await marker(alice) == newest["id"]:
                break
            await page.wait_for_timeout(100)
    for number in range(30, 60):
        await bob.publish(f"Letter {number:02} from the harbour")
    async with app.open(alice) as page:
        await expect(page.get_by_text("Letter 29")).to_be_in_viewport()
        await expect(page.get_by_text("Letter 30")).to_have_count(0)
        # 20 are known, 30 there are: the rest lies behind a gap.
        await page.get_by_role("button", name="20+ new posts").click()
        await expect(page.get_by_text("Letter 59")).to_be_in_viewport()
        await page.get_by_text("Letter 59").hover()
        gap = page.get_by_role("button", name="Load the posts in between")
        for _ in range(60):
            if await gap.count():
                break
            await page.mouse.wheel(0, 200)
            await page.wait_for_timeout(30)
        await gap.click()
        await page.get_by_text("Letter 35").wait_for()
        for _ in range(60):
            if await page.get_by_text("You left off here").count():
                break
            await page.mouse.wheel(0, 200)
            await page.wait_for_timeout(30)
        await expect(page.get_by_text("Letter 29")).to_be_visible()
