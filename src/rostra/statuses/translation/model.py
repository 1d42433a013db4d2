"""Translations: what is sent, what comes back. No I/O."""

import hashlib
import html
import re
from datetime import timedelta

import msgspec

from rostra.core.text import plain_text, sanitize
from rostra.statuses.model import Status

KEPT = timedelta(days=30)
"""How long a translation is kept. Translators learn, and what nobody reads any more need not stay."""
UNKNOWN = "und"
"""A language that nobody named (ISO 639-2)."""

_SHORTCODE = re.compile(r"(?<![^\W_]):[a-zA-Z0-9_]{2,}:(?![^\W_])")
_TAG = re.compile(r"(<[^>]*>)")
_KEPT_SHORTCODE = re.compile(r'<span translate="no">(:[a-zA-Z0-9_]{2,}:)</span>')


class Texts(msgspec.Struct, frozen=True):
    """All that a status says: HTML, and plain texts. `media`: id and description of what has one."""

    content: str
    spoiler_text: str
    options: list[str]
    media: list[tuple[int, str]]

    def digest(self, language: str | None) -> bytes:
        """Tells texts (in `language`) from others."""
        return hashlib.sha256(msgspec.json.encode((language, self))).digest()

    def as_html(self) -> list[str]:
        """What a translator gets; emojis' shortcodes are marked as none of its business."""
        plain = [self.spoiler_text, *self.options, *(text for _, text in self.media)]
        return [_protected(self.content), *(_protected(html.escape(text, quote=False)) for text in plain)]

    def from_html(self, translated: list[str]) -> "Texts":
        """What came back, in the same order, made harmless.

        Raises:
            ValueError: they are not as many.
        """
        plain = [_plain(text) for text in translated[1:]]
        if len(plain) != 1 + len(self.options) + len(self.media):
            raise ValueError("the translator left texts out")
        descriptions = plain[1 + len(self.options) :]
        return Texts(
            content=_KEPT_SHORTCODE.sub(r"\1", sanitize(translated[0])),
            spoiler_text=plain[0],
            options=plain[1 : 1 + len(self.options)],
            media=[(key, text) for (key, _), text in zip(self.media, descriptions, strict=True)],
        )


class Translation(msgspec.Struct, frozen=True):
    """What a status says in another language; from `source`, which the translator may have found out."""

    texts: Texts
    source: str
    provider: str


def may_be_sent(status: Status) -> bool:
    """Whether a translator may read it: what everybody may, but for what is not to leave this network."""
    return status.visibility in ("public", "unlisted") and not status.local_only and not status.held


def _protected(markup: str) -> str:
    parts = _TAG.split(markup)
    parts[::2] = [_SHORTCODE.sub(r'<span translate="no">\g<0></span>', text) for text in parts[::2]]
    return "".join(parts)


def _plain(markup: str) -> str:
    return plain_text(markup)
