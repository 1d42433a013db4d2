"""SQL that only the demo content needs: what lies in the past has no use case of its own."""

from datetime import datetime

from rostra.core.db import Tx, execute, fetch_value


async def has_statuses(tx: Tx) -> bool:
    """Whether anybody wrote anything."""
    return bool(await fetch_value(tx, "select exists (select from statuses)"))


async def account_of(tx: Tx, email: str) -> int | None:
    """The account of the member with this mail address."""
    return await fetch_value(
        tx, "select account_id from users where lower(email) = lower(%(email)s)", {"email": email}
    )


async def set_joined(tx: Tx, account_id: int, at: datetime) -> None:
    """Say since when somebody is a member."""
    await execute(
        tx,
        """
        with joined as (update users set created_at = %(at)s where account_id = %(id)s)
        update accounts set created_at = %(at)s, version = version + 1 where id = %(id)s
        """,
        {"id": account_id, "at": at},
    )


async def set_poll_end(tx: Tx, poll_id: int, at: datetime) -> None:
    """Say when a poll ends, or ended."""
    await execute(tx, "update polls set expires_at = %(at)s where id = %(id)s", {"id": poll_id, "at": at})
