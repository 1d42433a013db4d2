"""Use cases of the staff: let newcomers in, or turn them away."""

from datetime import datetime

from rostra.core import events
from rostra.core.db import Row, Tx, execute, fetch_all, fetch_value
from rostra.core.errors import NotFound
from rostra.core.events import Event

MOST_SHOWN = 200


class PendingMember(Row, frozen=True):
    """Somebody who waits for approval."""

    account_id: int
    username: str
    email: str
    sign_up_reason: str
    created_at: datetime


class SignUpApproved(Event, frozen=True):
    """Somebody of the staff let a newcomer in."""

    account_id: int


async def pending_members(tx: Tx) -> list[PendingMember]:
    """Those who wait for approval, the first come first; unconfirmed ones don't wait yet."""
    return await fetch_all(
        tx,
        PendingMember,
        """
        select u.account_id, a.username, u.email, u.sign_up_reason, u.created_at
        from users u join accounts a on a.id = u.account_id
        where u.approved_at is null and u.confirmed_at is not null and u.disabled_at is null
        order by u.account_id limit %(most)s
        """,
        {"most": MOST_SHOWN},
    )


async def count_pending(tx: Tx) -> int:
    """How many wait for approval."""
    return await fetch_value(
        tx,
        """
        select count(*) from users
        where approved_at is null and confirmed_at is not null and disabled_at is null
        """,
    )


async def approve(tx: Tx, account_id: int) -> None:
    """Let a newcomer in.

    Raises:
        NotFound: nobody of that id waits.
    """
    async with tx.transaction():
        approved = await execute(
            tx,
            """
            update users set approved_at = now()
            where account_id = %(id)s and approved_at is null and disabled_at is null
            """,
            {"id": account_id},
        )
        if not approved:
            raise NotFound
        await events.record(tx, SignUpApproved(account_id=account_id))


async def reject(tx: Tx, account_id: int) -> None:
    """Turn a newcomer away: what they sent is deleted.

    Raises:
        NotFound: nobody of that id waits.
    """
    deleted = await execute(
        tx,
        """
        delete from accounts a using users u
        where a.id = %(id)s and u.account_id = a.id and u.approved_at is null
        """,
        {"id": account_id},
    )
    if not deleted:
        raise NotFound
