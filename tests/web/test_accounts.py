"""Several accounts in one browser, on one server and on several, in one window and in several."""

import pytest
from playwright.async_api import Page, expect

from tests.network import Network, Person
from tests.web.app import App, check_accessible, give_password
from tests.web.test_composing import open_composer, until_posted

pytestmark = pytest.mark.slow


async def switch(page: Page, name: str) -> None:
    await page.get_by_role("button", name="Accounts").first.click()
    await page.get_by_role("menuitem", name=name).click()


async def sign_in_elsewhere(page: Page, elsewhere: Network) -> None:
    await page.get_by_role("button", name="Accounts").first.click()
    await page.get_by_role("menuitem", name="Add an account").click()
    await page.get_by_role("button", name="Sign in to another server").click()
    await page.get_by_label("Server").fill(elsewhere.settings.base_url)
    await check_accessible(page)
    await page.get_by_role("button", name="Go on").click()


async def add_account(page: Page, elsewhere: Network, person: Person) -> None:
    """Be signed in as `person` of another network, too."""
    await page.get_by_role("heading", name="Home").wait_for()
    await sign_in_elsewhere(page, elsewhere)
    await give_password(page, person)
    await page.get_by_role("button", name="Allow", exact=True).click()
    await page.get_by_role("heading", name="Home").wait_for()


async def test_members_of_two_servers_read_and_post_side_by_side(
    live: Network, elsewhere: Network, app: App
) -> None:
    alice = await live.person("alice")
    zoe, yan = await elsewhere.people("zoe", "yan")
    await zoe.follow(yan)
    await yan.publish("Greetings from elsewhere")
    await alice.publish("Greetings from here")
    await elsewhere.settle()
    async with app.open(alice) as page:
        await page.get_by_role("article").get_by_text("Greetings from here").wait_for()
        await sign_in_elsewhere(page, elsewhere)
        await give_password(page, zoe)
        await page.get_by_role("button", name="Allow", exact=True).click()
        await page.get_by_role("article").get_by_text("Greetings from elsewhere").wait_for()
        await expect(page.get_by_text("Greetings from here")).to_have_count(0)
        await open_composer(page)
        await page.get_by_role("textbox", name="Text").fill("As zoe")
        await page.get_by_role("button", name="Post", exact=True).click()
        (posted,) = await until_posted(zoe)
        assert "As zoe" in posted["content"]

        await switch(page, "alice")
        await page.get_by_role("article").get_by_text("Greetings from here").wait_for()
        await expect(page.get_by_text("As zoe")).to_have_count(0)
        assert len(await until_posted(alice)) == 1

        # Ends the one, keeps the other.
        await switch(page, "Sign out")
        await page.get_by_role("article").get_by_text("As zoe").wait_for()


async def test_what_one_account_could_not_send_is_never_sent_by_another(
    live: Network, elsewhere: Network, app: App
) -> None:
    app.expect("ERR_INTERNET_DISCONNECTED")
    app.expect("ERR_FAILED")
    alice = await live.person("alice")
    zoe = await elsewhere.person("zoe")
    async with app.open(alice) as page:
        await add_account(page, elsewhere, zoe)
        await page.route(f"{elsewhere.settings.base_url}/api/v1/statuses", lambda route: route.abort())
        await open_composer(page)
        await page.get_by_role("textbox", name="Text").fill("From zoe alone")
        await page.get_by_role("button", name="Post", exact=True).click()
        await page.get_by_role("dialog").wait_for(state="detached")
        await switch(page, "alice")
        await open_composer(page)
        await page.get_by_role("textbox", name="Text").fill("From alice")
        await page.get_by_role("button", name="Post", exact=True).click()
        (posted,) = await until_posted(alice)
        assert "From alice" in posted["content"]
        await page.unroute(f"{elsewhere.settings.base_url}/api/v1/statuses")
        await switch(page, "zoe")
        (sent,) = await until_posted(zoe)
        assert "From zoe alone" in sent["content"]
    assert len(await until_posted(alice)) == 1


async def test_two_windows_show_what_was_done_in_one(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    await bob.publish("Good morning")
    await live.settle()
    async with app.open(alice) as page:
        await page.get_by_role("article").get_by_text("Good morning").wait_for()
        other = await page.context.new_page()
        await other.goto("/app/")
        await other.get_by_role("article").get_by_text("Good morning").wait_for()
        await open_composer(page)
        await page.get_by_role("textbox", name="Text").fill("From the first window")
        await page.get_by_role("button", name="Post", exact=True).click()
        # What comes while one reads waits above; nothing that is read moves.
        await other.get_by_role("button", name="1 new post").click()
        await other.get_by_role("article").get_by_text("From the first window").wait_for()
        assert len(await until_posted(alice)) == 1
