"""What people type to find statuses: words, "phrases", and operators, as Mastodon reads them. Pure functions.

https://docs.joinmastodon.org/user/network/#search: `from:`, `has:`, `is:`, `language:`, `before:`, `after:`,
`during:`, `in:`; a minus before anything excludes it. What looks like an operator and is none is words.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import msgspec

from rostra.core.ids import MAX_ID, first_id
from rostra.core.text import language_tag, normalize_hashtag
from rostra.core.text.entities import MAX_HASHTAG_BYTES
from rostra.search.words import mark, phrase_query, quoted, term_query

QUERY_LENGTH = 500
"""Characters of a query that are looked at."""
MOST_CLAUSES = 24
"""Words, phrases and operators of a query that are looked at."""

Scope = Literal["all", "library", "public"]
"""Where to look: both, what one has to do with oneself, or what everybody may find."""

PROPERTIES = frozenset("media image video audio poll link embed card sensitive reply quote".split())
"""What `has:` and `is:` know, both alike. `card` is ours: a link whose page could be fetched."""
UNINDEXED = frozenset({"embed", "card"})
"""What becomes known only when a link was followed: looked up among statuses with a link."""

# Quotation marks of all kinds, as in Mastodon.
_CLAUSE = re.compile(
    r"""
    (?P<sign>[+-])?
    (?:(?P<operator>has|is|language|from|before|after|during|in):)?
    (?: "(?P<straight>[^"]*)" | [“”„](?P<curly>[^“”„]*)[“”„] | «(?P<angled>[^«»]*)»
      | 「(?P<corner>[^「」]*)」 | 《(?P<double>[^《》]*)》 | (?P<term>[^\s"]+) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PHRASES = ("straight", "curly", "angled", "corner", "double")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


class Author(msgspec.Struct, frozen=True):
    """An author whose statuses are looked for, or not: `me` or a handle."""

    handle: str
    excluded: bool


class Query(msgspec.Struct, frozen=True):
    """What is looked for."""

    lexemes: tuple[str, ...] = ()
    """tsqueries; all of them match."""
    authors: tuple[Author, ...] = ()
    linked: tuple[tuple[str, bool], ...] = ()
    """Names of `UNINDEXED` properties, and whether they are excluded."""
    scope: Scope = "all"
    first_id: int = 0
    """The lowest id that a status may have, by its day."""
    last_id: int = MAX_ID
    gaps: tuple[tuple[int, int], ...] = ()
    """First and last ids of days that are excluded."""
    possible: bool = True
    """Whether anything can match: an unknown property or a day that is none matches nothing."""

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        told = self.lexemes or self.authors or self.linked or self.gaps or self.scope != "all"
        return not told and self.first_id == 0 and self.last_id == MAX_ID


def parse(text: str) -> Query:
    """What `text` looks for; any text can be read."""
    reader = _Reader()
    for clause in list(_CLAUSE.finditer(text[:QUERY_LENGTH]))[:MOST_CLAUSES]:
        reader.read(clause)
    return reader.query()


class _Reader:
    """Collects what the clauses of a query say."""

    def __init__(self) -> None:
        self._lexemes: list[str] = []
        self._authors: list[Author] = []
        self._linked: list[tuple[str, bool]] = []
        self._gaps: list[tuple[int, int]] = []
        self._scope: Scope = "all"
        self._first, self._last = 0, MAX_ID
        self._possible = True

    def query(self) -> Query:
        return Query(
            lexemes=tuple(dict.fromkeys(self._lexemes)),
            authors=tuple(self._authors),
            linked=tuple(self._linked),
            scope=self._scope,
            first_id=self._first,
            last_id=self._last,
            gaps=tuple(self._gaps),
            possible=self._possible,
        )

    def read(self, clause: re.Match[str]) -> None:
        excluded = clause["sign"] == "-"
        phrase = next((clause[name] for name in _PHRASES if clause[name] is not None), None)
        value = phrase if phrase is not None else clause["term"]
        operator = (clause["operator"] or "").lower()
        if operator in ("before", "after", "during"):
            self._limit(operator, value, excluded)
        elif operator in ("has", "is"):
            self._require(value.lower(), excluded)
        elif operator == "language":
            self._speak(language_tag(value), excluded)
        elif operator == "from":
            self._authors.append(Author(value, excluded))
        elif operator == "in":
            if value in ("library", "public", "all"):
                self._scope = value
        elif phrase is not None:
            self._add(phrase_query(phrase, MOST_CLAUSES), excluded)
        elif value.startswith("#") and normalize_hashtag(value[1:]):
            self._tag(normalize_hashtag(value[1:]), excluded)
        else:
            self._add(term_query(value, MOST_CLAUSES), excluded)

    def _add(self, lexemes: str, excluded: bool) -> None:
        if lexemes:
            self._lexemes.append(f"!({lexemes})" if excluded else lexemes)

    def _speak(self, language: str | None, excluded: bool) -> None:
        if language is None:
            self._possible = self._possible and excluded
        else:
            self._add(quoted(mark("=", language.lower())), excluded)

    def _tag(self, name: str, excluded: bool) -> None:
        if len(name.encode()) > MAX_HASHTAG_BYTES:  # nobody could use it, and the index can't hold it
            self._possible = self._possible and excluded
        else:
            self._add(quoted(mark("#", name)), excluded)

    def _require(self, name: str, excluded: bool) -> None:
        if name not in PROPERTIES:
            self._possible = self._possible and excluded
        elif name in UNINDEXED:
            self._linked.append((name, excluded))
            if not excluded:
                self._add(quoted(mark(":", "link")), excluded)
        else:
            self._add(quoted(mark(":", name)), excluded)

    def _limit(self, operator: str, value: str, excluded: bool) -> None:
        """Days are those of UTC, as in Mastodon for who has chosen no time zone there."""
        day = _day(value)
        if day is None:
            self._possible = False
            return
        begin, end = first_id(day), first_id(day + timedelta(days=1))
        if operator == "during" and excluded:
            self._gaps.append((begin, end - 1))
            return
        if operator == "during":
            self._first, self._last = max(self._first, begin), min(self._last, end - 1)
        elif operator == "before":
            self._bound(begin, from_then=excluded)
        else:
            self._bound(end, from_then=not excluded)

    def _bound(self, moment_id: int, *, from_then: bool) -> None:
        if from_then:
            self._first = max(self._first, moment_id)
        else:
            self._last = min(self._last, moment_id - 1)


def _day(value: str) -> datetime | None:
    found = _DATE.fullmatch(value)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
    if day is None or not date(1970, 1, 1) <= day <= date(9000, 1, 1):
        return None
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
