"""SQL of apps, authorization codes and access tokens."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString

from rostra.accounts.oauth.model import Application, AuthorizedApp, Grant, MemberToken, UsableToken, Viewer
from rostra.accounts.sharing import queries as sharing
from rostra.core.db import Tx, execute, fetch_all, fetch_one, fetch_tuples, fetch_value, fetch_values
from rostra.core.ids import new_id
from rostra.core.paging import Bounds

_APPLICATION: LiteralString = """
    select id, name, website, redirect_uris, scopes, client_id, created_at from applications
"""

_TOKENS: LiteralString = """
    select t.id, t.scopes, t.created_at, t.last_used_at, t.user_id as account_id, x.member_id,
           p.name, p.website
    from access_tokens t join applications p on p.id = t.application_id
    left join shared_access x on x.id = t.shared_access_id
    where (t.user_id = %(user_id)s or x.member_id = %(user_id)s)
"""
_SHARED: LiteralString = (
    "select x.member_id, x.role, "
    + sharing.USABLE
    + " as usable from shared_access x where x.id = t.shared_access_id"
)


async def viewer_by_token(tx: Tx, token_hash: bytes) -> Viewer | None:
    """Who holds this token, unless it is revoked or its member is gone. See `Viewer.obstacle`."""
    rows = await fetch_tuples(
        tx,
        """
        select t.id, t.application_id, t.user_id, t.scopes, coalesce(u.role, ''), coalesce(a.username, ''),
               case when t.user_id is null then ''
                    when u.disabled_at is not null or a.suspended_at is not null then 'disabled'
                    when t.shared_access_id is not null and not coalesce(x.usable, false) then 'disabled'
                    when u.confirmed_at is null then 'unconfirmed'
                    when u.approved_at is null then 'pending'
                    else '' end,
               t.last_used_at is null or t.last_used_at < now() - interval '1 hour',
               x.member_id, x.role
        from access_tokens t
        left join users u on u.account_id = t.user_id
        left join accounts a on a.id = t.user_id
        left join lateral ("""
        + _SHARED
        + """) x on true
        where t.token_hash = %(hash)s
        """,
        {"hash": token_hash},
    )
    if not rows:
        return None
    token_id, application_id, account_id, scopes, role, username, obstacle, stale, member_id, power = rows[0]
    return Viewer(
        token_id=token_id,
        application_id=application_id,
        account_id=account_id,
        scopes=frozenset(scopes),
        role=role if member_id is None else "member",  # nobody looks after the network for others
        username=username,
        obstacle=obstacle,
        stale=stale,
        member_id=member_id,
        power=power or "owner",
    )


async def usable(tx: Tx, token_ids: Sequence[int]) -> set[int]:
    """Those of members' tokens that are not revoked, and whose members may use the network now."""
    if not token_ids:
        return set()
    found = await fetch_values(
        tx,
        """
        select t.id from access_tokens t
        join users u on u.account_id = t.user_id join accounts a on a.id = t.user_id
        where t.id = any(%(ids)s) and u.confirmed_at is not null and u.approved_at is not null
          and u.disabled_at is null and a.suspended_at is null
          and (t.shared_access_id is null or (select usable from ("""
        + _SHARED
        + """) shared))
        """,
        {"ids": list(token_ids)},
    )
    return set(found)


async def touch_token(tx: Tx, token_id: int) -> None:
    """Remember, to the hour, that a token and its member were active."""
    await execute(
        tx,
        """
        with token as (
            update access_tokens set last_used_at = now()
            where id = %(id)s and (last_used_at is null or last_used_at < now() - interval '1 hour')
            returning user_id
        )
        update users set last_active_at = now() from token
        where account_id = token.user_id
        """,
        {"id": token_id},
    )


async def insert_application(
    tx: Tx,
    *,
    name: str,
    website: str | None,
    redirect_uris: Sequence[str],
    scopes: Sequence[str],
    client_id: str,
    client_secret_hash: bytes,
) -> Application:
    """Register an app."""
    application = await fetch_one(
        tx,
        Application,
        """
        insert into applications (id, name, website, redirect_uris, scopes, client_id, client_secret_hash)
        values (%(id)s, %(name)s, %(website)s, %(redirect_uris)s, %(scopes)s, %(client_id)s, %(secret)s)
        returning id, name, website, redirect_uris, scopes, client_id, created_at
        """,
        {
            "id": new_id(),
            "name": name,
            "website": website,
            "redirect_uris": list(redirect_uris),
            "scopes": list(scopes),
            "client_id": client_id,
            "secret": client_secret_hash,
        },
    )
    assert application is not None
    return application


async def application(tx: Tx, application_id: int) -> Application | None:
    """An app by its id."""
    sql: LiteralString = _APPLICATION + " where id = %(id)s"
    return await fetch_one(tx, Application, sql, {"id": application_id})


async def application_by_client_id(tx: Tx, client_id: str) -> Application | None:
    """An app by the name that it was given."""
    sql: LiteralString = _APPLICATION + " where client_id = %(client_id)s"
    return await fetch_one(tx, Application, sql, {"client_id": client_id})


async def client_secret_hash(tx: Tx, application_id: int) -> bytes | None:
    """What is kept of an app's secret."""
    return await fetch_value(
        tx, "select client_secret_hash from applications where id = %(id)s", {"id": application_id}
    )


async def insert_token(
    tx: Tx,
    *,
    token_hash: bytes,
    application_id: int | None,
    user_id: int | None,
    scopes: Sequence[str],
    grant_hash: bytes | None = None,
    shared_access_id: int | None = None,
) -> datetime:
    """Keep a token that was handed out; returns when that was."""
    params: dict[str, Any] = {
        "id": new_id(),
        "hash": token_hash,
        "application_id": application_id,
        "user_id": user_id,
        "scopes": list(scopes),
        "grant_hash": grant_hash,
        "shared_access_id": shared_access_id,
    }
    return await fetch_value(
        tx,
        """
        insert into access_tokens
            (id, token_hash, application_id, user_id, scopes, grant_hash, shared_access_id)
        values (%(id)s, %(hash)s, %(application_id)s, %(user_id)s, %(scopes)s, %(grant_hash)s,
                %(shared_access_id)s)
        returning created_at
        """,
        params,
    )


async def token_application(tx: Tx, token_hash: bytes) -> tuple[int, int | None] | None:
    """Id of a token, and of the app that it was given to."""
    rows = await fetch_tuples(
        tx, "select id, application_id from access_tokens where token_hash = %(hash)s", {"hash": token_hash}
    )
    return (rows[0][0], rows[0][1]) if rows else None


async def usable_token(tx: Tx, application_id: int, token_hash: bytes) -> UsableToken | None:
    """A token of this app, unless it is revoked or its member may not use the network now."""
    return await fetch_one(
        tx,
        UsableToken,
        """
        select t.scopes, t.created_at, a.username, a.uri
        from access_tokens t
        left join users u on u.account_id = t.user_id
        left join accounts a on a.id = t.user_id
        where t.token_hash = %(hash)s and t.application_id = %(application_id)s
          and (t.user_id is null or (u.confirmed_at is not null and u.approved_at is not null
               and u.disabled_at is null and a.suspended_at is null))
          and (t.shared_access_id is null or (select usable from ("""
        + _SHARED
        + """) shared))
        """,
        {"hash": token_hash, "application_id": application_id},
    )


async def delete_token(tx: Tx, token_id: int) -> int:
    """Revoke one token."""
    return await execute(tx, "delete from access_tokens where id = %(id)s", {"id": token_id})


async def delete_tokens_of_grant(tx: Tx, grant_hash: bytes) -> int:
    """Revoke what a code was exchanged for."""
    return await execute(tx, "delete from access_tokens where grant_hash = %(hash)s", {"hash": grant_hash})


async def delete_tokens_of_member(
    tx: Tx, user_id: int, application_id: int | None = None, except_id: int | None = None
) -> int:
    """Revoke a member's tokens and codes, also those by which they act as shared accounts: all, or those of
    one app, but for the token `except_id`. Returns how many tokens there were."""
    params = {"user_id": user_id, "application_id": application_id, "except_id": except_id}
    await execute(
        tx,
        """
        delete from access_grants where (user_id = %(user_id)s or shared_access_id in (
                select id from shared_access where member_id = %(user_id)s))
            and (%(application_id)s::bigint is null or application_id = %(application_id)s)
        """,
        params,
    )
    return await execute(
        tx,
        """
        delete from access_tokens where (user_id = %(user_id)s or shared_access_id in (
                select id from shared_access where member_id = %(user_id)s))
            and (%(application_id)s::bigint is null or application_id = %(application_id)s)
            and id is distinct from %(except_id)s::bigint
        """,
        params,
    )


async def authorized_apps(tx: Tx, user_id: int) -> list[AuthorizedApp]:
    """The apps that hold tokens of a member, also to act as a shared account; the last used first."""
    return await fetch_all(
        tx,
        AuthorizedApp,
        """
        select p.id, p.name, p.website,
               min(t.created_at) as authorized_at, max(t.last_used_at) as last_used_at,
               array(select distinct s.scope from access_tokens ts, unnest(ts.scopes) as s (scope)
                     where (ts.user_id = %(user_id)s or ts.shared_access_id in (
                         select id from shared_access where member_id = %(user_id)s))
                       and ts.application_id = p.id order by 1) as scopes
        from access_tokens t join applications p on p.id = t.application_id
        where t.user_id = %(user_id)s or t.shared_access_id in (
            select id from shared_access where member_id = %(user_id)s)
        group by p.id
        order by max(t.last_used_at) desc nulls last, p.id desc
        """,
        {"user_id": user_id},
    )


async def tokens_of_member(tx: Tx, user_id: int, bounds: Bounds) -> list[MemberToken]:
    """A page of the tokens that `authorized_apps` speaks of, the newest first."""
    found = await fetch_all(
        tx, MemberToken, bounds.apply(_TOKENS, "t.id"), {"user_id": user_id, **bounds.params()}
    )
    return found[::-1] if bounds.upwards else found


async def token_of_member(tx: Tx, user_id: int, token_id: int) -> MemberToken | None:
    """One of them."""
    sql: LiteralString = _TOKENS + " and t.id = %(id)s"
    return await fetch_one(tx, MemberToken, sql, {"user_id": user_id, "id": token_id})


async def insert_grant(
    tx: Tx,
    *,
    code_hash: bytes,
    application_id: int,
    user_id: int,
    redirect_uri: str,
    scopes: Sequence[str],
    code_challenge: str | None,
    lifetime: float,
    shared_access_id: int | None,
) -> None:
    """Keep a code that was handed out, for `lifetime` seconds."""
    await execute(
        tx,
        """
        insert into access_grants
            (code_hash, application_id, user_id, redirect_uri, scopes, code_challenge, expires_at,
             shared_access_id)
        values (%(hash)s, %(application_id)s, %(user_id)s, %(redirect_uri)s, %(scopes)s, %(challenge)s,
                now() + make_interval(secs => %(lifetime)s), %(shared_access_id)s)
        """,
        {
            "hash": code_hash,
            "application_id": application_id,
            "user_id": user_id,
            "redirect_uri": redirect_uri,
            "scopes": list(scopes),
            "challenge": code_challenge,
            "lifetime": lifetime,
            "shared_access_id": shared_access_id,
        },
    )


async def lock_access_of_grant(tx: Tx, code_hash: bytes) -> None:
    """Keep the access that a code is for until the transaction ends. Before the code: its end locks in this
    order, too."""
    await execute(
        tx,
        """
        select 1 from shared_access x
        where x.id = (select shared_access_id from access_grants where code_hash = %(hash)s) for key share
        """,
        {"hash": code_hash},
    )


async def lock_grant(tx: Tx, code_hash: bytes) -> Grant | None:
    """What a code stands for; nobody else can use it until the transaction ends."""
    return await fetch_one(
        tx,
        Grant,
        """
        select application_id, user_id, redirect_uri, scopes, code_challenge, expires_at, used_at,
               shared_access_id
        from access_grants where code_hash = %(hash)s for update
        """,
        {"hash": code_hash},
    )


async def use_grant(tx: Tx, code_hash: bytes) -> None:
    """Remember that a code was exchanged."""
    await execute(
        tx, "update access_grants set used_at = now() where code_hash = %(hash)s", {"hash": code_hash}
    )


async def delete_old_grants(tx: Tx) -> int:
    """Forget codes that expired more than a day ago (until then, a second use is noticed)."""
    return await execute(tx, "delete from access_grants where expires_at < now() - interval '1 day'")
