"""Finding accounts: by name, and the directory of those who want to be found.

Names are searched in `username || ' ' || display_name`, the expression of the index `accounts_name_trigrams`.
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

Order = Literal["active", "new"]

_NAMES: LiteralString = "(a.username || ' ' || a.display_name)"
_BEGINS: LiteralString = _NAMES + " ilike %(begins)s or " + _NAMES + " ilike %(word_begins)s"
_RESEMBLES: LiteralString = _NAMES + " ilike %(contains)s or %(text)s <%% " + _NAMES
_FOLLOWED: LiteralString = (
    "exists (select from follows f where f.account_id = %(viewer)s and f.target_id = a.id)"
)
# Whoever blocks a server finds its people by their exact handle only: to look at what it was.
_UNBLOCKED: LiteralString = """
    (a.domain is null or not exists (
        select from account_domain_blocks d where d.account_id = %(viewer)s and d.domain = a.domain))
"""
_RANKED: LiteralString = (
    " order by lower(a.username) = lower(%(text)s) and a.domain is null desc, "
    + _BEGINS
    + " desc, "
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
    matches: LiteralString = _BEGINS + " or " + _RESEMBLES if len(text) >= MIN_FUZZY else _BEGINS
    sql: LiteralString = (
        "select a.* from accounts a where (" + matches + ") and a.moved_to_id is null and " + _UNBLOCKED
    )
    if following:
        sql += " and " + _FOLLOWED
    pattern = _escaped(text)
    params = {
        "viewer": viewer_id,
        "text": text,
        "begins": f"{pattern}%",
        "word_begins": f"% {pattern}%",
        "contains": f"%{pattern}%",
        "limit": limit,
        "offset": offset,
    }
    return await fetch_all(tx, Account, sql + " and " + access.present("a") + _RANKED, params)


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
