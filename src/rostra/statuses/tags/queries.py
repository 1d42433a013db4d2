"""SQL of hashtags: looking them up, following and featuring them."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import LiteralString

from rostra.core.clock import now
from rostra.core.db import Tx, execute, fetch_all, fetch_one, fetch_value
from rostra.core.ids import first_id, new_id
from rostra.core.paging import Bounds
from rostra.statuses.tags.model import (
    DAYS,
    SUGGESTED,
    FeaturedTag,
    Followed,
    Standing,
    Tag,
    TagDay,
)

_FEATURED: LiteralString = """
    select f.id, f.account_id, f.tag_id, t.name, f.name as display_name, f.statuses_count, f.last_status_at
    from featured_tags f join tags t on t.id = f.tag_id where f.account_id = %(account_id)s
"""


async def by_name(tx: Tx, name: str) -> Tag | None:
    """The hashtag with a normalised name."""
    return await fetch_one(
        tx, Tag, "select id, name, display_name from tags where name = %(name)s", {"name": name}
    )


async def by_id(tx: Tx, tag_id: int) -> Tag | None:
    """The hashtag with an id."""
    return await fetch_one(
        tx, Tag, "select id, name, display_name from tags where id = %(id)s", {"id": tag_id}
    )


async def insert(tx: Tx, name: str, display_name: str) -> None:
    """Add a hashtag, unless it is there."""
    await execute(
        tx,
        """
        insert into tags (id, name, display_name) values (%(id)s, %(name)s, %(shown)s)
        on conflict do nothing
        """,
        {"id": new_id(), "name": name, "shown": display_name},
    )


async def history(tx: Tx, tag_ids: Sequence[int]) -> list[TagDay]:
    """Public uses of hashtags on each of the last days, today included; days without use have no row."""
    since = datetime.combine(now().date() - timedelta(days=DAYS - 1), time(), UTC)
    return await fetch_all(
        tx,
        TagDay,
        """
        select st.tag_id, s.created_at::date as day, count(*)::int as uses,
               count(distinct s.account_id)::int as accounts
        from status_tags st join statuses s on s.id = st.status_id
        where st.tag_id = any(%(ids)s) and st.status_id >= %(oldest)s and s.visibility = 'public'
        group by st.tag_id, s.created_at::date
        """,
        {"ids": list(tag_ids), "oldest": first_id(since)},
    )


async def standings(tx: Tx, account_id: int, tag_ids: Sequence[int]) -> dict[int, Standing]:
    """How a member stands to some hashtags, by their ids."""
    rows = await fetch_all(
        tx,
        Standing,
        """
        select i.tag_id,
               exists (select from tag_follows f
                       where f.account_id = %(account_id)s and f.tag_id = i.tag_id) as following,
               exists (select from featured_tags f
                       where f.account_id = %(account_id)s and f.tag_id = i.tag_id) as featuring
        from unnest(%(ids)s::bigint[]) as i(tag_id)
        """,
        {"account_id": account_id, "ids": list(tag_ids)},
    )
    return {row.tag_id: row for row in rows}


async def followed(tx: Tx, account_id: int, bounds: Bounds) -> list[Followed]:
    """Hashtags that a member follows, the last followed first."""
    sql: LiteralString = """
        select t.id, t.name, t.display_name, f.id as cursor
        from tag_follows f join tags t on t.id = f.tag_id where f.account_id = %(account_id)s
    """
    params = {"account_id": account_id, **bounds.params()}
    rows = await fetch_all(tx, Followed, bounds.apply(sql, "f.id"), params)
    return rows[::-1] if bounds.upwards else rows


async def count_followed(tx: Tx, account_id: int) -> int:
    """How many hashtags a member follows."""
    return await fetch_value(
        tx, "select count(*) from tag_follows where account_id = %(id)s", {"id": account_id}
    )


async def insert_follow(tx: Tx, account_id: int, tag_id: int) -> bool:
    """Follow a hashtag; False when the member does already."""
    return bool(
        await execute(
            tx,
            """
            insert into tag_follows (id, account_id, tag_id) values (%(id)s, %(account_id)s, %(tag_id)s)
            on conflict do nothing
            """,
            {"id": new_id(), "account_id": account_id, "tag_id": tag_id},
        )
    )


async def delete_follow(tx: Tx, account_id: int, tag_id: int) -> bool:
    """No longer follow a hashtag; False when the member doesn't."""
    return bool(
        await execute(
            tx,
            "delete from tag_follows where account_id = %(account_id)s and tag_id = %(tag_id)s",
            {"account_id": account_id, "tag_id": tag_id},
        )
    )


async def featured(tx: Tx, account_id: int) -> list[FeaturedTag]:
    """Hashtags that a profile features, the most used first."""
    return await fetch_all(
        tx,
        FeaturedTag,
        _FEATURED + " order by f.statuses_count desc, f.id",
        {"account_id": account_id},
    )


async def featured_one(tx: Tx, account_id: int, featured_id: int) -> FeaturedTag | None:
    """One of the hashtags that a profile features."""
    return await fetch_one(
        tx, FeaturedTag, _FEATURED + " and f.id = %(id)s", {"account_id": account_id, "id": featured_id}
    )


async def featured_by_tag(tx: Tx, account_id: int, tag_id: int) -> FeaturedTag | None:
    """A hashtag that a profile features."""
    return await fetch_one(
        tx, FeaturedTag, _FEATURED + " and t.id = %(id)s", {"account_id": account_id, "id": tag_id}
    )


async def count_featured(tx: Tx, account_id: int) -> int:
    """How many hashtags a profile features."""
    return await fetch_value(
        tx, "select count(*) from featured_tags where account_id = %(id)s", {"id": account_id}
    )


async def insert_featured(tx: Tx, account_id: int, tag_id: int, name: str) -> None:
    """Feature a hashtag, unless it is featured."""
    await execute(
        tx,
        """
        insert into featured_tags (id, account_id, tag_id, name)
        values (%(id)s, %(account_id)s, %(tag_id)s, %(name)s) on conflict do nothing
        """,
        {"id": new_id(), "account_id": account_id, "tag_id": tag_id, "name": name},
    )


async def delete_featured(tx: Tx, account_id: int, tag_id: int) -> None:
    """No longer feature a hashtag."""
    await execute(
        tx,
        "delete from featured_tags where account_id = %(account_id)s and tag_id = %(tag_id)s",
        {"account_id": account_id, "tag_id": tag_id},
    )


async def count_uses(tx: Tx, account_id: int) -> None:
    """Count anew how often a profile's featured hashtags are used there, and when last."""
    await execute(
        tx,
        """
        update featured_tags f set statuses_count = c.uses, last_status_at = c.last
        from featured_tags g
        cross join lateral (
            select count(*)::int as uses, max(s.created_at) as last
            from status_tags st join statuses s on s.id = st.status_id
            where st.tag_id = g.tag_id and s.account_id = g.account_id
              and s.visibility in ('public', 'unlisted')
        ) c
        where g.account_id = %(account_id)s and f.id = g.id
          and (f.statuses_count, f.last_status_at) is distinct from (c.uses, c.last)
        """,
        {"account_id": account_id},
    )


async def author_with_featured(tx: Tx, status_id: int) -> int | None:
    """The author of a status, if their profile features any hashtag."""
    return await fetch_value(
        tx,
        """
        select s.account_id from statuses s
        where s.id = %(id)s and exists (select from featured_tags f where f.account_id = s.account_id)
        """,
        {"id": status_id},
    )


async def often_used(tx: Tx, account_id: int) -> list[Tag]:
    """Hashtags that a member used most in their last 1,000 statuses and doesn't feature yet."""
    return await fetch_all(
        tx,
        Tag,
        """
        select t.id, t.name, t.display_name
        from (select id from statuses where account_id = %(id)s order by id desc limit 1000) s
        join status_tags st on st.status_id = s.id
        join tags t on t.id = st.tag_id
        where not exists (select from featured_tags f where f.account_id = %(id)s and f.tag_id = t.id)
        group by t.id order by count(*) desc, t.id limit %(limit)s
        """,
        {"id": account_id, "limit": SUGGESTED},
    )
