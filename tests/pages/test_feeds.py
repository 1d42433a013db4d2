"""RSS feeds."""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tests.network import Network
from tests.pages.documents import Document, open_page
from tests.pages.test_threads import upload

MEDIA = "{http://search.yahoo.com/mrss/}"


async def channel_of(network: Network, path: str, *, language: str = "en") -> Element:
    response = await network.http.get(path, headers={"Accept-Language": language})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/rss+xml; charset=utf-8"
    rss = ElementTree.fromstring(response.content)
    assert (rss.tag, rss.get("version")) == ("rss", "2.0")
    channel = rss.find("channel")
    assert channel is not None
    return channel


def values(channel: Element, path: str) -> list[str | None]:
    return [found.text for found in channel.findall(path)]


async def test_a_profile_has_a_feed_of_what_its_owner_says_in_public(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    theirs = await bob.publish("bob's own")
    await alice.publish("first & <second>")
    await alice.publish("unlisted", visibility="unlisted")
    await alice.publish("for followers", visibility="private")
    await alice.publish("@bob answer", in_reply_to_id=theirs["id"])
    await alice.post(f"/api/v1/statuses/{theirs['id']}/reblog")

    channel = await channel_of(network, "/@alice.rss")
    assert channel.findtext("title") == "Posts by alice"
    assert channel.findtext("link") == network.settings.url("/@alice")
    assert channel.findtext("description")
    assert values(channel, "item/title") == ["unlisted", "first & <second>"]
    assert values(channel, "item/description")[1] == "<p>first &amp; &lt;second&gt;</p>"
    guid = channel.findtext("item/guid") or ""
    assert guid == channel.findtext("item/link")
    await open_page(network, guid.removeprefix(network.settings.base_url))


async def test_a_feed_carries_pictures_with_descriptions(network: Network) -> None:
    alice = await network.person("alice")
    media = [await upload(alice, "one"), await upload(alice, "two")]
    await alice.publish("look #harbour", media_ids=media, sensitive=True)
    item = (await channel_of(network, "/@alice.rss")).find("item")
    assert item is not None
    enclosures = item.findall("enclosure")
    assert len(enclosures) == 1  # RSS 2.0 allows one
    assert int(enclosures[0].get("length") or 0) > 0
    assert (enclosures[0].get("type") or "").startswith("image/")
    assert values(item, f"{MEDIA}content/{MEDIA}description") == ["one", "two"]
    assert values(item, f"{MEDIA}content/{MEDIA}rating") == ["adult", "adult"]
    assert values(item, "category") == ["harbour"]
    assert "<img" not in (item.findtext("description") or "")  # it is sensitive


async def test_a_feed_shows_pictures_to_readers_that_know_only_html(network: Network) -> None:
    alice = await network.person("alice")
    await alice.publish("look", media_ids=[await upload(alice, 'A "ship"')])
    html = (await channel_of(network, "/@alice.rss")).findtext("item/description") or ""
    picture = Document(html).one("img")
    assert picture["alt"] == 'A "ship"'
    address = str(picture["src"])
    assert address.startswith(network.settings.base_url)
    assert (await network.http.get(address)).headers["content-type"].startswith("image/")


async def test_feeds_of_people_who_do_not_want_to_be_indexed_say_so(network: Network) -> None:
    alice = await network.person("alice")
    await alice.publish("hello #harbour")
    for path in ("/@alice.rss", "/tags/harbour.rss"):
        assert "x-robots-tag" not in (await network.http.get(path)).headers
    await alice.patch("/api/v1/accounts/update_credentials", json={"indexable": False})
    for path in ("/@alice.rss", "/tags/harbour.rss"):
        assert (await network.http.get(path)).headers["x-robots-tag"] == "noindex"


async def test_a_content_warning_is_the_title_and_comes_first(network: Network) -> None:
    alice = await network.person("alice")
    await alice.publish("what is hidden", spoiler_text="spiders & more")
    channel = await channel_of(network, "/@alice.rss")
    assert channel.findtext("item/title") == "spiders & more"
    assert (channel.findtext("item/description") or "").startswith(
        "<p><strong>spiders &amp; more</strong></p>"
    )


async def test_a_hashtag_has_a_feed(network: Network) -> None:
    alice = await network.person("alice")
    await alice.publish("one #harbour")
    channel = await channel_of(network, "/tags/harbour.rss", language="de")
    assert channel.findtext("title") == "Beiträge mit #harbour"
    assert values(channel, "item/title") == ["one #harbour"]


async def test_a_feed_that_did_not_change_is_not_sent_again(network: Network) -> None:
    alice = await network.person("alice")
    await alice.publish("one")
    first = await network.http.get("/@alice.rss")
    headers = {"If-None-Match": first.headers["etag"]}
    assert (await network.http.get("/@alice.rss", headers=headers)).status_code == 304
    await alice.publish("two")
    assert (await network.http.get("/@alice.rss", headers=headers)).status_code == 200


async def test_nobody_has_no_feed(network: Network) -> None:
    for path in ("/@nobody.rss", "/tags/a b.rss", "/@.rss"):
        await open_page(network, path, 404)
