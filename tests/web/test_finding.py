"""Finding people, hashtags and posts: by search, by what many talk about, by a hashtag."""

import re

import msgspec
import pytest
from playwright.async_api import Page, ViewportSize, expect

from rostra.core.settings import Settings
from tests.network import Network
from tests.trends.test_trends import compute, favourite, link
from tests.web.app import App, check_accessible, check_fits

pytestmark = pytest.mark.slow


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """What many use is shown without anybody's review, and new accounts count."""
    return msgspec.structs.replace(settings, trends_review=False, trends_account_days=0)


async def search(page: Page, words: str) -> None:
    await page.get_by_role("searchbox", name="Search").fill(words)
    await page.keyboard.press("Enter")


async def test_search_finds_people_hashtags_and_posts(live: Network, app: App, size: ViewportSize) -> None:
    alice, harbour = await live.people("alice", "harbour")
    await harbour.patch("/api/v1/accounts/update_credentials", json={"indexable": True, "discoverable": True})
    await harbour.publish("All boats are in the harbour tonight #harbourlife")
    async with app.open(alice, "/app/search", size=size) as page:
        await page.get_by_role("heading", name="Search more precisely").wait_for()
        await check_accessible(page)
        await search(page, "harbour")
        people = page.get_by_role("region", name="People")
        await people.get_by_text("@harbour").first.wait_for()
        tags = page.get_by_role("region", name="Hashtags")
        await expect(tags.get_by_role("link", name="#harbourlife")).to_be_visible()
        posts = page.get_by_role("region", name="Posts")
        await expect(posts.get_by_text("All boats are in")).to_be_visible()
        await check_accessible(page)
        await check_fits(page)

        await page.get_by_role("link", name="Posts", exact=True).click()
        await posts.get_by_text("All boats are in").wait_for()
        await expect(people).to_have_count(0)
        await search(page, "harbour -boats")
        await page.get_by_text("Nothing was found for “harbour -boats”").wait_for()
        await page.get_by_text("Check how it is spelled").wait_for()
        await check_accessible(page)

        await page.goto("/app/search")
        await page.get_by_role("link", name="harbour", exact=True).click()
        await people.get_by_text("@harbour").first.wait_for()


async def test_the_address_of_a_post_or_of_somebody_opens_it(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    status = await bob.publish("Found by its address")
    account = await bob.get("/api/v1/accounts/verify_credentials")
    async with app.open(alice, "/app/search") as page:
        await search(page, status["url"])
        await page.wait_for_url(re.compile(rf"/app/@bob/{status['id']}$"))
        await page.get_by_text("Found by its address").wait_for()
        await page.go_back()
        await page.get_by_role("heading", name="Search", exact=True).wait_for()
        await search(page, account["url"])
        await page.wait_for_url(re.compile(r"/app/@bob$"))


async def test_explore_shows_what_many_talk_about(live: Network, app: App, size: ViewportSize) -> None:
    people = await live.people(*(f"person{number}" for number in range(6)))
    for person in people:
        await person.publish("Fog in the #harbour")
    status = await people[0].publish("Nobody sees a thing")
    await favourite(people[1:], status)
    await link(live, people, "https://news.example/fog")
    await compute(live)
    async with app.open(people[1], "/app/explore", size=size) as page:
        await page.get_by_text("Nobody sees a thing").wait_for()
        await check_accessible(page)
        tabs = page.get_by_role("navigation", name="Explore")
        await tabs.get_by_role("link", name="Links").click()
        await page.get_by_role("link", name="Fog").wait_for()
        await check_accessible(page)
        await check_fits(page)
        await tabs.get_by_role("link", name="People").click()
        await page.get_by_role("button", name="Follow @person0").wait_for()
        await tabs.get_by_role("link", name="Hashtags").click()
        tag = page.get_by_role("listitem").filter(has_text="#harbour")
        await expect(tag).to_contain_text("6 people talk about it")
        await check_accessible(page)
        await check_fits(page)
        await tag.get_by_role("link").click()
        await page.get_by_role("heading", name="#harbour").wait_for()
        await expect(page.get_by_role("article")).to_have_count(6)


async def test_a_hashtag_is_read_and_followed(live: Network, app: App, size: ViewportSize) -> None:
    alice, bob = await live.people("alice", "bob")
    await bob.publish("Fog in the #Harbour")
    await live.settle()
    async with app.open(alice, "/app/tags/harbour", size=size) as page:
        await page.get_by_text("Fog in the").wait_for()
        follow = page.get_by_role("button", name="Follow #harbour")
        await follow.click()
        following = page.get_by_role("button", name="Following #harbour")
        await expect(following).to_have_attribute("aria-pressed", "true")
        await check_accessible(page)
        await check_fits(page)
        await bob.publish("The fog lifts in the #harbour")
        await page.get_by_role("button", name="1 new post").click()
        await page.get_by_role("article").filter(has_text="The fog lifts").wait_for()
        assert [each["name"].lower() for each in await alice.get("/api/v1/followed_tags")] == ["harbour"]
        # What is posted with it comes home, too.
        await page.get_by_role("link", name="Home").click()
        await page.get_by_role("heading", name="Home", level=1).wait_for()
        await page.get_by_role("article").filter(has_text="The fog lifts").wait_for()
        await page.go_back()
        async with page.expect_response("**/unfollow"):
            await following.click()
        await follow.wait_for()
    assert await alice.get("/api/v1/followed_tags") == []
