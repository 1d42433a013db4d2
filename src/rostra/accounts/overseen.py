"""Accounts with their private side, as those who look after the network see them. Ask for the role before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, LiteralString

import msgspec

from rostra.accounts.model import Account, Role
from rostra.core.db import Tx, fetch_all
from rostra.core.paging import Bounds

Condition = Literal["active", "pending", "disabled", "silenced", "suspended", "sensitized"]
"""What an account is. Those who are pending may have yet to confirm their address, too."""

_SELECT: LiteralString = """
    select a.*, u.email, u.role, u.locale, u.sign_up_reason, u.created_at as signed_up_at,
           u.confirmed_at, u.approved_at, u.disabled_at, i.account_id as invited_by_id
    from accounts a left join users u on u.account_id = a.id left join invites i on i.id = u.invite_id
    where
"""
_CONDITIONS: dict[Condition, LiteralString] = {
    "active": "a.suspended_at is null",
    "pending": "u.approved_at is null and u.disabled_at is null and u.account_id is not null",
    "disabled": "u.disabled_at is not null and a.suspended_at is null",
    "silenced": "a.limited_at is not null",
    "suspended": "a.suspended_at is not null",
    "sensitized": "false",  # nobody is: that is not built
}


class Overseen(Account, frozen=True):
    """An account and, if it is one of ours, its user."""

    email: str | None
    role: Role | None
    locale: str | None
    sign_up_reason: str | None
    signed_up_at: datetime | None
    confirmed_at: datetime | None
    approved_at: datetime | None
    disabled_at: datetime | None
    invited_by_id: int | None
    """None also where the invitation is gone."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which accounts: all that is said must be so. Names and addresses are given by how they begin."""

    conditions: frozenset[Condition] = frozenset()
    is_local: bool | None = None
    is_staff: bool = False
    roles: Sequence[Role] = ()
    domain: str = ""
    username: str = ""
    display_name: str = ""
    email: str = ""
    ip: str = ""
    """Nobody's is kept, so whoever asks for one finds nobody."""
    invited_by_id: int | None = None

    def sql(self) -> LiteralString:
        """The end of the query's `where`. Only what is asked for stands in it: so it is planned for that."""
        parts: list[LiteralString] = [_CONDITIONS[name] for name in sorted(self.conditions)]
        if self.is_local is not None:
            parts.append("u.account_id is not null" if self.is_local else "a.domain is not null")
        if self.is_staff:
            parts.append("u.role <> 'member'")
        if self.roles:
            parts.append("u.role = any(%(roles)s)")
        if self.domain:
            parts.append("lower(a.domain) = lower(%(domain)s)")
        if self.username:
            parts.append("starts_with(lower(a.username), lower(%(username)s))")
        if self.display_name:
            parts.append("starts_with(lower(a.display_name), lower(%(display_name)s))")
        if self.email:
            parts.append("starts_with(lower(u.email), lower(%(email)s))")
        if self.ip:
            parts.append("false")
        if self.invited_by_id is not None:
            parts.append("i.account_id = %(invited_by)s")
        return " and ".join(parts) if parts else "true"

    def params(self) -> dict[str, object]:
        """The parameters of `sql`."""
        return {
            "roles": list(self.roles),
            "domain": self.domain,
            "username": self.username.removeprefix("@"),
            "display_name": self.display_name,
            "email": self.email,
            "invited_by": self.invited_by_id,
        }


async def accounts(tx: Tx, wanted: Wanted, bounds: Bounds) -> list[Overseen]:
    """A page of them, the newest first."""
    sql = bounds.apply(_SELECT + wanted.sql(), "a.id")
    found = await fetch_all(tx, Overseen, sql, {**wanted.params(), **bounds.params()})
    return found[::-1] if bounds.upwards else found


async def get(tx: Tx, account_id: int) -> Overseen | None:
    """One of them."""
    sql: LiteralString = _SELECT + "a.id = %(id)s"
    found = await fetch_all(tx, Overseen, sql, {"id": account_id})
    return found[0] if found else None
