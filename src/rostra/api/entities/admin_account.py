"""Admin::Account (https://docs.joinmastodon.org/entities/Admin_Account/)."""

import msgspec

from rostra.accounts.overseen import Overseen
from rostra.api.entities.account import Account
from rostra.api.entities.role import Role, role_entity
from rostra.core.clock import timestamp


class AdminIp(msgspec.Struct):
    """An address that somebody signed in from: none are kept."""

    ip: str
    used_at: str


class AdminAccount(msgspec.Struct, kw_only=True):
    """An account as staff see it. What only members have is null for accounts of other servers."""

    id: str
    username: str
    domain: str | None
    created_at: str
    email: str | None
    ip: str | None = None
    ips: list[AdminIp] = msgspec.field(default_factory=list[AdminIp])
    locale: str | None
    invite_request: str | None
    role: Role | None
    confirmed: bool | None
    approved: bool | None
    disabled: bool | None
    silenced: bool
    suspended: bool
    sensitized: bool = False
    created_by_application_id: str | None = None
    invited_by_account_id: str | None
    account: Account | msgspec.Raw


def admin_account_entity(row: Overseen, account: msgspec.Raw) -> AdminAccount:
    """`row`, with what everybody sees of it."""
    is_ours = row.email is not None
    return AdminAccount(
        id=str(row.id),
        username=row.username,
        domain=row.domain,
        created_at=timestamp(row.signed_up_at or row.created_at),
        email=row.email,
        locale=row.locale,
        invite_request=row.sign_up_reason or None,
        role=role_entity(row.role) if row.role else None,
        confirmed=row.confirmed_at is not None if is_ours else None,
        approved=row.approved_at is not None if is_ours else None,
        disabled=row.disabled_at is not None if is_ours else None,
        silenced=row.limited_at is not None,
        suspended=row.suspended_at is not None,
        invited_by_account_id=str(row.invited_by_id) if row.invited_by_id else None,
        account=account,
    )
