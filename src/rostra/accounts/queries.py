"""SQL of accounts and users (visibility rules are in access.py)."""

from collections.abc import Sequence
from typing import LiteralString

import msgspec

from rostra.accounts.model import Account, Role, User
from rostra.core.db import Tx, execute, fetch_all, fetch_one, fetch_value

_USER: LiteralString = """
    select account_id, email, role, locale, default_visibility, default_sensitive, default_language,
           default_quote_policy, interaction_policies, confirmed_at, approved_at, disabled_at, created_at
    from users
"""


async def by_ids(tx: Tx, ids: Sequence[int]) -> list[Account]:
    """Rows for those of `ids` that exist, in no order. Not an access check."""
    return await fetch_all(tx, Account, "select * from accounts where id = any(%(ids)s)", {"ids": list(ids)})


async def local_by_username(tx: Tx, username: str) -> Account | None:
    """One of ours by name. Not an access check."""
    return await fetch_one(
        tx,
        Account,
        """
        select * from accounts
        where lower(username) = lower(%(username)s) and coalesce(lower(domain), '') = ''
        """,
        {"username": username},
    )


async def insert_account(tx: Tx, account_id: int, username: str, uri: str, display_name: str) -> bool:
    """Add one of ours; False when the name is taken."""
    return bool(
        await execute(
            tx,
            """
            insert into accounts (id, username, uri, display_name)
            values (%(id)s, %(username)s, %(uri)s, %(display_name)s)
            on conflict do nothing
            """,
            {"id": account_id, "username": username, "uri": uri, "display_name": display_name},
        )
    )


async def insert_user(
    tx: Tx,
    account_id: int,
    *,
    email: str,
    password_hash: str,
    role: Role,
    locale: str,
    reason: str,
    invite_id: int | None,
    webauthn_handle: bytes,
    confirmed: bool,
    approved: bool,
) -> bool:
    """Add the private side of an account; False when the mail address is taken."""
    return bool(
        await execute(
            tx,
            """
            insert into users (account_id, email, password_hash, role, locale, default_language,
                               sign_up_reason, invite_id, webauthn_handle, confirmed_at, approved_at)
            values (%(account_id)s, %(email)s, %(password_hash)s, %(role)s, %(locale)s, %(locale)s,
                    %(reason)s, %(invite_id)s, %(webauthn_handle)s,
                    case when %(confirmed)s then now() end, case when %(approved)s then now() end)
            on conflict do nothing
            """,
            {
                "account_id": account_id,
                "email": email,
                "password_hash": password_hash,
                "role": role,
                "locale": locale,
                "reason": reason,
                "invite_id": invite_id,
                "webauthn_handle": webauthn_handle,
                "confirmed": confirmed,
                "approved": approved,
            },
        )
    )


async def user(tx: Tx, account_id: int) -> User | None:
    """The private side of one of ours."""
    sql: LiteralString = _USER + " where account_id = %(id)s"
    return await fetch_one(tx, User, sql, {"id": account_id})


async def user_by_email(tx: Tx, email: str) -> User | None:
    """The user with this mail address."""
    sql: LiteralString = _USER + " where lower(email) = lower(%(email)s)"
    return await fetch_one(tx, User, sql, {"email": email})


async def sign_up_reason(tx: Tx, account_id: int) -> str:
    """Why a member wanted to be one, in their words; empty if they weren't asked."""
    found = await fetch_value(
        tx, "select sign_up_reason from users where account_id = %(id)s", {"id": account_id}
    )
    return found or ""


async def password_hash(tx: Tx, account_id: int) -> str | None:
    """What is kept of a user's password."""
    return await fetch_value(
        tx, "select password_hash from users where account_id = %(id)s", {"id": account_id}
    )


async def has_owner(tx: Tx) -> bool:
    """Whether the network has an operator yet."""
    return bool(await fetch_value(tx, "select exists (select from users where role = 'owner')"))


async def lock_account(tx: Tx, account_id: int) -> Account | None:
    """One account, locked until the transaction ends. Not an access check."""
    return await fetch_one(
        tx, Account, "select * from accounts where id = %(id)s for no key update", {"id": account_id}
    )


async def update_profile(tx: Tx, account: Account) -> None:
    """Write what a profile says, as in `account`, and raise its version."""
    await execute(
        tx,
        """
        update accounts
        set display_name = %(display_name)s, note = %(note)s, fields = %(fields)s::jsonb,
            avatar_key = %(avatar_key)s, avatar_static_key = %(avatar_static_key)s,
            avatar_description = %(avatar_description)s, header_key = %(header_key)s,
            header_static_key = %(header_static_key)s, header_description = %(header_description)s,
            locked = %(locked)s, bot = %(bot)s, discoverable = %(discoverable)s, indexable = %(indexable)s,
            hide_collections = %(hide_collections)s, show_media = %(show_media)s,
            show_media_replies = %(show_media_replies)s, show_featured = %(show_featured)s,
            attribution_domains = %(attribution_domains)s, version = version + 1
        where id = %(id)s
        """,
        msgspec.structs.asdict(account) | {"fields": msgspec.json.encode(account.fields).decode()},
    )


async def update_defaults(
    tx: Tx,
    account_id: int,
    visibility: str | None,
    sensitive: bool | None,
    language: str | None,
    quote_policy: str | None,
) -> None:
    """Change what a member's new statuses are like; None leaves it, an empty language removes it."""
    await execute(
        tx,
        """
        update users
        set default_visibility = coalesce(%(visibility)s, default_visibility),
            default_sensitive = coalesce(%(sensitive)s, default_sensitive),
            default_quote_policy = coalesce(%(quote_policy)s, default_quote_policy),
            default_language = case when %(language)s::text is null then default_language
                                    else nullif(%(language)s::text, '') end
        where account_id = %(id)s
        """,
        {
            "id": account_id,
            "visibility": visibility,
            "sensitive": sensitive,
            "language": language,
            "quote_policy": quote_policy,
        },
    )


async def update_interaction_policies(tx: Tx, account_id: int, policies: str) -> None:
    """Write who may do what to a member's new statuses: a JSON object, visibility -> policy."""
    await execute(
        tx,
        "update users set interaction_policies = %(policies)s::jsonb where account_id = %(id)s",
        {"id": account_id, "policies": policies},
    )


async def owner(tx: Tx) -> Account | None:
    """The network's operator, or None before they have signed up."""
    return await fetch_one(
        tx,
        Account,
        """
        select a.* from accounts a join users u on u.account_id = a.id
        where u.role = 'owner' and a.suspended_at is null order by a.id limit 1
        """,
    )
