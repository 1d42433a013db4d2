"""Pages that mean no good: none of them stops, slows or fools us."""

import asyncio
import time
from typing import Any

import msgspec
import pytest

from rostra.statuses.cards import crawling, page
from tests.cards.sites import Site, serving
from tests.network import Network
from tests.statuses.support import look, rows

TITLE = "<title>Page</title>"


async def _card(network: Network, url: str) -> Any:
    alice = await network.person("alice")
    status = await alice.publish(f"look {url}")
    assert await rows(network, "select from jobs where failed_at is not null or error is not null") == []
    return (await look(alice, status))["card"]


@pytest.mark.parametrize(
    ("body", "content_type", "title"),
    [
        ("<title>Grüße</title>".encode("cp1252"), "text/html", "Grüße"),
        ("<title>Grüße</title>".encode("cp1252"), "text/html; charset=iso-8859-1", "Grüße"),
        ("<title>Grüße</title>".encode("cp1252"), "text/html; charset=utf-8", "Gr��e"),
        ("<title>Grüße</title>".encode(), "text/html; charset=zip", "Grüße"),
        ("<title>Grüße</title>".encode(), "text/html; charset=idna", "Grüße"),
        ("<title>Привет</title>".encode("koi8-r"), "text/html;charset=KOI8-R", "Привет"),
        ("<meta charset=shift_jis><title>こんにちは</title>".encode("cp932"), "text/html", "こんにちは"),
        ("\ufeff<title>Hi</title>".encode("utf-16-le"), "text/html", "Hi"),
        (b"<ti\0tle>A\0B\x1b\xef\xbf\xbf</title>", "text/html", "AB"),
        (b"<title>A\xe2\x80\xaeevil</title>", "text/html", "Aevil"),
        (b"<title>" + b"x" * 100_000 + b"</title>", "text/html", "x" * 299 + "…"),
        (b"<title> \n </title><meta property=og:title content=Two>", "text/html", "Two"),
        (b"<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>", "text/html", "<script>alert(1)</script>"),
    ],
)
async def test_titles_are_read_whatever_they_are_written_in(
    network: Network, site: Site, body: bytes, content_type: str, title: str
) -> None:
    card = await _card(network, site.put("/a", body, content_type))
    assert card["title"] == title


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("", "text/html", "200 OK"),
        (TITLE, "text/plain", "200 OK"),
        (TITLE, "application/json", "200 OK"),
        (TITLE, "text/html", "404 Not Found"),
        ("<p>no title</p>", "text/html", "200 OK"),
        ("<!--" + TITLE, "text/html", "200 OK"),
        ("<script>" + TITLE, "text/html", "200 OK"),
    ],
)
async def test_what_is_no_page_gets_no_card(
    network: Network, site: Site, body: str, content_type: str, status: str
) -> None:
    assert await _card(network, site.put("/a", body, content_type, status)) is None


@pytest.mark.parametrize(
    "image",
    [
        "javascript:alert(1)",
        "data:image/png;base64,AAAA",
        "file:///etc/passwd",
        "//",
        "http://",
        "x" * 5000,
        "http://127.0.0.1/x.png",
        "http://user:word@127.0.0.2/x.png",
        "http://[::1]/",
        "/missing.png",
    ],
)
async def test_pictures_that_can_not_be_had_are_left_out(network: Network, site: Site, image: str) -> None:
    card = await _card(network, site.page("/a", f'{TITLE}<meta property="og:image" content="{image}">'))
    assert (card["title"], card["image"], card["blurhash"]) == ("Page", None, None)


async def test_pictures_that_are_none_are_left_out(network: Network, site: Site) -> None:
    site.put("/x.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 1000, "image/png")
    card = await _card(network, site.page("/a", f'{TITLE}<meta property="og:image" content="/x.png">'))
    assert (card["title"], card["image"]) == ("Page", None)
    assert not list(network.services.blobs.folder.rglob("*.webp"))


async def test_players_by_plain_http_or_script_are_none(network: Network, site: Site) -> None:
    head = TITLE + "".join(
        f'<meta name="twitter:player{end}" content="{url}">'
        for end, url in (("", "http://p.example/"), (":stream", "javascript:alert(1)"))
    )
    card = await _card(network, site.page("/a", head))
    assert (card["type"], card["html"], card["embed_url"]) == ("link", "", "")


async def test_addresses_inside_are_never_called(network: Network) -> None:
    async with serving("127.0.0.1") as inside:
        assert await _card(network, inside.page("/a", TITLE)) is None
        assert inside.asked == []


async def test_a_redirect_to_the_inside_is_not_followed(network: Network, site: Site) -> None:
    async with serving("127.0.0.1") as inside:
        target = inside.page("/a", TITLE)
        url = site.put("/r", "", status="302 Found", headers={"Location": target})
        assert await _card(network, url) is None
        assert inside.asked == []


async def test_endless_redirects_end(network: Network, site: Site) -> None:
    url = site.put("/r", "", status="302 Found", headers={"Location": "/r"})
    assert await _card(network, url) is None
    assert len(site.asked) == 5
    assert await rows(network, "select from cards where queued_at is not null") == []


async def test_a_redirect_to_a_page_shows_it_under_the_address_that_was_written(
    network: Network, site: Site
) -> None:
    site.page("/a", TITLE)
    url = site.put("/r", "", status="301 Moved Permanently", headers={"Location": "/a"})
    card = await _card(network, url)
    assert (card["title"], card["url"]) == ("Page", url)


async def test_a_huge_page_is_read_in_part(network: Network, site: Site) -> None:
    url = site.put("/a", TITLE.encode() + b"<p>" + b"x" * 20_000_000, "text/html")
    assert (await _card(network, url))["title"] == "Page"


async def test_a_site_that_never_answers_is_given_up(
    network: Network, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crawling, "PAGE", msgspec.structs.replace(crawling.PAGE, seconds=0.2))
    alice = await network.person("alice")
    site.hold = asyncio.Event()
    status = await alice.publish(site.page("/a", TITLE))
    assert (await look(alice, status))["card"] is None
    assert await rows(network, "select failures::int from cards") == [(1,)]
    site.hold.set()


@pytest.mark.parametrize(
    "bomb",
    [
        b"<",
        b"<meta ",
        b'<meta content="',
        b"<b a=1><font c=2>",
        b"<div>",
        b"<title>",
        b"&amp;",
        b"<script ",
        b"<meta property=og:x content=y>",
        b"<!--",
        b"<svg><a>",
        b"\0<\0m",
        b"<html ",
        b"<link rel=x href=y>",
        b'<script type="application/ld+json">[[[[</script>',
        b'<table><td><a b="',
    ],
)
def test_bombs_are_read_in_linear_time(bomb: bytes) -> None:
    def seconds(size: int) -> float:
        body = (bomb * (size // len(bomb) + 1))[:size]
        start = time.process_time()
        page.describe(page.read_page(body, "text/html", "https://site.example/"))
        return time.process_time() - start

    # Eight times as much may take eight times as long; what is quadratic takes sixty-four times.
    small = max(seconds(page.PAGE_BYTES // 8), 0.02)
    assert seconds(page.PAGE_BYTES) < 30 * small


def test_json_that_nests_deeply_is_no_article() -> None:
    for deep in ("[" * 200_000, '{"@graph":' * 100_000):
        body = f'<script type="application/ld+json">{deep}</script>{TITLE}'.encode()
        assert page.describe(page.read_page(body, "text/html", "https://site.example/")).title == "Page"
