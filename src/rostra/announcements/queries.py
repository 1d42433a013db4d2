"""SQL of announcements."""

from collections.abc import Sequence
from typing import LiteralString

from rostra.accounts.access import present
from rostra.announcements.model import Announcement, Draft, Reaction
from rostra.core.db import Row, Tx, execute, fetch_all, fetch_one, fetch_value, fetch_values
from rostra.core.ids import new_id
from rostra.statuses.access import visible

_COLUMNS: LiteralString = """
    id, text, content, mention_ids, status_ids, tags, all_day, starts_at, ends_at, scheduled_at,
    published_at, created_at, updated_at
"""
_ACTIVE: LiteralString = "published_at is not null and (ends_at is null or ends_at > now())"
MOST = 100
"""Announcements that are shown at once."""


class Mentioned(Row, frozen=True):
    """An account that an announcement names."""

    id: int
    username: str
    domain: str | None
    url: str | None


class Linked(Row, frozen=True):
    """A status that an announcement links to, and that everybody may see."""

    id: int
    username: str
    url: str | None


async def active(tx: Tx, viewer_id: int, *, with_read: bool) -> list[tuple[Announcement, bool]]:
    """What is announced now, what comes first on top, and whether the viewer has read it."""
    sql: LiteralString = (
        "select " + _COLUMNS + " from announcements where " + _ACTIVE + " and (%(all)s or not exists ("
        "select from announcement_reads r where r.announcement_id = id and r.account_id = %(viewer)s))"
        " order by coalesce(starts_at, published_at), id limit %(limit)s"
    )
    rows = await fetch_all(tx, Announcement, sql, {"viewer": viewer_id, "all": with_read, "limit": MOST})
    read = await fetch_values(
        tx,
        """
        select announcement_id from announcement_reads
        where account_id = %(viewer)s and announcement_id = any(%(ids)s)
        """,
        {"viewer": viewer_id, "ids": [row.id for row in rows]},
    )
    return [(row, row.id in set(read)) for row in rows]


async def get(tx: Tx, announcement_id: int, *, lock: bool = False) -> Announcement | None:
    """One announcement, whether or not it is to be seen."""
    sql: LiteralString = "select " + _COLUMNS + " from announcements where id = %(id)s"
    return await fetch_one(tx, Announcement, sql + (" for update" if lock else ""), {"id": announcement_id})


async def get_active(tx: Tx, announcement_id: int, *, lock: bool = False) -> Announcement | None:
    """One announcement, if it is to be seen now."""
    sql: LiteralString = "select " + _COLUMNS + " from announcements where id = %(id)s and " + _ACTIVE
    return await fetch_one(tx, Announcement, sql + (" for update" if lock else ""), {"id": announcement_id})


async def for_staff(tx: Tx) -> list[Announcement]:
    """All announcements, the newest first."""
    sql: LiteralString = "select " + _COLUMNS + " from announcements order by id desc limit %(limit)s"
    return await fetch_all(tx, Announcement, sql, {"limit": MOST})


async def reactions(tx: Tx, viewer_id: int | None, ids: Sequence[int]) -> list[Reaction]:
    """How people reacted to `ids`: of each, the oldest reaction first. Not with emojis that are disabled."""
    return await fetch_all(
        tx,
        Reaction,
        """
        select r.announcement_id, r.name, count(*) as count,
               coalesce(bool_or(r.account_id = %(viewer)s), false) as me,
               max(e.blob_key) as blob_key, max(e.static_key) as static_key
        from announcement_reactions r left join custom_emojis e on e.id = r.custom_emoji_id
        where r.announcement_id = any(%(ids)s) and e.disabled is not true
        group by r.announcement_id, r.name order by r.announcement_id, min(r.created_at), r.name
        """,
        {"viewer": viewer_id, "ids": list(ids)},
    )


async def mentioned(tx: Tx, ids: Sequence[int]) -> list[Mentioned]:
    """Those of the accounts `ids` that exist for others."""
    sql: LiteralString = (
        "select a.id, a.username, a.domain, a.url from accounts a where a.id = any(%(ids)s) and "
        + present("a")
    )
    return await fetch_all(tx, Mentioned, sql, {"ids": list(ids)})


async def linked(tx: Tx, ids: Sequence[int]) -> list[Linked]:
    """Those of the statuses `ids` that everybody may see."""
    sql: LiteralString = (
        "select s.id, a.username, s.url from statuses s join accounts a on a.id = s.account_id"
        " where s.id = any(%(ids)s) and s.visibility in ('public', 'unlisted') and " + visible("s", "a")
    )
    return await fetch_all(tx, Linked, sql, {"ids": list(ids), "viewer": None})


async def insert(
    tx: Tx, draft: Draft, content: str, mentions: list[int], statuses: list[int], tags: list[str]
) -> int:
    """Keep a new announcement, not published yet."""
    return await fetch_value(
        tx,
        """
        insert into announcements (id, text, content, mention_ids, status_ids, tags, all_day, starts_at,
                                   ends_at, scheduled_at)
        values (%(id)s, %(text)s, %(content)s, %(mentions)s, %(statuses)s, %(tags)s, %(all_day)s,
                %(starts_at)s, %(ends_at)s, %(scheduled_at)s)
        returning id
        """,
        {"id": new_id(), **_values(draft, content, mentions, statuses, tags)},
    )


async def update(
    tx: Tx,
    announcement_id: int,
    draft: Draft,
    content: str,
    mentions: list[int],
    statuses: list[int],
    tags: list[str],
) -> None:
    """Change an announcement."""
    await execute(
        tx,
        """
        update announcements set text = %(text)s, content = %(content)s, mention_ids = %(mentions)s,
            status_ids = %(statuses)s, tags = %(tags)s, all_day = %(all_day)s, starts_at = %(starts_at)s,
            ends_at = %(ends_at)s, updated_at = now(),
            scheduled_at = case when published_at is null then %(scheduled_at)s::timestamptz end
        where id = %(id)s
        """,
        {"id": announcement_id, **_values(draft, content, mentions, statuses, tags)},
    )


def _values(
    draft: Draft, content: str, mentions: list[int], statuses: list[int], tags: list[str]
) -> dict[str, object]:
    return {
        "text": draft.text,
        "content": content,
        "mentions": mentions,
        "statuses": statuses,
        "tags": tags,
        "all_day": draft.all_day,
        "starts_at": draft.starts_at,
        "ends_at": draft.ends_at,
        "scheduled_at": draft.scheduled_at,
    }


async def mark_published(tx: Tx, announcement_id: int) -> int:
    """Publish one; 0 if it is published already, or gone."""
    return await execute(
        tx,
        """
        update announcements set published_at = now(), scheduled_at = null, updated_at = now()
        where id = %(id)s and published_at is null
        """,
        {"id": announcement_id},
    )


async def mark_withdrawn(tx: Tx, announcement_id: int) -> int:
    """Take one back; 0 if it was not to be seen."""
    return await execute(
        tx,
        """
        update announcements set published_at = null, scheduled_at = null
        where id = %(id)s and published_at is not null
        """,
        {"id": announcement_id},
    )


async def delete(tx: Tx, announcement_id: int) -> bool:
    """Delete one; returns whether it was published."""
    return bool(
        await fetch_value(
            tx,
            "delete from announcements where id = %(id)s returning published_at is not null",
            {"id": announcement_id},
        )
    )


async def due(tx: Tx) -> list[int]:
    """Announcements whose time to be published has come; nobody else has them."""
    return await fetch_values(
        tx, "select id from announcements where scheduled_at <= now() for update skip locked"
    )


async def over(tx: Tx) -> list[int]:
    """Announcements of what is over; nobody else has them."""
    return await fetch_values(
        tx,
        """
        select id from announcements where published_at is not null and ends_at <= now()
        for update skip locked
        """,
    )


async def mark_read(tx: Tx, announcement_id: int, account_id: int) -> None:
    """Remember that somebody has read it."""
    await execute(
        tx,
        """
        insert into announcement_reads (announcement_id, account_id) values (%(id)s, %(account)s)
        on conflict do nothing
        """,
        {"id": announcement_id, "account": account_id},
    )


async def reaction_names(tx: Tx, announcement_id: int) -> list[str]:
    """The different reactions to it."""
    return await fetch_values(
        tx,
        "select distinct name from announcement_reactions where announcement_id = %(id)s",
        {"id": announcement_id},
    )


async def add_reaction(
    tx: Tx, announcement_id: int, account_id: int, name: str, custom_emoji_id: int | None
) -> int:
    """React; 0 if they have done so already."""
    return await execute(
        tx,
        """
        insert into announcement_reactions (announcement_id, account_id, name, custom_emoji_id)
        values (%(id)s, %(account)s, %(name)s, %(emoji)s) on conflict do nothing
        """,
        {"id": announcement_id, "account": account_id, "name": name, "emoji": custom_emoji_id},
    )


async def delete_reaction(tx: Tx, announcement_id: int, account_id: int, name: str) -> int:
    """Take a reaction back; 0 if there is none such."""
    return await execute(
        tx,
        """
        delete from announcement_reactions
        where announcement_id = %(id)s and account_id = %(account)s and name = %(name)s
        """,
        {"id": announcement_id, "account": account_id, "name": name},
    )
