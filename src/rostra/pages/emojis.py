"""Custom emojis on pages: texts with pictures in place of shortcodes.

Pages show the picture that stands still: what moves by itself for longer than five seconds must be possible
to stop (WCAG 2.2, 2.2.2).
"""

import re
from collections.abc import Callable

from markupsafe import Markup, escape
from starlette.requests import Request

from rostra.emojis.cache import Emojis
from rostra.emojis.model import FOUND, Emoji

Pictured = Callable[[str], Markup]
"""A text, or HTML of ours (`Markup`), to HTML with pictures."""

SIDE = 20
"""Pixels, for readers without our style sheet."""
_TAG = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")
_CLOSED = re.compile(r"<(code|pre)\b|<span class=\"invisible\"", re.IGNORECASE)
"""Where a text is shown as it is: code, and the parts of a link that nobody sees."""


def emojis_of(request: Request) -> Emojis:
    """Those that this process keeps."""
    return request.app.state.emojis


def pictured_by(emojis: Emojis, base_url: str = "") -> Pictured:
    """Puts pictures into texts; `base_url` is for those who read them elsewhere."""

    def pictured(text: str) -> Markup:
        html = escape(text)  # Markup stays as it is
        known = emojis.by_name
        if not known or ":" not in html or not any(name in known for name in FOUND.findall(html)):
            return html
        return Markup("").join(_parts(html, known.get, base_url))

    return pictured


def _parts(html: str, find: Callable[[str], Emoji | None], base_url: str) -> list[Markup]:
    def picture(match: re.Match[str]) -> str:
        emoji = find(match[1])
        if emoji is None:
            return match[0]
        return (
            f'<img class="emoji" src="{base_url}/media/{emoji.static_key}" alt="{match[0]}"'
            f' title="{match[0]}" width="{SIDE}" height="{SIDE}" loading="lazy" decoding="async">'
        )

    parts: list[str] = []
    until = ""
    for number, part in enumerate(_TAG.split(html)):
        if number % 2 == 0:
            parts.append(part if until else FOUND.sub(picture, part))
            continue
        if until:
            until = "" if part.lower().startswith(until) else until
        elif opening := _CLOSED.match(part):
            until = f"</{opening[1].lower()}" if opening[1] else "</span"
        parts.append(part)
    return [Markup(part) for part in parts]  # noqa: S704 (it was HTML of ours before, or is escaped)
