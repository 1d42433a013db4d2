"""What a page says about itself: OpenGraph, Twitter's tags, JSON-LD, and plain HTML. No I/O.

Pages are hostile until shown otherwise. They are never parsed by code that a page could slow down:
scripts and styles are cut out by searching, html5ever (in nh3) keeps three kinds of elements of a
bounded rest, and only its well-formed output is read further. All of it takes linear time.
"""

import codecs
import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any, cast

import msgspec
import nh3
from yarl import URL

from rostra.core.text import clean, language_tag
from rostra.statuses.cards.model import URL_LENGTH, Found

PAGE_BYTES = 2 * 1024 * 1024
"""How much of a page is read. Some sites write their scripts before what they say about themselves."""
MARKUP_CHARACTERS = 512 * 1024
"""How much is parsed, without scripts and styles."""
MAX_TAGS = 20_000
MAX_LD = 8
"""Blocks of JSON-LD that are looked at."""
TITLE, DESCRIPTION, NAME, ALT = 300, 1000, 100, 1500
"""Most characters that are kept."""
SIDE = 10_000
"""Largest width and height of an embedded player that is believed."""

# What browsers understand by these names (https://encoding.spec.whatwg.org/#names-and-labels); others,
# and Python's codecs that are no encodings of pages, are never looked up.
_ENCODINGS = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "cp1252", "ascii": "cp1252", "iso-8859-1": "cp1252",
    "latin1": "cp1252", "latin-1": "cp1252", "windows-1252": "cp1252", "cp1252": "cp1252",
    "iso-8859-2": "iso8859-2", "iso-8859-4": "iso8859-4", "iso-8859-5": "iso8859-5",
    "iso-8859-7": "iso8859-7", "iso-8859-9": "cp1254", "iso-8859-13": "iso8859-13",
    "iso-8859-15": "iso8859-15", "windows-1250": "cp1250", "windows-1251": "cp1251",
    "windows-1253": "cp1253", "windows-1254": "cp1254", "windows-1255": "cp1255",
    "windows-1256": "cp1256", "windows-1257": "cp1257", "windows-1258": "cp1258", "windows-874": "cp874",
    "koi8-r": "koi8-r", "koi8-u": "koi8-u", "macintosh": "mac-roman", "gb2312": "gb18030",
    "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs", "euc-jp": "euc-jp",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "iso-2022-jp": "iso-2022-jp",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "utf-16": "utf-16-le", "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}  # fmt: skip
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
_CUT = re.compile(r"<(script|style|svg|template)(?=[\s/>])|<!--", re.IGNORECASE)
_LD = re.compile(r"type\s*=\s*[\"']?application/ld\+json", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html\s(?:[^>]{0,1000}?\s)?lang\s*=\s*[\"']?([A-Za-z0-9_-]{1,35})", re.IGNORECASE)
_TAG = re.compile(r"<[A-Za-z/!?][^<>]{0,4096}>")
_WANTED = re.compile(r"</?(?:meta|link|title|html|head|body)[\s/>]", re.IGNORECASE)
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
    markup, blocks = _without_scripts(_decode(body[:PAGE_BYTES], content_type))
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


def _decode(body: bytes, content_type: str) -> str:
    """The text of a page: as it says, unless that is wrong; never an error."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    written = _CHARSET.search(content_type[:200]) or _CHARSET.search(body[:1024].decode("latin-1"))
    name = _ENCODINGS.get(written[1].lower(), "utf-8") if written else "utf-8"
    if name != "utf-8":
        return body.decode(name, "replace")
    try:
        # The end may have been cut off within a character.
        return codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return body.decode("utf-8" if written else "cp1252", "replace")


def _without_scripts(markup: str) -> tuple[str, list[str]]:
    """`markup` without scripts, styles, pictures and comments; and the JSON-LD among the scripts."""
    kept, blocks, position = list[str](), list[str](), 0
    lower = markup.lower()
    if len(lower) != len(markup):  # of some letters: then positions differ
        lower = "".join(c.lower() if c.isascii() else c for c in markup)
    while start := _CUT.search(markup, position):
        kept.append(markup[position : start.start()])
        end = "-->" if start[1] is None else f"</{start[1].lower()}"
        at = lower.find(end, start.end())
        if at < 0:  # nothing after it is content
            return "".join(kept), blocks
        if start[1] and start[1].lower() == "script" and len(blocks) < MAX_LD:
            opened = markup.find(">", start.end(), at)
            if opened > 0 and _LD.search(markup[start.end() : min(opened, start.end() + 500)]):
                blocks.append(markup[opened + 1 : at])
        position = at + len(end)
    kept.append(markup[position:])
    return "".join(kept), blocks


def _elements(markup: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """The elements of `markup` that say something about it: name (empty: a title), attributes, text."""
    markup = markup[:MARKUP_CHARACTERS].replace("\0", "")
    # Other tags say nothing here, and some of them cost a parser quadratic time (core/text/html.py).
    markup = _TAG.sub(lambda tag: tag[0] if _WANTED.match(tag[0]) else " ", markup)
    if markup.count("<") > MAX_TAGS:
        markup = "<".join(markup.split("<", MAX_TAGS)[:-1])
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
