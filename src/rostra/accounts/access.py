"""Who may see which account: the only place.

The rule is an SQL text: callers embed it in their `where`, with the alias of the accounts table.
"""

from collections.abc import Sequence
from typing import LiteralString

from rostra.accounts.model import Account
from rostra.core.db import Tx, fetch_all, fetch_one, fetch_value
from rostra.core.errors import NotFound

_KNOWN: LiteralString = """(
    not exists (
        select from users pu
        where pu.account_id = {a}.id and (pu.confirmed_at is null or pu.approved_at is null)
    )
)"""
_PRESENT: LiteralString = "({a}.suspended_at is null and " + _KNOWN + ")"


def known(alias: LiteralString) -> LiteralString:
    """Accounts that others may have heard of: signed up to the end, perhaps suspended since."""
    return _KNOWN.replace("{a}", alias)


def present(alias: LiteralString) -> LiteralString:
    """Accounts that exist for others: not suspended, and signed up to the end."""
    return _PRESENT.replace("{a}", alias)


_WANTED: LiteralString = """(
    not exists (
        select from blocks wb where wb.account_id = %(viewer)s and wb.target_id = {a}.id)
    and not exists (
        select from blocks wb where wb.account_id = {a}.id and wb.target_id = %(viewer)s)
    and not exists (
        select from mutes wm where wm.account_id = %(viewer)s and wm.target_id = {a}.id
          and (wm.expires_at is null or wm.expires_at > now()))
    and ({a}.domain is null or not exists (
        select from account_domain_blocks wd
        where wd.account_id = %(viewer)s and wd.domain = {a}.domain))
)"""


def wanted(alias: LiteralString) -> LiteralString:
    """Accounts that `viewer` neither blocks, by name or by server, nor mutes, and that don't block `viewer`:
    for lists of people."""
    return _WANTED.replace("{a}", alias)


async def get_known(tx: Tx, account_id: int) -> Account:
    """The account, if others may have heard of it: where a suspended one is shown as such, or left behind.

    Raises:
        NotFound: they may not.
    """
    return await _get(
        tx, "select a.* from accounts a where a.id = %(id)s and " + known("a"), {"id": account_id}
    )


async def get_present(tx: Tx, account_id: int) -> Account:
    """The account, if it exists for others.

    Raises:
        NotFound: it does not.
    """
    return await _get(
        tx, "select a.* from accounts a where a.id = %(id)s and " + present("a"), {"id": account_id}
    )


_BY_HANDLE: LiteralString = """
    select a.* from accounts a
    where lower(a.username) = lower(%(username)s)
      and coalesce(lower(a.domain), '') = coalesce(lower(%(domain)s), '') and
"""


async def get_by_handle(tx: Tx, username: str, domain: str | None) -> Account:
    """The account named `username` (`domain` None: ours), if it exists for others.

    Raises:
        NotFound: it does not.
    """
    return await _get(tx, _BY_HANDLE + present("a"), {"username": username, "domain": domain})


async def get_known_by_handle(tx: Tx, username: str, domain: str | None) -> Account:
    """The same, if others may have heard of it: see `get_known`.

    Raises:
        NotFound: they may not.
    """
    return await _get(tx, _BY_HANDLE + known("a"), {"username": username, "domain": domain})


async def known_by_ids(tx: Tx, ids: Sequence[int]) -> list[Account]:
    """Those of `ids` that others may have heard of, in the order of `ids`."""
    sql: LiteralString = "select a.* from accounts a where a.id = any(%(ids)s) and " + known("a")
    by_id = {row.id: row for row in await fetch_all(tx, Account, sql, {"ids": list(ids)})}
    return [by_id[account_id] for account_id in dict.fromkeys(ids) if account_id in by_id]


async def _get(tx: Tx, sql: LiteralString, params: dict[str, object]) -> Account:
    account = await fetch_one(tx, Account, sql, params)
    if account is None:
        raise NotFound()
    return account


async def may_see_relations(tx: Tx, viewer_id: int | None, account: Account) -> bool:
    """Whether `viewer_id` may see who follows `account` and whom it follows.

    As in Mastodon: not of a suspended account, and of one that hides them or blocks the viewer only its own.
    """
    if account.suspended_at is not None:
        return False
    if viewer_id == account.id:
        return True
    if account.hide_collections:
        return False
    return viewer_id is None or not await fetch_value(
        tx,
        "select exists (select from blocks where account_id = %(account)s and target_id = %(viewer)s)",
        {"account": account.id, "viewer": viewer_id},
    )
