"""The private side of one's own account, as in GoToSocial (docs/api-extensions.md)."""

import msgspec

from rostra.accounts import deletion, queries
from rostra.accounts.sessions import queries as session_queries
from rostra.accounts.sessions import security
from rostra.accounts.sessions.security import Kept
from rostra.api.http import Call, Endpoints
from rostra.api.own import READ, WRITE, Confirmed, Password, confirm
from rostra.api.params import NoParams
from rostra.core.clock import timestamp
from rostra.core.errors import NotFound

api = Endpoints("user")


class User(msgspec.Struct, kw_only=True):
    """A member. `unconfirmed_email` is an address whose link was not followed yet."""

    id: str
    created_at: str
    email: str
    unconfirmed_email: str | None
    reason: str
    confirmed_at: str | None
    role: str
    moderator: bool
    admin: bool
    disabled: bool
    approved: bool
    two_factor_enabled_at: str | None


class PasswordChange(msgspec.Struct, kw_only=True):
    """The password so far, the new one, and what is to end with the old one."""

    old_password: Password
    new_password: Password
    end_sessions: bool = True
    revoke_apps: bool = False
    """But for the token of this request."""


class EmailChange(Confirmed, kw_only=True):
    """A new mail address."""

    new_email: str


class Belongings(msgspec.Struct):
    """What goes with an account when it is deleted."""

    statuses: int
    media: int
    followers: int
    following: int


@api.get("/api/v1/user", auth=READ, returns=User)
async def get_user(call: Call, params: NoParams) -> User:
    """See the private side of one's account."""
    return await _user(call)


@api.post("/api/v1/user/password_change", auth=WRITE, returns=dict[str, str])
async def change_password(call: Call, params: PasswordChange) -> dict[str, str]:
    """Choose another password."""
    assert call.viewer is not None
    await confirm(call, call.tx, params.old_password, "old_password")
    await security.change_password(
        call.tx,
        call.services.bus,
        call.account_id,
        password=params.new_password,
        end_sessions=params.end_sessions,
        revoke_apps=params.revoke_apps,
        kept=Kept(token_id=call.viewer.token_id),
    )
    return {}


@api.post("/api/v1/user/email_change", auth=WRITE, returns=User)
async def change_email(call: Call, params: EmailChange) -> User:
    """Use another mail address, once the link that is sent there was followed."""
    await confirm(call, call.tx, params.password)
    await security.request_email_change(
        call.tx, call.settings, call.account_id, email=params.new_email, address=call.address
    )
    return await _user(call)


@api.get("/api/rostra/v1/user/belongings", auth=READ, returns=Belongings)
async def get_belongings(call: Call, params: NoParams) -> Belongings:
    """See what would go with one's account."""
    found = await deletion.belongings(call.tx, call.account_id)
    return Belongings(found.statuses, found.media, found.followers, found.following)


@api.post("/api/v1/accounts/delete", auth=WRITE, returns=dict[str, str])
async def delete_account(call: Call, params: Confirmed) -> dict[str, str]:
    """Delete one's account for good: nobody sees it from now on, and all of it goes."""
    await confirm(call, call.tx, params.password)
    await deletion.begin(call.tx, call.services.bus, call.account_id)
    return {}


async def _user(call: Call) -> User:
    found = await queries.user(call.tx, call.account_id)
    if found is None:
        raise NotFound
    factors = await session_queries.second_factors(call.tx, call.account_id)
    return User(
        id=str(found.account_id),
        created_at=timestamp(found.created_at),
        email=found.email,
        unconfirmed_email=await security.new_email(call.tx, call.account_id),
        reason=await queries.sign_up_reason(call.tx, call.account_id),
        confirmed_at=timestamp(found.confirmed_at) if found.confirmed_at else None,
        role=found.role,
        moderator=found.role != "member",
        admin=found.role in ("admin", "owner"),
        disabled=found.disabled_at is not None,
        approved=found.approved_at is not None,
        two_factor_enabled_at=timestamp(factors.totp_confirmed_at) if factors.totp_confirmed_at else None,
    )
