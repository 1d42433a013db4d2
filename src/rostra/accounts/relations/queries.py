"""SQL of follows, follow requests, blocks and mutes."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString

from rostra.accounts.model import Account
from rostra.accounts.relations.model import FollowOptions, Relationship
from rostra.core.db import Tx, execute, fetch_all, fetch_tuples, fetch_value, fetch_values
from rostra.core.ids import new_id


async def lock(tx: Tx, *account_ids: int) -> dict[int, Account]:
    """The accounts of `account_ids` that exist, locked until the transaction ends, always in the same order.

    So that of two changes between the same two accounts one waits for the other, and none for ever.
    """
    rows = await fetch_all(
        tx,
        Account,
        "select * from accounts where id = any(%(ids)s) order by id for no key update",
        {"ids": list(account_ids)},
    )
    return {row.id: row for row in rows}


async def relationships(tx: Tx, viewer_id: int, ids: Sequence[int]) -> list[Relationship]:
    """How `viewer_id` stands to those of `ids` that exist, in the order of `ids`."""
    rows = await fetch_all(
        tx,
        Relationship,
        """
        select a.id,
               f.id is not null as following,
               coalesce(f.show_reblogs, r.show_reblogs, false) as showing_reblogs,
               coalesce(f.notify, r.notify, false) as notifying,
               coalesce(f.languages, r.languages) as languages,
               exists (select from follows x
                       where x.account_id = a.id and x.target_id = %(viewer)s) as followed_by,
               r.id is not null as requested,
               exists (select from follow_requests x
                       where x.account_id = a.id and x.target_id = %(viewer)s) as requested_by,
               exists (select from blocks x
                       where x.account_id = %(viewer)s and x.target_id = a.id) as blocking,
               exists (select from blocks x
                       where x.account_id = a.id and x.target_id = %(viewer)s) as blocked_by,
               m.id is not null as muting,
               coalesce(m.hide_notifications, false) as muting_notifications,
               m.expires_at as muting_expires_at,
               exists (select from account_domain_blocks x
                       where x.account_id = %(viewer)s and x.domain = a.domain) as domain_blocking,
               exists (select from endorsements x
                       where x.account_id = %(viewer)s and x.target_id = a.id) as endorsed,
               coalesce(n.comment, '') as note
        from accounts a
        left join follows f on f.account_id = %(viewer)s and f.target_id = a.id
        left join follow_requests r on r.account_id = %(viewer)s and r.target_id = a.id
        left join mutes m on m.account_id = %(viewer)s and m.target_id = a.id
             and (m.expires_at is null or m.expires_at > now())
        left join account_notes n on n.account_id = %(viewer)s and n.target_id = a.id
        where a.id = any(%(ids)s)
        """,
        {"viewer": viewer_id, "ids": list(ids)},
    )
    by_id = {row.id: row for row in rows}
    return [by_id[account_id] for account_id in dict.fromkeys(ids) if account_id in by_id]


async def is_blocked_between(tx: Tx, account_id: int, other_id: int) -> bool:
    """Whether either of the two blocks the other, or the other's server."""
    return bool(
        await fetch_value(
            tx,
            """
            select exists (
                select from blocks
                where (account_id = %(a)s and target_id = %(b)s)
                   or (account_id = %(b)s and target_id = %(a)s))
            or exists (
                select from account_domain_blocks d join accounts a on a.domain = d.domain
                where (d.account_id = %(a)s and a.id = %(b)s) or (d.account_id = %(b)s and a.id = %(a)s))
            """,
            {"a": account_id, "b": other_id},
        )
    )


async def is_blocked_by(tx: Tx, account_id: int, other_id: int) -> bool:
    """Whether `other_id` blocks `account_id`."""
    return bool(
        await fetch_value(
            tx,
            "select exists (select from blocks where account_id = %(other)s and target_id = %(account)s)",
            {"account": account_id, "other": other_id},
        )
    )


_UPDATE_OPTIONS: LiteralString = """
    set show_reblogs = coalesce(%(reblogs)s, show_reblogs), notify = coalesce(%(notify)s, notify),
        languages = case when %(languages)s::text[] is null then languages
                         else nullif(%(languages)s::text[], '{}') end
    where account_id = %(account)s and target_id = %(target)s
"""


async def insert_follow(tx: Tx, account_id: int, target_id: int, options: FollowOptions) -> bool:
    """Add a follow and count it at both ends; False when it is there already."""
    added = await execute(
        tx,
        """
        insert into follows (id, account_id, target_id, show_reblogs, notify, languages)
        values (%(id)s, %(account)s, %(target)s, coalesce(%(reblogs)s, true), coalesce(%(notify)s, false),
                nullif(%(languages)s::text[], '{}'))
        on conflict do nothing
        """,
        {"id": new_id(), **_params(account_id, target_id, options)},
    )
    if added:
        await _count(tx, account_id, target_id, 1)
    return bool(added)


async def update_follow(tx: Tx, account_id: int, target_id: int, options: FollowOptions) -> bool:
    """Change what a follower wants to see; False when there is no follow."""
    sql: LiteralString = "update follows" + _UPDATE_OPTIONS
    return bool(await execute(tx, sql, _params(account_id, target_id, options)))


async def delete_follow(tx: Tx, account_id: int, target_id: int) -> bool:
    """Remove a follow and count it at both ends; False when there is none."""
    gone = await execute(
        tx,
        "delete from follows where account_id = %(account)s and target_id = %(target)s",
        {"account": account_id, "target": target_id},
    )
    if gone:
        await _count(tx, account_id, target_id, -1)
        await delete_endorsement(tx, account_id, target_id)
    return bool(gone)


async def delete_endorsement(tx: Tx, account_id: int, target_id: int) -> None:
    """Remove an endorsement, if there is one."""
    await execute(
        tx,
        "delete from endorsements where account_id = %(account)s and target_id = %(target)s",
        {"account": account_id, "target": target_id},
    )


async def insert_request(tx: Tx, account_id: int, target_id: int, options: FollowOptions) -> bool:
    """Add a follow request; False when it is there already."""
    return bool(
        await execute(
            tx,
            """
            insert into follow_requests (id, account_id, target_id, show_reblogs, notify, languages)
            values (%(id)s, %(account)s, %(target)s, coalesce(%(reblogs)s, true), coalesce(%(notify)s, false),
                    nullif(%(languages)s::text[], '{}'))
            on conflict do nothing
            """,
            {"id": new_id(), **_params(account_id, target_id, options)},
        )
    )


async def update_request(tx: Tx, account_id: int, target_id: int, options: FollowOptions) -> bool:
    """Change what somebody who asks to follow wants to see; False when they don't ask."""
    sql: LiteralString = "update follow_requests" + _UPDATE_OPTIONS
    return bool(await execute(tx, sql, _params(account_id, target_id, options)))


async def delete_request(tx: Tx, account_id: int, target_id: int) -> bool:
    """Remove a follow request; False when there is none."""
    return bool(
        await execute(
            tx,
            "delete from follow_requests where account_id = %(account)s and target_id = %(target)s",
            {"account": account_id, "target": target_id},
        )
    )


async def count_requests(tx: Tx, account_id: int) -> int:
    """How many ask to follow `account_id`."""
    return await fetch_value(
        tx, "select count(*) from follow_requests where target_id = %(id)s", {"id": account_id}
    )


async def requesters(tx: Tx, account_id: int, limit: int) -> list[int]:
    """Accounts that ask to follow `account_id`, those who have waited longest first."""
    return await fetch_values(
        tx,
        "select account_id from follow_requests where target_id = %(id)s order by id limit %(limit)s",
        {"id": account_id, "limit": limit},
    )


async def accept_request(tx: Tx, account_id: int, target_id: int) -> bool:
    """Turn a follow request into a follow, counted at both ends; False when there is no request."""
    ((accepted, added),) = await fetch_tuples(
        tx,
        """
        with request as (
            delete from follow_requests where account_id = %(account)s and target_id = %(target)s returning *
        ), added as (
            insert into follows (id, account_id, target_id, show_reblogs, notify, languages)
            select %(id)s, account_id, target_id, show_reblogs, notify, languages from request
            on conflict do nothing returning id
        )
        select exists (select from request), exists (select from added)
        """,
        {"id": new_id(), "account": account_id, "target": target_id},
    )
    if added:
        await _count(tx, account_id, target_id, 1)
    return accepted


async def insert_block(tx: Tx, account_id: int, target_id: int) -> bool:
    """Add a block; False when it is there already."""
    return bool(
        await execute(
            tx,
            """
            insert into blocks (id, account_id, target_id) values (%(id)s, %(account)s, %(target)s)
            on conflict do nothing
            """,
            {"id": new_id(), "account": account_id, "target": target_id},
        )
    )


async def delete_block(tx: Tx, account_id: int, target_id: int) -> bool:
    """Remove a block; False when there is none."""
    return bool(
        await execute(
            tx,
            "delete from blocks where account_id = %(account)s and target_id = %(target)s",
            {"account": account_id, "target": target_id},
        )
    )


async def upsert_mute(
    tx: Tx, account_id: int, target_id: int, hide_notifications: bool, expires_at: datetime | None
) -> None:
    """Add a mute, or change the one that is there."""
    await execute(
        tx,
        """
        insert into mutes (id, account_id, target_id, hide_notifications, expires_at)
        values (%(id)s, %(account)s, %(target)s, %(hide)s, %(expires_at)s)
        on conflict (account_id, target_id)
        do update set hide_notifications = excluded.hide_notifications, expires_at = excluded.expires_at
        """,
        {
            "id": new_id(),
            "account": account_id,
            "target": target_id,
            "hide": hide_notifications,
            "expires_at": expires_at,
        },
    )


async def delete_mute(tx: Tx, account_id: int, target_id: int) -> bool:
    """Remove a mute; False when there is none."""
    return bool(
        await execute(
            tx,
            "delete from mutes where account_id = %(account)s and target_id = %(target)s",
            {"account": account_id, "target": target_id},
        )
    )


async def delete_expired_mutes(tx: Tx) -> int:
    """Remove the mutes whose time is over (they count no more, whether or not they are still there)."""
    return await execute(tx, "delete from mutes where expires_at <= now()")


async def _count(tx: Tx, account_id: int, target_id: int, change: int) -> None:
    """Keep the numbers of both ends of a follow. Both accounts are locked (`lock`)."""
    await execute(
        tx,
        """
        update accounts
        set following_count = following_count + case when id = %(account)s then %(change)s else 0 end,
            followers_count = followers_count + case when id = %(target)s then %(change)s else 0 end,
            version = version + 1
        where id in (%(account)s, %(target)s)
        """,
        {"account": account_id, "target": target_id, "change": change},
    )


def _params(account_id: int, target_id: int, options: FollowOptions) -> dict[str, object]:
    return {
        "account": account_id,
        "target": target_id,
        "reblogs": options.reblogs,
        "notify": options.notify,
        "languages": options.languages,
    }
