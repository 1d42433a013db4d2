"""SQL that writes statuses and their counts (access.py has who may see them, reading.py the lists).

Whoever changes something about statuses locks them in the order of their ids, before what hangs on
them, and accounts after that, also in the order of their ids: so nobody waits for one another in a circle.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString

import msgspec

from rostra.core.db import Tx, execute, fetch_all, fetch_one, fetch_value, fetch_values
from rostra.core.ids import new_id
from rostra.statuses import policies
from rostra.statuses.model import Content, ContentType, Draft, QuotePolicy, Status, Visibility


async def by_ids(tx: Tx, ids: Sequence[int]) -> list[Status]:
    """Rows for those of `ids` that exist, in no order. Not an access check."""
    return await fetch_all(tx, Status, "select * from statuses where id = any(%(ids)s)", {"ids": list(ids)})


async def insert(
    tx: Tx,
    status_id: int,
    author_id: int,
    draft: Draft,
    *,
    uri: str,
    content: str,
    parent: Status | None,
    quoted: Status | None,
    held: bool,
    at: datetime,
) -> Status:
    """Add one of ours."""
    status = await fetch_one(
        tx,
        Status,
        """
        insert into statuses (id, account_id, uri, local, in_reply_to_id, in_reply_to_account_id, thread_id,
                              visibility, sensitive, spoiler_text, text, content, language,
                              application_id, created_at, quote_policy, quoted_status_id, quote_state,
                              local_only, held, interaction_policy, content_type, posted_by_id, has_poll)
        values (%(id)s, %(account_id)s, %(uri)s, true, %(parent_id)s, %(parent_account_id)s, %(thread_id)s,
                %(visibility)s, %(sensitive)s, %(spoiler_text)s, %(text)s, %(content)s, %(language)s,
                %(application_id)s, %(created_at)s, %(quote_policy)s, %(quoted_id)s, %(quote_state)s,
                %(local_only)s, %(held)s, %(policy)s::jsonb, %(content_type)s,
                (select id from accounts where id = %(posted_by_id)s), %(has_poll)s)
        returning *
        """,
        {
            "id": status_id,
            "account_id": author_id,
            "uri": uri,
            "parent_id": parent.id if parent else None,
            "parent_account_id": parent.account_id if parent else None,
            "thread_id": parent.thread_id if parent else status_id,
            "visibility": draft.visibility,
            "sensitive": draft.sensitive,
            "spoiler_text": draft.spoiler_text,
            "text": draft.text,
            "content": content,
            "language": draft.language,
            "application_id": draft.application_id,
            "created_at": at,
            "quote_policy": quote_policy(draft.visibility, draft.quote_policy),
            "quoted_id": quoted.id if quoted else None,
            "quote_state": "accepted" if quoted else None,
            "local_only": bool(parent and parent.local_only)
            if draft.local_only is None
            else draft.local_only,
            "held": held,
            "policy": policies.encode(draft.policy),
            "content_type": draft.content_type,
            "posted_by_id": draft.posted_by_id,
            "has_poll": draft.poll is not None,
        },
    )
    assert status is not None
    return status


def quote_policy(visibility: Visibility, wished: QuotePolicy) -> QuotePolicy:
    """Who may quote a status of this visibility: what isn't for all is quoted by its author at most."""
    return wished if visibility in ("public", "unlisted") else "nobody"


async def insert_boost(
    tx: Tx,
    account_id: int,
    uri: str,
    status_id: int,
    original_id: int,
    visibility: Visibility,
    at: datetime,
    posted_by_id: int | None = None,
) -> bool:
    """Add a boost of `original_id`; False when there is one by this account already."""
    return bool(
        await execute(
            tx,
            """
            insert into statuses (id, account_id, uri, local, thread_id, reblog_of_id, visibility, created_at,
                                  posted_by_id)
            values (%(id)s, %(account_id)s, %(uri)s, true, %(id)s, %(original_id)s, %(visibility)s, %(at)s,
                    %(posted_by)s)
            on conflict (account_id, reblog_of_id) where reblog_of_id is not null do nothing
            """,
            {
                "id": status_id,
                "account_id": account_id,
                "uri": uri,
                "original_id": original_id,
                "visibility": visibility,
                "at": at,
                "posted_by": posted_by_id,
            },
        )
    )


async def boost_id(tx: Tx, account_id: int, original_id: int) -> int | None:
    """The boost of a status by `account_id`."""
    return await fetch_value(
        tx,
        "select id from statuses where account_id = %(account_id)s and reblog_of_id = %(id)s",
        {"id": original_id, "account_id": account_id},
    )


async def original_id(tx: Tx, status_id: int) -> int | None:
    """What a status boosts, or itself, if there is one. Not an access check."""
    return await fetch_value(
        tx, "select coalesce(reblog_of_id, id) from statuses where id = %(id)s", {"id": status_id}
    )


async def update_content(
    tx: Tx,
    status_id: int,
    new: Content,
    content_type: ContentType,
    content: str,
    at: datetime,
    *,
    has_poll: bool,
) -> Status:
    """Write an edit. It raises the version, so that nobody is shown the old content.

    All of it at once: a second update of the row in this transaction would lock what it answers, which a
    deletion of that locks before this one.
    """
    status = await fetch_one(
        tx,
        Status,
        """
        update statuses
        set text = %(text)s, content = %(content)s, spoiler_text = %(spoiler_text)s,
            sensitive = %(sensitive)s, language = %(language)s, content_type = %(content_type)s,
            edited_at = %(at)s, has_poll = %(has_poll)s, version = version + 1
        where id = %(id)s returning *
        """,
        {
            "id": status_id,
            "text": new.text,
            "content": content,
            "spoiler_text": new.spoiler_text,
            "sensitive": new.sensitive,
            "language": new.language,
            "content_type": content_type,
            "at": at,
            "has_poll": has_poll,
        },
    )
    assert status is not None
    return status


async def lock_with_relatives(tx: Tx, account_id: int, status_id: int) -> None:
    """Lock a status of `account_id`, what it answers, boosts or quotes, and what answers or quotes it."""
    await fetch_values(
        tx,
        """
        with own as (
            select * from statuses where id = %(id)s and account_id = %(account_id)s
        )
        select id from statuses
        where id = any(array(
            select unnest(array[id, in_reply_to_id, reblog_of_id, quoted_status_id]) from own
            union all
            select c.id from own join statuses c on c.in_reply_to_id = own.id
            union all
            select c.id from own join statuses c on c.quoted_status_id = own.id))
        order by id for update
        """,
        {"id": status_id, "account_id": account_id},
    )


async def lock_original(tx: Tx, status_id: int) -> int | None:
    """Lock a status, or what it boosts; returns its id, if there is one. Not an access check."""
    return await fetch_value(
        tx,
        """
        select o.id from statuses s join statuses o on o.id = coalesce(s.reblog_of_id, s.id)
        where s.id = %(id)s for no key update of o
        """,
        {"id": status_id},
    )


async def delete(tx: Tx, status_id: int) -> None:
    """Take a status away with all that hangs on it; what answered or quoted it stays, without it."""
    await execute(
        tx,
        "update statuses set in_reply_to_id = null, version = version + 1 where in_reply_to_id = %(id)s",
        {"id": status_id},
    )
    await execute(
        tx,
        """
        update statuses
        set quoted_status_id = null, version = version + 1,
            quote_state = case quote_state when 'accepted' then 'deleted' else quote_state end
        where quoted_status_id = %(id)s
        """,
        {"id": status_id},
    )
    await execute(tx, "delete from statuses where id = %(id)s", {"id": status_id})


async def boosts_of(tx: Tx, status_id: int) -> list[int]:
    """Ids of all boosts of a status."""
    return await fetch_values(
        tx, "select id from statuses where reblog_of_id = %(id)s order by id", {"id": status_id}
    )


async def uncount_authors(tx: Tx, status_id: int) -> None:
    """A status is about to be deleted with its boosts: its author and its boosters have one less."""
    await execute(
        tx,
        """
        with lost as (
            select account_id, count(*) as statuses from statuses
            where (id = %(id)s and visibility <> 'direct') or reblog_of_id = %(id)s
            group by account_id
        ), locked as materialized (
            select id from accounts where id in (select account_id from lost) order by id for no key update
        )
        update accounts a
        set statuses_count = greatest(0, a.statuses_count - lost.statuses), version = a.version + 1
        from lost join locked on locked.id = lost.account_id
        where a.id = locked.id
        """,
        {"id": status_id},
    )


async def count_author(tx: Tx, account_id: int, at: datetime) -> None:
    """An author has one more status, of the moment `at`."""
    await execute(
        tx,
        """
        update accounts
        set statuses_count = statuses_count + 1,
            last_status_at = greatest(last_status_at, %(at)s), version = version + 1
        where id = %(id)s
        """,
        {"id": account_id, "at": at},
    )


async def count(
    tx: Tx, status_id: int, *, replies: int = 0, reblogs: int = 0, favourites: int = 0, quotes: int = 0
) -> None:
    """Add to the counts of a status. They are not in its cached body, so its version stays."""
    await execute(
        tx,
        """
        update statuses
        set replies_count = greatest(0, replies_count + %(replies)s),
            reblogs_count = greatest(0, reblogs_count + %(reblogs)s),
            favourites_count = greatest(0, favourites_count + %(favourites)s),
            quotes_count = greatest(0, quotes_count + %(quotes)s)
        where id = %(id)s
        """,
        {
            "id": status_id,
            "replies": replies,
            "reblogs": reblogs,
            "favourites": favourites,
            "quotes": quotes,
        },
    )


async def ask_leave(tx: Tx, *, account_id: int, from_id: int, status_id: int, reply_id: int) -> None:
    """Ask the author of a status for leave to answer it."""
    await execute(
        tx,
        """
        insert into interaction_requests (id, account_id, from_account_id, status_id, reply_id)
        values (%(id)s, %(account)s, %(from)s, %(status)s, %(reply)s)
        """,
        {"id": new_id(), "account": account_id, "from": from_id, "status": status_id, "reply": reply_id},
    )


async def lock_for(tx: Tx, purpose: LiteralString, account_id: int) -> None:
    """Let one transaction at a time do something of which an account has a limited number."""
    await execute(
        tx,
        "select pg_advisory_xact_lock(hashtextextended(%(purpose)s, %(account_id)s))",
        {"purpose": f"limit:{purpose}", "account_id": account_id},
    )


class Claim(msgspec.Struct, frozen=True):
    """An idempotency key within its transaction: the status that it made before, if any."""

    status_id: int | None


async def claim_idempotency_key(tx: Tx, account_id: int, key: str) -> Claim:
    """Wait for others who use the same key now, then look what they made."""
    await execute(
        tx,
        "select pg_advisory_xact_lock(hashtextextended(%(key)s, %(account_id)s))",
        {"key": key, "account_id": account_id},
    )
    status_id = await fetch_value(
        tx,
        "select status_id from idempotency_keys where account_id = %(account_id)s and key = %(key)s",
        {"account_id": account_id, "key": key},
    )
    return Claim(status_id)


async def keep_idempotency_key(tx: Tx, account_id: int, key: str, status_id: int) -> None:
    """Remember what `key` made."""
    await execute(
        tx,
        """
        insert into idempotency_keys (account_id, key, status_id)
        values (%(account_id)s, %(key)s, %(status_id)s)
        """,
        {"account_id": account_id, "key": key, "status_id": status_id},
    )


async def delete_old_idempotency_keys(tx: Tx) -> int:
    """Forget keys after a day: nobody retries for longer."""
    return await execute(tx, "delete from idempotency_keys where created_at < now() - interval '1 day'")
