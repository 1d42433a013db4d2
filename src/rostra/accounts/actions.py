"""Use cases of accounts: sign-up."""

import secrets

import msgspec

from rostra.accounts import passwords, queries
from rostra.accounts.model import AccountCreated, Role, check_username
from rostra.core import events
from rostra.core.db import Tx
from rostra.core.errors import Invalid
from rostra.core.ids import new_id
from rostra.core.settings import Settings


class NewAccount(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who wants to be a member."""

    username: str
    email: str
    password: str
    display_name: str = ""
    role: Role = "member"
    locale: str = "en"
    reason: str = ""
    invite_id: int | None = None
    confirmed: bool = False
    approved: bool = True


async def create_account(tx: Tx, settings: Settings, new: NewAccount) -> int:
    """Make an account and its user; returns the account's id.

    Whether sign-up is open at all is the caller's question (accounts/signup).

    Raises:
        Invalid: the name or mail address is taken or malformed, or the password too short.
    """
    check_username(new.username)
    passwords.check_password(new.password)
    password_hash = await passwords.hash_password(new.password)
    account_id = new_id()
    uri = settings.url(f"/ap/users/{account_id}")
    async with tx.transaction():
        if not await queries.insert_account(tx, account_id, new.username, uri, new.display_name):
            raise Invalid(
                "Username has already been taken", {"username": [("ERR_TAKEN", "has already been taken")]}
            )
        added = await queries.insert_user(
            tx,
            account_id,
            email=new.email,
            password_hash=password_hash,
            role=new.role,
            locale=new.locale,
            reason=new.reason,
            invite_id=new.invite_id,
            webauthn_handle=secrets.token_bytes(32),
            confirmed=new.confirmed,
            approved=new.approved,
        )
        if not added:
            raise Invalid(
                "Email has already been taken", {"email": [("ERR_TAKEN", "has already been taken")]}
            )
        await events.record(tx, AccountCreated(account_id=account_id))
    return account_id
