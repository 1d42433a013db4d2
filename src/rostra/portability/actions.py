"""Use cases of imports: a file is kept, looked at, confirmed, and then worked through by jobs.

A job takes some rows and records the event for the next job, which so stands in line behind all that these
rows have caused: a member who brings 20,000 follows along keeps nobody else waiting. Each row commits
together with what it changed, so whatever dies, none is lost and none comes twice.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta

from rostra.accounts import queries as account_queries
from rostra.core import events
from rostra.core.db import Tx
from rostra.core.errors import Invalid
from rostra.core.services import Services
from rostra.portability import applying, clearing, queries
from rostra.portability.model import KEPT, File, Import, ImportDue

BATCH = 100
"""Rows of one job: about a second."""
UNCONFIRMED_KEPT = timedelta(days=1)
DONE_KEPT = timedelta(days=30)


async def keep(tx: Tx, account_id: int, file: File, *, overwrite: bool) -> int:
    """Keep a file until its member has seen what it will do, in place of one before it; returns its id.

    Args:
        overwrite: what the member has of this kind and the file does not name is to go.
    """
    async with tx.transaction():
        await account_queries.lock_account(tx, account_id)
        await queries.delete_unconfirmed(tx, account_id)
        await queries.delete_beyond(tx, account_id, KEPT - 1)
        return await queries.insert(tx, account_id, file, overwrite=overwrite)


async def confirm(tx: Tx, account_id: int, import_id: int) -> None:
    """Begin an import. One that was begun already goes on.

    Raises:
        Invalid: another one of this member is not done yet.
        NotFound: it is somebody else's, or there is none.
    """
    async with tx.transaction():
        await account_queries.lock_account(tx, account_id)  # two at once must not both begin
        found = await queries.get_own(tx, account_id, import_id)
        if found.state != "unconfirmed":
            return  # and not locked before: a job has the import first, and the account then
        await queries.get_own(tx, account_id, import_id, lock=True)
        if await queries.is_running(tx, account_id):
            message = "Another import is not done yet"
            raise Invalid(message, {"import": [("ERR_TAKEN", message)]})
        await queries.set_state(tx, import_id, "clearing" if found.overwrite else "running")
        await events.record(tx, ImportDue(import_id=import_id))


async def withdraw(tx: Tx, account_id: int, import_id: int) -> None:
    """Forget an import that is not running; stop one that is: what it has done stays done.

    Raises:
        NotFound: it is somebody else's, or there is none.
    """
    async with tx.transaction():
        found = await queries.get_own(tx, account_id, import_id, lock=True)
        if not found.is_running:
            await queries.delete(tx, import_id)
            return
        await _stop(tx, import_id)


async def _stop(tx: Tx, import_id: int) -> None:
    async with tx.transaction():
        await queries.set_state(tx, import_id, "done")
        await queries.delete_waiting(tx, import_id)


async def advance(services: Services, import_id: int) -> None:
    """Work through the next rows of an import, if it is not done."""
    async with services.db.connection() as tx:
        found = await queries.get(tx, import_id)
        if found is None or not found.is_running:
            return
        if not await _may_go_on(tx, found):
            await _stop(tx, import_id)
            return
        if found.state == "clearing":
            await _clear(tx, services, found)
        else:
            for _ in range(BATCH):
                if not await _import_row(tx, services, import_id):
                    return
        await events.record(tx, ImportDue(import_id=import_id))


async def _may_go_on(tx: Tx, found: Import) -> bool:
    """Whether the member may still use the network: who was suspended meanwhile follows nobody any more."""
    user = await account_queries.user(tx, found.account_id)
    accounts = await account_queries.by_ids(tx, [found.account_id])
    return user is not None and user.is_active and all(one.suspended_at is None for one in accounts)


async def _clear(tx: Tx, services: Services, found: Import) -> None:
    """Take away the next things that are not in the file; when none is left, the rows' turn comes."""
    batch = await clearing.to_remove(tx, found, BATCH)
    for held in batch:
        async with _step(tx):
            current = await queries.get(tx, found.id, lock=True)
            if current is None or current.state != "clearing":
                return
            await clearing.remove(tx, services, current, held)
            await queries.count_removed(tx, found.id, 1)
    if not batch:
        await queries.begin_rows(tx, found.id)


async def _import_row(tx: Tx, services: Services, import_id: int) -> bool:
    """Import the next row; returns whether there may be another one."""
    async with _step(tx):
        found = await queries.get(tx, import_id, lock=True)
        if found is None or found.state != "running":
            return False
        row = await queries.next_row(tx, import_id)
        if row is None:
            await queries.set_state(tx, import_id, "done")
            return False
        failure = await applying.apply(tx, services, found, row)
        if failure is None:
            await queries.succeed(tx, import_id, row.line)
        else:
            await queries.fail(tx, import_id, row.line, failure)
        return True


@asynccontextmanager
async def _step(tx: Tx) -> AsyncGenerator[None]:
    """A transaction that need not wait for the disk: what a crash takes back is done again, all of it."""
    async with tx.transaction():
        await tx.execute("set local synchronous_commit = off")
        yield


async def delete_old(tx: Tx) -> None:
    """Forget imports that nobody confirmed within a day, and those of a month ago."""
    await queries.delete_old(tx, UNCONFIRMED_KEPT, DONE_KEPT)
