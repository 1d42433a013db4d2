"""What members take along: their lists as CSV, their filters as JSON, read a part at a time.

Formats and file names are Mastodon's, also where they have no header. Of accounts that are suspended the
addresses are in it, too: they may come back.
"""

import csv
import io
from collections.abc import AsyncGenerator
from typing import LiteralString

import msgspec

from rostra.accounts.access import known
from rostra.accounts.filters import queries as filters
from rostra.accounts.filters.model import Rules
from rostra.core.clock import timestamp
from rostra.core.db import Database, Row, Tx, fetch_all, fetch_one, fetch_tuples
from rostra.core.ids import MAX_ID
from rostra.core.settings import Settings
from rostra.portability.model import COLUMNS
from rostra.statuses.access import visible

AT_ONCE = 1_000


class Export(msgspec.Struct, frozen=True):
    """A file that members can take along.

    `sql` yields its rows: `cells`, and `cursor` for the order, the newest first. It has a parameter
    `account`, which is `viewer`, too, and `domain`: that of this network.
    """

    file_name: str
    header: tuple[str, ...]
    sql: LiteralString
    order: LiteralString


class Counts(Row, frozen=True):
    """How many rows each file has."""

    follows: int
    followers: int
    blocks: int
    mutes: int
    domain_blocks: int
    lists: int
    bookmarks: int
    filters: int


_HANDLE: LiteralString = "a.username || '@' || coalesce(a.domain, %(domain)s)"

EXPORTS: dict[str, Export] = {
    "follows": Export(
        "following_accounts.csv",
        COLUMNS["follows"],
        "select f.id as cursor, array["
        + _HANDLE
        + """, f.show_reblogs::text, f.notify::text, coalesce(array_to_string(f.languages, ', '), '')]
        as cells from follows f join accounts a on a.id = f.target_id where f.account_id = %(account)s and """
        + known("a"),
        "f.id",
    ),
    "followers": Export(
        "followers.csv",
        ("Account address",),
        "select f.id as cursor, array["
        + _HANDLE
        + "] as cells from follows f join accounts a on a.id = f.account_id"
        + " where f.target_id = %(account)s and "
        + known("a"),
        "f.id",
    ),
    "blocks": Export(
        "blocked_accounts.csv",
        (),
        "select b.id as cursor, array["
        + _HANDLE
        + "] as cells from blocks b join accounts a on a.id = b.target_id"
        + " where b.account_id = %(account)s and "
        + known("a"),
        "b.id",
    ),
    "mutes": Export(
        "muted_accounts.csv",
        COLUMNS["mutes"],
        "select m.id as cursor, array["
        + _HANDLE
        + """, m.hide_notifications::text] as cells from mutes m join accounts a on a.id = m.target_id
        where m.account_id = %(account)s and (m.expires_at is null or m.expires_at > now()) and """
        + known("a"),
        "m.id",
    ),
    "domain_blocks": Export(
        "blocked_domains.csv",
        (),
        "select d.id as cursor, array[d.domain] as cells from account_domain_blocks d"
        " where d.account_id = %(account)s",
        "d.id",
    ),
    "lists": Export(
        "lists.csv",
        (),
        "select m.id as cursor, array[l.title, "
        + _HANDLE
        + """] as cells from list_members m join lists l on l.id = m.list_id
        join accounts a on a.id = m.account_id where m.owner_id = %(account)s and """
        + known("a"),
        "m.id",
    ),
    "bookmarks": Export(
        "bookmarks.csv",
        (),
        """
        select b.id as cursor, array[s.uri] as cells from bookmarks b join statuses s on s.id = b.status_id
        where b.account_id = %(account)s and """
        + visible("s"),
        "b.id",
    ),
}
"""By the name that it has in its address."""
FILTERS_FILE = "custom_filters.json"


async def counts(tx: Tx, account_id: int) -> Counts:
    """How many rows each file has, about: what is hidden from the member meanwhile counts, too."""
    found = await fetch_one(
        tx,
        Counts,
        """
        select (select count(*) from follows where account_id = %(id)s) as follows,
               (select count(*) from follows where target_id = %(id)s) as followers,
               (select count(*) from blocks where account_id = %(id)s) as blocks,
               (select count(*) from mutes where account_id = %(id)s) as mutes,
               (select count(*) from account_domain_blocks where account_id = %(id)s) as domain_blocks,
               (select count(*) from list_members where owner_id = %(id)s) as lists,
               (select count(*) from bookmarks where account_id = %(id)s) as bookmarks,
               (select count(*) from filters where account_id = %(id)s) as filters
        """,
        {"id": account_id},
    )
    assert found is not None
    return found


async def rows(db: Database, settings: Settings, account_id: int, export: Export) -> AsyncGenerator[str]:
    """The text of a file, in parts. A connection is held only while a part is read."""
    if export.header:
        yield line(export.header)
    cursor = MAX_ID
    sql: LiteralString = export.sql + " and " + export.order + " < %(cursor)s order by " + export.order
    params = {"account": account_id, "viewer": account_id, "domain": settings.local_domain}
    while True:
        async with db.connection() as tx:
            found = await fetch_all(
                tx, _Cells, sql + " desc limit %(limit)s", {**params, "cursor": cursor, "limit": AT_ONCE}
            )
        if found:
            yield "".join(line(row.cells) for row in found)
            cursor = found[-1].cursor
        if len(found) < AT_ONCE:
            return


async def filters_json(tx: Tx, account_id: int) -> bytes:
    """A member's filters, as Mastodon exports them."""
    found = await filters.of_account(tx, account_id)
    ids = [each.status_id for rules in found for each in rules.statuses]
    uris = dict(
        await fetch_tuples(
            tx,
            "select s.id, s.uri from statuses s where s.id = any(%(ids)s) and " + visible("s"),
            {"ids": ids, "viewer": account_id},
        )
    )
    return msgspec.json.encode({"custom_filters": [_filter(rules, uris) for rules in found]})


def line(cells: tuple[str, ...] | list[str]) -> str:
    """`cells` as a line of a CSV file (RFC 4180, with the line ends of Mastodon's)."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


class _Cells(Row, frozen=True):
    cursor: int
    cells: list[str]


def _filter(rules: Rules, uris: dict[int, str]) -> dict[str, object]:
    expires_at = timestamp(rules.filter.expires_at) if rules.filter.expires_at else None
    return {
        "title": rules.filter.title,
        "expires_at": expires_at,
        "context": rules.filter.contexts,
        "action": rules.filter.action,
        "keywords_attributes": [
            {"keyword": each.keyword, "whole_word": each.whole_word} for each in rules.keywords
        ],
        "statuses": [uris[each.status_id] for each in rules.statuses if each.status_id in uris],
    }
