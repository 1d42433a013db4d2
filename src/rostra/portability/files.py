"""Reading the files that members bring along, also those that other programs have been at. No I/O.

Real files have a byte order mark, no header (exports of one column), line ends of another system, columns
in another order, or semicolons between them, as spreadsheets write them. What is in them is checked row by
row: one that nobody can read is kept, and fails alone.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import Any, cast
from urllib.parse import urlsplit

import msgspec

from rostra.accounts.filters.model import TITLE_LENGTH
from rostra.accounts.relations.domains import normalized
from rostra.core.errors import Invalid
from rostra.core.settings import Settings
from rostra.core.text import clean, parse_handle
from rostra.portability.model import (
    CELL_LENGTH,
    COLUMNS,
    FILE_BYTES,
    FILE_NAME_LENGTH,
    FILTER_LENGTH,
    KEY_BYTES,
    ROWS,
    File,
    FileRow,
    Kind,
)
from rostra.statuses import local_urls

_HEADERS = {
    "account address": "Account address", "account": "Account address", "acct": "Account address",
    "show boosts": "Show boosts", "notify on new posts": "Notify on new posts", "languages": "Languages",
    "hide notifications": "Hide notifications", "#domain": "#domain", "domain": "#domain",
    "#uri": "#uri", "uri": "#uri", "list name": "List name", "list title": "List name",
}  # fmt: skip
"""Names of columns, as some file has them -> as Mastodon has them."""
_REQUIRED: dict[Kind, tuple[str, ...]] = {
    "lists": ("List name", "Account address"),
    "domain_blocks": ("#domain",),
    "bookmarks": ("#uri",),
}
_NAMES: tuple[tuple[str, Kind], ...] = (
    ("following", "follows"), ("follows", "follows"), ("muted", "mutes"), ("mutes", "mutes"),
    ("blocked_domains", "domain_blocks"), ("domain_blocks", "domain_blocks"), ("blocked", "blocks"),
    ("blocks", "blocks"), ("bookmarks", "bookmarks"), ("lists", "lists"), ("custom_filters", "filters"),
)  # fmt: skip
"""How the names of exported files begin."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read(settings: Settings, kind: Kind, name: str, data: bytes) -> File:
    """The rows of a file. Of several that name the same, the last counts.

    Takes linear time: about a second for the largest.

    Raises:
        Invalid: it is empty, too large, none of this kind, or nothing in it can be read.
    """
    if len(data) > FILE_BYTES:
        raise _invalid("ERR_TOO_LONG", f"File is too large (maximum is {FILE_BYTES} bytes)")
    text = _decoded(data)
    if "\0" in text:
        raise _unreadable()
    if not text.strip():
        raise _invalid("ERR_BLANK", "File is empty")
    name = clean(name).strip().rpartition("/")[2][-FILE_NAME_LENGTH:]
    header, lines = ((), _filters(text)) if kind == "filters" else _table(kind, text)
    rows = dict[object, FileRow]()
    for line, cells in enumerate(lines, 1):
        if line > ROWS:
            raise _invalid("ERR_TOO_MANY", f"File has too many rows (maximum is {ROWS})")
        key = _KEYS[kind](settings, cells) if _fits(kind, cells) else None
        kept = [cell[:CELL_LENGTH] for cell in cells] if kind != "filters" or key is None else cells
        rows[line if key is None else (cells[0] if kind == "lists" else "", key)] = FileRow(line, key, kept)
    if all(row.key is None for row in rows.values()):
        raise _invalid("ERR_INVALID", "There is nothing in the file that can be imported")
    return File(kind=kind, name=name, rows=list(rows.values()), looks_like=_looks_like(name, header))


def truth(cell: str) -> bool | None:
    """What a cell says, yes or no; None where it says nothing."""
    text = cell.strip().lower()
    return text not in ("false", "f", "0", "no", "off") if text else None


def filter_keys(settings: Settings, cell: str) -> list[str]:
    """The posts that a filter names, as `status_key` has them."""
    data = cast("dict[str, Any]", msgspec.json.decode(cell))
    written = data.get("statuses")
    uris: list[Any] = cast("list[Any]", written) if isinstance(written, list) else []
    return [key for uri in uris if isinstance(uri, str) and (key := status_key(settings, uri))]


def status_key(settings: Settings, written: str) -> str | None:
    """What a post is found by: our own by its id, others by their URI; None: it is no address."""
    text = written.strip()
    status_id = local_urls.status_id(settings, text)
    if status_id is not None:
        return str(status_id)
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.path.strip("/")
        # JSON can write what CSV can't: NUL, which the database does not take.
        fits = len(text.encode()) <= KEY_BYTES and not _UNPRINTABLE.search(text)
    except ValueError:
        return None
    return text if usable and fits else None


def account_key(settings: Settings, written: str) -> str | None:
    """What an account is found by, `alice` or `bob@other.example` in lower case; None: it is no handle."""
    handle = parse_handle(written)
    if handle is None:
        return None
    if handle.domain is None or handle.domain == settings.local_domain.lower():
        return handle.username.lower()
    return f"{handle.username.lower()}@{handle.domain}"


def _decoded(data: bytes) -> str:
    """The text of a file: UTF-8 as all exports are, or what spreadsheets make of it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _table(kind: Kind, text: str) -> tuple[tuple[str, ...], Iterator[list[str]]]:
    """The header, empty if there is none, and the cells of each row in the order of `COLUMNS`."""
    table = csv.reader(io.StringIO(text, newline=None), delimiter=_delimiter(kind, text))
    try:
        first = next((row for row in table if any(cell.strip() for cell in row)), list[str]())
    except csv.Error:
        raise _unreadable() from None
    names = tuple(_HEADERS.get(cell.strip().lower(), "") for cell in first)
    columns = COLUMNS[kind]
    if not any(names):
        return (), _rows(first, table, {column: place for place, column in enumerate(columns)}, columns)
    places = {name: place for place, name in reversed(list(enumerate(names)))}
    if not all(name in places for name in _REQUIRED.get(kind, ("Account address",))):
        raise _invalid("ERR_INCLUSION", "The file has other columns than this needs")
    return names, _rows(None, table, places, columns)


def _rows(
    first: list[str] | None, table: Iterator[list[str]], places: dict[str, int], columns: tuple[str, ...]
) -> Iterator[list[str]]:
    try:
        for row in [first] if first is not None else []:
            yield _ordered(row, places, columns)
        for row in table:
            if any(cell.strip() for cell in row):
                yield _ordered(row, places, columns)
    except csv.Error:
        raise _unreadable() from None


def _ordered(row: list[str], places: dict[str, int], columns: tuple[str, ...]) -> list[str]:
    found = (places.get(column, len(row)) for column in columns)
    return [_UNPRINTABLE.sub("", row[place]).strip() if place < len(row) else "" for place in found]


def _delimiter(kind: Kind, text: str) -> str:
    if kind == "bookmarks":  # addresses may have any of them
        return ","
    line = text.lstrip()[:CELL_LENGTH].partition("\n")[0]
    return next((sign for sign in ",;\t" if sign in line), ",")


def _filters(text: str) -> Iterator[list[str]]:
    """The filters of Mastodon's `custom_filters.json`, one object each."""
    try:
        data: Any = msgspec.json.decode(text)
        found = cast("dict[str, Any]", data)["custom_filters"]
        if not isinstance(found, list):
            raise TypeError
    except (msgspec.DecodeError, RecursionError, KeyError, TypeError):
        raise _unreadable() from None
    for each in cast("list[Any]", found):
        yield [msgspec.json.encode(each).decode()]


def _fits(kind: Kind, cells: list[str]) -> bool:
    most = FILTER_LENGTH if kind == "filters" else CELL_LENGTH
    return all(len(cell) <= most for cell in cells)


def _key_of_account(settings: Settings, cells: list[str]) -> str | None:
    return account_key(settings, cells[0])


def _key_in_list(settings: Settings, cells: list[str]) -> str | None:
    return account_key(settings, cells[1]) if cells[0] else None


def _key_of_domain(settings: Settings, cells: list[str]) -> str | None:
    domain = normalized(cells[0])
    return None if domain == settings.local_domain.lower() else domain


def _key_of_status(settings: Settings, cells: list[str]) -> str | None:
    return status_key(settings, cells[0])


def _key_of_filter(settings: Settings, cells: list[str]) -> str | None:
    data: Any = msgspec.json.decode(cells[0])
    title = cast("dict[str, Any]", data).get("title") if isinstance(data, dict) else None
    title = clean(title).strip() if isinstance(title, str) else ""
    return title if 0 < len(title) <= TITLE_LENGTH else None


_KEYS: dict[Kind, Callable[[Settings, list[str]], str | None]] = {
    "follows": _key_of_account,
    "blocks": _key_of_account,
    "mutes": _key_of_account,
    "domain_blocks": _key_of_domain,
    "lists": _key_in_list,
    "bookmarks": _key_of_status,
    "filters": _key_of_filter,
}


def _looks_like(name: str, header: tuple[str, ...]) -> Kind | None:
    """As Mastodon: by the columns that only one kind has, else by how the file's name begins."""
    if "Hide notifications" in header:
        return "mutes"
    if {"Show boosts", "Notify on new posts", "Languages"} & set(header):
        return "follows"
    return next((kind for start, kind in _NAMES if name.lower().startswith(start)), None)


def _unreadable() -> Invalid:
    return _invalid("ERR_INVALID", "The file can't be read")


def _invalid(code: str, message: str) -> Invalid:
    return Invalid(message, {"file": [(code, message)]})
