"""The start page, /about, robots.txt."""

from pathlib import Path

import pytest

from rostra.core.settings import Registration, Settings, load
from tests.auth.support import Browser
from tests.network import Network
from tests.pages.documents import open_page


async def test_the_start_page_says_what_this_is_and_what_happens_here(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    first = await alice.publish("for all to read")
    await alice.publish("on my profile only", visibility="unlisted")
    await alice.publish("for followers", visibility="private")
    await alice.publish("@bob between us", visibility="direct")
    await bob.publish("@alice an answer", in_reply_to_id=first["id"])

    page = await open_page(network, "/")
    assert page.text("h1") == network.settings.title
    assert page.statuses == ["for all to read"]
    assert page.texts("aside ol li")[0] == "No threats and no calls for violence."
    assert "2 members · 4 posts" in page.text("aside")


async def test_a_new_network_says_that_nobody_has_posted(network: Network) -> None:
    page = await open_page(network, "/", language="de")
    assert "Noch hat niemand öffentlich geschrieben" in page.text("main")


async def test_rules_stand_in_the_readers_language(network: Network) -> None:
    page = await open_page(network, "/about", language="de")
    assert page.texts("#rules ol li")[0].startswith("Keine Drohungen und keine Aufrufe zu Gewalt.")


async def test_people_whom_moderators_limited_are_not_on_the_start_page(network: Network) -> None:
    alice = await network.person("alice")
    await alice.publish("hello")
    async with network.services.db.connection() as tx:
        await tx.execute("update accounts set limited_at = now()")
    assert (await open_page(network, "/")).statuses == []


class TestInvitingPeople:
    @pytest.fixture(params=["open", "approval", "invitation", "closed"])
    def registration(self, request: pytest.FixtureRequest) -> Registration:
        return request.param

    @pytest.fixture
    def settings(self, tmp_path: Path, registration: Registration) -> Settings:
        return load({"data": tmp_path, "registration": registration, "title": "Harbour"}, environ={})

    async def test_the_way_in_is_the_one_that_the_operator_chose(
        self, network: Network, registration: Registration
    ) -> None:
        page = await open_page(network, "/")
        words = {
            "open": "Create an account",
            "approval": "Ask to join",
            "invitation": "I have an invitation",
            "closed": "No new accounts are taken at the moment.",
        }
        assert words[registration] in page.text(".hero")
        assert bool(page.soup.select('a[href="/auth/sign_up"]')) == (registration != "closed")
        assert page.attribute(".hero a.button-second", "href") == "/auth/sign_in"
        assert page.meta("og:site_name") == "Harbour"

    async def test_profiles_and_threads_invite_strangers_where_anybody_may_come(
        self, network: Network, registration: Registration
    ) -> None:
        alice = await network.person("alice")
        status = await alice.publish("hello")
        member = Browser(network)
        await member.log_in("alice")
        for path in ("/@alice", f"/@alice/{status['id']}"):
            page = await open_page(network, path)
            invited = bool(page.soup.select('main a[href="/auth/sign_up"]'))
            assert invited == (registration in ("open", "approval"))
            assert not (await member.open(path)).soup.select('a[href="/auth/sign_up"]')


async def test_robots_may_read_pages_and_need_not_read_the_api(network: Network) -> None:
    text = (await network.http.get("/robots.txt")).text
    assert "User-agent: *\nDisallow: /api/" in text
    assert "Disallow: /@" not in text


async def test_a_member_is_led_to_apps_and_settings(network: Network) -> None:
    await network.person("alice")
    browser = Browser(network)
    await browser.log_in("alice")
    page = await browser.open("/")
    assert page.text("h1") == "Welcome back, alice"
    assert [str(link["href"]) for link in page.soup.select(".hero a")] == ["/about#apps", "/settings"]
    assert [str(link["href"]) for link in page.soup.select(".top nav a")] == ["/settings", "/@alice"]


@pytest.mark.parametrize("path", ["/", "/about", "/@alice"])
async def test_caches_keep_what_all_may_see_and_not_what_a_member_sees(network: Network, path: str) -> None:
    await network.person("alice")
    browser = Browser(network)
    assert "public" in (await browser.http.get(path)).headers["cache-control"]
    await browser.log_in("alice")
    assert (await browser.http.get(path)).headers["cache-control"] == "private, no-cache"
