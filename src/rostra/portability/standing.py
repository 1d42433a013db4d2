"""What a member has now, beside what an import names: what it will change, and what it removes. SQL.

Each text in `_HELD` yields what the member has of a kind: `key`, as the rows of an import have it, and `id`
and `other`, by which it is taken away.
"""

from typing import LiteralString

import msgspec

from rostra.accounts.access import known
from rostra.core.db import Row, Tx, fetch_all, fetch_one
from rostra.portability.model import Import, Kind, Preview
from rostra.statuses.access import visible

_HANDLE: LiteralString = "lower(a.username) || coalesce('@' || lower(a.domain), '')"
_STATUS: LiteralString = "case when s.local then s.id::text else s.uri end"

_HELD: dict[Kind, LiteralString] = {
    "follows": "select "
    + _HANDLE
    + """ as key, a.id, 0 as other from (
        select target_id from follows where account_id = %(account)s
        union all
        select target_id from follow_requests where account_id = %(account)s
    ) f join accounts a on a.id = f.target_id""",
    "blocks": "select "
    + _HANDLE
    + " as key, a.id, 0 as other from blocks b join accounts a on a.id = b.target_id"
    + " where b.account_id = %(account)s",
    "mutes": "select "
    + _HANDLE
    + " as key, a.id, 0 as other from mutes m join accounts a on a.id = m.target_id"
    + " where m.account_id = %(account)s and (m.expires_at is null or m.expires_at > now())",
    "domain_blocks": "select domain as key, id, 0 as other from account_domain_blocks"
    " where account_id = %(account)s",
    "lists": "select l.title || chr(10) || "
    + _HANDLE
    + " as key, l.id, a.id as other from lists l join list_members m on m.list_id = l.id"
    + " join accounts a on a.id = m.account_id where l.account_id = %(account)s",
    "bookmarks": "select "
    + _STATUS
    + " as key, s.id, 0 as other from bookmarks b join statuses s on s.id = b.status_id"
    + " where b.account_id = %(account)s",
    "filters": "select title as key, id, 0 as other from filters where account_id = %(account)s",
}
# How a row of a file is named among these. `offset 0`: each is one look into an index (statuses/access.py).
_ROW_KEY: LiteralString = "case when %(kind)s = 'lists' then r.cells[1] || chr(10) || r.key else r.key end"
_ACCOUNTS: LiteralString = (
    """
    exists (select from accounts a
            where lower(a.username) = split_part(r.key, '@', 1)
              and coalesce(lower(a.domain), '') = split_part(r.key, '@', 2) and """
    + known("a")
    + " offset 0)"
)
# Our own statuses stand there by their id, which is as good as they are found by.
_STATUSES: LiteralString = (
    """
    case when r.key ~ '^[0-9]+$'
         then exists (select from statuses s where s.id = r.key::bigint and """
    + visible("s")
    + """ offset 0)
         else exists (select from statuses s where s.uri = r.key and """
    + visible("s")
    + " offset 0) end"
)
_KNOWN: dict[Kind, LiteralString] = {
    "follows": _ACCOUNTS,
    "blocks": _ACCOUNTS,
    "mutes": _ACCOUNTS,
    "lists": _ACCOUNTS,
    "bookmarks": _STATUSES,
    "domain_blocks": "true",
    "filters": "true",
}


class Held(Row, frozen=True):
    """Something that a member has and that is not in a file."""

    key: str
    id: int
    other: int


async def preview(tx: Tx, found: Import) -> Preview:
    """What an import will do."""
    sql: LiteralString = (
        "with held as (select distinct key from ("
        + _HELD[found.kind]
        + ") h), rows as (select "
        + _ROW_KEY
        + " as key, "
        + _KNOWN[found.kind]
        + """ as known from import_rows r where r.import_id = %(id)s and r.key is not null)
        select (select count(*) from rows where known) as found,
               (select count(*) from rows join held using (key)) as present,
               (select count(*) from held left join rows using (key) where rows.key is null) as removed,
               (select count(*) from import_rows r
                where r.import_id = %(id)s and r.key is null) as unreadable
        """
    )
    seen = await fetch_one(tx, Preview, sql, _params(found))
    assert seen is not None
    return seen if found.overwrite else msgspec.structs.replace(seen, removed=0)


async def not_in_file(tx: Tx, found: Import, most: int) -> list[Held]:
    """What the member has and an import, of which no row was touched yet, does not name."""
    sql: LiteralString = (
        "select h.key, h.id, h.other::bigint as other from ("
        + _HELD[found.kind]
        + """) h where not exists (
            select from import_rows r
            where r.import_id = %(id)s and """
        + _ROW_KEY
        + " = h.key) limit %(most)s"
    )
    return await fetch_all(tx, Held, sql, {**_params(found), "most": most})


async def lists_not_in_file(tx: Tx, found: Import, most: int) -> list[Held]:
    """The member's lists of whose title an import has no row."""
    return await fetch_all(
        tx,
        Held,
        """
        select l.title as key, l.id, 0::bigint as other from lists l
        where l.account_id = %(account)s and not exists (
            select from import_rows r where r.import_id = %(id)s and r.cells[1] = l.title) limit %(most)s
        """,
        {**_params(found), "most": most},
    )


def _params(found: Import) -> dict[str, object]:
    return {
        "id": found.id,
        "account": found.account_id,
        "viewer": found.account_id,
        "kind": found.kind,
    }
