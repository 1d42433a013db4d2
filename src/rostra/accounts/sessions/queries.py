"""SQL of web sessions and of the steps to them."""

from datetime import timedelta
from typing import LiteralString

from rostra.accounts.sessions.model import Credentials, SecondFactors, Session, SignedIn, Step
from rostra.core.db import Tx, execute, fetch_all, fetch_one, fetch_value
from rostra.core.ids import new_id

_CREDENTIALS: LiteralString = """
    select u.account_id, u.password_hash,
           case when u.disabled_at is not null or a.suspended_at is not null then 'disabled'
                when u.confirmed_at is null then 'unconfirmed'
                when u.approved_at is null then 'pending'
                else '' end as obstacle,
           u.totp_confirmed_at is not null as has_totp,
           exists (select from passkeys p where p.user_id = u.account_id) as has_passkeys
    from users u join accounts a on a.id = u.account_id
"""


async def credentials_by_email(tx: Tx, email: str) -> Credentials | None:
    """Of the member with this mail address."""
    sql: LiteralString = _CREDENTIALS + " where lower(u.email) = lower(%(email)s)"
    return await fetch_one(tx, Credentials, sql, {"email": email})


async def credentials_by_username(tx: Tx, username: str) -> Credentials | None:
    """Of the member with this name."""
    sql: LiteralString = (
        _CREDENTIALS + " where lower(a.username) = lower(%(username)s) and coalesce(lower(a.domain), '') = ''"
    )
    return await fetch_one(tx, Credentials, sql, {"username": username})


async def credentials(tx: Tx, account_id: int) -> Credentials | None:
    """Of a member."""
    sql: LiteralString = _CREDENTIALS + " where u.account_id = %(id)s"
    return await fetch_one(tx, Credentials, sql, {"id": account_id})


async def insert_session(
    tx: Tx, user_id: int, token_hash: bytes, user_agent: str, lifetime: timedelta
) -> int:
    """Begin a session; returns its id."""
    return await fetch_value(
        tx,
        """
        insert into web_sessions (id, token_hash, user_id, user_agent, expires_at)
        values (%(id)s, %(hash)s, %(user_id)s, %(user_agent)s, now() + %(lifetime)s)
        returning id
        """,
        {
            "id": new_id(),
            "hash": token_hash,
            "user_id": user_id,
            "user_agent": user_agent,
            "lifetime": lifetime,
        },
    )


async def signed_in(tx: Tx, token_hash: bytes) -> SignedIn | None:
    """The session with this token, unless it has ended or its member may not use the network now."""
    return await fetch_one(
        tx,
        SignedIn,
        """
        select s.id as session_id, u.account_id, a.username, a.display_name, a.avatar_key,
               u.email, u.role, u.locale, s.confirmed_at
        from web_sessions s join users u on u.account_id = s.user_id join accounts a on a.id = s.user_id
        where s.token_hash = %(hash)s and s.expires_at > now()
          and u.confirmed_at is not null and u.approved_at is not null and u.disabled_at is null
          and a.suspended_at is null
        """,
        {"hash": token_hash},
    )


async def touch_session(tx: Tx, session_id: int, lifetime: timedelta) -> None:
    """Remember, to the hour, that a session was used, and let it go on."""
    await execute(
        tx,
        """
        with session as (
            update web_sessions set last_used_at = now(), expires_at = now() + %(lifetime)s
            where id = %(id)s and last_used_at < now() - interval '1 hour'
            returning user_id
        )
        update users set last_active_at = now() from session where account_id = session.user_id
        """,
        {"id": session_id, "lifetime": lifetime},
    )


async def confirm_session(tx: Tx, session_id: int) -> None:
    """Remember that the password was given just now."""
    await execute(tx, "update web_sessions set confirmed_at = now() where id = %(id)s", {"id": session_id})


async def sessions(tx: Tx, user_id: int) -> list[Session]:
    """A member's sessions, the last used first."""
    return await fetch_all(
        tx,
        Session,
        """
        select id, user_agent, created_at, last_used_at from web_sessions
        where user_id = %(user_id)s and expires_at > now() order by last_used_at desc, id desc limit 200
        """,
        {"user_id": user_id},
    )


async def delete_session(tx: Tx, user_id: int, session_id: int) -> int:
    """End one of a member's sessions."""
    return await execute(
        tx,
        "delete from web_sessions where id = %(id)s and user_id = %(user_id)s",
        {"id": session_id, "user_id": user_id},
    )


async def delete_sessions(tx: Tx, user_id: int, except_id: int | None = None) -> int:
    """End all of a member's sessions but one, and whatever is half done."""
    params = {"user_id": user_id, "except_id": except_id}
    await execute(tx, "delete from sign_in_steps where user_id = %(user_id)s", params)
    return await execute(
        tx,
        """
        delete from web_sessions
        where user_id = %(user_id)s and id is distinct from %(except_id)s::bigint
        """,
        params,
    )


async def insert_step(
    tx: Tx,
    token_hash: bytes,
    purpose: str,
    *,
    user_id: int | None,
    challenge: bytes | None,
    lifetime: timedelta,
) -> None:
    """Keep what is known between two steps."""
    await execute(
        tx,
        """
        insert into sign_in_steps (token_hash, purpose, user_id, challenge, expires_at)
        values (%(hash)s, %(purpose)s, %(user_id)s, %(challenge)s, now() + %(lifetime)s)
        """,
        {
            "hash": token_hash,
            "purpose": purpose,
            "user_id": user_id,
            "challenge": challenge,
            "lifetime": lifetime,
        },
    )


async def step(tx: Tx, token_hash: bytes, purpose: str) -> Step | None:
    """What is known, if it is not too old."""
    return await fetch_one(
        tx,
        Step,
        """
        select user_id, challenge from sign_in_steps
        where token_hash = %(hash)s and purpose = %(purpose)s and expires_at > now()
        """,
        {"hash": token_hash, "purpose": purpose},
    )


async def set_challenge(tx: Tx, token_hash: bytes, challenge: bytes) -> None:
    """What the passkey is to sign in this step."""
    await execute(
        tx,
        "update sign_in_steps set challenge = %(challenge)s where token_hash = %(hash)s",
        {"hash": token_hash, "challenge": challenge},
    )


async def take_challenge(tx: Tx, token_hash: bytes, purpose: str) -> Step | None:
    """The step with its challenge, which nobody can use again."""
    return await fetch_one(
        tx,
        Step,
        """
        with old as (
            select token_hash, user_id, challenge from sign_in_steps
            where token_hash = %(hash)s and purpose = %(purpose)s and expires_at > now()
              and challenge is not null
            for update
        )
        update sign_in_steps n set challenge = null from old where n.token_hash = old.token_hash
        returning old.user_id, old.challenge
        """,
        {"hash": token_hash, "purpose": purpose},
    )


async def delete_step(tx: Tx, token_hash: bytes) -> int:
    """Forget a step; 0 when it was gone already."""
    return await execute(tx, "delete from sign_in_steps where token_hash = %(hash)s", {"hash": token_hash})


async def delete_old(tx: Tx) -> int:
    """Forget sessions and steps that have ended."""
    steps = await execute(tx, "delete from sign_in_steps where expires_at < now()")
    return steps + await execute(tx, "delete from web_sessions where expires_at < now()")


async def second_factors(tx: Tx, user_id: int) -> SecondFactors:
    """What a member has besides the password."""
    found = await fetch_one(
        tx,
        SecondFactors,
        """
        select u.totp_confirmed_at,
               (select count(*) from recovery_codes c where c.user_id = u.account_id and c.used_at is null)
                   as codes_left,
               (select count(*) from passkeys p where p.user_id = u.account_id) as passkeys
        from users u where u.account_id = %(id)s
        """,
        {"id": user_id},
    )
    return found or SecondFactors(totp_confirmed_at=None, codes_left=0, passkeys=0)


async def set_password(tx: Tx, user_id: int, password_hash: str) -> None:
    """Change what is kept of a password."""
    await execute(
        tx,
        "update users set password_hash = %(hash)s where account_id = %(id)s",
        {"id": user_id, "hash": password_hash},
    )
