"""Those who run the network see how it is, and who wants to come in."""

import re

import pytest
from playwright.async_api import FilePayload, Page, ViewportSize, expect

from tests.admin.conftest import ADMIN_SCOPES
from tests.admin.test_accounts import newcomer
from tests.auth.support import mails
from tests.emojis.support import picture
from tests.network import Network, Person
from tests.web.app import App, Scheme, check_accessible, check_fits

pytestmark = [pytest.mark.slow, pytest.mark.by_hand]


async def let_in(page: Page) -> None:
    """Let the app do what concerns the whole network."""
    await page.get_by_role("button", name="Go on").click()
    await page.get_by_role("link", name="Invitations").wait_for()


async def owner(network: Network) -> Person:
    return await network.person("olga", "owner")


async def test_operators_see_what_is_amiss_once_they_let_the_app_do_so(
    live: Network, app: App, size: ViewportSize, scheme: Scheme
) -> None:
    async with app.open(await owner(live), "/app/operate", size=size, scheme=scheme) as page:
        await let_in(page)
        await page.get_by_text("Rostra makes no backups yet").wait_for()
        await page.get_by_role("heading", name="Disk").wait_for()
        await check_accessible(page)
        await check_fits(page)


async def test_members_have_no_way_to_the_operators_pages(live: Network, app: App) -> None:
    async with app.open(await live.person("alice"), "/app/operate") as page:
        await page.get_by_text("This is for the people who run the network").wait_for()
        await expect(page.get_by_role("link", name="Your network")).to_have_count(0)


async def test_an_operator_makes_an_invitation_and_takes_it_back(live: Network, app: App) -> None:
    async with app.open(await owner(live), "/app/operate/invites") as page:
        await let_in(page)
        await page.get_by_label("How many may use it").select_option("5")
        await page.get_by_role("button", name="Make an invitation").click()
        link = page.get_by_role("link", name=re.compile("invite"))
        await link.wait_for()
        await page.get_by_text("0 of 5 used").wait_for()
        await check_accessible(page)
        await page.get_by_role("button", name="Take back").click()
        await expect(link).to_have_count(0)


async def test_a_test_mail_reaches_the_operator_who_asks_for_it(live: Network, app: App) -> None:
    async with app.open(await owner(live), "/app/operate") as page:
        await let_in(page)
        await page.get_by_role("button", name="Send me a test mail").click()
        await page.get_by_text("olga@people.example is a file").wait_for()
    assert (await mails(live))[-1]["To"] == "olga@people.example"


async def test_newcomers_are_let_in_or_turned_away(live: Network, app: App) -> None:
    for name in ("nora", "nick"):
        await newcomer(live, name, reason=f"I am {name}, and I sing")
    async with app.open(await owner(live), "/app/operate/sign-ups") as page:
        await let_in(page)
        nora = page.get_by_role("listitem").filter(has_text="I am nora")
        await nora.get_by_role("button", name="Let in").click()
        await page.get_by_text("@nora is in").wait_for()
        nick = page.get_by_role("listitem").filter(has_text="I am nick")
        await check_accessible(page)
        await nick.get_by_role("button", name="Turn away").click()
        await page.get_by_text("Nobody waits").wait_for()
    owner_sees = await (await live.person("otto", "owner", ADMIN_SCOPES)).get("/api/v2/admin/accounts")
    assert {"nora", "nick"} & {each["username"] for each in owner_sees} == {"nora"}


async def test_an_operator_writes_the_rules_and_puts_them_in_order(
    live: Network, app: App, size: ViewportSize
) -> None:
    async with app.open(await owner(live), "/app/operate/rules", size=size) as page:
        await let_in(page)
        for text in ("Feed no gulls", "Tie your boat"):
            await page.get_by_role("button", name="Add a rule").click()
            await page.get_by_label("Rule", exact=True).fill(text)
            await check_accessible(page)
            await page.get_by_role("button", name="Save").click()
            await page.get_by_role("listitem").filter(has_text=text).wait_for()
        await page.get_by_role("button", name="Move up: Tie your boat").click()
        await expect(page.get_by_role("listitem").last).to_contain_text("Feed no gulls")
        await check_accessible(page)
        await check_fits(page)
        await (
            page.get_by_role("listitem")
            .filter(has_text="Feed no gulls")
            .get_by_role("button", name="Delete")
            .click()
        )
        await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        await expect(page.get_by_role("listitem").filter(has_text="Feed no gulls")).to_have_count(0)
    rules = await live.anonymous.get("/api/v1/instance/rules")
    assert rules[-1]["text"] == "Tie your boat"


async def test_news_reach_the_members_until_they_have_read_them(live: Network, app: App) -> None:
    alice = await live.person("alice")
    async with app.open(await owner(live), "/app/operate/announcements") as page:
        await let_in(page)
        await page.get_by_role("button", name="Write news").click()
        await page.get_by_label("What is new?").fill("We move on Sunday.")
        await page.get_by_role("button", name="Publish").click()
        await page.get_by_text("Public since").wait_for()
        await check_accessible(page)
    async with app.open(alice) as page:
        news = page.get_by_role("complementary", name="Announcement")
        await expect(news).to_contain_text("We move on Sunday.")
        await check_accessible(page)
        await news.get_by_role("button", name="Got it").click()
        await expect(news).to_have_count(0)
        await page.wait_for_timeout(300)
        await page.reload()
        await page.get_by_role("heading", name="Home").wait_for()
        await page.wait_for_timeout(800)
        await expect(news).to_have_count(0)


async def test_an_operator_adds_an_emoji_and_turns_it_off(live: Network, app: App) -> None:
    async with app.open(await owner(live), "/app/operate/emojis") as page:
        await let_in(page)
        anchor: FilePayload = {"name": "anchor.png", "mimeType": "image/png", "buffer": picture()}
        await page.get_by_label("Picture, or an archive").set_input_files(anchor)
        await page.get_by_role("button", name="Add", exact=True).click()
        emoji = page.get_by_role("button", name=":anchor:")
        await emoji.click()
        await check_accessible(page)
        await page.get_by_label("Members can use it").click()
        await page.get_by_text("Saved").wait_for()
        await check_accessible(page)
    assert await live.anonymous.get("/api/v1/custom_emojis") == []


async def test_an_operator_says_what_the_network_is(live: Network, app: App) -> None:
    async with app.open(await owner(live), "/app/operate/texts") as page:
        await let_in(page)
        await page.get_by_label("English").fill("A harbour for **everybody**.")
        await check_accessible(page)
        await page.get_by_role("button", name="Save").click()
        await page.get_by_text("Saved").wait_for()
    said = await live.anonymous.get("/api/v1/instance/extended_description")
    assert "everybody" in said["content"]
