"""How long a status is, as the limit counts it."""

import re

import regex

from rostra.core.text.entities import Link, Mention, find_entities

URL_LENGTH = 23
"""What each link counts, however long it is; apps read it as `characters_reserved_per_url`."""
MAX_CLUSTER = 16
"""Code points that count as one character. The longest emoji in use, two people kissing, has 10."""

_GRAPHEME = regex.compile(r"\X")
# Anything but Latin letters, punctuation, kana and common ideographs: these never join with one another.
_MAY_JOIN = re.compile(
    "[^\x00-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u3000-\u3029\u3030-\u3098\u309b-\u30ff\u4e00-\u9fff]"
)


def length(text: str, spoiler_text: str = "") -> int:
    """Characters of `text` (as `clean` leaves it) and its content warning.

    As Mastodon's StatusLengthValidator: grapheme clusters (Unicode Standard Annex 29), links count
    `URL_LENGTH`, mentions only `@username`. Other than there, a cluster of more than `MAX_CLUSTER` code
    points counts more, so that the limit also bounds the bytes.
    """
    counted, done, links = [spoiler_text], 0, 0
    for entity in find_entities(text):
        if isinstance(entity, Link):
            counted.append(text[done : entity.start])
            links += 1
        elif isinstance(entity, Mention):
            counted.append(text[done : entity.start] + "@" + entity.handle.username)
        else:
            continue
        done = entity.end
    counted.append(text[done:])
    return links * URL_LENGTH + sum(_clusters(part) for part in counted)


def _clusters(text: str) -> int:
    if text.isascii() or not _MAY_JOIN.search(text):
        return len(text)
    return sum(-(-len(cluster) // MAX_CLUSTER) for cluster in _GRAPHEME.findall(text))
