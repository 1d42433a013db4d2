"""What members set in the app: who sees them, what new posts are like, what they meet, who is signed in."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import ViewportSize, expect

from tests.network import Network, Person
from tests.web.app import PHONE, App, check_accessible, check_fits
from tests.web.test_composing import open_composer

pytestmark = pytest.mark.slow


async def own(person: Person) -> dict[str, Any]:
    return await person.get("/api/v1/accounts/verify_credentials")


async def test_what_is_set_for_new_posts_holds_in_the_composer(live: Network, app: App) -> None:
    alice = await live.person("alice")
    async with app.open(alice, "/app/settings/posting", size=PHONE) as page:
        await page.get_by_label("Who can see it").select_option("Followers")
        await page.get_by_text("Saved").last.wait_for()
        await page.get_by_label("Who may quote?").select_option("Only me")
        await page.get_by_label("Language").select_option("Polish")
        await page.get_by_label("Hide media until").check()
        await expect(page.get_by_text("Saved")).to_have_count(3)
        await check_accessible(page)
    async with app.open(alice) as page:
        await open_composer(page)
        await expect(page.get_by_label("Who can see it")).to_have_value("private")
        await expect(page.get_by_label("Language")).to_have_value("pl")
    source = (await own(alice))["source"]
    assert (source["privacy"], source["quote_policy"], source["language"]) == ("private", "nobody", "pl")
    assert source["sensitive"] is True


async def test_a_member_decides_who_finds_and_follows_them(
    live: Network, app: App, size: ViewportSize
) -> None:
    alice = await live.person("alice")
    before = await own(alice)
    async with app.open(alice, "/app/settings/privacy", size=size, scheme="dark") as page:
        for label in ("I decide who follows me", "Hide whom I follow", "My public posts can be found"):
            await page.get_by_label(label).click()
            await page.get_by_text("Saved").last.wait_for()
        await page.get_by_role("link", name="Who asks to follow you").wait_for()
        await check_accessible(page)
        await check_fits(page)
        await expect(page.get_by_text("Saved")).to_have_count(3)
    after = await own(alice)
    assert (before["locked"], after["locked"]) == (False, True)
    assert after["source"]["hide_collections"] is True
    assert after["source"]["indexable"] is not before["source"]["indexable"]


async def test_what_the_server_refuses_flips_back(live: Network, app: App) -> None:
    alice = await live.person("alice")
    app.expect("update_credentials")
    async with app.open(alice, "/app/settings/privacy") as page:
        await page.route("**/update_credentials", lambda route: route.fulfill(status=503, body="{}"))
        await page.get_by_label("I decide who follows me").click()
        await expect(page.get_by_label("I decide who follows me")).not_to_be_checked()
    assert (await own(alice))["locked"] is False


async def test_a_filter_is_changed_in_place(live: Network, app: App) -> None:
    alice = await live.person("alice")
    made = await alice.post(
        "/api/v2/filters",
        json={
            "title": "Sport",
            "context": ["home"],
            "keywords_attributes": [
                {"keyword": "match", "whole_word": True},
                {"keyword": "well, goal", "whole_word": False},
            ],
        },
    )
    async with app.open(alice, "/app/settings/filters") as page:
        await page.get_by_role("button", name="Change Sport").click()
        await expect(page.get_by_label("Words", exact=True)).to_have_value("match\nwell, goal")
        await page.get_by_label("Words", exact=True).fill("match\nwell, goal\nleague")
        await page.get_by_label("Name").fill("Football")
        await page.get_by_label("Threads").check()
        await page.get_by_label("What happens").select_option("Hide it")
        await check_accessible(page)
        await page.get_by_role("button", name="Save").click()
        await page.get_by_text("Football", exact=True).first.wait_for()
    changed = await alice.get(f"/api/v2/filters/{made['id']}")
    assert (changed["title"], changed["filter_action"]) == ("Football", "hide")
    assert sorted(changed["context"]) == ["home", "thread"]
    words = {each["keyword"]: each["whole_word"] for each in changed["keywords"]}
    assert words == {"match": True, "well, goal": False, "league": True}
    assert changed["expires_at"] is None


async def test_pictures_of_a_profile_can_be_removed(live: Network, app: App, tmp_path: Path) -> None:
    alice = await live.person("alice")
    Image.new("RGB", (400, 400), "teal").save(tmp_path / "sea.png")
    async with app.open(alice, "/app/settings/profile") as page:
        await page.locator("input[type=file]").last.set_input_files(tmp_path / "sea.png")
        await page.get_by_role("button", name="Save").click()
        await page.get_by_text("Saved").wait_for()
        await page.get_by_role("button", name="Remove picture").click()
        await expect(page.get_by_role("button", name="Remove picture")).to_have_count(0)
    assert "/static/" in (await own(alice))["avatar"]


async def test_who_reads_without_covers_sees_all_at_once(live: Network, app: App) -> None:
    alice = await live.person("alice")
    status = await alice.publish("The ship sinks", spoiler_text="Ending")
    async with app.open(alice, "/app/settings/reading") as page:
        await page.get_by_label("Open content warnings").check()
        await page.goto(f"/app/@alice/{status['id']}")
        article = page.get_by_role("article").first
        await expect(article.get_by_text("The ship sinks")).to_be_visible()
        await article.get_by_role("button", name="Hide").click()
        await expect(article.get_by_text("The ship sinks")).to_be_hidden()


async def test_an_app_that_was_let_in_can_be_put_out(live: Network, app: App) -> None:
    alice = await live.person("alice")
    async with app.open(alice, "/app/settings/access") as page:
        others = page.get_by_role("button", name="Sign out").filter(has_not_text="everywhere")
        await page.get_by_text("This app", exact=True).wait_for()
        await check_accessible(page)
        tokens = await alice.get("/api/v1/tokens")
        assert len(tokens) > 1
        await others.first.click()
        await page.get_by_text("Signed out").wait_for()
        await expect(page.get_by_text("This app", exact=True)).to_be_visible()


async def test_whoever_shows_no_tab_of_pictures_has_none(live: Network, app: App, tmp_path: Path) -> None:
    alice, bob = await live.people("alice", "bob")
    async with app.open(alice, "/app/settings/privacy") as page:
        pictures = page.get_by_role("checkbox", name="A tab with my pictures")
        await expect(pictures).to_be_checked()
        await page.get_by_role("checkbox", name="Those of my replies, too").click()
        await page.get_by_text("Saved").wait_for()
        await check_accessible(page)
        await pictures.click()
        await expect(page.get_by_role("checkbox", name="Those of my replies")).to_have_count(0)
    shown = await own(alice)
    assert (shown["show_media"], shown["show_media_replies"], shown["show_featured"]) == (False, False, True)
    async with app.open(bob, "/app/@alice") as page:
        await page.get_by_role("link", name="Replies").wait_for()
        await expect(page.get_by_role("link", name="Media")).to_have_count(0)


async def test_less_motion_holds_whatever_the_device_says(live: Network, app: App) -> None:
    alice = await live.person("alice")
    turning = "getComputedStyle(document.querySelector('.button')).transitionDuration"
    async with app.open(alice, "/app/settings/appearance", reduced_motion="no-preference") as page:
        await page.get_by_label("Less motion").wait_for()
        assert not (await page.evaluate(turning)).startswith("1e-05s")
        await page.get_by_label("Less motion").check()
        assert (await page.evaluate(turning)).startswith("1e-05s")
        await page.reload()
        await page.get_by_label("Less motion").wait_for()
        assert (await page.evaluate(turning)).startswith("1e-05s")
