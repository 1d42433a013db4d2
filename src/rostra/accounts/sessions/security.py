"""Use cases of a member's security: password, mail address, second factors. What changes is told by mail."""

import msgspec

from rostra.accounts import throttles
from rostra.accounts.emails import as_kept, delete_email_tokens, find_email_token, normalize_email
from rostra.accounts.oauth import queries as oauth_queries
from rostra.accounts.oauth.revocation import tokens_die
from rostra.accounts.passwords import check_password, hash_password
from rostra.accounts.queries import user_by_email
from rostra.accounts.sessions import passkeys, queries, recovery, totp
from rostra.accounts.sessions.model import (
    Change,
    EmailChangeRequested,
    PasswordResetRequested,
    SecurityChanged,
    WrongCode,
)
from rostra.core import events
from rostra.core.bus import Bus
from rostra.core.db import Tx, execute, fetch_value
from rostra.core.errors import Invalid, NotFound, RostraError
from rostra.core.settings import Settings


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """By what a member changes something: it goes on when all else ends."""

    session_id: int | None = None
    token_id: int | None = None


NOTHING_KEPT = Kept()


class LinkExpired(RostraError):
    """A link in a mail was used before, is too old, or was never sent."""

    status = 410

    def __init__(self) -> None:
        super().__init__("The link has expired or was used before")


async def request_password_reset(tx: Tx, settings: Settings, *, email: str, address: str) -> None:
    """Have a link to set a new password mailed to `email`, if a member has it. The answer is always the same.

    Raises:
        TooMany: too many mails were asked for.
    """
    email = as_kept(email, settings)
    await throttles.hit(tx, settings, throttles.MAIL_BY_ADDRESS, throttles.network_of(address))
    await throttles.hit(tx, settings, throttles.MAIL_BY_RECIPIENT, email)
    found = await user_by_email(tx, email)
    account_id = found.account_id if found and found.disabled_at is None else None
    await events.record(tx, PasswordResetRequested(account_id=account_id))


async def reset_password(
    tx: Tx, bus: Bus, *, token: str, password: str, end_sessions: bool, revoke_apps: bool
) -> int:
    """Set a new password by the link in a mail; returns the account's id. A second factor stays needed.

    Raises:
        LinkExpired: the link is not good.
        Invalid: the password can't be chosen.
    """
    check_password(password)
    hashed = await hash_password(password)
    async with tokens_die(tx, bus):
        found = await find_email_token(tx, token, "reset")
        if found is None or not await delete_email_tokens(tx, found.user_id, "reset"):
            raise LinkExpired
        # Whoever follows the link owns the address, so it is confirmed, too.
        await execute(
            tx,
            """
            update users set confirmed_at = coalesce(confirmed_at, now())
            where account_id = %(id)s and lower(email) = lower(%(email)s)
            """,
            {"id": found.user_id, "email": found.email},
        )
        await _set_password(tx, found.user_id, hashed, NOTHING_KEPT, end_sessions, revoke_apps)
    return found.user_id


async def change_password(
    tx: Tx,
    bus: Bus,
    account_id: int,
    *,
    password: str,
    end_sessions: bool,
    revoke_apps: bool,
    kept: Kept = NOTHING_KEPT,
) -> None:
    """Set a new password; the caller has asked for the old one. Of sessions and apps that end, `kept` stays.

    Raises:
        Invalid: the password can't be chosen.
    """
    check_password(password)
    hashed = await hash_password(password)
    async with tokens_die(tx, bus):
        await _set_password(tx, account_id, hashed, kept, end_sessions, revoke_apps)


async def request_email_change(
    tx: Tx, settings: Settings, account_id: int, *, email: str, address: str
) -> str:
    """Have a link mailed to a new address, which is used once it is followed; returns the address.

    Raises:
        Invalid: it is no mail address, or a member has it.
        TooMany: too many mails were asked for.
    """
    email = normalize_email(email, settings)
    await throttles.hit(tx, settings, throttles.MAIL_BY_ADDRESS, throttles.network_of(address))
    await throttles.hit(tx, settings, throttles.MAIL_BY_RECIPIENT, email)
    if await user_by_email(tx, email) is not None:
        raise _taken()
    async with tx.transaction():
        await delete_email_tokens(tx, account_id, "change")
        await execute(
            tx,
            "update users set new_email = %(email)s where account_id = %(id)s",
            {"id": account_id, "email": email},
        )
        await events.record(tx, EmailChangeRequested(account_id=account_id))
    return email


async def new_email(tx: Tx, account_id: int) -> str | None:
    """The address that a member has yet to confirm."""
    return await fetch_value(tx, "select new_email from users where account_id = %(id)s", {"id": account_id})


async def confirm_email_change(tx: Tx, token: str) -> str:
    """Use a new address from now on, by the link that was sent there; returns it.

    Raises:
        LinkExpired: the link is not good.
        Invalid: another member took the address meanwhile.
    """
    async with tx.transaction():
        found = await find_email_token(tx, token, "change")
        if found is None or not await delete_email_tokens(tx, found.user_id, "change", "reset"):
            raise LinkExpired
        taken = await user_by_email(tx, found.email)
        if taken is not None and taken.account_id != found.user_id:
            raise _taken()
        old: str | None = await fetch_value(
            tx, "select email from users where account_id = %(id)s for update", {"id": found.user_id}
        )
        changed = await execute(
            tx,
            """
            update users set email = %(email)s, new_email = null
            where account_id = %(id)s and new_email = %(email)s
            """,
            {"id": found.user_id, "email": found.email},
        )
        if not changed or old is None:
            raise LinkExpired
        await events.record(tx, SecurityChanged(account_id=found.user_id, change="email", email=old))
    return found.email


async def confirm_totp(tx: Tx, account_id: int, code: str) -> list[str]:
    """Turn TOTP on; returns recovery codes when these are the member's first.

    Raises:
        WrongCode: the code does not fit the secret.
    """
    async with tx.transaction():
        if not await totp.confirm(tx, account_id, code):
            raise WrongCode
        await _changed(tx, account_id, "totp_added")
        return await _first_codes(tx, account_id)


async def remove_totp(tx: Tx, account_id: int) -> None:
    """Turn TOTP off.

    Raises:
        NotFound: it is off.
    """
    async with tx.transaction():
        if not await totp.remove(tx, account_id):
            raise NotFound
        await _drop_codes_of_nothing(tx, account_id)
        await _changed(tx, account_id, "totp_removed")


async def add_passkey(
    tx: Tx, settings: Settings, account_id: int, *, step_token: str, credential: str, name: str
) -> list[str]:
    """Add a passkey; returns recovery codes when these are the member's first. Raises as `passkeys.add`."""
    async with tx.transaction():
        await passkeys.add(tx, settings, account_id, step_token=step_token, credential=credential, name=name)
        await _changed(tx, account_id, "passkey_added")
        return await _first_codes(tx, account_id)


async def remove_passkey(tx: Tx, account_id: int, passkey_id: int) -> None:
    """Remove a passkey.

    Raises:
        NotFound: it is not theirs.
    """
    async with tx.transaction():
        if not await passkeys.remove(tx, account_id, passkey_id):
            raise NotFound
        await _drop_codes_of_nothing(tx, account_id)
        await _changed(tx, account_id, "passkey_removed")


async def renew_codes(tx: Tx, account_id: int) -> list[str]:
    """Fresh recovery codes in place of the old ones.

    Raises:
        NotFound: there is no second factor that they could stand in for.
    """
    async with tx.transaction():
        if not (await queries.second_factors(tx, account_id)).any:
            raise NotFound
        await _changed(tx, account_id, "codes")
        return await recovery.renew_codes(tx, account_id)


async def _set_password(
    tx: Tx,
    user_id: int,
    password_hash: str,
    kept: Kept,
    end_sessions: bool,
    revoke_apps: bool,
) -> None:
    await queries.set_password(tx, user_id, password_hash)
    await delete_email_tokens(tx, user_id, "reset")
    if end_sessions:
        await queries.delete_sessions(tx, user_id, kept.session_id)
    if revoke_apps:
        await oauth_queries.delete_tokens_of_member(tx, user_id, except_id=kept.token_id)
    await _changed(tx, user_id, "password")


async def _changed(tx: Tx, user_id: int, change: Change) -> None:
    await events.record(tx, SecurityChanged(account_id=user_id, change=change))


async def _first_codes(tx: Tx, user_id: int) -> list[str]:
    factors = await queries.second_factors(tx, user_id)
    return [] if factors.codes_left else await recovery.renew_codes(tx, user_id)


async def _drop_codes_of_nothing(tx: Tx, user_id: int) -> None:
    """Without a second factor, recovery codes recover nothing."""
    if not (await queries.second_factors(tx, user_id)).any:
        await recovery.delete_codes(tx, user_id)


def _taken() -> Invalid:
    return Invalid("Email has already been taken", {"email": [("ERR_TAKEN", "has already been taken")]})
