"""Whom a member might want to follow: people whom the staff picked, friends of friends, popular ones.

Only those who want to be found, and nobody whom the member follows, asked to follow, blocks, mutes
or dismissed. One query for whatever there is; what all members share is computed every hour (`refresh`).
"""

from typing import LiteralString

from rostra.accounts.access import present, wanted
from rostra.accounts.model import Account
from rostra.core.clock import now
from rostra.core.db import Tx, execute, fetch_all, fetch_values
from rostra.core.ids import first_id
from rostra.core.settings import Settings
from rostra.core.text import parse_handle

POPULAR = 500
"""How many accounts of each kind are kept as popular."""
DAYS = 30
"""How far back interactions count."""


class Suggested(Account, frozen=True):
    """A suggested account, with the reasons, the best first."""

    sources: list[str]


# Each look into `follows` is bounded (its index follows_paging has them in this order), however many a
# member and those whom they follow do follow.
_CANDIDATES: LiteralString = """
    with mine as materialized (
        select target_id from follows where account_id = %(viewer)s order by id desc limit 300
    ), friends as (
        select f.target_id as id, count(*) as frequency
        from mine
        join accounts m on m.id = mine.target_id and not m.hide_collections and m.suspended_at is null
        cross join lateral (
            select target_id from follows where account_id = m.id order by id desc limit 100
        ) f
        group by f.target_id
    ), near as (
        select id, frequency from friends
        where not exists (
            select from follows x where x.account_id = %(viewer)s and x.target_id = friends.id)
        order by frequency desc, id limit 500
    ), candidates as (
        select id, 'featured' as source, 0 as kind, place from unnest(%(featured)s::bigint[])
            with ordinality as picked(id, place)
        union all
        select id, 'friends_of_friends', 1, -frequency from near
        union all
        select account_id, reason, case reason when 'most_followed' then 2 else 3 end, place
        from popular_accounts
    ), suggested as (
        select id, array_agg(source order by kind) as sources, min(kind) as kind,
               (array_agg(place order by kind))[1] as place
        from candidates group by id
    )
"""
_SUGGESTED: LiteralString = (
    _CANDIDATES
    + """
    select a.*, c.sources from suggested c join accounts a on a.id = c.id
    where a.id <> %(viewer)s and a.discoverable and a.limited_at is null and a.moved_to_id is null
      and """
    + present("a")
    + " and "
    + wanted("a")
    + """
      and not exists (select from follows x where x.account_id = %(viewer)s and x.target_id = a.id)
      and not exists (select from follow_requests x where x.account_id = %(viewer)s and x.target_id = a.id)
      and not exists (
          select from suggestion_dismissals x where x.account_id = %(viewer)s and x.target_id = a.id)
    order by c.kind, c.place, a.followers_count desc, a.id limit %(limit)s
    """
)


async def suggest(tx: Tx, settings: Settings, viewer_id: int, limit: int) -> list[Suggested]:
    """Whom `viewer_id` might want to follow, the best first."""
    featured = await _featured(tx, settings)
    return await fetch_all(
        tx, Suggested, _SUGGESTED, {"viewer": viewer_id, "featured": featured, "limit": limit}
    )


async def dismiss(tx: Tx, account_id: int, target_id: int) -> None:
    """Never suggest `target_id` to the member again; of one who is not there, nothing is kept."""
    await execute(
        tx,
        """
        insert into suggestion_dismissals (account_id, target_id)
        select %(account)s, id from accounts where id = %(target)s on conflict do nothing
        """,
        {"account": account_id, "target": target_id},
    )


async def refresh(tx: Tx) -> None:
    """Find out who is popular: who has the most followers, and whose statuses of late were liked most."""
    async with tx.transaction():
        await execute(tx, "delete from popular_accounts")
        eligible: LiteralString = (
            " a.discoverable and a.limited_at is null and a.moved_to_id is null and " + present("a")
        )
        most_followed: LiteralString = (
            """
            insert into popular_accounts (account_id, reason, place)
            select id, 'most_followed', row_number() over (order by followers_count desc, id)
            from (select a.id, a.followers_count from accounts a where a.followers_count > 0 and"""
            + eligible
            + " order by a.followers_count desc, a.id limit %(most)s) best"
        )
        most_interactions: LiteralString = (
            """
            insert into popular_accounts (account_id, reason, place)
            select account_id, 'most_interactions', row_number() over (order by score desc, account_id)
            from (
                select s.account_id, sum(s.favourites_count + s.reblogs_count) as score
                from statuses s join accounts a on a.id = s.account_id
                where s.id >= %(since)s and s.visibility in ('public', 'unlisted')
                  and s.reblog_of_id is null and s.favourites_count + s.reblogs_count > 0 and"""
            + eligible
            + " group by s.account_id order by score desc, s.account_id limit %(most)s) best"
        )
        params = {"most": POPULAR, "since": first_id(now()) - (DAYS * 86_400_000 << 16)}
        await execute(tx, most_followed, params)
        await execute(tx, most_interactions, params)


async def _featured(tx: Tx, settings: Settings) -> list[int]:
    """The accounts that the operator picked, in the order of the setting."""
    handles = [parse_handle(text) for text in settings.suggested_accounts.split()]
    names = [
        handle.username.lower()
        for handle in handles
        if handle and handle.domain in (None, settings.local_domain.lower())
    ]
    if not names:
        return []
    return await fetch_values(
        tx,
        """
        select a.id from unnest(%(names)s::text[]) with ordinality as n(name, place)
        join accounts a on lower(a.username) = n.name and coalesce(lower(a.domain), '') = ''
        order by n.place
        """,
        {"names": list(dict.fromkeys(names))},
    )
