"""Hashtags: their page."""

import pytest

from tests.network import Network
from tests.pages.documents import open_page


async def test_a_hashtag_shows_public_statuses_newest_first(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.publish("one #Harbour")
    await bob.publish("two #harbour")
    await alice.publish("three #harbour", visibility="unlisted")
    await alice.publish("four #harbour", visibility="private")
    page = await open_page(network, "/tags/harbour")
    assert page.text("h1") == "#Harbour"
    assert page.statuses == ["two #harbour", "one #Harbour"]


async def test_other_spellings_lead_to_one_page(network: Network) -> None:
    for spelling in ("Müll", "MULL", "M%C3%9CLL"):
        response = await network.http.get(f"/tags/{spelling}")
        assert (response.status_code, response.headers["location"]) == (301, "/tags/mull")


async def test_a_hashtag_in_another_script_has_a_page(network: Network) -> None:
    alice = await network.person("alice")
    await alice.publish("#東京 は 雨")
    page = await open_page(network, "/tags/東京")
    assert page.statuses == ["#東京 は 雨"]
    assert page.attribute("link[rel=canonical]", "href").endswith("/tags/%E6%9D%B1%E4%BA%AC")


async def test_a_hashtag_that_nobody_used_is_an_empty_page_for_nobody_to_index(network: Network) -> None:
    page = await open_page(network, "/tags/harbour")
    assert "Nobody here has used this hashtag" in page.text("main")
    assert page.meta("robots") == "noindex, noarchive"


@pytest.mark.parametrize(
    "name", ["%00", "a%20b", "123", "a.b", "%23x", "x" * 5000, "%F0%9F%98%80", "%FF", ""]
)
async def test_what_can_not_be_a_hashtag_is_not_found(network: Network, name: str) -> None:
    await open_page(network, f"/tags/{name}", 404)
