"""What a page says about itself: OpenGraph, Twitter's tags, JSON-LD, and plain HTML. No I/O.

Pages are hostile until shown otherwise. They are never parsed by code that a page could slow down:
scripts and styles are cut out by searching, html5ever (in nh3) keeps three kinds of elements of a
bounded rest, and only its well-formed output is read further. All of it takes linear time.
"""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any, cast

import msgspec
import nh3
from yarl import URL

from rostra.core.text import clean, documents, language_tag
from rostra.statuses.cards.model import URL_LENGTH, Found

PAGE_BYTES = 2 * 1024 * 1024
"""How much of a page is read. Some sites write their scripts before what they say about themselves."""
MARKUP_CHARACTERS = 512 * 1024
"""How much is parsed, without scripts and styles."""
TITLE, DESCRIPTION, NAME, ALT = 300, 1000, 100, 1500
"""Most characters that are kept."""
SIDE = 10_000
"""Largest width and height of an embedded player that is believed."""

_LANGUAGE = re.compile(r"<html\s(?:[^>]{0,1000}?\s)?lang\s*=\s*[\"']?([A-Za-z0-9_-]{1,35})", re.IGNORECASE)
_WANTED = ("meta", "link", "title")
_ELEMENT = re.compile(r'<(meta|link)((?: [a-z]+="[^"]*")*)>|<title>([^<]*)</title>')
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_ARTICLES = ("Article", "BlogPosting", "WebPage", "VideoObject")
_SPACE = re.compile(r"\s+")


class Page(msgspec.Struct, frozen=True):
    """A page, taken apart. `metas` has the first value of each name, in lower case."""

    url: URL
    metas: dict[str, str]
    titles: list[str]
    oembed_url: str | None
    language: str | None
    data: dict[str, Any]
    """The first of its JSON-LD objects that is an article or the like; may hold anything."""


def read_page(body: bytes, content_type: str, url: str) -> Page:
    """Take `body`, which came from `url`, apart."""
    markup, blocks = documents.without_scripts(documents.decoded(body[:PAGE_BYTES], content_type))
    language = _LANGUAGE.search(markup[:4096])
    base, metas, titles, oembed_url = URL(url), dict[str, str](), list[str](), None
    for tag, attributes, text in _elements(markup):
        if tag == "":
            titles.append(text)
        elif tag == "meta":
            for name in (attributes.get("property", ""), attributes.get("name", "")):
                for part in name.lower().split()[:4]:
                    metas.setdefault(part, attributes.get("content", ""))
        elif oembed_url is None and attributes.get("type", "").lower() == "application/json+oembed":
            oembed_url = web_url(base, attributes.get("href"))
    return Page(base, metas, titles, oembed_url, language[1] if language else None, _article(blocks))


def describe(page: Page) -> Found:
    """What `page` says about itself."""
    metas, data = page.metas, page.data
    author, publisher = _first(data.get("author")), _first(data.get("publisher"))
    player = web_url(page.url, metas.get("twitter:player"), https_only=True)
    width, height = side(metas.get("twitter:player:width")), side(metas.get("twitter:player:height"))
    image = _first(data.get("image"))
    title = (data.get("headline"), metas.get("og:title"), metas.get("twitter:title"), *page.titles[:1])
    return Found(
        kind="video" if player else "link",
        title=_line(TITLE, *title),
        description=_line(
            DESCRIPTION,
            data.get("description"),
            metas.get("og:description"),
            metas.get("twitter:description"),
            metas.get("description"),
        ),
        language=_language(data.get("inLanguage"), metas.get("og:locale"), page.language),
        published_at=_moment(data.get("datePublished"), metas.get("article:published_time")),
        author_name=_line(
            NAME,
            _of(author, "name", author),
            metas.get("og:author"),
            metas.get("og:author:username"),
            metas.get("author"),
        ),
        author_url=web_url(page.url, _of(author, "url")) or "",
        creator=metas.get("fediverse:creator"),
        provider_name=_line(NAME, _of(publisher, "name", publisher), metas.get("og:site_name")),
        html=frame(player, width, height) if player else "",
        embed_url=web_url(page.url, metas.get("twitter:player:stream"), https_only=True) or "",
        width=width if player else 0,
        height=height if player else 0,
        image_url=web_url(page.url, metas.get("og:image"))
        or web_url(page.url, metas.get("og:image:url"))
        or web_url(page.url, metas.get("twitter:image"))
        or web_url(page.url, _of(image, "url", image)),
        image_description=_line(ALT, metas.get("og:image:alt"), metas.get("twitter:image:alt")),
    )


def frame(src: str, width: int, height: int) -> str:
    """HTML that embeds the player at `src`. It may run, but knows nothing of the page around it."""
    size = f' width="{width}" height="{height}"' if width and height else ""
    return (
        f'<iframe src="{html.escape(src)}"{size} frameborder="0" scrolling="no" allowfullscreen'
        ' sandbox="allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms">'
        "</iframe>"
    )


def web_url(base: URL, written: object, *, https_only: bool = False) -> str | None:
    """`written` as an absolute address of the web; None if it is none that anybody should follow."""
    if not isinstance(written, str) or not (text := clean(written)) or len(text) > URL_LENGTH:
        return None
    try:
        url = base.join(URL(text))
        whole = str(url)
        usable = url.host and url.port and not url.user and not url.password and len(whole) <= URL_LENGTH
    except (ValueError, TypeError):
        return None
    return whole if usable and url.scheme in (("https",) if https_only else ("http", "https")) else None


def side(written: object) -> int:
    """A width or height, in pixels; 0 where it can't be believed."""
    if isinstance(written, str) and written.isascii() and written.isdecimal() and len(written) < 6:
        written = int(written)
    if isinstance(written, float) and 0 < written <= SIDE:
        written = int(written)
    return written if isinstance(written, int) and 0 < written <= SIDE else 0


def line(longest: int, written: object) -> str:
    """Text from outside on one line, of at most `longest` characters."""
    if not isinstance(written, str):
        return ""
    text = _SPACE.sub(" ", clean(html.unescape(written[: 8 * longest]))).strip()
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _line(longest: int, *candidates: object) -> str:
    return next((text for candidate in candidates if (text := line(longest, candidate))), "")


def _elements(markup: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """The elements of `markup` that say something about it: name (empty: a title), attributes, text."""
    markup = documents.reduced(markup[:MARKUP_CHARACTERS], _WANTED)
    for match in _ELEMENT.finditer(_cleaner().clean(markup)):
        attributes = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(match[2] or "")}
        yield match[1] or "", attributes, html.unescape(match[3] or "")


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags={"meta", "link", "title"},
        attributes={"meta": {"property", "name", "content"}, "link": {"rel", "type", "href"}, "title": set()},
        link_rel=None,
        clean_content_tags=set(),
    )


def _article(blocks: list[str]) -> dict[str, Any]:
    for block in blocks:
        try:
            data: Any = msgspec.json.decode(block.strip().removesuffix(";"))
        except (msgspec.DecodeError, RecursionError, UnicodeError):
            continue
        roots = cast("list[Any]", data)[:50] if isinstance(data, list) else [data]
        for root in roots:
            graph = _of(root, "@graph")
            items: list[Any] = [root, *(cast("list[Any]", graph)[:50] if isinstance(graph, list) else [])]
            for item in items:
                if str(_first(_of(item, "@type"))).endswith(_ARTICLES):
                    return cast("dict[str, Any]", item)
    return {}


def _first(value: Any) -> Any:
    """The first of several values; JSON-LD writes one without a list."""
    if isinstance(value, list):
        return cast("list[Any]", value)[0] if value else None
    return value


def _of(thing: Any, name: str, otherwise: Any = None) -> Any:
    """A property of an object; what is none has `otherwise`."""
    return cast("dict[str, Any]", thing).get(name) if isinstance(thing, dict) else otherwise


def _language(*candidates: Any) -> str | None:
    for candidate in candidates:
        value = _first(candidate)
        if isinstance(value, dict):
            value = _of(value, "alternateName")
        if isinstance(value, str) and (tag := language_tag(value)):
            return tag
    return None


def _moment(*candidates: object) -> datetime | None:
    for candidate in candidates:
        if isinstance(candidate, str):
            try:
                moment = datetime.fromisoformat(candidate.strip()[:40])
                moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
            except (ValueError, OverflowError):
                continue
            if 1900 <= moment.year <= 2200:
                return moment
    return None
