"""Custom emojis on pages and in feeds."""

from xml.etree import ElementTree

import pytest

from rostra.emojis.cache import Emojis
from rostra.emojis.model import Emoji
from rostra.pages.emojis import pictured_by
from rostra.pages.views import trusted
from tests.emojis.support import add, change, moving
from tests.network import Network
from tests.pages.documents import open_page


async def test_names_texts_warnings_polls_and_profiles_have_pictures(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    made = await add(network, "gull", moving("GIF"))
    fields = {"fields_attributes[0][name]": ":gull: f", "fields_attributes[0][value]": ":gull: v"}
    await alice.patch(
        "/api/v1/accounts/update_credentials", data={"display_name": "A :gull:", "note": ":gull: n", **fields}
    )
    await bob.patch("/api/v1/accounts/update_credentials", data={"display_name": "B :gull:"})
    poll = {"options": [":gull: 1", "2"], "expires_in": 3600}
    status = await alice.publish("Look :gull: & :nobody:", spoiler_text="w :gull:", poll=poll)
    await bob.post(f"/api/v1/statuses/{status['id']}/reblog")
    image = f"/media/{made.static_key}"
    for path, places in (
        ("/@alice", ("h1", ".profile .content", "dt", "dd", ".name", "summary", ".status .content", ".poll")),
        ("/@bob", (".context a", ".name")),
        (f"/@alice/{status['id']}", (".name", "summary", ".content", ".poll")),
        (f"/@alice/{status['id']}/embed", (".name", "summary", ".content", ".poll")),
    ):
        page = await open_page(network, path)
        for place in places:
            (picture,) = page.soup.select(f"{place} img.emoji")[:1]
            assert (picture["src"], picture["alt"], picture["title"]) == (image, ":gull:", ":gull:")
            assert (picture["width"], picture["height"]) == ("20", "20")
    assert ":nobody:" in page.text(".content")


async def test_pages_follow_what_becomes_of_an_emoji(network: Network) -> None:
    alice = await network.person("alice")
    await alice.publish("Look :gull:")
    assert not (await open_page(network, "/@alice")).soup.select("img.emoji")
    made = await add(network, "gull")
    assert len((await open_page(network, "/@alice")).soup.select("img.emoji")) == 1
    await change(network, made, disabled=True)
    assert not (await open_page(network, "/@alice")).soup.select("img.emoji")


async def test_feeds_have_pictures_with_whole_addresses(network: Network) -> None:
    alice = await network.person("alice")
    made = await add(network, "gull")
    await alice.publish("Look :gull:")
    feed = ElementTree.fromstring((await network.http.get("/@alice.rss")).text)
    description = feed.findtext("channel/item/description") or ""
    assert f'src="{network.settings.url(f"/media/{made.static_key}")}"' in description
    assert feed.findtext("channel/item/title") == "Look :gull:"


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<p>:gull:</p>", 1),
        ("<code>:gull:</code> :gull:", 1),
        ("<pre>x <b>:gull:</b></pre> :gull:", 1),
        ('<a href="https://x.example/:gull:/" title="a > :gull: >">:gull:</a>', 1),
        ('<a href="/:gull:"><span class="invisible">:gull:</span><span class="">:gull:</span></a>', 1),
        ("&quot;:gull:&quot;", 1),
        (":nobody:", 0),
        ("a &lt; :gull: &gt; b", 1),
    ],
)
def test_only_texts_are_replaced(network: Network, html: str, count: int) -> None:
    emojis = Emojis(network.services.bus)
    gull = Emoji(
        id=1,
        shortcode="gull",
        domain=None,
        category=None,
        visible_in_picker=True,
        disabled=False,
        blob_key="k",
        static_key="k",
    )
    emojis.by_name = {"gull": gull}
    shown = pictured_by(emojis)(trusted(html))
    assert shown.count('<img class="emoji"') == count
    assert "<b" not in pictured_by(emojis)("<b>:gull:</b>")
