"""Turns text into HTML in the form that Mastodon writes (app/lib/text_formatter.rb), which apps rely on."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from rostra.core.text.entities import Entity, Handle, Hashtag, Link, find_entities, normalize_hashtag

SHOWN_URL = 30
"""Characters of a link that stay visible, after scheme and `www.`."""

_URL_PREFIX = re.compile(r"https?://(www\.)?", re.IGNORECASE)
_PARAGRAPHS = re.compile("\n\n+")


class MentionTarget(NamedTuple):
    """The account that a mention links to: its page, and its name without and with domain."""

    url: str
    username: str
    acct: str


MentionsByHandle = Mapping[Handle, MentionTarget]


def render(text: str, mentions: MentionsByHandle, tag_url: Callable[[str], str]) -> str:
    """`text`, as `clean` leaves it, as HTML: paragraphs, line breaks, links, mentions, hashtags.

    `mentions` has the accounts that exist, under the handles of `find_mentions`; other mentions stay
    text. `tag_url` makes the URL of a normalised hashtag. Whatever `text` holds, it adds no other tags.
    """
    if not text:
        return ""
    html = _link_entities(text, mentions, tag_url, rel="nofollow noopener", with_domains=False)
    paragraphs = (part.replace("\n", "<br />") for part in _PARAGRAPHS.split(html))
    return "".join(f"<p>{part}</p>" for part in paragraphs)


def render_field_value(
    text: str, mentions: MentionsByHandle | None = None, tag_url: Callable[[str], str] | None = None
) -> str:
    """The value of a profile field as HTML: one line, mentions with their domain, links with rel=me.

    Without `tag_url`, hashtags stay text.
    """
    html = _link_entities(text, mentions or {}, tag_url, rel="nofollow noopener me", with_domains=True)
    return html.replace("\n", " ")


def _link_entities(
    text: str,
    mentions: MentionsByHandle,
    tag_url: Callable[[str], str] | None,
    *,
    rel: str,
    with_domains: bool,
) -> str:
    html: list[str] = []
    full = None if with_domains else shared_names(mentions)
    done = 0
    for entity in find_entities(text):
        html.append(_escape(text[done : entity.start]))
        done = entity.end
        written = text[entity.start : entity.end]
        html.append(entity_html(entity, written, mentions, tag_url, full, rel=rel))
    html.append(_escape(text[done:]))
    return "".join(html)


def entity_html(
    entity: Entity,
    written: str,
    mentions: MentionsByHandle,
    tag_url: Callable[[str], str] | None,
    full: set[str] | None,
    *,
    rel: str = "nofollow noopener",
) -> str:
    """The HTML of what was found in a text, `written` as it is there.

    `full` are the names that are shown with their domains (see `shared_names`); None: all.
    """
    if isinstance(entity, Link):
        return _link(entity.url, rel)
    if isinstance(entity, Hashtag):
        return _hashtag(written, entity.name, tag_url)
    target = mentions.get(entity.handle)
    if target is None:
        return _escape(written)
    return _mention(target, full is None or target.username.lower() in full)


def shared_names(mentions: MentionsByHandle) -> set[str]:
    """Names, in lower case, that several of the accounts have: those are shown with their domains."""
    counts = Counter(username for username, _ in {(t.username.lower(), t.acct) for t in mentions.values()})
    return {username for username, count in counts.items() if count > 1}


def link(url: str) -> str:
    """A link as it stands in a status."""
    return _link(url, "nofollow noopener")


def _link(url: str, rel: str) -> str:
    prefix_match = _URL_PREFIX.match(url)
    prefix = prefix_match[0] if prefix_match else ""
    rest = url[len(prefix) :]
    # One character more is no longer than the ellipsis would be.
    cut = len(rest) > SHOWN_URL + 1
    shown, hidden = (rest[:SHOWN_URL], rest[SHOWN_URL:]) if cut else (rest, "")
    return (
        f'<a href="{_escape(url)}" target="_blank" rel="{rel}" translate="no">'
        f'<span class="invisible">{_escape(prefix)}</span>'
        f'<span class="{"ellipsis" if cut else ""}">{_escape(shown)}</span>'
        f'<span class="invisible">{_escape(hidden)}</span></a>'
    )


def _hashtag(written: str, name: str, tag_url: Callable[[str], str] | None) -> str:
    if tag_url is None:
        return _escape(written)
    return (
        f'<a href="{_escape(tag_url(normalize_hashtag(name)))}" class="mention hashtag" rel="tag">'
        f"{written[0]}<span>{_escape(name)}</span></a>"
    )


def _mention(target: MentionTarget, full: bool) -> str:
    name = target.acct if full else target.username
    return (
        '<span class="h-card" translate="no">'
        f'<a href="{_escape(target.url)}" class="u-url mention">@<span>{_escape(name)}</span></a></span>'
    )


def _escape(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#39;")
