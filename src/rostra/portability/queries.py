"""SQL of imports and their rows: for their member, or for the job that works one through."""

from collections.abc import Sequence
from datetime import timedelta
from typing import LiteralString

from rostra.core.db import Tx, execute, fetch_all, fetch_one, fetch_value
from rostra.core.errors import NotFound
from rostra.core.ids import new_id
from rostra.portability.model import Failure, File, FileRow, Import, State, Waiting

_SELECT: LiteralString = """
    select id, account_id, kind, overwrite, file_name, state, total, imported, failed, removed, created_at,
           finished_at
    from imports
"""
FAILED_AT_ONCE = 1_000


async def of_member(tx: Tx, account_id: int) -> list[Import]:
    """A member's imports, the newest first."""
    sql: LiteralString = _SELECT + " where account_id = %(account)s order by id desc"
    return await fetch_all(tx, Import, sql, {"account": account_id})


async def get_own(tx: Tx, account_id: int, import_id: int, *, lock: bool = False) -> Import:
    """An import of the member's.

    Raises:
        NotFound: it is somebody else's, or there is none.
    """
    sql: LiteralString = _SELECT + " where id = %(id)s and account_id = %(account)s"
    sql += " for no key update" if lock else ""
    found = await fetch_one(tx, Import, sql, {"id": import_id, "account": account_id})
    if found is None:
        raise NotFound()
    return found


async def get(tx: Tx, import_id: int, *, lock: bool = False) -> Import | None:
    """An import, for a job; locked, two jobs that have it work one after the other."""
    sql: LiteralString = _SELECT + " where id = %(id)s" + (" for no key update" if lock else "")
    return await fetch_one(tx, Import, sql, {"id": import_id})


async def is_running(tx: Tx, account_id: int) -> bool:
    """Whether an import of the member's is being worked through."""
    return await fetch_value(
        tx,
        """
        select exists (select from imports where account_id = %(id)s and state in ('clearing', 'running'))
        """,
        {"id": account_id},
    )


async def insert(tx: Tx, account_id: int, file: File, *, overwrite: bool) -> int:
    """Keep a file, to be confirmed; returns the id of its import."""
    import_id = new_id()
    await execute(
        tx,
        """
        insert into imports (id, account_id, kind, overwrite, file_name, total)
        values (%(id)s, %(account)s, %(kind)s, %(overwrite)s, %(name)s, %(total)s)
        """,
        {
            "id": import_id,
            "account": account_id,
            "kind": file.kind,
            "overwrite": overwrite,
            "name": file.name,
            "total": len(file.rows),
        },
    )
    await _copy_rows(tx, import_id, file.rows)
    await execute(
        tx,
        """
        update imports set failed = (select count(*) from import_rows
                                     where import_id = %(id)s and failure is not null)
        where id = %(id)s
        """,
        {"id": import_id},
    )
    return import_id


async def _copy_rows(tx: Tx, import_id: int, rows: Sequence[FileRow]) -> None:
    sql = "copy import_rows (import_id, line, key, cells, failure) from stdin"
    async with tx.cursor() as cursor, cursor.copy(sql) as copy:
        for row in rows:
            failure = "invalid" if row.key is None else None
            await copy.write_row((import_id, row.line, row.key, row.cells, failure))


async def delete_unconfirmed(tx: Tx, account_id: int) -> None:
    """Forget what a member uploaded and did not confirm."""
    await execute(
        tx,
        "delete from imports where account_id = %(id)s and state = 'unconfirmed'",
        {"id": account_id},
    )


async def delete_beyond(tx: Tx, account_id: int, most: int) -> None:
    """Forget all but the newest imports of a member; what runs stays."""
    await execute(
        tx,
        """
        delete from imports where state = 'done' and id in (
            select id from imports where account_id = %(id)s order by id desc offset %(most)s)
        """,
        {"id": account_id, "most": most},
    )


async def delete(tx: Tx, import_id: int) -> None:
    """Forget an import."""
    await execute(tx, "delete from imports where id = %(id)s", {"id": import_id})


async def delete_old(tx: Tx, unconfirmed: timedelta, done: timedelta) -> None:
    """Forget a batch of imports that nobody confirmed, and of such as are long done."""
    await execute(
        tx,
        """
        delete from imports where id in (
            select id from imports
            where (state = 'unconfirmed' and created_at < now() - %(unconfirmed)s)
               or (state = 'done' and created_at < now() - %(done)s)
            order by created_at limit 20)
        """,
        {"unconfirmed": unconfirmed, "done": done},
    )


async def set_state(tx: Tx, import_id: int, state: State) -> None:
    """An import goes on, or ends."""
    await execute(
        tx,
        """
        update imports set state = %(state)s, finished_at = case when %(state)s = 'done' then now() end
        where id = %(id)s
        """,
        {"id": import_id, "state": state},
    )


async def begin_rows(tx: Tx, import_id: int) -> None:
    """Nothing is left to be removed: rows are imported from now on."""
    await execute(
        tx,
        "update imports set state = 'running' where id = %(id)s and state = 'clearing'",
        {"id": import_id},
    )


async def next_row(tx: Tx, import_id: int) -> Waiting | None:
    """The last row that waits. Exports begin with the newest: so what is imported keeps its order."""
    return await fetch_one(
        tx,
        Waiting,
        """
        select line, key, cells, failure from import_rows
        where import_id = %(id)s and failure is null order by line desc limit 1
        """,
        {"id": import_id},
    )


async def succeed(tx: Tx, import_id: int, line: int) -> None:
    """A row was imported."""
    params = {"id": import_id, "line": line}
    await execute(tx, "delete from import_rows where import_id = %(id)s and line = %(line)s", params)
    await execute(tx, "update imports set imported = imported + 1 where id = %(id)s", params)


async def fail(tx: Tx, import_id: int, line: int, failure: Failure) -> None:
    """A row can't be imported."""
    params = {"id": import_id, "line": line, "failure": failure}
    await execute(
        tx,
        "update import_rows set failure = %(failure)s where import_id = %(id)s and line = %(line)s",
        params,
    )
    await execute(tx, "update imports set failed = failed + 1 where id = %(id)s", params)


async def count_removed(tx: Tx, import_id: int, removed: int) -> None:
    """So much more that was not in the file was removed."""
    await execute(
        tx,
        "update imports set removed = removed + %(removed)s where id = %(id)s",
        {"id": import_id, "removed": removed},
    )


async def delete_waiting(tx: Tx, import_id: int) -> None:
    """What was not imported yet is not to be."""
    await execute(
        tx, "delete from import_rows where import_id = %(id)s and failure is null", {"id": import_id}
    )


async def failures(tx: Tx, import_id: int) -> dict[Failure, int]:
    """How many rows failed for which reason."""
    rows = await tx.execute(
        """
        select failure, count(*) from import_rows
        where import_id = %(id)s and failure is not null group by failure
        """,
        {"id": import_id},
    )
    return dict(await rows.fetchall())


async def sample(tx: Tx, import_id: int, most: int) -> list[Waiting]:
    """The first rows of a file."""
    return await fetch_all(
        tx,
        Waiting,
        """
        select line, key, cells, failure from import_rows
        where import_id = %(id)s order by line limit %(most)s
        """,
        {"id": import_id, "most": most},
    )


async def failed_rows(tx: Tx, import_id: int, after: int) -> list[Waiting]:
    """The next `FAILED_AT_ONCE` rows that failed, those below line `after` of the file, in its order."""
    return await fetch_all(
        tx,
        Waiting,
        """
        select line, key, cells, failure from import_rows
        where import_id = %(id)s and failure is not null and line > %(after)s
        order by line limit %(most)s
        """,
        {"id": import_id, "after": after, "most": FAILED_AT_ONCE},
    )
