"""SQL of push subscriptions."""

from collections.abc import Sequence
from typing import LiteralString

from rostra.core.db import Tx, execute, fetch_one, fetch_tuples
from rostra.core.ids import new_id
from rostra.push.model import FAILING_FOR, MOST, Choice, NewSubscription, Subscription

# Whose notifications a subscription wants: those from %(from)s?
_ALLOWS: LiteralString = """(
    s.policy = 'all'
    or (s.policy = 'followed' and exists (
        select from follows f where f.account_id = s.account_id and f.target_id = %(from)s))
    or (s.policy = 'follower' and exists (
        select from follows f where f.account_id = %(from)s and f.target_id = s.account_id)))
"""
_SELECT: LiteralString = """
    select s.id, s.token_id, s.account_id, s.endpoint, s.p256dh, s.auth, s.standard, s.alerts, s.policy,
           s.sealed_token, s.failing_since, u.locale
    from push_subscriptions s join users u on u.account_id = s.account_id
"""


async def of_token(tx: Tx, token_id: int) -> Subscription | None:
    """The subscription of an access token."""
    sql: LiteralString = _SELECT + " where s.token_id = %(token)s"
    return await fetch_one(tx, Subscription, sql, {"token": token_id})


async def of_active_member(tx: Tx, subscription_id: int) -> Subscription | None:
    """A subscription whose member may use the network now."""
    sql: LiteralString = (
        _SELECT
        + """
        join accounts a on a.id = s.account_id
        where s.id = %(id)s and a.suspended_at is null and u.disabled_at is null
          and u.confirmed_at is not null and u.approved_at is not null
        """
    )
    return await fetch_one(tx, Subscription, sql, {"id": subscription_id})


async def allows(tx: Tx, subscription: Subscription, kind: str, from_id: int) -> bool:
    """Whether `subscription` wants notifications of this kind from this sender, still."""
    sql: LiteralString = (
        "select s.id from push_subscriptions s where s.id = %(id)s and %(kind)s = any(s.alerts) and "
        + _ALLOWS
    )
    return bool(await fetch_tuples(tx, sql, {"id": subscription.id, "kind": kind, "from": from_id}))


async def wanting(
    tx: Tx, notifications: Sequence[tuple[int, int]], kind: str, from_id: int
) -> list[tuple[int, int]]:
    """Pairs of a subscription and a notification for it; `notifications` are pairs of id and account."""
    sql: LiteralString = (
        """
        select wanted.id, n.id
        from unnest(%(ids)s::bigint[], %(accounts)s::bigint[]) as n(id, account_id)
        cross join lateral (
            select s.id from push_subscriptions s
            where s.account_id = n.account_id and %(kind)s = any(s.alerts) and """
        + _ALLOWS
        + " order by s.id desc limit %(most)s) wanted"
    )
    params = {
        "ids": [notification_id for notification_id, _ in notifications],
        "accounts": [account_id for _, account_id in notifications],
        "kind": kind,
        "from": from_id,
        "most": MOST,
    }
    return [(row[0], row[1]) for row in await fetch_tuples(tx, sql, params)]


async def replace(
    tx: Tx, token_id: int, account_id: int, new: NewSubscription, choice: Choice, sealed: bytes | None
) -> None:
    """Make `new` the one subscription of an access token."""
    await execute(
        tx,
        """
        insert into push_subscriptions
            (id, token_id, account_id, endpoint, p256dh, auth, standard, alerts, policy, sealed_token)
        values (%(id)s, %(token)s, %(account)s, %(endpoint)s, %(p256dh)s, %(auth)s, %(standard)s,
                %(alerts)s, %(policy)s, %(sealed)s)
        on conflict (token_id) do update set
            id = excluded.id, endpoint = excluded.endpoint, p256dh = excluded.p256dh, auth = excluded.auth,
            standard = excluded.standard, alerts = excluded.alerts, policy = excluded.policy,
            sealed_token = excluded.sealed_token, failing_since = null, created_at = now(), updated_at = now()
        """,
        {
            "id": new_id(),
            "token": token_id,
            "account": account_id,
            "endpoint": new.endpoint,
            "p256dh": new.p256dh,
            "auth": new.auth,
            "standard": new.standard,
            "alerts": choice.alerts,
            "policy": choice.policy,
            "sealed": sealed,
        },
    )


async def choose(tx: Tx, token_id: int, choice: Choice) -> bool:
    """Change what the subscription of an access token wants; False when there is none."""
    return bool(
        await execute(
            tx,
            """
            update push_subscriptions set alerts = %(alerts)s, policy = %(policy)s, updated_at = now()
            where token_id = %(token)s
            """,
            {"token": token_id, "alerts": choice.alerts, "policy": choice.policy},
        )
    )


async def delete_of_token(tx: Tx, token_id: int) -> None:
    """Drop the subscription of an access token."""
    await execute(tx, "delete from push_subscriptions where token_id = %(id)s", {"id": token_id})


async def delete(tx: Tx, subscription_id: int) -> None:
    """Drop a subscription. One that was made anew meanwhile has another id, and stays."""
    await execute(tx, "delete from push_subscriptions where id = %(id)s", {"id": subscription_id})


async def succeeded(tx: Tx, subscription_id: int) -> None:
    """A message went through, after some that did not."""
    await execute(
        tx, "update push_subscriptions set failing_since = null where id = %(id)s", {"id": subscription_id}
    )


async def failed(tx: Tx, subscription_id: int) -> None:
    """A message did not go through; a subscription for which none did for long is dropped."""
    await execute(
        tx,
        "update push_subscriptions set failing_since = coalesce(failing_since, now()) where id = %(id)s",
        {"id": subscription_id},
    )
    await execute(
        tx,
        "delete from push_subscriptions where id = %(id)s and failing_since < now() - %(long)s",
        {"id": subscription_id, "long": FAILING_FOR},
    )
