"""Cards: what the first link of a status leads to. No I/O."""

import hashlib
import html
import re
from datetime import datetime
from typing import Literal

import msgspec
from yarl import URL

from rostra.core.db import Row
from rostra.core.events import Event

Kind = Literal["link", "photo", "video", "rich"]

URL_LENGTH = 2048
"""Longest address that gets a card, in characters."""

# All HTML of statuses is written by core/text: attributes stand in double quotes.
_ANCHOR = re.compile(r'<a((?:\s+[a-z-]+="[^"]*")*)\s*>')
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_NAMING = frozenset({"mention", "hashtag", "u-url", "h-card"})
"""Classes of links that name somebody or something of the network."""


class CardDue(Event, frozen=True):
    """What a link leads to is to be fetched."""

    card_id: int


class Card(Row, frozen=True):
    """A row of `cards`, as far as it is shown. Sizes in pixels."""

    id: int
    kind: Kind
    title: str
    description: str
    language: str | None
    published_at: datetime | None
    author_name: str
    author_url: str
    author_account_id: int | None
    provider_name: str
    provider_url: str
    html: str
    """An iframe that we wrote, or empty."""
    embed_url: str
    width: int
    height: int
    image_key: str | None
    image_width: int | None
    image_height: int | None
    image_description: str
    blurhash: str | None


class StatusCard(Card, frozen=True):
    """The card of a status; `url` is as its author wrote it."""

    status_id: int
    url: str


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says about itself: cleaned, bounded, all addresses absolute and of the web."""

    kind: Kind = "link"
    title: str = ""
    description: str = ""
    language: str | None = None
    published_at: datetime | None = None
    author_name: str = ""
    author_url: str = ""
    creator: str | None = None
    """Whom the page names as its author in the network, as a handle (`fediverse:creator`)."""
    provider_name: str = ""
    provider_url: str = ""
    html: str = ""
    embed_url: str = ""
    width: int = 0
    height: int = 0
    image_url: str | None = None
    image_description: str = ""


def link_of(content: str, own_hosts: frozenset[str]) -> str | None:
    """The first link in the HTML of a status that may get a card; None if there is none.

    Mentions, hashtags and pages of this network (`own_hosts`, with their ports) don't count.
    """
    for anchor in _ANCHOR.finditer(content):
        attributes = dict(_ATTRIBUTE.findall(anchor[1]))
        href = html.unescape(attributes.get("href", ""))
        if not _NAMING & set(attributes.get("class", "").split()) and _is_outside(href, own_hosts):
            return href
    return None


def normalised(url: str) -> str:
    """The form of an address under which it is fetched: without its fragment, the host in lower case."""
    return str(URL(url).with_fragment(None))


def hash_of(url: str) -> bytes:
    """What `url`, normalised, is found by."""
    return hashlib.sha256(url.encode()).digest()


def _is_outside(href: str, own_hosts: frozenset[str]) -> bool:
    if len(href) > URL_LENGTH or not href.lower().startswith(("http://", "https://")):
        return False
    try:
        url = URL(href)
        return bool(url.host) and url.authority.lower() not in own_hosts and len(str(url)) <= URL_LENGTH
    except ValueError:
        return False
