"""Cards: what the first link of a status leads to, fetched once for all who link there."""

import asyncio
import html
import json
from typing import Any

import pytest

from rostra.core import jobs
from rostra.reactions import REACTIONS, delete_unused_cards
from tests.cards.sites import Site, serving
from tests.counting import count_queries
from tests.media.pictures import MARK, decode, encode, exif_with_place, plain
from tests.network import Network, Person
from tests.statuses.support import look, rows

ARTICLE = """
<title>Not this</title>
<meta property="og:title" content="Fog &amp; tide">
<meta property="og:description" content="What the harbour   master
  saw.">
<meta property="og:site_name" content="The Harbour News">
<meta property="og:image" content="/fog.jpg"><meta property="og:image:alt" content="A pier in fog">
<meta property="article:published_time" content="2024-05-01T12:00:00+02:00">
<meta name="author" content="Ann Mole">
"""
FOG = encode(plain(900, 600), "JPEG", exif=exif_with_place())


async def card_of(person: Any, status: Any) -> Any:
    return (await look(person, status))["card"]


async def test_the_page_that_a_status_links_to_is_shown_with_it(network: Network, site: Site) -> None:
    alice = await network.person("alice")
    site.put("/fog.jpg", FOG, "image/jpeg")
    url = site.page("/a?x=1&y=2", ARTICLE)
    status = await alice.publish(f"look: {url}#part and {site.url('/b')}")
    assert status["card"] is None
    card = await card_of(alice, status)
    image = card.pop("image")
    assert len(card.pop("blurhash")) > 20
    assert card == {
        "url": url + "#part",
        "title": "Fog & tide",
        "description": "What the harbour master saw.",
        "language": "en",
        "type": "link",
        "authors": [{"name": "Ann Mole", "url": "", "account": None}],
        "author_name": "Ann Mole",
        "author_url": "",
        "provider_name": "The Harbour News",
        "provider_url": "",
        "html": "",
        "width": 588,
        "height": 392,
        "image_description": "A pier in fog",
        "embed_url": "",
        "published_at": "2024-05-01T10:00:00.000Z",
    }
    picture = await network.http.get(image)
    assert picture.headers["content-type"] == "image/webp"
    assert decode(picture.content).size == (588, 392)
    assert MARK not in picture.content
    assert site.asked == ["/a?x=1&y=2", "/fog.jpg"]
    page = (await network.http.get(f"/@alice/{status['id']}")).text
    assert image.removeprefix(network.settings.base_url) in page
    assert "Fog &amp; tide" in page
    assert html.escape(url) in page


@pytest.mark.parametrize("text", ["@alice hello", "#fog", "http://localhost:8420/@alice and no other", "x"])
async def test_mentions_hashtags_and_our_own_pages_get_no_card(network: Network, text: str) -> None:
    alice = await network.person("alice")
    status = await alice.publish(text)
    assert await card_of(alice, status) is None
    assert await rows(network, "select from cards") == []


async def test_the_first_link_that_counts_gets_the_card(network: Network, site: Site) -> None:
    alice = await network.person("alice")
    site.page("/one", "<title>One</title>")
    status = await alice.publish(
        f"@alice #fog http://localhost:8420/about {site.url('/one')} {site.url('/two')}"
    )
    assert (await card_of(alice, status))["title"] == "One"
    assert site.asked == ["/one"]


async def test_a_link_posted_often_is_fetched_once(network: Network, site: Site) -> None:
    alice = await network.person("alice")
    url = site.page("/one", "<title>One</title>")
    before = [await alice.post("/api/v1/statuses", json={"status": f"{n} {url}"}) for n in range(20)]
    await network.settle()
    after = [await alice.publish(f"later {n} {url}") for n in range(3)]
    cards = [await card_of(alice, status) for status in [*before, *after]]
    assert [card["title"] for card in cards] == ["One"] * 23
    assert site.asked == ["/one"]


async def test_two_workers_at_once_fetch_a_link_once(network: Network, site: Site) -> None:
    alice = await network.person("alice")
    url = site.page("/one", "<title>One</title>")
    statuses = [await alice.post("/api/v1/statuses", json={"status": f"{n} {url}"}) for n in range(8)]
    await asyncio.gather(*(jobs.drain(network.services, REACTIONS) for _ in range(4)))
    await network.settle()
    assert [(await card_of(alice, status))["title"] for status in statuses] == ["One"] * 8
    assert site.asked == ["/one"]


async def test_a_card_follows_edits(network: Network, site: Site) -> None:
    alice = await network.person("alice")
    site.page("/one", "<title>One</title>")
    site.page("/two", "<title>Two</title>")
    status = await alice.publish(site.url("/one"))
    path = f"/api/v1/statuses/{status['id']}"
    for text, title in ((site.url("/two"), "Two"), ("no link", None), (f"back to {site.url('/one')}", "One")):
        await alice.put(path, json={"status": text})
        await network.settle()
        card = await card_of(alice, status)
        assert (card["title"] if card else None) == title
    assert site.asked == ["/one", "/two"]


async def test_a_link_is_fetched_again_after_two_weeks(network: Network, site: Site) -> None:
    alice = await network.person("alice")
    site.put("/fog.jpg", FOG, "image/jpeg")
    url = site.page("/a", ARTICLE)
    first = await alice.publish(url)
    image = (await card_of(alice, first))["image"]
    (due,) = await rows(network, "select extract(day from refetch_at - now()) from cards")
    assert 12 <= due[0] <= 15
    site.page("/a", ARTICLE.replace("tide", "rain"))
    await _let_time_pass(network)
    await alice.publish(f"again {url}")
    card = await card_of(alice, first)
    assert card["title"] == "Fog & rain"
    assert site.asked.count("/a") == 2
    assert (await network.http.get(image)).status_code == 404
    assert (await network.http.get(card["image"])).status_code == 200


async def test_what_is_as_it_was_keeps_its_picture_and_tells_nobody(network: Network, site: Site) -> None:
    alice = await network.person("alice")
    site.put("/fog.jpg", FOG, "image/jpeg")
    first = await alice.publish(site.page("/a", ARTICLE))
    before = (
        await rows(network, "select image_key from cards"),
        await rows(network, "select version from statuses"),
    )
    await _let_time_pass(network)
    await alice.publish(site.url("/a"))
    assert site.asked.count("/a") == 2
    assert before[0] == await rows(network, "select image_key from cards")
    version = await rows(network, "select version from statuses where id = %(id)s", id=int(first["id"]))
    assert version == before[1]
    files = list(network.services.blobs.folder.rglob("*.webp"))
    assert len(files) == 1


async def test_a_site_that_is_away_is_tried_again_and_then_left_alone(network: Network, site: Site) -> None:
    alice = await network.person("alice")
    url = site.put("/a", "later", status="503 Service Unavailable")
    status = await alice.publish(url)
    for _ in range(6):
        await _let_jobs_be_due(network)
    assert site.asked == ["/a"] * 4
    assert await rows(network, "select from jobs where kind like 'CardDue%%'") == []
    site.page("/a", "<title>Here</title>")
    await alice.publish(url)
    assert site.asked == ["/a"] * 4  # remembered
    await _let_time_pass(network)
    await alice.publish(url)
    assert (await card_of(alice, status))["title"] == "Here"


async def test_a_site_that_comes_back_gets_its_card(network: Network, site: Site) -> None:
    alice = await network.person("alice")
    site.open = False
    status = await alice.publish(site.page("/a", "<title>Here</title>"))
    assert await card_of(alice, status) is None
    site.open = True
    await _let_jobs_be_due(network)
    assert (await card_of(alice, status))["title"] == "Here"


async def test_a_worker_that_died_leaves_no_picture_and_no_old_card(network: Network, site: Site) -> None:
    alice = await network.person("alice")
    site.put("/fog.jpg", FOG, "image/jpeg")
    status = await alice.publish(site.page("/a", ARTICLE))
    # As if it had died between writing the card and showing it, and another one before, while storing a file.
    key = "ab/cd/" + "0" * 36 + ".webp"
    await network.services.blobs.put(key, b"half", "image/webp")
    async with network.services.db.transaction() as tx:
        await tx.execute("update cards set queued_at = now(), unshown = true, new_image_key = %s", [key])
        await tx.execute(
            "insert into jobs (kind, data)"
            " select 'CardDue.fetch_card', jsonb_build_object('card_id', id) from cards"
        )
        await tx.execute("update statuses set version = 1")
    await network.settle()
    version = await rows(network, "select version from statuses where id = %(id)s", id=int(status["id"]))
    assert version == [(2,)]
    assert (await network.http.get(f"/media/{key}")).status_code == 404


async def test_a_video_is_embedded_as_its_oembed_says(network: Network, site: Site) -> None:
    alice = await network.person("alice")
    answer = {
        "type": "video",
        "title": "Gulls",
        "author_name": "Bo",
        "author_url": "https://video.example/bo",
        "provider_name": "Video",
        "provider_url": "https://video.example/",
        "html": '<script>x</script><iframe onload=x src="https://v.example/1?a&amp;b" width=640></iframe>',
        "height": 360,
    }
    site.put("/oembed?id=1", json.dumps(answer), "application/json")
    head = '<link rel="alternate" type="application/json+oembed" href="/oembed?id=1"><title>Page</title>'
    card = await card_of(alice, await alice.publish(site.page("/v", head)))
    assert card["html"] == (
        '<iframe src="https://v.example/1?a&amp;b" width="640" height="360" frameborder="0" scrolling="no"'
        " allowfullscreen"
        ' sandbox="allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms">'
        "</iframe>"
    )
    shown = ("type", "title", "author_name", "author_url", "provider_name", "provider_url", "width", "height")
    assert [card[name] for name in shown] == [
        "video", "Gulls", "Bo", "https://video.example/bo", "Video", "https://video.example/", 640, 360,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"type": "photo", "url": "https://p.example/1.jpg", "width": 10, "height": "20"}, "photo"),
        ({"type": "photo", "url": "javascript:alert(1)"}, "link"),
        ({"type": "rich", "html": '<iframe src="https://r.example/1"></iframe>'}, "rich"),
        (
            {"type": "rich", "html": "<blockquote>x</blockquote><script src=https://r.example/></script>"},
            "link",
        ),
        ({"type": "video", "html": '<iframe src="http://v.example/1"></iframe>'}, "link"),
        ({"type": "video", "html": '<iframe src="//v.example/1"></iframe>'}, "video"),
        ({"type": "video", "html": '<iframe src="/1"></iframe>'}, "link"),
        ({"type": "video", "html": '<iframe src="javascript:alert(1)"></iframe>'}, "link"),
        ({"type": "video", "html": 5}, "link"),
        ({"type": "nonsense"}, "link"),
        ([1], "link"),
        ("", "link"),
    ],
)
async def test_oembed_of_each_kind(network: Network, site: Site, answer: Any, kind: str) -> None:
    alice = await network.person("alice")
    site.put("/o", json.dumps(answer), "application/json")
    head = '<link rel="alternate" type="application/json+oembed" href="/o"><title>Page</title>'
    card = await card_of(alice, await alice.publish(site.page("/v", head)))
    assert (card["type"], card["title"]) == (kind, "Page")
    assert bool(card["html"]) == (kind in ("rich", "video"))
    assert card["embed_url"] == ("https://p.example/1.jpg" if kind == "photo" else "")
    assert "script" not in card["html"].replace("allow-scripts", "")


async def test_players_and_json_ld_are_understood(network: Network, site: Site) -> None:
    alice = await network.person("alice")
    data = {
        "@graph": [
            {"@type": "Organization", "name": "x"},
            {
                "@type": ["NewsArticle"],
                "headline": "From JSON-LD",
                "inLanguage": "de-DE",
                "datePublished": "2025-01-02",
                "author": [{"name": "Cem", "url": "/cem"}],
                "publisher": {"name": "Blatt"},
            },
        ]
    }
    head = f"""<script type="application/ld+json">{json.dumps(data)}</script>
        <meta name="twitter:player" content="https://player.example/1">
        <meta name="twitter:player:width" content="320"><meta name="twitter:player:height" content="180">"""
    card = await card_of(alice, await alice.publish(site.page("/v", head)))
    assert (card["type"], card["width"], card["height"]) == ("video", 320, 180)
    assert card["html"].startswith('<iframe src="https://player.example/1" width="320" height="180"')
    assert (card["title"], card["language"], card["provider_name"]) == ("From JSON-LD", "de", "Blatt")
    assert card["authors"] == [{"name": "Cem", "url": site.url("/cem"), "account": None}]
    assert card["published_at"] == "2025-01-02T00:00:00.000Z"


async def _credit(network: Network, person: Person) -> None:
    """Let all cards name `person` as their author, as if they had agreed to it."""
    async with network.services.db.transaction() as tx:
        await tx.execute("update cards set author_account_id = %s", [person.account_id])
        await tx.execute("update statuses set version = version + 1")


async def test_an_author_is_named_with_their_account_as_it_is_now(network: Network, site: Site) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish(site.page("/a", "<title>Page</title>"))
    await _credit(network, bob)
    (author,) = (await card_of(alice, status))["authors"]
    assert (author["name"], author["url"], author["account"]["acct"]) == ("", "", "bob")
    await bob.patch("/api/v1/accounts/update_credentials", json={"display_name": "Bob the Builder"})
    for _ in range(2):
        author = (await card_of(network.anonymous, status))["authors"][0]
        assert author["account"]["display_name"] == "Bob the Builder"
    async with network.services.db.connection() as tx:
        await tx.execute("update accounts set suspended_at = now() where username = 'bob'")
    assert (await card_of(alice, status))["authors"][0]["account"] is None


@pytest.mark.parametrize(
    ("domains", "named"),
    [([], False), (["x.example", "127.0.0.2"], True), (["other.example"], False), (["7.0.0.2"], False)],
)
async def test_nobody_is_named_as_author_against_their_will(
    network: Network, site: Site, domains: list[str], named: bool
) -> None:
    alice, bob = await network.people("alice", "bob")
    await bob.patch("/api/v1/accounts/update_credentials", json={"attribution_domains": domains})
    head = '<title>Page</title><meta name="fediverse:creator" content="@bob@localhost:8420">'
    card = await card_of(alice, await alice.publish(site.page("/a", head)))
    assert [author["account"]["acct"] for author in card["authors"]] == (["bob"] if named else [])


async def test_cards_that_nothing_links_to_go_with_their_pictures(network: Network, site: Site) -> None:
    alice = await network.person("alice")
    site.put("/fog.jpg", FOG, "image/jpeg")
    status = await alice.publish(site.page("/a", ARTICLE))
    image = (await card_of(alice, status))["image"]
    async with network.services.db.connection() as tx:
        await tx.execute("update cards set created_at = now() - interval '3 days'")
    await delete_unused_cards(network.services)
    await network.settle()
    assert (await network.http.get(image)).status_code == 200
    await alice.delete(f"/api/v1/statuses/{status['id']}")
    await delete_unused_cards(network.services)
    await network.settle()
    assert (await network.http.get(image)).status_code == 404
    assert await rows(network, "select from cards") == []


async def test_a_page_costs_the_same_with_one_card_as_with_many(
    network: Network, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, bob = await network.people("alice", "bob")
    await bob.get(f"/api/v1/accounts/{alice.id}/statuses")  # what is known from now on
    costs: list[int] = []
    for count in (1, 19):
        for number in range(count):
            site.page(f"/{count}/{number}", f"<title>{number}</title>")
            await alice.post("/api/v1/statuses", json={"status": site.url(f"/{count}/{number}")})
        await network.settle()
        await _credit(network, alice)
        with count_queries(monkeypatch) as seen:
            page = await bob.get(f"/api/v1/accounts/{alice.id}/statuses", params={"limit": 40})
        assert sum(status["card"] is not None for status in page) == sum((1, 19)[: len(costs) + 1])
        costs.append(len(seen))
    assert costs[0] == costs[1]


async def test_a_card_comes_to_who_may_see_its_status_alone(network: Network, site: Site) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish(site.page("/a", "<title>Secret</title>"), visibility="private")
    assert (await card_of(alice, status))["title"] == "Secret"
    await look(bob, status, expect=404)
    await look(network.anonymous, status, expect=404)


async def test_the_same_address_on_another_site_is_another(network: Network, site: Site) -> None:
    alice = await network.person("alice")
    async with serving() as other:
        first = await alice.publish(site.page("/a", "<title>One</title>"))
        # It claims to be the first one: that changes nothing there.
        head = f'<title>Two</title><link rel="canonical" href="{site.url("/a")}">'
        second = await alice.publish(other.page("/a", head))
        titles = [(await card_of(alice, status))["title"] for status in (first, second)]
    assert titles == ["One", "Two"]


async def _let_time_pass(network: Network) -> None:
    async with network.services.db.connection() as tx:
        await tx.execute("update cards set refetch_at = now() - interval '1 second'")


async def _let_jobs_be_due(network: Network) -> None:
    async with network.services.db.connection() as tx:
        await tx.execute("update jobs set run_at = now()")
    await network.settle()
