"""Invitations: links by which members bring others in. They also spare those the wait for approval."""

import secrets
from datetime import datetime, timedelta
from typing import LiteralString

from rostra.core.db import Row, Tx, execute, fetch_all, fetch_one, fetch_value
from rostra.core.errors import Invalid
from rostra.core.ids import new_id
from rostra.core.paging import Bounds

MOST = 50
"""Invitations that a member may have open at a time."""
CODE_BYTES = 9  # 72 random bits, 12 characters: short enough to be read out

_GOOD: LiteralString = """(
    (i.expires_at is null or i.expires_at > now()) and (i.max_uses is null or i.uses < i.max_uses)
    and exists (
        select from users u join accounts a on a.id = u.account_id
        where u.account_id = i.account_id and u.confirmed_at is not null and u.approved_at is not null
          and u.disabled_at is null and a.suspended_at is null
    )
)"""


class Invite(Row, frozen=True):
    """A row of `invites`, with its maker's name."""

    id: int
    code: str
    account_id: int
    username: str
    max_uses: int | None
    uses: int
    expires_at: datetime | None
    created_at: datetime


async def make(tx: Tx, account_id: int, max_uses: int | None, lifetime: timedelta | None) -> str:
    """A new invitation; returns its code. Codes are kept in plain, so that members see them again.

    Raises:
        Invalid: they have too many already.
    """
    sql: LiteralString = "delete from invites i where i.account_id = %(account_id)s and not " + _GOOD
    await execute(tx, sql, {"account_id": account_id})
    made = await execute(
        tx,
        """
        insert into invites (id, code, account_id, max_uses, expires_at)
        select %(id)s, %(code)s, %(account_id)s, %(max_uses)s, now() + %(lifetime)s::interval
        where (select count(*) from invites where account_id = %(account_id)s) < %(most)s
        """,
        {
            "id": new_id(),
            "code": (code := secrets.token_urlsafe(CODE_BYTES)),
            "account_id": account_id,
            "max_uses": max_uses,
            "lifetime": lifetime,
            "most": MOST,
        },
    )
    if not made:
        raise Invalid("Too many invitations", {"invites": [("ERR_TOO_MANY", "are too many")]})
    return code


async def of_member(tx: Tx, account_id: int) -> list[Invite]:
    """A member's invitations that still can be used, the newest first."""
    sql: LiteralString = (
        """
        select i.id, i.code, i.account_id, a.username, i.max_uses, i.uses, i.expires_at, i.created_at
        from invites i join accounts a on a.id = i.account_id
        where i.account_id = %(account_id)s and
        """
        + _GOOD
        + " order by i.id desc"
    )
    return await fetch_all(tx, Invite, sql, {"account_id": account_id})


async def of_all(tx: Tx, bounds: Bounds) -> list[Invite]:
    """A page of everybody's invitations that still can be used, the newest first."""
    sql: LiteralString = (
        """
        select i.id, i.code, i.account_id, a.username, i.max_uses, i.uses, i.expires_at, i.created_at
        from invites i join accounts a on a.id = i.account_id where
        """
        + _GOOD
    )
    found = await fetch_all(tx, Invite, bounds.apply(sql, "i.id"), bounds.params())
    return found[::-1] if bounds.upwards else found


async def find(tx: Tx, code: str) -> Invite | None:
    """The invitation with this code, if it still can be used."""
    if "\x00" in code:
        return None
    sql: LiteralString = (
        """
        select i.id, i.code, i.account_id, a.username, i.max_uses, i.uses, i.expires_at, i.created_at
        from invites i join accounts a on a.id = i.account_id where i.code = %(code)s and
        """
        + _GOOD
    )
    return await fetch_one(tx, Invite, sql, {"code": code})


async def redeem(tx: Tx, code: str) -> int | None:
    """Use an invitation once, in the transaction that makes the account; None when it is not good."""
    sql: LiteralString = (
        "update invites i set uses = i.uses + 1 where i.code = %(code)s and " + _GOOD + " returning i.id"
    )
    return await fetch_value(tx, sql, {"code": code})


async def revoke(tx: Tx, account_id: int, invite_id: int) -> int:
    """Take an invitation back."""
    return await execute(
        tx,
        "delete from invites where id = %(id)s and account_id = %(account_id)s",
        {"id": invite_id, "account_id": account_id},
    )


async def revoke_any(tx: Tx, invite_id: int) -> int:
    """Take anybody's invitation back; for the staff."""
    return await execute(tx, "delete from invites where id = %(id)s", {"id": invite_id})
