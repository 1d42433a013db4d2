"""Computes what trends, every few minutes, from the uses of the last days: bounded by what was used then."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, LiteralString

from yarl import URL

from rostra.core.clock import now
from rostra.core.db import Row, Tx, execute, fetch_all
from rostra.core.ids import first_id, new_id
from rostra.core.settings import Settings
from rostra.trends.model import (
    DAY,
    KEPT,
    LINK_HALFLIFE,
    LOWEST_STATUS,
    OF_ONE_AUTHOR,
    STATUS_AGE,
    STATUS_HALFLIFE,
    TAG_HALFLIFE,
    Scored,
    Use,
    decayed,
    score,
    scored,
)

# People whose doings count: known here for a while, and no machines.
_COUNTED: LiteralString = """(
    {a}.suspended_at is null and {a}.limited_at is null and not {a}.bot
    and {a}.created_at <= %(known_since)s
)"""
_SHOWN: LiteralString = """(
    o.visibility = 'public' and o.reblog_of_id is null and not o.held and not o.local_only
    and not o.sensitive and o.spoiler_text = '' and oa.suspended_at is null and oa.limited_at is null
)"""
# Of `uses`, one for each person: how many in the last day, and in the one before.
_COUNTS: LiteralString = """
    counts as (
        select id, count(*) filter (where now) as observed, count(*) filter (where before) as expected
        from uses group by id having count(*) filter (where now) >= %(threshold)s
    )
"""
_TAGS: LiteralString = (
    """
    with uses as (
        select st.tag_id as id, s.account_id,
               bool_or(s.id >= %(day)s) as now, bool_or(s.id < %(day)s) as before
        from statuses s
        join status_tags st on st.status_id = s.id
        join accounts a on a.id = s.account_id
        where s.id >= %(two_days)s and s.visibility = 'public' and s.reblog_of_id is null
          and not s.held and not s.local_only and """
    + _COUNTED.replace("{a}", "a")
    + """
        group by st.tag_id, s.account_id
    ), """
    + _COUNTS
    + """
    select t.id, coalesce(c.observed, 0)::int as observed, coalesce(c.expected, 0)::int as expected,
           old.max_score, old.max_score_at
    from counts c full join tag_trends old on old.tag_id = c.id
    join tags t on t.id = coalesce(c.id, old.tag_id) and t.usable and t.listable
    """
)
# Who boosts a status passes its link on.
_LINKS: LiteralString = (
    """
    with uses as (
        select sc.card_id as id, s.account_id,
               bool_or(s.id >= %(day)s) as now, bool_or(s.id < %(day)s) as before
        from statuses s
        join statuses o on o.id = coalesce(s.reblog_of_id, s.id)
        join accounts oa on oa.id = o.account_id
        join status_cards sc on sc.status_id = o.id
        join accounts a on a.id = s.account_id
        where s.id >= %(two_days)s and s.visibility = 'public' and """
    + _SHOWN
    + " and "
    + _COUNTED.replace("{a}", "a")
    + """
        group by sc.card_id, s.account_id
    ), """
    + _COUNTS
    + """
    select k.id, coalesce(c.observed, 0)::int as observed, coalesce(c.expected, 0)::int as expected,
           old.max_score, old.max_score_at
    from counts c full join link_trends old on old.card_id = c.id
    join cards k on k.id = coalesce(c.id, old.card_id)
    where k.kind = 'link' and k.title <> '' and k.description <> ''
    """
)
# Authors who want to be found, and no answers: what stands for itself. Nobody lifts their own status.
_STATUSES: LiteralString = (
    """
    with acts as (
        select f.status_id, f.account_id from favourites f
        where f.id >= %(oldest)s and f.status_id >= %(oldest)s
        union
        select b.reblog_of_id, b.account_id from statuses b
        where b.id >= %(oldest)s and b.reblog_of_id >= %(oldest)s and b.visibility in ('public', 'unlisted')
    )
    select o.id, o.account_id, o.created_at, count(*)::int as observed
    from acts
    join statuses o on o.id = acts.status_id
    join accounts oa on oa.id = o.account_id
    join accounts a on a.id = acts.account_id
    where acts.account_id <> o.account_id and o.in_reply_to_account_id is null
      and oa.discoverable and oa.indexable and """
    + _SHOWN
    + " and "
    + _COUNTED.replace("{a}", "a")
    + " group by o.id, oa.id having count(*) >= %(threshold)s"
)


class Liked(Row, frozen=True):
    """A status, and how many people favourited or boosted it."""

    id: int
    account_id: int
    created_at: datetime
    observed: int


async def refresh(tx: Tx, settings: Settings) -> None:
    """Compute all trends anew. To be scheduled."""
    at = now()
    async with tx.transaction():
        await execute(tx, "set local statement_timeout = '60s'")  # nobody waits for it
        # Two at a time would delete what the other writes.
        await execute(tx, "select pg_advisory_xact_lock(hashtextextended('trends', 0))")
        await _refresh_tags(tx, settings, at)
        await _refresh_links(tx, settings, at)
        await _refresh_statuses(tx, settings, at)


def _params(settings: Settings, at: datetime) -> dict[str, Any]:
    return {
        "day": first_id(at - DAY),
        "two_days": first_id(at - 2 * DAY),
        "oldest": first_id(at - STATUS_AGE),
        "known_since": at - timedelta(days=settings.trends_account_days),
        "threshold": settings.trends_accounts,
    }


def _best(uses: Sequence[Use], settings: Settings, at: datetime, halflife: timedelta) -> list[Scored]:
    found = [each for use in uses if (each := scored(use, at, settings.trends_accounts, halflife))]
    return sorted(found, key=lambda each: -each.score)[:KEPT]


def _columns(found: Sequence[Scored]) -> dict[str, list[Any]]:
    return {
        "ids": [each.id for each in found],
        "scores": [each.score for each in found],
        "max_scores": [each.max_score for each in found],
        "max_scores_at": [each.max_score_at for each in found],
    }


async def _refresh_tags(tx: Tx, settings: Settings, at: datetime) -> None:
    uses = await fetch_all(tx, Use, _TAGS, _params(settings, at))
    found = _columns(_best(uses, settings, at, TAG_HALFLIFE))
    await execute(tx, "delete from tag_trends where tag_id <> all(%(ids)s)", found)
    await execute(
        tx,
        """
        insert into tag_trends (tag_id, score, max_score, max_score_at)
        select * from unnest(%(ids)s::bigint[], %(scores)s::float8[], %(max_scores)s::float8[],
                             %(max_scores_at)s::timestamptz[])
        on conflict (tag_id) do update
        set score = excluded.score, max_score = excluded.max_score, max_score_at = excluded.max_score_at
        """,
        found,
    )
    await execute(
        tx,
        """
        update tags set requested_review_at = %(at)s
        where id = any(%(ids)s) and reviewed_at is null and requested_review_at is null
        """,
        {**found, "at": at},
    )


class Address(Row, frozen=True):
    """Where a card leads."""

    id: int
    url: str


async def _refresh_links(tx: Tx, settings: Settings, at: datetime) -> None:
    uses = await fetch_all(tx, Use, _LINKS, _params(settings, at))
    best = _best(uses, settings, at, LINK_HALFLIFE)
    ids = [each.id for each in best]
    rows = await fetch_all(tx, Address, "select id, url from cards where id = any(%(ids)s)", {"ids": ids})
    hosts = {row.id: publisher_of(row.url) for row in rows}
    best = [each for each in best if each.id in hosts]  # the others are gone since
    found = _columns(best)
    found["domains"] = [hosts[each.id] for each in best]
    names = sorted(set(found["domains"]))
    await execute(
        tx,
        """
        insert into card_publishers (id, domain)
        select * from unnest(%(ids)s::bigint[], %(names)s::text[]) on conflict (domain) do nothing
        """,
        {"ids": [new_id() for _ in names], "names": names},
    )
    await execute(tx, "delete from link_trends where card_id <> all(%(ids)s)", found)
    await execute(
        tx,
        """
        insert into link_trends (card_id, publisher_id, score, max_score, max_score_at)
        select n.id, p.id, n.score, n.max_score, n.max_score_at
        from unnest(%(ids)s::bigint[], %(domains)s::text[], %(scores)s::float8[], %(max_scores)s::float8[],
                    %(max_scores_at)s::timestamptz[]) as n(id, domain, score, max_score, max_score_at)
        join card_publishers p on p.domain = n.domain
        on conflict (card_id) do update
        set score = excluded.score, max_score = excluded.max_score, max_score_at = excluded.max_score_at
        """,
        found,
    )


def publisher_of(url: str) -> str:
    """The host that stands for who publishes a page."""
    return (URL(url).host or "").lower().removeprefix("www.")


async def _refresh_statuses(tx: Tx, settings: Settings, at: datetime) -> None:
    liked = await fetch_all(tx, Liked, _STATUSES, _params(settings, at))
    ranked = sorted(((_status_score(each, settings, at), each) for each in liked), key=lambda pair: -pair[0])
    found, of_author = list[tuple[float, Liked]](), dict[int, int]()
    for value, status in ranked:
        of_author[status.account_id] = of_author.get(status.account_id, 0) + 1
        if value >= LOWEST_STATUS and of_author[status.account_id] <= OF_ONE_AUTHOR and len(found) < KEPT:
            found.append((value, status))
    columns = {
        "ids": [status.id for _, status in found],
        "authors": [status.account_id for _, status in found],
        "scores": [value for value, _ in found],
    }
    await execute(tx, "delete from status_trends where status_id <> all(%(ids)s)", columns)
    await execute(
        tx,
        """
        insert into status_trends (status_id, account_id, score)
        select * from unnest(%(ids)s::bigint[], %(authors)s::bigint[], %(scores)s::float8[])
        on conflict (status_id) do update set score = excluded.score
        """,
        columns,
    )


def _status_score(status: Liked, settings: Settings, at: datetime) -> float:
    value = score(status.observed, 1, settings.trends_accounts)
    return decayed(value, max(at - status.created_at, timedelta(0)), STATUS_HALFLIFE)
