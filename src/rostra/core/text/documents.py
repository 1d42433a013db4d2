"""Pages of other sites, made ready for a parser: decoded, and without what could slow it down.

Pages are hostile until shown otherwise. Scripts and styles are cut out by searching, and of the tags only
those stay that somebody asks for; html5ever (in nh3) parses a bounded rest. All of it takes linear time.
"""

import codecs
import re
from collections.abc import Sequence
from functools import cache

MAX_TAGS = 20_000
TAG_LENGTH = 8_192
"""Characters of the longest tag that is looked at: many attributes cost a parser quadratic time, too."""
MAX_LD = 8
"""Blocks of JSON-LD that are looked at."""

# What browsers understand by these names (https://encoding.spec.whatwg.org/#names-and-labels); others,
# and Python's codecs that are no encodings of pages, are never looked up.
_ENCODINGS = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "cp1252", "ascii": "cp1252", "iso-8859-1": "cp1252",
    "latin1": "cp1252", "latin-1": "cp1252", "windows-1252": "cp1252", "cp1252": "cp1252",
    "iso-8859-2": "iso8859-2", "iso-8859-4": "iso8859-4", "iso-8859-5": "iso8859-5",
    "iso-8859-7": "iso8859-7", "iso-8859-9": "cp1254", "iso-8859-13": "iso8859-13",
    "iso-8859-15": "iso8859-15", "windows-1250": "cp1250", "windows-1251": "cp1251",
    "windows-1253": "cp1253", "windows-1254": "cp1254", "windows-1255": "cp1255",
    "windows-1256": "cp1256", "windows-1257": "cp1257", "windows-1258": "cp1258", "windows-874": "cp874",
    "koi8-r": "koi8-r", "koi8-u": "koi8-u", "macintosh": "mac-roman", "gb2312": "gb18030",
    "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs", "euc-jp": "euc-jp",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "iso-2022-jp": "iso-2022-jp",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "utf-16": "utf-16-le", "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}  # fmt: skip
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
# A tag ends where browsers see its end: not within a quoted value, in which others may have their say. One
# without an end takes the rest of the page with it. Nothing is tried twice.
_WHOLE_TAG = (
    r"<(?:[!?]|/(?![A-Za-z]))[^>]*+(?:>|\Z)"
    r"|</?[A-Za-z](?:[^>\"'=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+|[\"'])*+(?:>|\Z)"
)
_CUT = re.compile(rf"(?P<cut><(script|style|svg|template)(?=[\s/>])|<!--)|{_WHOLE_TAG}", re.IGNORECASE)
_LD = re.compile(r"type\s*=\s*[\"']?application/ld\+json", re.IGNORECASE)
_TAG = re.compile(_WHOLE_TAG)


def decoded(body: bytes, content_type: str) -> str:
    """The text of a page: as it says, unless that is wrong; never an error."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    written = _CHARSET.search(content_type[:200]) or _CHARSET.search(body[:1024].decode("latin-1"))
    name = _ENCODINGS.get(written[1].lower(), "utf-8") if written else "utf-8"
    if name != "utf-8":
        return body.decode(name, "replace")
    try:
        # The end may have been cut off within a character.
        return codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return body.decode("utf-8" if written else "cp1252", "replace")


def without_scripts(markup: str) -> tuple[str, list[str]]:
    """`markup` without scripts, styles, pictures and comments; and the JSON-LD among the scripts."""
    kept, blocks, position = list[str](), list[str](), 0
    lower = markup.lower()
    if len(lower) != len(markup):  # of some letters: then positions differ
        lower = "".join(c.lower() if c.isascii() else c for c in markup)
    searched = 0
    while start := _CUT.search(markup, searched):
        if start["cut"] is None:
            searched = start.end()
            continue
        kept.append(markup[position : start.start()])
        end = "-->" if start[2] is None else f"</{start[2].lower()}"
        at = lower.find(end, start.end())
        if at < 0:  # nothing after it is content
            return "".join(kept), blocks
        if start[2] and start[2].lower() == "script" and len(blocks) < MAX_LD:
            opened = markup.find(">", start.end(), at)
            if opened > 0 and _LD.search(markup[start.end() : min(opened, start.end() + 500)]):
                blocks.append(markup[opened + 1 : at])
        position = searched = at + len(end)
    kept.append(markup[position:])
    return "".join(kept), blocks


def reduced(markup: str, names: Sequence[str]) -> str:
    """`markup` with the tags `names` alone, at most `MAX_TAGS` of them.

    Other tags say nothing to those who ask, and some of them cost a parser quadratic time (html.py).
    """
    wanted = _wanted(tuple(names))
    markup = markup.replace("\0", "")
    markup = _TAG.sub(
        lambda tag: tag[0] if len(tag[0]) <= TAG_LENGTH and wanted.match(tag[0]) else " ", markup
    )
    if markup.count("<") > MAX_TAGS:
        markup = "<".join(markup.split("<", MAX_TAGS)[:-1])
    return markup


@cache
def _wanted(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"</?(?:{'|'.join(names)}|html|head|body)[\s/>]", re.IGNORECASE)
