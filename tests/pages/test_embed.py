"""Statuses in frames on other sites, and how these learn of them."""

from typing import Any

import pytest

from tests.network import Network, Person
from tests.pages.documents import Document


async def oembed(network: Network, url: str, expect: int = 200, **options: Any) -> Any:
    return await network.anonymous.get("/api/oembed", expect, params={"url": url, **options})


async def publish(alice: Person, **options: Any) -> str:
    return (await alice.publish("the pier", **options))["url"]


async def test_a_status_tells_how_to_embed_it(network: Network) -> None:
    alice = await network.person("alice")
    url = await publish(alice)
    found = await oembed(network, url)
    assert (found["type"], found["version"], found["author_name"]) == ("rich", "1.0", "alice")
    assert (found["author_url"], found["provider_url"]) == (
        "http://localhost:8420/@alice",
        "http://localhost:8420/",
    )
    assert (found["width"], found["height"]) == (400, None)
    frame = Document(found["html"]).soup.select("iframe")[0]
    assert frame["src"] == f"{url}/embed"

    page = Document((await network.http.get(url)).text)
    (link,) = page.soup.select("link[type='application/json+oembed']")
    assert await network.anonymous.get(str(link["href"])) == found


async def test_the_frame_is_as_large_as_asked_for(network: Network) -> None:
    alice = await network.person("alice")
    url = await publish(alice)
    found = await oembed(network, url, maxwidth=300, maxheight=200)
    assert (found["width"], found["height"]) == (300, 200)
    assert 'width="300" height="200"' in found["html"]
    assert (await oembed(network, url, maxwidth=-5, maxheight=0))["width"] == 400


async def test_only_the_embedded_page_may_stand_in_a_frame(network: Network) -> None:
    alice = await network.person("alice")
    url = await publish(alice)
    response = await network.http.get(f"{url}/embed")
    assert response.status_code == 200
    assert "X-Frame-Options" not in response.headers
    assert "frame-ancestors *;" in response.headers["Content-Security-Policy"]
    assert "the pier" in Document(response.text).text("main")
    assert Document(response.text).soup.select("base[target=_blank]")
    assert "script" not in response.text
    for path in (url, "/about", f"{url}0/embed"):
        other = await network.http.get(path)
        assert other.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in other.headers["Content-Security-Policy"]
    german = await network.http.get(f"{url}/embed", headers={"Accept-Language": "de"})
    assert "Auf Rostra lesen" in german.text


@pytest.mark.parametrize("visibility", ["private", "direct"])
async def test_what_not_everybody_may_see_is_not_embedded(network: Network, visibility: str) -> None:
    alice = await network.person("alice")
    url = await publish(alice, visibility=visibility)
    await oembed(network, url, 404)
    assert (await network.http.get(f"{url}/embed")).status_code == 404
    unlisted = await publish(alice, visibility="unlisted")
    await oembed(network, unlisted)
    assert (await network.http.get(f"{unlisted}/embed")).status_code == 200


async def test_what_is_no_status_of_a_member_is_not_embedded(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    url = await publish(alice)
    boost = await bob.post(f"/api/v1/statuses/{url.rpartition('/')[2]}/reblog")
    for wrong in (
        "http://localhost:8420/@alice",
        "https://elsewhere.example/@alice/1",
        "http://localhost:8420/@alice/99999999999999999999",
        f"http://localhost:8420/@bob/{boost['id']}",
        "nonsense",
    ):
        await oembed(network, wrong, 404)
    await network.anonymous.get("/api/oembed", 400)
    response = await network.http.get("/api/oembed", params={"url": url, "format": "xml"})
    assert response.status_code == 400
    await network.anonymous.get("/api/oembed", 422, params={"url": url, "maxwidth": "wide"})


async def test_an_embedded_status_with_a_warning_waits_behind_it(network: Network) -> None:
    alice = await network.person("alice")
    url = await publish(alice, spoiler_text="fog")
    page = Document((await network.http.get(f"{url}/embed")).text)
    assert "fog" in page.text("summary")
    assert not page.soup.select("details[open]")
