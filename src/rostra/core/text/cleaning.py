"""Makes text from outside safe to store, index, show and put into XML feeds."""

import re
import unicodedata

import regex

MAX_MARKS = 8
"""Most combining marks (or other extenders) on one character. Pointed Hebrew and Tibetan need up to 7."""
MAX_EMBEDDINGS = 16
"""Deepest nesting of bidirectional embeddings and isolates that is kept."""

# Controls, lone surrogates and noncharacters; the last are not allowed in XML, so not in feeds either.
# U+FEFF is a byte order mark, U+202D/U+202E force a direction upon characters that have their own.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\u202d\u202e\ufffe\uffff"
    + "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]+"
)
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029\u000b\u000c]")
_EXTENDERS = r"[\p{M}\p{Grapheme_Extend}\u200d\U0001f3fb-\U0001f3ff]"
_TOO_MANY_MARKS = regex.compile(f"({_EXTENDERS}{{{MAX_MARKS}}}){_EXTENDERS}++")

_EMBED = "\u202a\u202b"
_ISOLATE = "\u2066\u2067\u2068"
_POP_EMBED = "\u202c"
_POP_ISOLATE = "\u2069"
_BIDI = re.compile(f"[{_EMBED}{_ISOLATE}{_POP_EMBED}{_POP_ISOLATE}]")


def clean(text: str) -> str:
    """`text` in NFC, with `\\n` line ends, and without what can't be seen or breaks what stands around it.

    Removed: control characters other than `\\n` and `\\t`, lone surrogates, noncharacters, byte order
    marks, direction overrides, more than `MAX_MARKS` combining marks on one character, blank space at
    the end and ASCII space at the start. Embeddings and isolates are closed at the end of their line
    (Unicode Standard Annex 9). Cleaning twice changes nothing more.
    """
    text = _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))
    if not text.isascii():
        text = _clean_unicode(text)
    return text.lstrip(" \t\n").rstrip()


def _clean_unicode(text: str) -> str:
    if _BIDI.search(text):
        text = "\n".join(_close_directions(line) for line in text.rstrip().split("\n"))
    # Marks are bounded first: putting a run of marks into canonical order takes time quadratic in its
    # length. They are bounded again because some characters decompose into several marks.
    text = _TOO_MANY_MARKS.sub(r"\1", text)
    return _TOO_MANY_MARKS.sub(r"\1", unicodedata.normalize("NFC", text))


def _close_directions(line: str) -> str:
    """`line` with each bidirectional embedding and isolate closed, and no closing mark without opening."""
    if not _BIDI.search(line):
        return line
    kept: list[str] = []
    closers: list[str] = []
    for character in line:
        if character in _EMBED or character in _ISOLATE:
            if len(closers) >= MAX_EMBEDDINGS:
                continue
            closers.append(_POP_EMBED if character in _EMBED else _POP_ISOLATE)
        elif character == _POP_EMBED:
            if not closers or closers[-1] != _POP_EMBED:
                continue
            closers.pop()
        elif character == _POP_ISOLATE:
            if _POP_ISOLATE not in closers:
                continue
            while closers[-1] != _POP_ISOLATE:
                kept.append(closers.pop())
            closers.pop()
        kept.append(character)
    return "".join(kept + closers[::-1])
