"""Pages and the web app know each other: members are led to it, and it has the network's name and colour."""

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from rostra.core.settings import Settings, load
from tests.auth.support import Browser, query_of
from tests.auth.test_consent import ask
from tests.auth.test_oauth_tokens import register
from tests.network import Network
from tests.pages.documents import open_page
from tests.sharing.test_shared_accounts import share
from tests.web_app.support import INDEX, build


async def signed_in(network: Network, name: str = "alice") -> Browser:
    await network.person(name)
    browser = Browser(network)
    await browser.log_in(name)
    return browser


async def test_a_member_finds_the_app_where_strangers_find_the_start_page(network: Network) -> None:
    assert (await open_page(network, "/")).text("h1") == "Harbour"
    browser = await signed_in(network)
    response = await browser.http.get("/")
    assert (response.status_code, response.headers["location"]) == (303, "/app/")
    assert "private" in response.headers["cache-control"] or "no-store" in response.headers["cache-control"]
    assert (await browser.open("/about")).text("h1") == "About Harbour"


async def test_who_signs_in_lands_in_the_app_unless_they_came_for_something_else(network: Network) -> None:
    await network.person("alice")
    browser = Browser(network)
    await browser.open("/auth/sign_in")
    await browser.send(login="alice", password="correct horse battery")
    assert (browser.url, browser.response.text) == ("/app/", INDEX)
    other = Browser(network)
    await other.log_in("alice", path="/settings")
    assert other.url == "/settings"


async def test_who_signs_up_lands_in_the_app(network: Network) -> None:
    browser = Browser(network)
    await browser.open("/auth/sign_up")
    await browser.send(
        username="carol", email="carol@people.example", password="correct horse battery", agreement="1"
    )
    assert (browser.url, browser.response.text) == ("/app/", INDEX)


async def test_members_get_from_public_pages_to_the_same_place_in_the_app(network: Network) -> None:
    bob = await network.person("bob")
    status = await bob.publish("ships in the #harbour")
    browser = await signed_in(network)
    for path in ("/@bob", f"/@bob/{status['id']}", "/tags/harbour"):
        page = await browser.open(path)
        (link,) = [link for link in page.soup.select("main a") if link.text == "Open in the app"]
        assert link["href"] == f"/app{path}"
        assert "Open in the app" not in (await open_page(network, path)).text("main")


async def test_pages_name_the_manifest_so_that_browsers_offer_to_install(network: Network) -> None:
    page = await open_page(network, "/")
    path = page.attribute("link[rel=manifest]", "href")
    assert (await network.http.get(path)).headers["content-type"] == "application/manifest+json"


async def test_the_app_is_installed_under_the_networks_name(network: Network) -> None:
    response = await network.http.get("/app/manifest.webmanifest", headers={"Accept-Language": "de"})
    manifest = response.json()
    assert (manifest["name"], manifest["short_name"]) == ("Harbour", "Harbour")
    assert manifest["id"] == manifest["scope"] == manifest["start_url"] == "/app/"
    assert manifest["display"] == "standalone"
    assert (manifest["lang"], manifest["dir"]) == ("de", "ltr")
    assert [entry["name"] for entry in manifest["shortcuts"]] == ["Beitrag schreiben", "Mitteilungen"]
    assert [entry["url"] for entry in manifest["shortcuts"]] == ["/app/compose", "/app/notifications"]
    assert manifest["share_target"]["action"] == "/app/share"
    assert manifest["share_target"]["params"]["files"][0]["name"] == "media"
    assert response.headers["cache-control"] == "no-cache"
    again = await network.http.get(
        "/app/manifest.webmanifest",
        headers={"Accept-Language": "de", "If-None-Match": response.headers["etag"]},
    )
    assert again.status_code == 304


async def test_each_icon_of_the_app_is_there_and_as_large_as_it_says(network: Network) -> None:
    icons: list[dict[str, str]] = (await network.http.get("/app/manifest.webmanifest")).json()["icons"]
    assert {(icon["sizes"], icon["purpose"]) for icon in icons} >= {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for icon in icons:
        response = await network.http.get(icon["src"])
        assert (response.status_code, response.headers["content-type"]) == (200, icon["type"])
        if icon["type"] == "image/png":
            width, height = (int.from_bytes(response.content[at : at + 4]) for at in (16, 20))
            assert f"{width}x{height}" == icon["sizes"]


class TestWithAColour:
    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        given = {"data": tmp_path, "web_app": str(build(tmp_path / "app")), "confirm_email": False}
        return load({**given, "accent_color": "#2F6fa7", "title": "The Harbour Network"}, environ={})

    async def test_pages_and_app_have_it(self, network: Network) -> None:
        page = await open_page(network, "/")
        sheet = [str(link["href"]) for link in page.soup.select("link[rel=stylesheet]")][-1]
        for path in (sheet, "/app/theme.css"):
            response = await network.http.get(path)
            assert response.headers["content-type"].startswith("text/css")
            assert "#2F6fa7" in response.text
        manifest = (await network.http.get("/app/manifest.webmanifest")).json()
        assert manifest["theme_color"] == "#2F6fa7"
        assert manifest["short_name"] == "The Harbour"


async def test_without_a_colour_of_its_own_a_network_has_rostras(network: Network) -> None:
    assert (await network.http.get("/app/theme.css")).text == ""
    assert "theme.css" not in (await network.http.get("/")).text


class TestConsent:
    """Whoever is signed in need not agree once more that the network's own app may use their account."""

    async def answer(
        self, network: Network, browser: Browser, *, site: str | None = "same-origin", **changes: str | None
    ) -> Any:
        own = network.settings.url("/app/auth")
        app = await register(network, redirect_uris=[own, network.settings.url("/app/other")])
        asked = {
            "redirect_uri": own,
            "state": secrets.token_hex(8),
            "code_challenge": secrets.token_hex(43)[:43],
            "code_challenge_method": "S256",
        }
        headers = {"Sec-Fetch-Site": site} if site else {}
        return await browser.http.get(ask(app, **{**asked, **changes}), headers=headers)

    async def test_the_code_goes_to_the_app_at_once(self, network: Network) -> None:
        response = await self.answer(network, await signed_in(network), state="mine")
        assert response.status_code == 303
        place = urlsplit(response.headers["location"])
        assert f"{place.scheme}://{place.netloc}{place.path}" == network.settings.url("/app/auth")
        answer = query_of(response.headers["location"])
        assert answer["state"] == "mine"
        assert len(answer["code"]) > 20
        assert response.headers["referrer-policy"] == "no-referrer"

    @pytest.mark.parametrize("site", ["cross-site", "same-site", "none", None])
    async def test_a_page_elsewhere_cannot_start_it(self, network: Network, site: str | None) -> None:
        response = await self.answer(network, await signed_in(network), site=site)
        assert response.status_code == 200
        assert "Let Tide use your account?" in response.text

    @pytest.mark.parametrize(
        "left_out",
        [{"state": None}, {"code_challenge": None, "code_challenge_method": None}],
        ids=["state", "pkce"],
    )
    async def test_it_needs_state_and_pkce(self, network: Network, left_out: dict[str, None]) -> None:
        response = await self.answer(network, await signed_in(network), **left_out)
        assert "Let Tide use your account?" in response.text

    async def test_it_needs_the_one_address_of_the_app(self, network: Network) -> None:
        browser = await signed_in(network)
        other = await self.answer(network, browser, redirect_uri=network.settings.url("/app/other"))
        assert "Let Tide use your account?" in other.text
        port = network.settings.base_url.rpartition(":")[2]
        elsewhere = network.settings.url("/app/auth").replace(port, "9")
        assert (await self.answer(network, browser, redirect_uri=elsewhere)).status_code == 400

    async def test_who_is_not_signed_in_does_so_first(self, network: Network) -> None:
        response = await self.answer(network, Browser(network))
        assert response.headers["location"].startswith("/auth/sign_in?next=")

    async def test_who_may_act_for_shared_accounts_is_asked_as_whom(self, network: Network) -> None:
        await network.people("alice", "club")
        response = await self.answer(network, await share(network, "club", "alice"))
        assert "Let Tide use your account?" in response.text
