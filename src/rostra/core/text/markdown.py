"""Markdown as members write it, turned into the HTML that statuses may have. Pure, no I/O.

CommonMark (https://spec.commonmark.org/0.31.2/) with `~~struck~~` text, without what posts don't have:
HTML, pictures, rules, and headings by underlining or code by indenting, which happen by mistake. A line
break stays one. Headings become bold paragraphs, as in `sanitize`. Mentions, hashtags and addresses are
linked as in plain text, and come before emphasis: `https://a.example/*b*` is one address.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from rostra.core.text.entities import Entity, Handle, Hashtag, Link, Mention, find_entities, is_web_address
from rostra.core.text.render import MentionsByHandle, entity_html, shared_names

MAX_NESTING = 20

_OFF = ("image", "html_inline", "html_block", "hr", "lheading", "code", "linkify")
_STOPS = re.compile(r"[\n!#$%&*+\-:<=>@\[\\\]^_`{}~]")
"""Where the rules of inline elements may begin, as markdown-it has them."""
_EMPHASIS = re.compile("(?<!\\S)[*_~]{1,6}(?=[@#\uff03])")
_ADDRESS = re.compile(r"(?:https?://)?([\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,})", re.IGNORECASE)
"""What readers take for an address, in the text of a link."""


def render_markdown(text: str, mentions: MentionsByHandle, tag_url: Callable[[str], str]) -> str:
    """`text`, as `clean` leaves it, as HTML; the rest as in `render`. Only the tags of a status come out."""
    if not text:
        return ""
    md = _parser()
    shown = _Shown(mentions, tag_url)
    html = md.renderer.render(_parse(text), md.options, {"shown": shown})
    return _cleaner().clean(html).strip().replace("\n</p>", "</p>")


def markdown_mentions(text: str) -> list[Handle]:
    """The accounts that `text` mentions outside of code and links, each once, in order of appearance."""
    return list(dict.fromkeys(e.handle for e in _entities(text) if isinstance(e, Mention)))


def markdown_hashtags(text: str) -> list[str]:
    """The hashtags of `text` outside of code and links, as written."""
    return [e.name for e in _entities(text) if isinstance(e, Hashtag)]


class _Shown:
    """What mentions and hashtags become, for one rendering."""

    def __init__(self, mentions: MentionsByHandle, tag_url: Callable[[str], str]) -> None:
        self.mentions = mentions
        self.tag_url = tag_url
        self.full = shared_names(mentions)


def _entities(text: str) -> Iterable[Entity]:
    for token in _parse(text):
        for child in token.children or ():
            if child.type == "entity":
                yield child.meta["entity"]


@lru_cache(maxsize=16)
def _parse(text: str) -> list[Token]:
    return _parser().parse(text)


@cache
def _parser() -> MarkdownIt:
    options = {
        "html": False,
        "linkify": False,
        "typographer": False,
        "breaks": True,
        "maxNesting": MAX_NESTING,
    }
    md = MarkdownIt("commonmark", options).enable("strikethrough").disable(list(_OFF), ignoreInvalid=True)
    md.inline.ruler.at("text", _text)
    md.core.ruler.push("honest_links", _honest_links)
    md.validateLink = is_web_address
    for name, html in (("heading_open", "<p><strong>"), ("heading_close", "</strong></p>\n")):
        md.add_render_rule(name, _constant(html))
    md.add_render_rule("entity", _render_entity)
    md.add_render_rule("link_open", _render_link_open)
    return md


@lru_cache(maxsize=32)
def _starts(source: str) -> tuple[Sequence[int], Sequence[Entity]]:
    # Emphasis may begin right before a hashtag, where plain text wants a space.
    entities = find_entities(_EMPHASIS.sub(lambda marks: " " * len(marks[0]), source))
    return [entity.start for entity in entities], entities


def _text(state: StateInline, silent: bool) -> bool:
    """Text up to where something else may begin; or what is to be linked, which nothing may tear apart."""
    starts, entities = _starts(state.src)
    position = state.pos
    next_one = bisect_left(starts, position)
    begins = starts[next_one] if next_one < len(starts) else state.posMax
    if begins == position and state.linkLevel == 0 and entities[next_one].end <= state.posMax:
        if not silent:
            entity = entities[next_one]
            token = state.push("entity", "", 0)
            token.content = state.src[position : entity.end]
            token.meta = {"entity": entity}
        state.pos = entities[next_one].end
        return True
    stop = _STOPS.search(state.src, position, state.posMax)
    end = min(stop.start() if stop else state.posMax, begins if begins > position else state.posMax)
    if end == position:
        return False
    if not silent:
        state.pending += state.src[position:end]
    state.pos = end
    return True


def _honest_links(state: StateCore) -> None:
    """A link whose text reads like another address is text with its true address behind it."""
    for token in state.tokens:
        if token.type == "inline" and token.children:
            token.children = _honest(token.children)


def _honest(children: list[Token]) -> list[Token]:
    kept, position = list[Token](), 0
    while position < len(children):
        token = children[position]
        if token.type != "link_open":
            kept.append(token)
            position += 1
            continue
        end = next(at for at in range(position, len(children)) if children[at].type == "link_close")
        inner, href = children[position + 1 : end], str(token.attrGet("href"))
        if _misleads("".join(child.content for child in inner), href):
            behind = Token("entity", "", 0, content=href, meta={"entity": Link(0, len(href), href)})
            kept += [*inner, Token("text", "", 0, content=" ("), behind, Token("text", "", 0, content=")")]
        else:
            kept += children[position : end + 1]
        position = end + 1
    return kept


def _misleads(label: str, href: str) -> bool:
    host = (urlsplit(href).hostname or "").removeprefix("www.")
    return any(
        host != named and not host.endswith(f".{named}")
        for named in (match[1].lower().removeprefix("www.") for match in _ADDRESS.finditer(label))
    )


def _constant(html: str) -> Callable[..., str]:
    def render(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        return html

    return render


def _render_entity(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    shown: _Shown = env["shown"]
    token = tokens[index]
    return entity_html(token.meta["entity"], token.content, shown.mentions, shown.tag_url, shown.full)


def _render_link_open(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    token = tokens[index]
    token.attrs = {"href": token.attrs["href"], "target": "_blank", "rel": "nofollow noopener"}
    return renderer.renderToken(tokens, index, options, env)


@cache
def _cleaner() -> nh3.Cleaner:
    """The second door: whatever a parser may once let through, nothing else gets out."""
    return nh3.Cleaner(
        tags={"p", "br", "span", "a", "s", "code", "strong", "em", "pre", "blockquote", "ul", "ol", "li"},
        attributes={
            "a": {"href", "class", "rel", "target", "translate"},
            "span": {"class", "translate"},
            "ol": {"start"},
        },
        link_rel=None,
        url_schemes={"http", "https"},
        url_relative="deny",
    )
