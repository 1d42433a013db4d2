"""Finds links, mentions and hashtags in text that people wrote.

The rules are the field's, so that a status means the same everywhere: Mastodon's `Account::MENTION_RE`
and `Tag::HASHTAG_RE` (app/models/account.rb, app/models/tag.rb). Where a link ends is linkify-it's decision.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, lru_cache
from typing import NamedTuple, Protocol, cast
from urllib.parse import quote

import idna
import nh3
import regex
from linkify_it import LinkifyIt  # pyright: ignore[reportMissingTypeStubs]

MAX_URL = 2048
"""Longest link, in characters; what is longer stays text."""
MAX_HASHTAG_BYTES = 400
"""Longest normalised hashtag in UTF-8; it must fit into a database index."""


class Handle(NamedTuple):
    """Names an account in text, in comparable form: lower case, the domain as ASCII (IDNA).

    `domain` is None for `@alice`. It has the port if one was written: `@alice@localhost:8420`.
    """

    username: str
    domain: str | None = None

    def __str__(self) -> str:
        return self.username if self.domain is None else f"{self.username}@{self.domain}"


class Link(NamedTuple):
    """An http or https URL, as it was written."""

    start: int
    end: int
    url: str


class Mention(NamedTuple):
    """`@user` or `@user@host`."""

    start: int
    end: int
    handle: Handle


class Hashtag(NamedTuple):
    """`#name`; `name` is as it was written, without the sign."""

    start: int
    end: int
    name: str


Entity = Link | Mention | Hashtag

_WORD = r"[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}]"
_USERNAME = r"[A-Za-z0-9_]++(?:[.-]++[A-Za-z0-9_]++)*+"
_DOMAIN = rf"{_WORD}++(?:[.-]++{_WORD}++)*+(?::\d{{4,5}}+(?!{_WORD}))?+"
_SEPARATORS = "\u00b7\u30fb\u200c"

_STARTS = re.compile("https?://|[@#\uff03]", re.IGNORECASE | re.ASCII)
# What follows a mention must not continue it: `@alice@` and `@https://` are none, `@aliceé` is none either.
_MENTION = regex.compile(rf"@({_USERNAME})(?:@({_DOMAIN}))?+(?!@|://|\p{{Latin}}|\p{{M}})")
_HANDLE = regex.compile(rf"@?({_USERNAME})(?:@({_DOMAIN}))?+")
_HASHTAG = regex.compile(rf"[#\uff03]((?!\p{{M}}){_WORD}++(?:[{_SEPARATORS}]++{_WORD}++)*+)")
_HAS_LETTER = regex.compile(rf"\p{{Alphabetic}}|(?<=.)[_{_SEPARATORS}](?=.)")
_NOT_IN_HASHTAG = regex.compile(
    rf"(?:[^\p{{L}}\p{{M}}\p{{Nd}}_{_SEPARATORS}]|\p{{Variation_Selector}})\p{{M}}*+"
)
_USERINFO = re.compile(r"https?://[^/?#\\]*@", re.IGNORECASE)
# A link ends at quotes and full stops of scripts that have no spaces between words.
_RUN = re.compile("[^\\s<>「」『』【】〔〕《》〈〉（）［］｛｝、。，！？：；]*")
_NOT_AT_END = "“”„‟‘’‚‛«»‹›…:*|"
# The letters of U+00C0 to U+017F that Mastodon's ASCIIFolding knows, in lower case.
_FOLDED = {
    letter: unicodedata.normalize("NFD", letter)[0]
    for letter in map(chr, range(0xE0, 0x180))
    if len(unicodedata.normalize("NFD", letter)) > 1
} | {"i̇": "i", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ĸ": "k", "ł": "l", "ŋ": "n", "ø": "o", "ŧ": "t"}
_ACCENTED = regex.compile(rf"({'|'.join(_FOLDED)})\p{{M}}*+")


def find_mentions(text: str) -> list[Handle]:
    """The accounts that `text` mentions, each once, in order of appearance."""
    return list(dict.fromkeys(e.handle for e in find_entities(text) if isinstance(e, Mention)))


def find_hashtags(text: str) -> list[str]:
    """The hashtags in `text` as written, without the sign; of those that are the same, the first."""
    names = (e.name for e in find_entities(text) if isinstance(e, Hashtag))
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(normalize_hashtag(name), name)
    return list(first.values())


def normalize_hashtag(name: str) -> str:
    """The form under which hashtags are the same: `Müll`, `müll` and `ＭＵＬＬ` are all `mull`.

    As Mastodon's HashtagNormalizer (NFKC, lower case, Latin letters without their accents, nothing
    that can't stand in a hashtag); other than there, marks stay, which Indic scripts need.
    """
    name = unicodedata.normalize("NFKC", name).lower()
    if not name.isascii():
        name = _ACCENTED.sub(lambda letter: _FOLDED[letter[1]], name)
    return unicodedata.normalize("NFC", _NOT_IN_HASHTAG.sub("", name))


def tag_path(name: str) -> str:
    """The path of the page of a normalised hashtag, percent-encoded: `/tags/%E6%BD%AE`."""
    return f"/tags/{quote(name)}"


def parse_handle(value: str) -> Handle | None:
    """The handle in `alice`, `@alice`, `alice@example.org` or `@alice@example.org`; None if it is none."""
    match = _HANDLE.fullmatch(value.strip()) if len(value) <= 400 else None
    return _handle(match[1], match[2]) if match else None


@lru_cache(maxsize=32)
def find_entities(text: str) -> tuple[Entity, ...]:
    """All links, mentions and hashtags of `text`, in order; they don't overlap."""
    return tuple(_scan(text))


def _scan(text: str) -> Iterator[Entity]:
    # Each character may be shown to linkify-it four times on average. That is ample for real text, and
    # keeps `https://a/(https://a/(…`, where each link ends soon but is searched to the end, linear.
    budget = 4 * len(text) + MAX_URL
    position = 0
    while start := _STARTS.search(text, position):
        at, position = start.start(), start.end()
        before = text[at - 1] if at else "\n"
        if start[0] == "@":
            entity = _mention_at(text, at) if not _is_word(before) and before not in "=/" else None
        elif start[0] in "#\uff03":
            entity = _hashtag_at(text, at) if _may_precede_hashtag(before) else None
        elif budget <= 0 or (before.isascii() and before.isalnum()) or before in "@#$_\uff03\uff20":
            entity = None
        else:
            run = _RUN.match(text, at, at + MAX_URL + 1)
            written = run[0] if run else ""
            budget -= len(written)
            if _USERINFO.match(written):
                # `https://bank.example@evil.example/` shows a host that it does not lead to: no link.
                entity, position = None, at + len(written)
            else:
                entity = _link_at(written, at, len(start[0]))
        if entity:
            yield entity
            position = entity.end


def _link_at(written: str, at: int, scheme_length: int) -> Link | None:
    """The link that begins `written`, which is text without spaces and stands at `at` in the whole."""
    colon = scheme_length - len("//")
    tail = _linkify().test_schema_at(written, written[:colon].lower(), colon)
    if tail == 0 or colon + tail > MAX_URL or written[colon + tail : colon + tail + 1] == "\\":
        return None
    url = written[: colon + tail].rstrip(_NOT_AT_END)
    return Link(at, at + len(url), url) if _is_valid(url) else None


def _mention_at(text: str, at: int) -> Mention | None:
    match = _MENTION.match(text, at)
    return Mention(at, match.end(), _handle(match[1], match[2])) if match else None


def _hashtag_at(text: str, at: int) -> Hashtag | None:
    match = _HASHTAG.match(text, at)
    if not match or not _HAS_LETTER.search(match[1]):
        return None
    # Normalising can lengthen a name, so the bound is on its result; the first test bounds the work.
    if len(match[1]) > MAX_HASHTAG_BYTES or len(normalize_hashtag(match[1]).encode()) > MAX_HASHTAG_BYTES:
        return None
    return Hashtag(at, match.end(), match[1])


def _handle(username: str, domain: str | None) -> Handle:
    domain = domain.lower() if domain else None
    if domain and not domain.isascii() and len(domain) < 254:
        host, colon, port = domain.partition(":")
        with suppress(idna.IDNAError):  # Not a name that can exist: the mention will find nobody.
            domain = idna.encode(host, uts46=True).decode() + colon + port
    return Handle(username.lower(), domain)


def _is_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in ("Mn", "Mc", "Me", "Pc")


def _may_precede_hashtag(character: str) -> bool:
    # Mastodon asks for space; opening brackets and quotes are safe too, since links are taken out first.
    return character.isspace() or character in "\"'" or unicodedata.category(character) in ("Ps", "Pi")


class _Linkifier(Protocol):
    def test_schema_at(self, text: str, name: str, position: int) -> int: ...


@cache
def _linkify() -> _Linkifier:
    return cast(_Linkifier, LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False}))


@cache
def _url_check() -> nh3.Cleaner:
    return nh3.Cleaner(tags={"a"}, attributes={"a": {"href"}}, link_rel=None, url_schemes={"http", "https"})


def is_web_address(url: str) -> bool:
    """Whether `url` may be a link: by HTTP or HTTPS, not too long, and leading to the host that it shows."""
    if len(url) > MAX_URL or not url.lower().startswith(("http://", "https://")):
        return False
    return "\\" not in url and not _USERINFO.match(url) and _is_valid(url)


def _is_valid(url: str) -> bool:
    """Whether the WHATWG URL parser, which browsers use, takes `url`."""
    quoted = url.replace("&", "&amp;").replace('"', "&quot;")
    return "href" in _url_check().clean(f'<a href="{quoted}">')[:10]
