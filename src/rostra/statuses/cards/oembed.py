"""What an oEmbed endpoint answers (https://oembed.com, 2.3). No I/O."""

import html
import re
from functools import cache
from typing import Any, cast

import msgspec
import nh3
from yarl import URL

from rostra.statuses.cards.model import Found
from rostra.statuses.cards.page import NAME, TITLE, frame, line, side, web_url

HTML_CHARACTERS = 16 * 1024
"""How much of an endpoint's HTML is looked at."""

_FRAME = re.compile(r'<iframe((?: [a-z]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')


def enrich(found: Found, body: bytes, endpoint: str) -> Found:
    """`found` with what the answer `body` of `endpoint` adds; as it was if that is no oEmbed."""
    try:
        decoded: Any = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return found
    if not isinstance(decoded, dict):
        return found
    data, base = cast("dict[str, Any]", decoded), URL(endpoint)
    kind = data.get("type")
    if kind not in ("link", "photo", "video", "rich"):
        return found
    found = msgspec.structs.replace(
        found,
        title=line(TITLE, data.get("title")) or found.title,
        author_name=line(NAME, data.get("author_name")) or found.author_name,
        author_url=web_url(base, data.get("author_url")) or found.author_url,
        provider_name=line(NAME, data.get("provider_name")) or found.provider_name,
        provider_url=web_url(base, data.get("provider_url")) or found.provider_url,
        image_url=web_url(base, data.get("thumbnail_url")) or found.image_url,
    )
    if kind == "photo":
        return _photo(found, data, base)
    return _player(found, data, kind) if kind in ("video", "rich") else found


def _photo(found: Found, data: dict[str, Any], base: URL) -> Found:
    url = web_url(base, data.get("url"), https_only=True)
    if url is None:
        return found
    return msgspec.structs.replace(
        found,
        kind="photo",
        html="",
        embed_url=url,
        image_url=url,
        width=side(data.get("width")),
        height=side(data.get("height")),
    )


def _player(found: Found, data: dict[str, Any], kind: Any) -> Found:
    """What is embedded is an iframe by HTTPS, whatever else stands around it; otherwise it is a link."""
    written = data.get("html")
    if not isinstance(written, str):
        return found
    match = _FRAME.search(_cleaner().clean(written[:HTML_CHARACTERS]))
    if match is None:
        return found
    attributes = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(match[1])}
    src = web_url(URL("https://none.invalid/"), attributes.get("src"), https_only=True)
    if src is None or src.startswith("https://none.invalid/"):
        return found
    width = side(data.get("width")) or side(attributes.get("width"))
    height = side(data.get("height")) or side(attributes.get("height"))
    return msgspec.structs.replace(
        found, kind=kind, html=frame(src, width, height), embed_url="", width=width, height=height
    )


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags={"iframe"},
        attributes={"iframe": {"src", "width", "height"}},
        link_rel=None,
        url_schemes={"https"},
    )
