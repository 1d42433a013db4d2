"""Whom an event concerns. Whether they really hear of it is decided in `actions.notify`."""

import msgspec

from rostra.core.db import Row, Tx, fetch_one, fetch_tuples, fetch_value, fetch_values
from rostra.notifications.model import Kind

MOST_QUOTES = 1000
"""Quotes whose authors are told of an edit: the newest."""


class Told(msgspec.Struct, frozen=True):
    """Accounts to be told, of what, and by whom it was done."""

    kind: Kind
    account_ids: list[int]
    from_id: int
    status_id: int


class _Status(Row, frozen=True):
    account_id: int
    reblog_of_id: int | None
    original_author_id: int | None
    visibility: str
    is_reply_to_other: bool
    quoted_author_id: int | None


async def of_publication(tx: Tx, status_id: int) -> list[Told]:
    """Those whom a new status names, whose status it boosts or quotes, or who asked for its author's."""
    status = await _status(tx, status_id)
    if status is None:
        return []
    if status.reblog_of_id is not None:
        authors = [status.original_author_id] if status.original_author_id is not None else []
        return [Told("reblog", authors, status.account_id, status.reblog_of_id)]
    named = await _named(tx, status_id)
    told = [Told("mention", named, status.account_id, status_id)]
    if status.quoted_author_id is not None:
        told.append(Told("quote", [status.quoted_author_id], status.account_id, status_id))
    if not status.is_reply_to_other and status.visibility != "direct":
        asked: list[int] = await fetch_values(
            tx,
            "select account_id from follows where target_id = %(id)s and notify",
            {"id": status.account_id},
        )
        told.append(Told("status", [a for a in asked if a not in named], status.account_id, status_id))
    return told


async def of_held_reply(tx: Tx, status_id: int) -> list[Told]:
    """Who is asked for leave to answer, if they haven't decided yet."""
    rows = await fetch_tuples(
        tx,
        """
        select account_id, from_account_id from interaction_requests
        where reply_id = %(id)s and accepted_at is null
        """,
        {"id": status_id},
    )
    return [Told("pending.reply", [account_id], from_id, status_id) for account_id, from_id in rows]


async def of_edit(tx: Tx, status_id: int) -> list[Told]:
    """Those whom it names, perhaps only now, and those who boosted or quoted it.

    Who quoted it is told of their own status, which shows the new content now.
    """
    status = await _status(tx, status_id)
    if status is None:
        return []
    boosters: list[int] = await fetch_values(
        tx, "select account_id from statuses where reblog_of_id = %(id)s", {"id": status_id}
    )
    named = await _named(tx, status_id)
    quoting = await fetch_tuples(
        tx,
        """
        select id, account_id from statuses
        where quoted_status_id = %(id)s and quote_state = 'accepted' order by id desc limit %(most)s
        """,
        {"id": status_id, "most": MOST_QUOTES},
    )
    return [
        Told("mention", named, status.account_id, status_id),
        Told("update", boosters, status.account_id, status_id),
        *(Told("quoted_update", [quoter], status.account_id, quote_id) for quote_id, quoter in quoting),
    ]


async def of_poll(tx: Tx, status_id: int) -> list[Told]:
    """Those who voted, and who asked."""
    status = await _status(tx, status_id)
    if status is None:
        return []
    voters: list[int] = await fetch_values(
        tx,
        """
        select distinct v.account_id from poll_votes v join polls p on p.id = v.poll_id
        where p.status_id = %(id)s
        """,
        {"id": status_id},
    )
    return [Told("poll", [*voters, status.account_id], status.account_id, status_id)]


async def of_deletion(tx: Tx, author_id: int, named: list[int]) -> list[int]:
    """Those who may have seen a status that was not public: author, followers, and those it named."""
    followers: list[int] = await fetch_values(
        tx, "select account_id from follows where target_id = %(id)s", {"id": author_id}
    )
    return sorted({author_id, *followers, *named})


class Featured(Row, frozen=True):
    """Who is in a collection, and whose it is."""

    collection_id: int
    owner_id: int
    account_id: int


async def of_collection_item(tx: Tx, item_id: int) -> Featured | None:
    """Who was put into a collection, if they are still in it."""
    return await fetch_one(
        tx,
        Featured,
        """
        select i.collection_id, c.account_id as owner_id, i.account_id
        from collection_items i join collections c on c.id = i.collection_id
        where i.id = %(id)s and i.state = 'accepted'
        """,
        {"id": item_id},
    )


async def of_sign_up(tx: Tx, account_id: int) -> list[int]:
    """The staff, once a newcomer is in."""
    return await fetch_values(
        tx,
        """
        select s.account_id from users s
        where s.role <> 'member' and s.disabled_at is null and exists (
            select from users n
            where n.account_id = %(id)s and n.confirmed_at is not null and n.approved_at is not null
              and n.disabled_at is null)
        """,
        {"id": account_id},
    )


async def author_of_favourited(tx: Tx, status_id: int, by_id: int) -> int | None:
    """Who wrote it, if the favourite still stands."""
    return await fetch_value(
        tx,
        """
        select s.account_id from favourites f join statuses s on s.id = f.status_id
        where f.status_id = %(status)s and f.account_id = %(by)s
        """,
        {"status": status_id, "by": by_id},
    )


async def _status(tx: Tx, status_id: int) -> _Status | None:
    return await fetch_one(
        tx,
        _Status,
        """
        select s.account_id, s.reblog_of_id, o.account_id as original_author_id, s.visibility,
               s.in_reply_to_id is not null and s.in_reply_to_account_id <> s.account_id as is_reply_to_other,
               q.account_id as quoted_author_id
        from statuses s left join statuses o on o.id = s.reblog_of_id
        left join statuses q on q.id = s.quoted_status_id and s.quote_state = 'accepted'
        where s.id = %(id)s
        """,
        {"id": status_id},
    )


async def _named(tx: Tx, status_id: int) -> list[int]:
    return await fetch_values(
        tx,
        "select account_id from status_mentions where status_id = %(id)s and not silent",
        {"id": status_id},
    )
