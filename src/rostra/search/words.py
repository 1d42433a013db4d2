"""What texts are found by: words without their endings, pairs of characters. Pure, linear in the text.

Statuses are indexed as PostgreSQL's `tsvector`, but the words (lexemes) are made here, so that they are the
same whatever version and locale the database has. The first character of a lexeme says what it is:

- `d`, `e`: the stem of a word in a German or English text (Snowball), `x`: a word in any other text;
- `g`: one or two characters of a script that is written without spaces, or of Hangul;
- marks, see `mark`: author, properties, hashtags, language, windows of time.

Compared is without regard to case, width and accents: `Häuser`, `HAUS` and `haeuser` are all `dhaus`.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, Literal, cast

import msgspec
import regex
import snowballstemmer  # pyright: ignore[reportMissingTypeStubs]

VERSION = 1
"""Raised when the same text gives other lexemes: then a migration has all statuses indexed anew."""
MOST_TOKENS = 6_000
"""Words and characters of a text that are looked at: positions in a tsvector end at 16,383."""
MOST_TEXT = 60_000
"""Characters of a text that are looked at: so many stay below the megabyte that a tsvector may have."""
WORD = 40
"""Longest word, in characters; of longer ones, this beginning counts."""

RUN = 60
"""Longest run of characters without spaces that is looked for; of longer ones, this beginning counts."""

Mark = Literal["@", "#", ":", "=", "~"]
"""Author, hashtag, property, language, window of time."""

# Scripts of languages that are written without spaces between words; Korean has them, but its words carry
# particles, and are looked for by parts too. Also the marks that repeat or lengthen a character.
_UNSPACED = "".join(
    rf"\p{{Script={name}}}"
    for name in (
        "Han",
        "Hiragana",
        "Katakana",
        "Bopomofo",
        "Hangul",
        "Thai",
        "Lao",
        "Khmer",
        "Myanmar",
        "Tibetan",
    )
)
_TOKEN = regex.compile(
    rf"(?P<run>[[{_UNSPACED}\u30fc\u3005]&&[\p{{L}}\p{{M}}\p{{N}}]]+)"
    rf"|(?P<word>[[\p{{L}}\p{{M}}\p{{N}}]--[{_UNSPACED}\u30fc\u3005]]+)",
    regex.VERSION1,
)
_ACCENTS = regex.compile(r"(?<=[\p{Script=Latin}\p{Script=Greek}])[\u0300-\u036f]+")


class Piece(msgspec.Struct, frozen=True):
    """A word, or a run of characters without spaces, folded."""

    text: str
    is_run: bool


def pieces(text: str) -> Iterator[Piece]:
    """The words of `text`, in order: case and width folded, accents not yet (stemming needs umlauts)."""
    folded = unicodedata.normalize("NFKC", text[:MOST_TEXT]).casefold()
    for found in _TOKEN.finditer(unicodedata.normalize("NFC", folded)):
        run = found["run"]
        yield Piece(run, True) if run is not None else Piece(found["word"][:WORD], False)


def document(text: str, language: str | None) -> dict[str, list[int]]:
    """The lexemes of a text in `language` (BCP 47), with the positions at which they stand, from 1.

    German and English texts have stems; those that may be either (None) have both.
    """
    lexemes: dict[str, list[int]] = {}
    at = 0
    for piece in pieces(text):
        if piece.is_run:
            grams = _grams(piece.text[: MOST_TOKENS - at])
        else:
            grams = [_of_language(piece.text, language)]
        for names in grams:
            at += 1
            for name in names:
                lexemes.setdefault(name, []).append(at)
        if at >= MOST_TOKENS:
            break
    return lexemes


def _grams(run: str) -> list[tuple[str, ...]]:
    """For each character of a run: itself, and it with the next one."""
    pairs = [("g" + first, "g" + first + second) for first, second in pairwise(run)]
    return [*pairs, ("g" + run[-1],)] if run else []


def _of_language(word: str, language: str | None) -> tuple[str, ...]:
    if language == "de":
        return (_stem(word, "german"),)
    if language == "en":
        return (_stem(word, "english"),)
    if language is None:
        return (_stem(word, "german"), _stem(word, "english"))
    return ("x" + without_accents(word),)


def without_accents(word: str) -> str:
    """`word` with plain letters in Latin and Greek; in other scripts marks belong to the letter."""
    if word.isascii():
        return word
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", word))
    return unicodedata.normalize("NFC", plain)


@lru_cache(maxsize=65_536)
def _stem(word: str, language: Literal["german", "english"]) -> str:
    if language == "german":
        return "d" + without_accents(_stemmer("german").stemWord(word))
    return "e" + _stemmer("english").stemWord(without_accents(word))


@cache
def _stemmer(language: str) -> Any:
    return cast("Any", snowballstemmer).stemmer(language)


def mark(kind: Mark, name: str) -> str:
    """A lexeme that says something about a status besides its words."""
    return kind + name


def term_query(text: str, most: int = MOST_TOKENS) -> str:
    """A tsquery for statuses with all words of `text`, runs as they stand; "" if it has none."""
    return " & ".join(_chain([piece]) for piece in list(pieces(text))[:most])


def phrase_query(text: str, most: int = MOST_TOKENS) -> str:
    """A tsquery for statuses with the words of `text` one after the other; "" if it has none."""
    return _chain(list(pieces(text))[:most])


def _chain(sequence: Sequence[Piece]) -> str:
    """`sequence` as it stands. Each character counts as one place, and so does each word."""
    query, gap = "", ""
    for piece in sequence:
        if not piece.is_run:
            query += gap + _word(piece.text)
        elif len(piece.text) == 1:
            query += gap + quoted("g" + piece.text)
        else:
            pairs = pairwise(piece.text[:RUN])
            query += gap + " <-> ".join(quoted("g" + first + second) for first, second in pairs)
            if len(piece.text) > RUN:
                break
        gap = " <2> " if piece.is_run and len(piece.text) > 1 else " <-> "
    return f"({query})" if query else ""


def _word(word: str) -> str:
    """A word in whatever language."""
    names = {_stem(word, "german"), _stem(word, "english"), "x" + without_accents(word)}
    return "(" + " | ".join(quoted(name) for name in sorted(names)) + ")"


def quoted(lexeme: str) -> str:
    """`lexeme` as tsvector and tsquery write it."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def vector(lexemes: dict[str, list[int]], marks: Sequence[str]) -> str:
    """A tsvector of words and marks."""
    words = (quoted(name) + ":" + ",".join(map(str, at)) for name, at in lexemes.items())
    return " ".join([*words, *map(quoted, marks)])
