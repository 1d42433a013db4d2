"""Background work that an app waits for, and asks how far it is (Mastodon's "async refreshes")."""

from typing import Literal

from rostra.core.db import Row, Tx, execute, fetch_one, fetch_value
from rostra.core.secrets import new_token


class Refresh(Row, frozen=True):
    """A piece of work. `result_count`: how much it has found, where that is counted."""

    id: str
    status: Literal["running", "finished"]
    result_count: int | None


async def begin(tx: Tx, account_id: int, key: str) -> str:
    """Remember that work on `key` has begun for a member; returns its id, also if it was running already."""
    return await fetch_value(
        tx,
        """
        insert into async_refreshes (id, account_id, key) values (%(id)s, %(account)s, %(key)s)
        on conflict (account_id, key) where finished_at is null do update set key = excluded.key
        returning id
        """,
        {"id": new_token(), "account": account_id, "key": key},
    )


async def running(tx: Tx, account_id: int, key: str) -> str | None:
    """The id of the work on `key` that runs for a member now."""
    return await fetch_value(
        tx,
        """
        select id from async_refreshes
        where account_id = %(account)s and key = %(key)s and finished_at is null
        """,
        {"account": account_id, "key": key},
    )


async def finish(tx: Tx, account_id: int, key: str) -> None:
    """The work is done."""
    await execute(
        tx,
        """
        update async_refreshes set finished_at = now()
        where account_id = %(account)s and key = %(key)s and finished_at is null
        """,
        {"account": account_id, "key": key},
    )


async def get(tx: Tx, account_id: int, refresh_id: str) -> Refresh | None:
    """One of a member's pieces of work."""
    return await fetch_one(
        tx,
        Refresh,
        """
        select id, case when finished_at is null then 'running' else 'finished' end as status, result_count
        from async_refreshes where id = %(id)s and account_id = %(account)s
        """,
        {"id": refresh_id, "account": account_id},
    )


async def delete_old(tx: Tx) -> None:
    """Forget what was done an hour ago, and what did not get done within a day."""
    await execute(
        tx,
        """
        delete from async_refreshes
        where finished_at < now() - interval '1 hour' or created_at < now() - interval '1 day'
        """,
    )
