"""Conversations: the direct statuses of a thread among the same people, as each of them has it.

Rows are kept by reactions (`keep`, `mend`) and may be rebuilt at any time. A status is read under the
same rule as everywhere: a row alone shows nobody anything.
"""

from collections.abc import Sequence
from typing import LiteralString

import msgspec

from rostra.core.db import Row, Tx, execute, fetch_all, fetch_tuples, fetch_value, fetch_values
from rostra.core.errors import NotFound
from rostra.core.ids import new_id
from rostra.core.paging import Bounds
from rostra.statuses import reading
from rostra.statuses.access import visible, wanted
from rostra.statuses.reading import Frame


class Conversation(Row, frozen=True):
    """A row of `conversations`; `last_status_id` None: it is being put right in this very moment."""

    id: int
    participant_ids: list[int]
    last_status_id: int | None
    unread: bool


class Listed(msgspec.Struct, frozen=True):
    """A conversation with its last status, if the member may see that."""

    conversation: Conversation
    last: Frame | None


_COLUMNS = "id, participant_ids, last_status_id, unread"

_CANDIDATES: LiteralString = """
    select last_status_id as id, last_status_id as cursor from conversations
    where account_id = %(viewer)s and last_status_id is not null
"""
_DIRECT: LiteralString = """
    select status_id as id, status_id as cursor from conversation_statuses where account_id = %(viewer)s
"""


async def read(tx: Tx, account_id: int, bounds: Bounds) -> list[Listed]:
    """A page of a member's conversations, the one that was written in last first.

    Those whose last status is by somebody whom they block or mute are left out.
    """
    frames = await reading.read(tx, account_id, _CANDIDATES, bounds)
    rows = await fetch_all(
        tx,
        Conversation,
        f"select {_COLUMNS} from conversations where account_id = %(id)s and last_status_id = any(%(last)s)",
        {"id": account_id, "last": [frame.id for frame in frames]},
    )
    by_last = {row.last_status_id: row for row in rows}
    return [Listed(by_last[frame.id], frame) for frame in frames if frame.id in by_last]


async def get(tx: Tx, account_id: int, conversation_id: int, *, mixed: bool = False) -> Listed:
    """One of a member's conversations.

    With `mixed`, its last status is left out also when it is by somebody whom they block or mute.

    Raises:
        NotFound: it is somebody else's, or there is none.
    """
    row = await fetch_one_of(tx, account_id, conversation_id)
    ids = [row.last_status_id] if row.last_status_id else []
    frames = await reading.read_ids(tx, account_id, ids, mixed=mixed)
    return Listed(row, frames[0] if frames else None)


async def fetch_one_of(tx: Tx, account_id: int, conversation_id: int) -> Conversation:
    """The row alone.

    Raises:
        NotFound: it is somebody else's, or there is none.
    """
    rows = await fetch_all(
        tx,
        Conversation,
        f"select {_COLUMNS} from conversations where id = %(id)s and account_id = %(account)s",
        {"id": conversation_id, "account": account_id},
    )
    if not rows:
        raise NotFound()
    return rows[0]


async def mark(tx: Tx, account_id: int, conversation_id: int, *, unread: bool) -> None:
    """Say whether a member has read a conversation.

    Raises:
        NotFound: it is somebody else's, or there is none.
    """
    await fetch_one_of(tx, account_id, conversation_id)
    await execute(
        tx,
        "update conversations set unread = %(unread)s where id = %(id)s",
        {"id": conversation_id, "unread": unread},
    )


async def remove(tx: Tx, account_id: int, conversation_id: int) -> None:
    """Take a conversation off a member's list; its statuses stay. What is written later brings it back.

    Raises:
        NotFound: it is somebody else's, or there is none.
    """
    await fetch_one_of(tx, account_id, conversation_id)
    await execute(tx, "delete from conversations where id = %(id)s", {"id": conversation_id})


async def read_direct(tx: Tx, account_id: int, bounds: Bounds) -> list[Frame]:
    """A page of the direct statuses that a member wrote or got, the newest first."""
    return await reading.read(tx, account_id, _DIRECT, bounds)


class _Part(Row, frozen=True):
    account_id: int
    participant_ids: list[int]
    news: bool


# Those of ours who take part: the author, and whom it names if they may see it and want to.
_PARTS: LiteralString = (
    """
    with people as (
        select s.account_id as id from statuses s where s.id = %(status)s
        union
        select m.account_id from status_mentions m where m.status_id = %(status)s and not m.silent
    )
    select p.id as account_id,
           array(select o.id from people o where o.id <> p.id order by o.id) as participant_ids,
           p.id <> s.account_id and not exists (
               select from thread_mutes t where t.account_id = p.id and t.thread_id = s.thread_id) as news
    from people p
    join users u on u.account_id = p.id
    join statuses s on s.id = %(status)s and s.visibility = 'direct'
    where """
    + visible("s").replace("%(viewer)s", "p.id")
    + " and "
    + wanted("s").replace("%(viewer)s", "p.id")
)


async def keep(tx: Tx, status_id: int, without: Sequence[int] = ()) -> list[tuple[int, int]]:
    """Put a direct status into the conversations of those who take part, and out of all others.

    For those of `without`, who let nothing through from its author, nothing changes. May be repeated.
    Returns (conversation, account) of those that changed.
    """
    thread_id: int | None = await fetch_value(
        tx, "select thread_id from statuses where id = %(id)s and visibility = 'direct'", {"id": status_id}
    )
    if thread_id is None:
        return []
    # One after the other in a thread, so that none adds what another takes away.
    await execute(
        tx, "select pg_advisory_xact_lock(hashtextextended('conversations', %(id)s))", {"id": thread_id}
    )
    parts = [
        part
        for part in await fetch_all(tx, _Part, _PARTS, {"status": status_id})
        if part.account_id not in without
    ]
    changed: list[tuple[int, int]] = []
    for part in parts:
        conversation_id = await _keep_part(tx, status_id, thread_id, part)
        if conversation_id is not None:
            changed.append((conversation_id, part.account_id))
    await execute(
        tx,
        """
        with gone as (
            delete from conversation_statuses
            where status_id = %(status)s and account_id <> all(%(accounts)s) returning conversation_id
        )
        update conversations set last_status_id = null
        where id in (select conversation_id from gone) and last_status_id = %(status)s
        """,
        {"status": status_id, "accounts": [*(part.account_id for part in parts), *without]},
    )
    return [*changed, *await mend(tx)]


async def received(tx: Tx, account_id: int, from_id: int, most: int = 100) -> list[int]:
    """The newest direct statuses, at most `most`, in which the one names the other, the oldest first."""
    ids: list[int] = await fetch_values(
        tx,
        """
        select s.id from status_mentions m join statuses s on s.id = m.status_id
        where m.account_id = %(account)s and not m.silent and s.account_id = %(from)s
          and s.visibility = 'direct'
        order by s.id desc limit %(most)s
        """,
        {"account": account_id, "from": from_id, "most": most},
    )
    return ids[::-1]


async def _keep_part(tx: Tx, status_id: int, thread_id: int, part: _Part) -> int | None:
    """Put a status into one member's conversation; returns its id if that changed anything."""
    params = {
        "id": new_id(),
        "account": part.account_id,
        "thread": thread_id,
        "participants": part.participant_ids,
        "status": status_id,
        "news": part.news,
    }
    await execute(
        tx,
        """
        insert into conversations (id, account_id, thread_id, participant_ids)
        select %(id)s, %(account)s, %(thread)s, %(participants)s::bigint[]
        where not exists (
            select from conversation_statuses cs join conversations c on c.id = cs.conversation_id
            where cs.account_id = %(account)s and cs.status_id = %(status)s
              and c.participant_ids = %(participants)s::bigint[])
        on conflict (account_id, thread_id, participant_ids) do nothing
        """,
        params,
    )
    return await fetch_value(
        tx,
        """
        with added as (
            insert into conversation_statuses (account_id, status_id, conversation_id)
            select %(account)s, %(status)s, c.id from conversations c
            where c.account_id = %(account)s and c.thread_id = %(thread)s
              and c.participant_ids = %(participants)s::bigint[]
            on conflict (account_id, status_id) do update set conversation_id = excluded.conversation_id
            where conversation_statuses.conversation_id <> excluded.conversation_id
            returning conversation_id
        ), left_behind as (
            update conversations set last_status_id = null
            where account_id = %(account)s and last_status_id = %(status)s
              and exists (select from added) and id not in (select conversation_id from added)
        )
        update conversations c
        set last_status_id = greatest(c.last_status_id, %(status)s), unread = %(news)s
        from added where c.id = added.conversation_id
        returning c.id
        """,
        params,
    )


async def mend(tx: Tx, most: int = 1000) -> Sequence[tuple[int, int]]:
    """Give conversations that lost their last status the one before; drop those that have none left.

    Returns (conversation, account) of those that changed.
    """
    rows = await fetch_tuples(
        tx,
        """
        with cut as (
            select id from conversations where last_status_id is null
            order by id limit %(most)s for update skip locked
        ), newest as (
            select cut.id, (select max(cs.status_id) from conversation_statuses cs
                            where cs.conversation_id = cut.id) as status_id
            from cut
        ), emptied as (
            delete from conversations where id in (select id from newest where status_id is null)
        )
        update conversations c set last_status_id = n.status_id
        from newest n where c.id = n.id and n.status_id is not null
        returning c.id, c.account_id
        """,
        {"most": most},
    )
    return [(conversation_id, account_id) for conversation_id, account_id in rows]
