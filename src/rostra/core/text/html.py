"""HTML from elsewhere, made harmless; and the plain text of HTML."""

import html
import re
from functools import cache

import nh3

MAX_HTML = 256 * 1024
"""Most characters of foreign HTML that are looked at."""
MAX_TAGS = 10_000
"""Most tags in foreign HTML; with more, only its text is kept."""

# Mastodon's lib/sanitize_ext/sanitize_config.rb, MASTODON_STRICT.
_INLINE = {"br", "span", "a", "del", "s", "code", "b", "strong", "u", "i", "em", "ruby", "rt", "rp"}
_TAGS = _INLINE | {"p", "pre", "blockquote", "ul", "ol", "li"}
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_SCHEMES = {"http", "https", "dat", "dweb", "ipfs", "ipns", "ssb", "gopher", "xmpp", "magnet", "gemini"}
_ATTRIBUTES = {
    "a": {"href", "class"},
    "span": {"class"},
    "p": {"class"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    **{tag: set[str]() for tag in _HEADINGS},
}
_CLASS = re.compile(r"(?:h|p|u|dt|e)-[\w-]*|mention|hashtag|ellipsis|invisible|quote-inline", re.ASCII)
_BLOCKS = {"p", "br", "li", "div", "blockquote", "pre", "tr"} | _HEADINGS
_HEADING_START = re.compile(r"<h[1-6]>")
_HEADING_END = re.compile(r"</h[1-6]>")
_LINE_END = re.compile(r"<br>\n?|</(?:li|tr|div)>")
_PARAGRAPH_END = re.compile(r"</(?:p|blockquote|pre|h[1-6])>")
# Up to the end where no tag end comes: a failing search would start again at each tag.
_FORMATTING = re.compile(
    r"<(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/][^>]*(?:>|$)", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]*>")
_EMPTY_LINES = re.compile(r"\n{3,}")


def sanitize(foreign: str) -> str:
    """HTML with only the tags, attributes, classes and URL schemes that a status may have.

    As Mastodon: links get `rel="nofollow noopener" target="_blank"`, headings become bold paragraphs,
    `translate` may only be "no". An `<a>` whose URL is not allowed loses it. Well-formed, whatever comes in.
    """
    foreign = _bounded(foreign)
    cleaned = _cleaner(with_headings=True).clean(foreign)
    if "<h" in cleaned:
        cleaned = _HEADING_START.sub("<p><strong>", cleaned)
        cleaned = _HEADING_END.sub("</strong></p>", cleaned)
        cleaned = _cleaner(with_headings=False).clean(cleaned)
    return cleaned if len(cleaned) <= 4 * MAX_HTML else html.escape(plain_text(foreign))


def plain_text(markup: str) -> str:
    """The text of `markup`: line breaks for `<br>` and list items, an empty line between paragraphs.

    For feeds, OpenGraph data, mails and search. Links appear in full.
    """
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    cleaned = _text_cleaner().clean(_bounded(markup))
    cleaned = _PARAGRAPH_END.sub("\n\n", _LINE_END.sub("\n", cleaned))
    lines = html.unescape(_TAG.sub("", cleaned)).split("\n")
    return _EMPTY_LINES.sub("\n\n", "\n".join(line.rstrip() for line in lines)).strip()


def _bounded(foreign: str) -> str:
    """`foreign`, made so that parsing takes linear time; only its text if it has absurdly many tags.

    Parsers reopen formatting elements in every block in which they were left open (HTML Standard,
    "reconstruct the active formatting elements"): up to three with the same attributes, but any number
    with different ones, in quadratic time. So they lose their attributes, of which we keep none anyway.
    """
    foreign = foreign[:MAX_HTML]
    if foreign.count("<") > MAX_TAGS:
        return _TAG.sub("", foreign).replace("<", "&lt;")
    return _FORMATTING.sub(r"<\1>", foreign)


@cache
def _cleaner(with_headings: bool) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS | _HEADINGS if with_headings else _TAGS,
        attributes={**_ATTRIBUTES, **({} if with_headings else {"*": {"lang"}})},
        attribute_filter=_filter_attribute,
        tag_attribute_values={"a": {"translate": {"no"}}, "span": {"translate": {"no"}}},
        set_tag_attribute_values={"a": {"target": "_blank"}},
        link_rel="nofollow noopener",
        url_schemes=_SCHEMES,
        url_relative="deny",
    )


@cache
def _text_cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(tags=_BLOCKS, attributes={}, link_rel=None)


def _filter_attribute(tag: str, attribute: str, value: str) -> str | None:
    if attribute != "class":
        return value
    kept = [name for name in value.split() if _CLASS.fullmatch(name)]
    return " ".join(kept) if kept or not value else None
