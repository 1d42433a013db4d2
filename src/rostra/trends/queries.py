"""Reading trends: what staff let pass, and what waits for them."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import LiteralString

from rostra.core.clock import now
from rostra.core.db import Tx, fetch_all, fetch_value
from rostra.core.ids import first_id
from rostra.core.settings import Settings
from rostra.statuses import reading
from rostra.statuses.cards.model import hash_of, normalised
from rostra.statuses.reading import Bounds, Frame
from rostra.statuses.tags.model import DAYS, Tag, TagDay
from rostra.trends.model import (
    DAY,
    LinkReview,
    PublisherReview,
    Reviews,
    StatusReview,
    TagReview,
    TrendingLink,
)

# Where staff said nothing: unless they want to look first.
_TAG_ALLOWED: LiteralString = "(t.usable and t.listable and coalesce(t.trendable, %(unseen)s))"
_LINK_ALLOWED: LiteralString = "coalesce(c.trendable, p.trendable, %(unseen)s)"
_STATUS_ALLOWED: LiteralString = "coalesce(sr.trendable, ar.trendable, %(unseen)s)"
_STATUS_REVIEWS: LiteralString = """
    left join status_reviews sr on sr.status_id = t.status_id
    left join author_reviews ar on ar.account_id = t.account_id
"""
_LINKS: LiteralString = """
    select 0 as status_id, c.url, c.id, c.kind, c.title, c.description, c.language, c.published_at,
           c.author_name, c.author_url, c.author_account_id, c.provider_name, c.provider_url, c.html,
           c.embed_url, c.width, c.height, c.image_key, c.image_width, c.image_height,
           c.image_description, c.blurhash
    from link_trends d join cards c on c.id = d.card_id join card_publishers p on p.id = d.publisher_id
"""


async def tags(tx: Tx, settings: Settings, limit: int, offset: int) -> list[Tag]:
    """Hashtags that trend, the most first."""
    return await fetch_all(
        tx,
        Tag,
        "select t.id, t.name, t.display_name from tag_trends d join tags t on t.id = d.tag_id where "
        + _TAG_ALLOWED
        + " order by d.score desc, t.id limit %(limit)s offset %(offset)s",
        {"unseen": not settings.trends_review, "limit": limit, "offset": offset},
    )


async def links(tx: Tx, settings: Settings, limit: int, offset: int) -> list[TrendingLink]:
    """Links that trend, the most first."""
    return await fetch_all(
        tx,
        TrendingLink,
        _LINKS
        + " where c.kind is not null and "
        + _LINK_ALLOWED
        + " order by d.score desc, c.id limit %(limit)s offset %(offset)s",
        {"unseen": not settings.trends_review, "limit": limit, "offset": offset},
    )


async def statuses(tx: Tx, settings: Settings, viewer_id: int | None, limit: int, offset: int) -> list[Frame]:
    """Statuses that trend and that the viewer may and wants to see: those in their language first."""
    candidates: LiteralString = (
        "select t.status_id as id, -row_number() over (order by s.language is not distinct from"
        " (select u.locale from users u where u.account_id = %(viewer)s) desc, t.score desc, t.status_id)"
        " as cursor"
        " from status_trends t join statuses s on s.id = t.status_id join accounts a on a.id = t.account_id"
        + _STATUS_REVIEWS
        + " where a.discoverable and a.indexable and a.limited_at is null"
        " and not s.sensitive and s.spoiler_text = '' and " + _STATUS_ALLOWED
    )
    params = {"unseen": not settings.trends_review}
    return (await reading.read(tx, viewer_id, candidates, Bounds(limit=limit + offset), params))[offset:]


async def find_link(tx: Tx, settings: Settings, url: str) -> int | None:
    """The card of an address that trends."""
    try:
        address = normalised(url)
    except ValueError:
        return None
    return await fetch_value(
        tx,
        "select c.id from cards c join link_trends d on d.card_id = c.id"
        " join card_publishers p on p.id = d.publisher_id"
        " where c.url_hash = %(hash)s and c.kind is not null and " + _LINK_ALLOWED,
        {"hash": hash_of(address), "unseen": not settings.trends_review},
    )


async def link_history(tx: Tx, card_ids: Sequence[int]) -> list[TagDay]:
    """Public uses of links on each of the last days, as those of hashtags; `tag_id` is the card's id."""
    since = datetime.combine(now().date() - timedelta(days=DAYS - 1), time(), UTC)
    return await fetch_all(
        tx,
        TagDay,
        """
        select x.card_id as tag_id, x.created_at::date as day, count(*)::int as uses,
               count(distinct x.account_id)::int as accounts
        from (
            select sc.card_id, s.account_id, s.created_at
            from status_cards sc join statuses s on s.id = sc.status_id
            where sc.card_id = any(%(ids)s) and sc.status_id >= %(oldest)s and s.visibility = 'public'
            union all
            select sc.card_id, b.account_id, b.created_at
            from status_cards sc join statuses s on s.id = sc.status_id
            join statuses b on b.reblog_of_id = s.id
            where sc.card_id = any(%(ids)s) and b.id >= %(oldest)s
              and s.visibility = 'public' and b.visibility = 'public'
        ) x group by x.card_id, x.created_at::date
        """,
        {"ids": list(card_ids), "oldest": first_id(since)},
    )


async def reviews(tx: Tx) -> Reviews:
    """All that trends or would, undecided ones first."""
    return Reviews(
        tags=await tag_reviews(tx), links=await link_reviews(tx), statuses=await status_reviews(tx)
    )


async def tag_reviews(tx: Tx, tag_id: int | None = None) -> list[TagReview]:
    """Hashtags that trend or would, undecided ones first; or one hashtag, whether or not it trends."""
    return await fetch_all(
        tx,
        TagReview,
        """
        select t.id, t.name, t.display_name, t.trendable, t.usable, t.listable, (
            select count(distinct s.account_id) from status_tags st join statuses s on s.id = st.status_id
            where st.tag_id = t.id and s.id >= %(day)s and s.visibility = 'public')::int as accounts
        from tags t left join tag_trends d on d.tag_id = t.id where """
        + ("d.tag_id is not null" if tag_id is None else "t.id = %(id)s")
        + " order by t.trendable is not null, d.score desc, t.id",
        {"day": first_id(now() - DAY), "id": tag_id},
    )


async def link_reviews(tx: Tx, card_id: int | None = None) -> list[LinkReview]:
    """Links that trend or would, undecided ones first; or one of them."""
    return await fetch_all(
        tx,
        LinkReview,
        """
        select c.id, c.url, c.title, p.id as publisher_id, p.domain, c.trendable,
               p.trendable as publisher_trendable
        from link_trends d join cards c on c.id = d.card_id
        join card_publishers p on p.id = d.publisher_id
        where (%(id)s::bigint is null or c.id = %(id)s)
        order by coalesce(c.trendable, p.trendable) is not null, d.score desc, c.id
        """,
        {"id": card_id},
    )


async def status_reviews(tx: Tx, status_id: int | None = None) -> list[StatusReview]:
    """Statuses that trend or would, undecided ones first; or one of them."""
    return await fetch_all(
        tx,
        StatusReview,
        """
        select s.id, s.account_id, a.username, a.domain, s.content, sr.trendable,
               ar.trendable as author_trendable
        from status_trends t join statuses s on s.id = t.status_id
        join accounts a on a.id = s.account_id
        """
        + _STATUS_REVIEWS
        + " where (%(id)s::bigint is null or s.id = %(id)s)"
        " order by coalesce(sr.trendable, ar.trendable) is not null, t.score desc, s.id",
        {"id": status_id},
    )


async def publisher_reviews(tx: Tx, publisher_id: int | None = None) -> list[PublisherReview]:
    """Publishers of links that trend or would, undecided ones first; or one publisher."""
    sql: LiteralString = "select p.id, p.domain, p.trendable, p.reviewed_at from card_publishers p where "
    sql += "p.id in (select publisher_id from link_trends)" if publisher_id is None else "p.id = %(id)s"
    return await fetch_all(
        tx, PublisherReview, sql + " order by p.trendable is not null, p.domain", {"id": publisher_id}
    )


async def links_named(tx: Tx, ids: Sequence[int]) -> list[TrendingLink]:
    """Links by their ids, in no order, whatever staff said of them."""
    return await fetch_all(tx, TrendingLink, _LINKS + " where c.id = any(%(ids)s)", {"ids": list(ids)})


async def count_waiting(tx: Tx) -> int:
    """How much of what would trend staff has not looked at."""
    return await fetch_value(
        tx,
        """
        select (select count(*) from tag_trends d join tags t on t.id = d.tag_id where t.trendable is null)
             + (select count(*) from link_trends d join cards c on c.id = d.card_id
                join card_publishers p on p.id = d.publisher_id
                where coalesce(c.trendable, p.trendable) is null)
             + (select count(*) from status_trends t"""
        + _STATUS_REVIEWS
        + " where coalesce(sr.trendable, ar.trendable) is null)",
    )
