"""Those who run the network see how it is, and who wants to come in."""

import re

import pytest
from playwright.async_api import Page, ViewportSize, expect

from tests.admin.conftest import ADMIN_SCOPES
from tests.admin.test_accounts import newcomer
from tests.auth.support import mails
from tests.network import Network, Person
from tests.web.app import App, Scheme, check_accessible, check_fits

pytestmark = pytest.mark.slow


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
