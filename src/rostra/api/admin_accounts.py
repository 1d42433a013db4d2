"""Accounts, for staff (https://docs.joinmastodon.org/methods/admin/accounts/): newcomers are let in here."""

from typing import Literal

import msgspec

from rostra.accounts import approval, overseen
from rostra.accounts.overseen import Condition, Overseen, Wanted
from rostra.api.auth import user
from rostra.api.entities.admin_account import AdminAccount, admin_account_entity
from rostra.api.entities.role import role_named
from rostra.api.http import Call, Endpoints, Page
from rostra.api.params import Id, PageParams
from rostra.core.errors import Forbidden, NotFound
from rostra.core.paging import Bounds

api = Endpoints("admin/accounts")

READ = user("admin:read:accounts").of("staff")
WRITE = user("admin:write:accounts").of("staff")
LIMIT = 100
"""Accounts on a page, as in Mastodon; at most twice as many."""


class Names(PageParams, kw_only=True):
    """What accounts are called: how it begins, except for the domain."""

    username: str = ""
    display_name: str = ""
    by_domain: str = ""
    email: str = ""
    ip: str = ""


class AccountsOfOld(Names, kw_only=True):
    """Which accounts, as the first version of the list asks for them."""

    local: bool = False
    remote: bool = False
    active: bool = False
    pending: bool = False
    disabled: bool = False
    silenced: bool = False
    suspended: bool = False
    sensitized: bool = False
    staff: bool = False

    def conditions(self) -> frozenset[Condition]:
        """What they are to be."""
        asked: dict[Condition, bool] = {
            "active": self.active,
            "pending": self.pending,
            "disabled": self.disabled,
            "silenced": self.silenced,
            "suspended": self.suspended,
            "sensitized": self.sensitized,
        }
        return frozenset(name for name, is_asked in asked.items() if is_asked)


class Accounts(Names, kw_only=True):
    """Which accounts."""

    origin: Literal["local", "remote", ""] = ""
    status: Condition | Literal[""] = ""
    permissions: Literal["staff", ""] = ""
    role_ids: list[str] = []
    invited_by: Id | None = None


class AccountId(msgspec.Struct):
    """An account in the path."""

    id: Id


@api.get("/api/v1/admin/accounts", auth=READ, returns=list[AdminAccount])
async def list_accounts_of_old(call: Call, params: AccountsOfOld) -> Page:
    """See accounts, the newest first (deprecated: use v2)."""
    is_local = None if params.local == params.remote else params.local
    return await _page(call, params, _wanted(params, params.conditions(), is_local, is_staff=params.staff))


@api.get("/api/v2/admin/accounts", auth=READ, returns=list[AdminAccount])
async def list_accounts(call: Call, params: Accounts) -> Page:
    """See accounts, the newest first; `status=pending` are those who wait to be let in."""
    roles = [role for role in map(role_named, params.role_ids) if role is not None]
    if params.role_ids and not roles:
        return Page([])
    wanted = _wanted(
        params,
        frozenset({params.status} if params.status else ()),
        params.origin == "local" if params.origin else None,
        is_staff=params.permissions == "staff",
    )
    return await _page(
        call, params, msgspec.structs.replace(wanted, roles=roles, invited_by_id=params.invited_by)
    )


@api.get("/api/v1/admin/accounts/{id}", auth=READ, returns=AdminAccount)
async def get_account(call: Call, params: AccountId) -> AdminAccount:
    """See one account."""
    return await _entity(call, await _get(call, params.id))


@api.post("/api/v1/admin/accounts/{id}/approve", auth=WRITE, returns=AdminAccount)
async def approve_account(call: Call, params: AccountId) -> AdminAccount:
    """Let a newcomer in."""
    await _get_waiting(call, params.id)
    await approval.approve(call.tx, params.id)
    return await _entity(call, await _get(call, params.id))


@api.post("/api/v1/admin/accounts/{id}/reject", auth=WRITE, returns=AdminAccount)
async def reject_account(call: Call, params: AccountId) -> AdminAccount:
    """Turn a newcomer away: what they sent is deleted. Answers with what it was."""
    entity = await _entity(call, await _get_waiting(call, params.id))
    await approval.reject(call.tx, params.id)
    return entity


def _wanted(
    params: Names, conditions: frozenset[Condition], is_local: bool | None, *, is_staff: bool
) -> Wanted:
    return Wanted(
        conditions=conditions,
        is_local=is_local,
        is_staff=is_staff,
        domain=params.by_domain,
        username=params.username,
        display_name=params.display_name,
        email=params.email,
        ip=params.ip,
    )


async def _page(call: Call, params: PageParams, wanted: Wanted) -> Page:
    bounds = Bounds(
        limit=params.size(LIMIT), max_id=params.max_id, since_id=params.since_id, min_id=params.min_id
    )
    rows = await overseen.accounts(call.tx, wanted, bounds)
    people = await call.hydrator.people(call.tx, rows)
    items = [admin_account_entity(row, account) for row, account in zip(rows, people, strict=True)]
    return Page(items, rows[0].id, rows[-1].id) if rows else Page(items)


async def _get(call: Call, account_id: int) -> Overseen:
    found = await overseen.get(call.tx, account_id)
    if found is None:
        raise NotFound
    return found


async def _get_waiting(call: Call, account_id: int) -> Overseen:
    """Somebody who waits to be let in.

    Raises:
        Forbidden: they don't (any more).
        NotFound: there is nobody.
    """
    found = await _get(call, account_id)
    if found.email is None or found.approved_at is not None or found.disabled_at is not None:
        raise Forbidden
    return found


async def _entity(call: Call, row: Overseen) -> AdminAccount:
    return admin_account_entity(row, await call.hydrator.person(call.tx, row))
