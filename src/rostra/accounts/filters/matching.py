"""Whether a filter matches a text. Pure functions, linear in the text, whatever keyword and text are.

Compared is without regard to case, width and kind of space (`folded`). A whole word ends where a letter
of a script that separates words by spaces does not go on: in scripts that don't, such as Chinese or
Thai, each place may be a word's end, so that there whole words are found wherever they stand.
"""

import re
import unicodedata
from datetime import datetime

import msgspec
import regex

from rostra.accounts.filters.model import Filter

# Scripts of languages that are written without spaces between words.
_UNSPACED = "".join(
    rf"\p{{Script={name}}}"
    for name in ("Han", "Hiragana", "Katakana", "Bopomofo", "Thai", "Lao", "Khmer", "Myanmar", "Tibetan")
)
_LETTER = regex.compile(rf"[[\p{{Alphabetic}}\p{{M}}\p{{Nd}}\p{{Pc}}]--[{_UNSPACED}\u30fc]]", regex.VERSION1)
_SPACES = re.compile(r"\s+")


class Needle(msgspec.Struct, frozen=True):
    """A keyword as it is looked for."""

    keyword: str
    whole_word: bool
    folded: bytes


class Rule(msgspec.Struct, frozen=True):
    """A filter as it is looked for."""

    filter: Filter
    needles: tuple[Needle, ...]
    status_ids: frozenset[int]


class Match(msgspec.Struct, frozen=True):
    """A filter that matches, with the keywords and statuses that made it."""

    filter: Filter
    keywords: list[str]
    status_ids: list[int]


def folded(text: str) -> bytes:
    """`text` in the form in which it is compared, as UTF-8."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text).casefold()).encode("utf-8", "replace")


def needle(keyword: str, whole_word: bool) -> Needle:
    """`keyword` ready to be looked for."""
    return Needle(keyword, whole_word, folded(keyword))


def match(rules: tuple[Rule, ...], text: bytes, status_ids: tuple[int, ...], now: datetime) -> list[Match]:
    """Those of `rules` that match a folded text, or one of `status_ids`."""
    found: list[Match] = []
    for rule in rules:
        if rule.filter.expires_at is not None and rule.filter.expires_at <= now:
            continue
        keywords = [n.keyword for n in rule.needles if n.folded in text and _counts(n, text)]
        named = [status_id for status_id in status_ids if status_id in rule.status_ids]
        if keywords or named:
            found.append(Match(rule.filter, keywords, named))
    return found


def _counts(wanted: Needle, text: bytes) -> bool:
    return not wanted.whole_word or stands_alone(wanted.folded.decode(), text.decode())


def stands_alone(word: str, text: str) -> bool:
    """Whether `word` occurs in `text` as a whole word."""
    first, last = _LETTER.match(word[0]), _LETTER.match(word[-1])
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        before = first and at > 0 and _LETTER.match(text[at - 1])
        after = last and end < len(text) and _LETTER.match(text[end])
        if not before and not after:
            return True
        at = text.find(word, at + 1)
    return False
