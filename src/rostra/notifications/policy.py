"""What a member lets through: the rule, as SQL for `actions.notify`, and its settings."""

from typing import LiteralString

import msgspec

from rostra.core.db import Tx, execute, fetch_one, fetch_value, fetch_values
from rostra.notifications.model import Policy, Verdict

# All that a private mention answers, as far up as Mastodon looks.
ANCESTORS: LiteralString = """
    select a.id, a.account_id, a.in_reply_to_id, a.visibility, 1 as depth
    from statuses s join statuses a on a.id = s.in_reply_to_id
    where s.id = %(status)s and s.visibility = 'direct' and %(type)s = 'mention'
    union all
    select a.id, a.account_id, a.in_reply_to_id, a.visibility, x.depth + 1
    from ancestors x join statuses a on a.id = x.in_reply_to_id
    where x.depth < 100
"""

_FOLLOWING: LiteralString = (
    "exists (select from follows f where f.account_id = r.id and f.target_id = %(from)s)"
)
# A follow of the last three days may have been made for the sake of the notification.
_FOLLOWER: LiteralString = """exists (
    select from follows f where f.account_id = %(from)s and f.target_id = r.id
      and f.created_at <= now() - interval '3 days')"""
_UNASKED_PRIVATE_MENTION: LiteralString = """(
    %(type)s = 'mention'
    and exists (select from statuses d where d.id = %(status)s and d.visibility = 'direct')
    and not exists (
        select from ancestors x
        where x.account_id = r.id and x.visibility = 'direct'
          and exists (
              select from status_mentions xm where xm.status_id = x.id and xm.account_id = %(from)s)))"""
# Whom the member let in, and the staff when they write to somebody, always come through.
_EXEMPT: LiteralString = """(
    not %(filterable)s
    or exists (
        select from notification_permissions pm
        where pm.account_id = r.id and pm.from_account_id = %(from)s)
    or (%(type)s = 'mention' and exists (
        select from users su where su.account_id = %(from)s and su.role <> 'member')))"""

VERDICT: LiteralString = (
    "case when "
    + _EXEMPT
    + " then 'accept' else (select case when bool_or(v = 'drop') then 'drop' when bool_or(v = 'filter')"
    + " then 'filter' else 'accept' end from (values (case when not "
    + _FOLLOWING
    + """ then array[
        coalesce(p.for_not_following, 'accept'),
        case when fa.limited_at is not null then coalesce(p.for_limited_accounts, 'filter') end,
        case when fa.created_at > now() - interval '30 days' then coalesce(p.for_new_accounts, 'accept') end,
        case when """
    + _UNASKED_PRIVATE_MENTION
    + """ then coalesce(p.for_private_mentions, 'filter') end
        ] end), (case when not """
    + _FOLLOWER
    + """ then array[coalesce(p.for_not_followers, 'accept')] end)) as rules(verdicts), unnest(verdicts) as v)
    end"""
)
"""`accept`, `filter` or `drop`: for the recipient `r`, their policy `p`, and the sender's account `fa`."""

_KEPT_FROM: LiteralString = (
    "with recursive ancestors as ("
    + ANCESTORS
    + """)
    select r.id from status_mentions m
    cross join lateral (select m.account_id as id) r
    join accounts fa on fa.id = %(from)s
    left join notification_policies p on p.account_id = r.id
    where m.status_id = %(status)s and not m.silent and m.account_id <> %(from)s and """
    + VERDICT
    + " <> 'accept'"
)


async def kept_from(tx: Tx, status_id: int) -> list[int]:
    """Those whom a status names and whose policy doesn't let it through to them."""
    from_id: int | None = await fetch_value(
        tx, "select account_id from statuses where id = %(id)s", {"id": status_id}
    )
    params = {"status": status_id, "from": from_id, "type": "mention", "filterable": True}
    return await fetch_values(tx, _KEPT_FROM, params)


_COLUMNS: LiteralString = (
    "for_not_following, for_not_followers, for_new_accounts, for_private_mentions, for_limited_accounts"
)


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What a member changes about their policy; None leaves it."""

    for_not_following: Verdict | None = None
    for_not_followers: Verdict | None = None
    for_new_accounts: Verdict | None = None
    for_private_mentions: Verdict | None = None
    for_limited_accounts: Verdict | None = None


async def get(tx: Tx, account_id: int) -> Policy:
    """A member's policy."""
    sql: LiteralString = "select " + _COLUMNS + " from notification_policies where account_id = %(id)s"
    return await fetch_one(tx, Policy, sql, {"id": account_id}) or Policy()


async def change(tx: Tx, account_id: int, changes: Changes) -> Policy:
    """Change a member's policy, for what comes from now on; returns the whole of it."""
    given = {name: value for name, value in msgspec.structs.asdict(changes).items() if value is not None}
    async with tx.transaction():
        await execute(
            tx,
            "insert into notification_policies (account_id) values (%(id)s) on conflict do nothing",
            {"id": account_id},
        )
        await execute(
            tx,
            """
            update notification_policies set
                for_not_following = coalesce(%(for_not_following)s, for_not_following),
                for_not_followers = coalesce(%(for_not_followers)s, for_not_followers),
                for_new_accounts = coalesce(%(for_new_accounts)s, for_new_accounts),
                for_private_mentions = coalesce(%(for_private_mentions)s, for_private_mentions),
                for_limited_accounts = coalesce(%(for_limited_accounts)s, for_limited_accounts)
            where account_id = %(id)s
            """,
            {"id": account_id, **dict.fromkeys(msgspec.structs.asdict(changes)), **given},
        )
        return await get(tx, account_id)
