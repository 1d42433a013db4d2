"""Fetching what an address says about itself: the page, its oEmbed endpoint, its picture. No database."""

import asyncio

import msgspec
from yarl import URL

from rostra.core.blobs import new_key
from rostra.core.errors import Unavailable
from rostra.core.http import HttpError, Limits, Reply, Unreachable
from rostra.core.services import Services
from rostra.media.pictures import Picture, UnusableFile
from rostra.media.processing import process
from rostra.statuses.cards import oembed, page, queries
from rostra.statuses.cards.model import Found

SECONDS = 120
"""Longest that all of it may take."""
PAGE = Limits(seconds=15, body_bytes=page.PAGE_BYTES, cut=True)
OEMBED = Limits(seconds=10, body_bytes=256 * 1024)
PICTURE = Limits(seconds=15, body_bytes=8 * 1024 * 1024)

_PAGES = ("text/html", "application/xhtml+xml")
_LATER = (408, 425, 429)
"""Statuses of those who ask us to come back (RFC 9110 15.5.9, RFC 8470 5.2, RFC 6585 4)."""


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What was found at an address: `url` after redirects, and nothing where there is no page to show."""

    url: str
    found: Found | None = None
    picture: Picture | None = None


async def fetch(services: Services, url: str) -> Fetched:
    """Look at `url`.

    Raises:
        Unreachable: nobody is at home now.
        Refused, TooMuch: nobody ever will be.
    """
    reply = await services.http.get(url, headers={"Accept": "text/html"}, limits=PAGE)
    if reply.status in _LATER or reply.status >= 500:
        raise Unreachable(f"Status {reply.status}")
    content_type = reply.headers.get("Content-Type", "")
    if reply.status != 200 or content_type.partition(";")[0].strip().lower() not in _PAGES:
        return Fetched(url=reply.url)
    # In a thread: it takes up to a second, for the worst of pages.
    found = await asyncio.to_thread(_read, reply, content_type)
    if isinstance(found, _WithEndpoint):
        found = await _ask(services, found)
    found = _without_our_own(found, services.settings.local_domain)
    if not found.title and not found.html:
        return Fetched(url=reply.url)
    picture = await _picture(services, found.image_url) if found.image_url else None
    if picture is None:
        found = msgspec.structs.replace(found, image_description="")
    elif not found.width or not found.height:
        found = msgspec.structs.replace(found, width=picture.main.width, height=picture.main.height)
    return Fetched(url=reply.url, found=found, picture=picture)


def named(picture: Picture) -> queries.Picture:
    """`picture`, under a fresh key."""
    main = picture.main
    return queries.Picture(
        key=new_key(main.content_type), width=main.width, height=main.height, blurhash=picture.blurhash
    )


def host_of(url: str) -> str:
    """The host of an address that was fetched, in lower case."""
    return (URL(url).host or "").lower()


class _WithEndpoint(msgspec.Struct, frozen=True):
    found: Found
    endpoint: str


def _read(reply: Reply, content_type: str) -> "Found | _WithEndpoint":
    read = page.read_page(reply.body, content_type, reply.url)
    found = page.describe(read)
    return _WithEndpoint(found, read.oembed_url) if read.oembed_url else found


async def _ask(services: Services, page_with: _WithEndpoint) -> Found:
    """What a page says, with what its oEmbed endpoint says; the page alone where that doesn't answer."""
    try:
        reply = await services.http.get(
            page_with.endpoint, headers={"Accept": "application/json"}, limits=OEMBED
        )
    except HttpError:
        return page_with.found
    return oembed.enrich(page_with.found, reply.body, reply.url) if reply.status == 200 else page_with.found


def _without_our_own(found: Found, own: str) -> Found:
    """A player from our own address would share it with the page that embeds it: it becomes a link."""
    if f'src="https://{own.lower()}/' not in found.html.lower():
        return found
    return msgspec.structs.replace(found, kind="link", html="", embed_url="", width=0, height=0)


async def _picture(services: Services, url: str) -> Picture | None:
    """The picture at `url`, encoded anew; None where it can't be had: a card does without."""
    try:
        reply = await services.http.get(url, headers={"Accept": "image/*"}, limits=PICTURE)
        return await process(reply.body, "preview") if reply.status == 200 else None
    except (HttpError, UnusableFile, Unavailable):
        return None
