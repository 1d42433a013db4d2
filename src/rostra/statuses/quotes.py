"""Quotes: who may quote what, how a quote stands for a viewer, and taking it back.

A status quotes at most one other. All authors are ours so far, so a quote is accepted, by its author's
policy, in the moment in which it is made. What is quoted goes through the same access rule as
everything else: a quote never shows what its reader may not see.
"""

from collections.abc import Callable, Sequence
from typing import LiteralString

from rostra.accounts.relations import queries as relations
from rostra.core import events
from rostra.core.db import Row, Tx, execute, fetch_all, fetch_value, fetch_values
from rostra.core.errors import Forbidden, NotFound
from rostra.core.paging import Bounds
from rostra.statuses import access, policies, queries, reading
from rostra.statuses.model import QuotePolicy, QuoteRevoked, Status, StatusPolicyChanged
from rostra.statuses.policies import Policy
from rostra.statuses.reading import Frame

MakePolicy = Callable[[str], Policy | None]
"""Makes the policy for a visibility."""


async def get_quotable(tx: Tx, account_id: int, status_id: int) -> Status:
    """What `account_id` may quote; it stays until the transaction ends.

    All but direct statuses can be quoted by their authors, public and unlisted ones by whom these
    allow it (https://docs.joinmastodon.org/methods/statuses/#create). Absent, hidden and not to be
    quoted answer alike, as in Mastodon.

    Raises:
        NotFound: they may not, or there is none.
    """
    try:
        status = await access.get_original(tx, account_id, status_id, lock=True)
    except NotFound:
        raise _not_quotable() from None
    if not await _may_quote(tx, account_id, status):
        raise _not_quotable()
    return status


def _not_quotable() -> NotFound:
    return NotFound("The post you are trying to quote does not appear to exist.")


async def _may_quote(tx: Tx, account_id: int, status: Status) -> bool:
    if status.visibility == "direct" or status.held:
        return False
    if status.account_id == account_id:
        return True
    if status.visibility == "private" or status.quote_policy == "nobody":
        return False
    if await relations.is_blocked_between(tx, account_id, status.account_id):
        return False
    return status.quote_policy == "public" or await follows(tx, account_id, status.account_id)


async def follows(tx: Tx, account_id: int, target_id: int) -> bool:
    """Whether the one follows the other."""
    return bool(
        await fetch_value(
            tx,
            "select exists (select from follows where account_id = %(account)s and target_id = %(target)s)",
            {"account": account_id, "target": target_id},
        )
    )


class View(Row, frozen=True):
    """A status that is quoted, as somebody meets it who may see it."""

    id: int
    blocked: bool
    muted: bool

    @property
    def state(self) -> str:
        """What an accepted quote of it is called (https://docs.joinmastodon.org/entities/Quote/#state)."""
        return "blocked_account" if self.blocked else "muted_account" if self.muted else "accepted"


_VIEWS: LiteralString = """
    select s.id,
           exists (select from blocks b
                   where b.account_id = %(viewer)s and b.target_id = s.account_id) as blocked,
           exists (select from mutes m
                   where m.account_id = %(viewer)s and m.target_id = s.account_id
                     and (m.expires_at is null or m.expires_at > now())) as muted
    from statuses s where s.id = any(%(ids)s) and """ + access.visible("s")


async def views(tx: Tx, viewer_id: int | None, ids: Sequence[int]) -> dict[int, View]:
    """Those of the quoted statuses `ids` that the viewer may see."""
    rows = await fetch_all(tx, View, _VIEWS, {"viewer": viewer_id, "ids": list(ids)})
    return {row.id: row for row in rows}


_QUOTING: LiteralString = """
    select q.id, q.id as cursor from statuses q
    where q.quoted_status_id = %(quoted)s and q.quote_state = 'accepted'
"""


async def of_status(tx: Tx, viewer_id: int, status_id: int, bounds: Bounds) -> list[Frame]:
    """What quotes a status, the newest first, as far as `viewer_id` may see it.

    Its author sees also what people wrote whom they mute.

    Raises:
        NotFound: they may not see the status, or there is none.
    """
    status = await access.get_original(tx, viewer_id, status_id)
    mixed = status.account_id != viewer_id
    return await reading.read(tx, viewer_id, _QUOTING, bounds, {"quoted": status.id}, mixed=mixed)


async def set_policy(tx: Tx, account_id: int, status_id: int, policy: QuotePolicy) -> None:
    """Decide anew who may quote a status of `account_id`. What quotes it already stays.

    Raises:
        NotFound: it is somebody else's, a boost, or there is none.
    """
    async with tx.transaction():
        status = await access.get_own(tx, account_id, status_id)
        if status.reblog_of_id is not None:
            raise NotFound()
        await change_policy(tx, status, policy)


async def set_interaction_policy(tx: Tx, account_id: int, status_id: int, policy: MakePolicy) -> None:
    """Decide anew who may do what to a status of `account_id`; what was done already stays.

    `policy` makes it for the status's visibility.

    Raises:
        NotFound: it is somebody else's, a boost, or there is none.
        Invalid: the policy doesn't go with it.
    """
    async with tx.transaction():
        status = await access.get_own(tx, account_id, status_id)
        if status.reblog_of_id is not None:
            raise NotFound()
        made = policy(status.visibility)
        if made == status.policy:
            return
        await execute(
            tx,
            """
            update statuses set interaction_policy = %(policy)s::jsonb, version = version + 1
            where id = %(id)s
            """,
            {"policy": policies.encode(made), "id": status.id},
        )
        await events.record(tx, StatusPolicyChanged(status_id=status.id))


async def change_policy(tx: Tx, status: Status, wished: QuotePolicy) -> None:
    """The same within a transaction that has locked `status`."""
    policy = queries.quote_policy(status.visibility, wished)
    if policy == status.quote_policy:
        return
    await execute(
        tx,
        "update statuses set quote_policy = %(policy)s, version = version + 1 where id = %(id)s",
        {"policy": policy, "id": status.id},
    )
    await events.record(tx, StatusPolicyChanged(status_id=status.id))


async def revoke(tx: Tx, account_id: int, status_id: int, quoting_id: int) -> None:
    """Take back that `quoting_id` quotes a status of `account_id`.

    Raises:
        NotFound: they may not see the status, or it isn't quoted there.
        Forbidden: it is somebody else's.
    """
    async with tx.transaction():
        status = await access.get_original(tx, account_id, status_id)
        if status.account_id != account_id:
            raise Forbidden()
        quoting = await fetch_values(
            tx,
            """
            select id from statuses
            where id in (%(quoting)s, %(quoted)s)
              and (id = %(quoted)s or (quoted_status_id = %(quoted)s
                   and quote_state in ('pending', 'accepted', 'revoked')))
            order by id for update
            """,
            {"quoting": quoting_id, "quoted": status.id},
        )
        if quoting_id not in quoting:
            raise NotFound()
        await _revoke(tx, quoting_id, account_id)


async def revoke_between(tx: Tx, quoted_account_id: int, quoting_account_id: int, most: int = 1000) -> int:
    """Take back at most `most` quotes of the one account by the other, who is blocked now; how many."""
    async with tx.transaction():
        ids: list[int] = await fetch_values(
            tx,
            """
            select q.id from statuses q join statuses s on s.id = q.quoted_status_id
            where q.account_id = %(quoting)s and q.quoted_status_id is not null
              and s.account_id = %(quoted)s and q.quote_state in ('pending', 'accepted')
            order by q.id limit %(most)s for update of s, q
            """,
            {"quoting": quoting_account_id, "quoted": quoted_account_id, "most": most},
        )
        for quoting_id in ids:
            await _revoke(tx, quoting_id, quoted_account_id)
    return len(ids)


async def _revoke(tx: Tx, quoting_id: int, quoted_account_id: int) -> None:
    quoted_id: int | None = await fetch_value(
        tx,
        """
        with before as (select quote_state from statuses where id = %(id)s)
        update statuses s set quote_state = 'revoked', version = s.version + 1
        from before where s.id = %(id)s and s.quote_state <> 'revoked'
        returning case before.quote_state when 'accepted' then s.quoted_status_id end
        """,
        {"id": quoting_id},
    )
    if quoted_id is not None:
        await queries.count(tx, quoted_id, quotes=-1)
        await events.record(tx, QuoteRevoked(status_id=quoting_id, quoted_account_id=quoted_account_id))


async def keep_seen(tx: Tx, quoting: Status) -> None:
    """An edit may have taken the name of who is quoted out of the text: they may see it all the same."""
    await execute(
        tx,
        """
        insert into status_mentions (status_id, account_id, silent)
        select %(id)s, s.account_id, true from statuses s
        where s.id = %(quoted)s and s.account_id <> %(author)s
        on conflict do nothing
        """,
        {"id": quoting.id, "quoted": quoting.quoted_status_id, "author": quoting.account_id},
    )
