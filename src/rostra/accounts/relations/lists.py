"""Lists of people: who follows whom, who asks to, whom somebody blocks and mutes.

Each is ordered and paged by the id of the relation, so by when it came to be.
"""

from datetime import datetime
from typing import LiteralString, TypeVar

import msgspec

from rostra.accounts import access
from rostra.accounts.model import Account
from rostra.core.db import Tx, fetch_all
from rostra.core.paging import Bounds


class Listed(Account, frozen=True):
    """An account in a list; `cursor` is its place there."""

    cursor: int


class Muted(Listed, frozen=True):
    """A muted account; `expires_at` None: until it is unmuted."""

    mute_expires_at: datetime | None


L = TypeVar("L", bound=Listed)

_FOLLOWERS: LiteralString = """
    select a.*, r.id as cursor from follows r join accounts a on a.id = r.account_id
    where r.target_id = %(account)s and
"""
_FOLLOWING: LiteralString = """
    select a.*, r.id as cursor from follows r join accounts a on a.id = r.target_id
    where r.account_id = %(account)s and
"""
_ENDORSED: LiteralString = """
    select a.*, r.id as cursor from endorsements r join accounts a on a.id = r.target_id
    where r.account_id = %(account)s and
"""
_REQUESTS: LiteralString = """
    select a.*, r.id as cursor from follow_requests r join accounts a on a.id = r.account_id
    where r.target_id = %(account)s and
"""
_BLOCKED: LiteralString = """
    select a.*, r.id as cursor from blocks r join accounts a on a.id = r.target_id
    where r.account_id = %(account)s and
"""
_MUTED: LiteralString = """
    select a.*, r.id as cursor, r.expires_at as mute_expires_at
    from mutes r join accounts a on a.id = r.target_id
    where r.account_id = %(account)s and (r.expires_at is null or r.expires_at > now()) and
"""


async def followers(tx: Tx, viewer_id: int | None, account: Account, bounds: Bounds) -> list[Listed]:
    """Who follows `account`, as far as `viewer_id` gets to see it."""
    return await _of(tx, viewer_id, account, bounds, _FOLLOWERS)


async def following(tx: Tx, viewer_id: int | None, account: Account, bounds: Bounds) -> list[Listed]:
    """Whom `account` follows, as far as `viewer_id` gets to see it."""
    return await _of(tx, viewer_id, account, bounds, _FOLLOWING)


async def _of(
    tx: Tx, viewer_id: int | None, account: Account, bounds: Bounds, sql: LiteralString
) -> list[Listed]:
    if not await access.may_see_relations(tx, viewer_id, account):
        return []
    sql += access.present("a")
    if viewer_id not in (None, account.id):
        sql += " and " + access.wanted("a")
    return await _read(tx, Listed, sql, account.id, bounds, viewer_id)


async def endorsed(tx: Tx, viewer_id: int | None, account: Account, bounds: Bounds) -> list[Listed]:
    """Whom `account` shows on its profile, as far as `viewer_id` gets to see it.

    Unlike follows, also of one that hides whom it follows: these it chose to show.
    """
    shown = msgspec.structs.replace(account, hide_collections=False)
    return await _of(tx, viewer_id, shown, bounds, _ENDORSED)


async def requests(tx: Tx, account_id: int, bounds: Bounds) -> list[Listed]:
    """Who asks to follow `account_id`."""
    return await _read(tx, Listed, _REQUESTS + access.present("a"), account_id, bounds)


async def blocked(tx: Tx, account_id: int, bounds: Bounds) -> list[Listed]:
    """Whom `account_id` blocks."""
    return await _read(tx, Listed, _BLOCKED + access.known("a"), account_id, bounds)


async def muted(tx: Tx, account_id: int, bounds: Bounds) -> list[Muted]:
    """Whom `account_id` mutes."""
    return await _read(tx, Muted, _MUTED + access.known("a"), account_id, bounds)


async def _read(
    tx: Tx, into: type[L], sql: LiteralString, account_id: int, bounds: Bounds, viewer_id: int | None = None
) -> list[L]:
    params = {"account": account_id, "viewer": viewer_id, **bounds.params()}
    rows = await fetch_all(tx, into, bounds.apply(sql, "r.id"), params)
    return rows[::-1] if bounds.upwards else rows
