"""Finding accounts: by name, and the directory of those who want to be found.

`account_names` has each account's handle and name from each word on, folded, kept up to date by a trigger, so
that beginnings of names are found by a range of an index that is left after so many rows. Parts of words and
misspelt words are looked for only where beginnings don't fill a page, in `username || ' ' || display_name`,
the expression of the index `accounts_name_trigrams`.
"""

from typing import Literal, LiteralString

from rostra.accounts import access
from rostra.accounts.model import Account
from rostra.core.db import Tx, fetch_all
from rostra.core.settings import Settings
from rostra.core.text import clean, parse_handle

MAX_QUERY = 100
"""Characters of a query that are looked at."""
MIN_FUZZY = 3
"""Characters from which on parts of words and misspelt words are found: a trigram has three."""
MAX_OFFSET = 10_000
LOOKED_AT = 500
"""Accounts with a name that begins so are looked at, beside those whom one follows, and popular ones."""
SIMILAR = 200
"""Accounts with a similar name that are looked at."""
FOLLOWED = 2_000
"""Of those whom one follows, so many are looked at, the last followed first."""

Order = Literal["active", "new"]

_NAMES: LiteralString = "(a.username || ' ' || a.display_name)"
_FOLLOWED: LiteralString = (
    "exists (select from follows f where f.account_id = %(viewer)s and f.target_id = a.id offset 0)"
)
# Whoever blocks a server finds its people by their exact handle only: to look at what it was.
_UNBLOCKED: LiteralString = """
    (a.domain is null or not exists (
        select from account_domain_blocks d
        where d.account_id = %(viewer)s and d.domain = a.domain offset 0))
"""
# From the beginning to the last character that there is: names compare by code point.
_RANGE: LiteralString = "folded.name <> '' and n.name >= folded.name and n.name < folded.name || %(last)s"
_BEGINS: LiteralString = (
    "exists (select from account_names n where n.account_id = {id} and " + _RANGE + " offset 0)"
)
_BEGINNING: LiteralString = (
    """
    select a.id, true as begins from accounts a where lower(a.username) = lower(%(text)s)
    union all
    select n.account_id, true from folded cross join lateral (
        select n.account_id from account_names n where """
    + _RANGE
    + """
        order by n.name, n.account_id limit %(looked_at)s) n
    union all
    select p.account_id, true from folded cross join popular_accounts p where """
    + _BEGINS.replace("{id}", "p.account_id")
    + """
    union all
    select f.target_id, true from folded cross join (
        select target_id from follows where account_id = %(viewer)s order by id desc limit %(followed)s
    ) f where """
    + _BEGINS.replace("{id}", "f.target_id")
)
_SIMILAR: LiteralString = (
    " union all (select a.id, false from accounts a where "
    + _NAMES
    + " ilike %(contains)s limit %(similar)s) union all (select a.id, false from accounts a where"
    + " %(text)s <%% "
    + _NAMES
    + " limit %(similar)s)"
)
_AMONG_FOLLOWED: LiteralString = (
    "select f.target_id as id, "
    + _BEGINS.replace("{id}", "f.target_id")
    + " as begins from folded cross join follows f join accounts a on a.id = f.target_id"
    + " where f.account_id = %(viewer)s and ("
    + _BEGINS.replace("{id}", "f.target_id")
    + " or (%(fuzzy)s and ("
    + _NAMES
    + " ilike %(contains)s or %(text)s <%% "
    + _NAMES
    + ")))"
)
_PAGE: LiteralString = (
    """
    with folded as materialized (select folded_name(%(text)s) collate "C" as name),
    candidates as materialized (select id, bool_or(begins) as begins from ({candidates}) b group by id)
    select a.* from candidates c join accounts a on a.id = c.id
    where a.moved_to_id is null and """
    + _UNBLOCKED
    + " and "
    + access.present("a")
    + """
    order by lower(a.username) = lower(%(text)s) and a.domain is null desc, c.begins desc, """
    + _FOLLOWED
    + " desc, a.followers_count desc, a.id limit %(limit)s offset %(offset)s"
)


async def search(
    tx: Tx, settings: Settings, viewer_id: int | None, query: str, *, limit: int, offset: int, following: bool
) -> list[Account]:
    """Accounts that `query` may mean: the exact handle first, then beginnings of names, then similar ones.

    Args:
        query: a name or a handle, with or without its @.
        following: only those whom the viewer follows.
    """
    text = clean(query[:MAX_QUERY]).strip().removeprefix("@")
    name, _, domain = text.partition("@")
    if domain.lower() == settings.local_domain.lower():
        text = name
    if not text or limit < 1 or offset > MAX_OFFSET:
        return []
    if "@" in text:
        return await _by_handle(tx, viewer_id, text, following) if offset == 0 else []
    params = {
        "viewer": viewer_id,
        "text": text,
        "last": "\U0010ffff",
        "contains": f"%{_escaped(text)}%",
        "fuzzy": len(text) >= MIN_FUZZY,
        "looked_at": LOOKED_AT,
        "followed": FOLLOWED,
        "similar": SIMILAR,
        "limit": limit,
        "offset": offset,
    }
    if following:
        return await fetch_all(tx, Account, _PAGE.replace("{candidates}", _AMONG_FOLLOWED), params)
    found = await fetch_all(tx, Account, _PAGE.replace("{candidates}", _BEGINNING), params)
    if len(found) < limit and len(text) >= MIN_FUZZY:
        found = await fetch_all(tx, Account, _PAGE.replace("{candidates}", _BEGINNING + _SIMILAR), params)
    return found


async def _by_handle(tx: Tx, viewer_id: int | None, text: str, following: bool) -> list[Account]:
    handle = parse_handle(text)
    if handle is None:
        return []
    sql: LiteralString = (
        "select a.* from accounts a where lower(a.username) = lower(%(username)s)"
        " and coalesce(lower(a.domain), '') = lower(%(domain)s) and " + access.present("a")
    )
    if following:
        sql += " and " + _FOLLOWED
    params = {"username": handle.username, "domain": handle.domain or "", "viewer": viewer_id}
    return await fetch_all(tx, Account, sql, params)


def _escaped(text: str) -> str:
    """`text` for LIKE, where it shall mean itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


async def directory(
    tx: Tx, viewer_id: int | None, order: Order, *, local: bool, limit: int, offset: int
) -> list[Account]:
    """Accounts that want to be found: those who last wrote first, or (`new`) the newest."""
    sql: LiteralString = (
        "select a.* from accounts a where a.discoverable and a.limited_at is null and a.moved_to_id is null"
        " and " + access.present("a") + " and " + access.wanted("a")
    )
    if local:
        sql += " and a.domain is null"
    by: LiteralString = "a.id desc" if order == "new" else "a.last_status_at desc nulls last, a.id desc"
    sql += " order by " + by + " limit %(limit)s offset %(offset)s"
    params = {"viewer": viewer_id, "limit": limit, "offset": min(max(offset, 0), MAX_OFFSET)}
    return await fetch_all(tx, Account, sql, params)
