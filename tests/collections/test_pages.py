"""A collection's page: whom somebody recommends, for everybody."""

from tests.collections.test_collections import made
from tests.network import Network
from tests.pages.documents import open_page


async def test_a_collection_has_a_page_with_its_people(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await bob.patch(
        "/api/v1/accounts/update_credentials", json={"note": "I <b>sail</b>", "display_name": "B"}
    )
    collection = await made(
        alice, "Sailors", description="Worth <following>", tag_name="Ships", account_ids=[bob.id, carol.id]
    )
    path = f"/collections/{collection['id']}"
    page = await open_page(network, path)
    assert page.text("h1") == "Sailors"
    assert page.texts(".people a") == ["B", "carol"]
    assert "I <b>sail</b>" in page.text(".people")
    assert "2 people, recommended by alice" in page.text("main")
    assert "#Ships" in page.text("main")
    card = {
        str(meta.get("property") or meta.get("name")): str(meta.get("content"))
        for meta in page.soup.select("meta")
    }
    assert card["og:title"] == "Sailors"
    assert card["og:description"] == "Worth <following> · 2 people, recommended by alice"
    assert card["og:url"] == collection["url"]
    assert "robots" not in card
    german = await open_page(network, path, language="de")
    assert "2 Menschen, empfohlen von alice" in german.text("main")
    profile = await open_page(network, "/@alice")
    assert [link["href"] for link in profile.soup.select("section a")] == [path]


async def test_unlisted_and_sensitive_ones_are_kept_from_search_engines(network: Network) -> None:
    alice = await network.person("alice")
    hidden = await made(alice, "Hidden", discoverable=False)
    frank = await made(alice, "Frank", description="Ahem", sensitive=True)
    for each in (hidden, frank):
        page = await open_page(network, f"/collections/{each['id']}")
        assert page.soup.select("meta[name=robots]")[0]["content"] == "noindex, noarchive"
    assert "Frank" not in str(page.soup.select("meta[property='og:title']"))
    assert "Ahem" not in str(page.soup.select("meta"))
    assert page.texts("details summary") == ["This collection may be sensitive: show it"]
    assert page.text("details .empty") == "Nobody is in this collection."
    assert "Hidden" not in (await open_page(network, "/@alice")).text("main")


async def test_what_is_no_collection_has_no_page(network: Network) -> None:
    for path in ("1", "x", "99999999999999999999", "-1"):
        await open_page(network, f"/collections/{path}", 404)
