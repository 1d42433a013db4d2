"""What members bring along: a file is read, looked at, confirmed: an extension (docs/api-extensions.md)."""

import asyncio
from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from starlette.datastructures import UploadFile

from rostra.api.http import Call, Endpoints
from rostra.api.own import READ, WRITE, Password, confirm
from rostra.api.params import Id, NoParams
from rostra.core.clock import timestamp
from rostra.core.db import Tx
from rostra.core.errors import Invalid
from rostra.portability import actions, files, queries, standing
from rostra.portability.model import COLUMNS, FILE_BYTES, Failure, Kind, State
from rostra.portability.model import Import as ImportRow

api = Endpoints("imports")

HERE = "/api/rostra/v1/imports"
SAMPLE = 5
"""Rows of a file that are shown before it is imported."""
Mode = Literal["merge", "overwrite"]


class ImportId(msgspec.Struct, kw_only=True):
    """An import in the path."""

    id: Id


class NewImport(msgspec.Struct, kw_only=True):
    """A file, what it holds, and whether what it does not name goes (`overwrite`) or stays (`merge`)."""

    kind: Kind
    password: Password
    mode: Mode = "merge"
    file: UploadFile | None = None


class Failures(ImportId, kw_only=True):
    """Which failed rows: those below line `after` of the file."""

    after: Annotated[int, Meta(ge=0, le=2**31 - 1)] = 0


class Preview(msgspec.Struct, kw_only=True):
    """What an import will do, as far as it can be foreseen.

    `found` rows name something that is known here, `present` of them hold already, `removed` is what holds
    now and goes, `unreadable` rows name nothing.
    """

    found: int
    present: int
    removed: int
    unreadable: int


class Import(msgspec.Struct, kw_only=True):
    """A file that was brought along. Its state `clearing`: what it does not name is being removed."""

    id: str
    kind: Kind
    mode: Mode
    file_name: str
    state: State
    total: int
    imported: int
    failed: int
    removed: int
    created_at: str
    finished_at: str | None


class ImportDetails(Import, kw_only=True):
    """An import with what it will do and its first rows, until it is confirmed; then, why rows failed.

    `looks_like`: what the file seems to hold, in the answer to its upload; null where nobody can tell.
    """

    preview: Preview | None
    columns: list[str]
    sample: list[list[str]]
    failures: dict[str, int]
    looks_like: Kind | None = None


class FailedRow(msgspec.Struct, kw_only=True):
    """A row that was not imported, and why."""

    line: int
    cells: list[str]
    reason: Failure


@api.get(HERE, auth=READ, returns=list[Import])
async def get_imports(call: Call, params: NoParams) -> list[Import]:
    """See what one has brought along, the newest first."""
    return [_entity(row) for row in await queries.of_member(call.tx, call.account_id)]


@api.post(
    HERE,
    auth=WRITE,
    returns=ImportDetails,
    limit="media",
    body_limit=FILE_BYTES + 64 * 1024,
    timeout=120,
    db=False,
)
async def upload(call: Call, params: NewImport) -> ImportDetails:
    """Bring a file along. Nothing happens until it is confirmed."""
    if params.file is None:
        raise Invalid("File can't be blank", {"file": [("ERR_BLANK", "can't be blank")]})
    async with call.services.db.connection() as tx:
        await confirm(call, tx, params.password)
    name, data = params.file.filename or "", await asyncio.to_thread(params.file.file.read)
    # In a thread: of the largest files it takes a second.
    read = await asyncio.to_thread(files.read, call.settings, params.kind, name, data)
    async with call.services.db.connection() as tx:
        kept = await actions.keep(tx, call.account_id, read, overwrite=params.mode == "overwrite")
        details = await _details(tx, await queries.get_own(tx, call.account_id, kept))
    return msgspec.structs.replace(details, looks_like=read.looks_like)


@api.get(HERE + "/{id}", auth=READ, returns=ImportDetails)
async def get_import(call: Call, params: ImportId) -> ImportDetails:
    """See what an import will do, how far it is, or how it ended."""
    return await _details(call.tx, await queries.get_own(call.tx, call.account_id, params.id))


@api.post(HERE + "/{id}/confirm", auth=WRITE, returns=ImportDetails)
async def confirm_import(call: Call, params: ImportId) -> ImportDetails:
    """Begin an import."""
    await actions.confirm(call.tx, call.account_id, params.id)
    return await _details(call.tx, await queries.get_own(call.tx, call.account_id, params.id))


@api.delete(HERE + "/{id}", auth=WRITE, returns=dict[str, str])
async def withdraw_import(call: Call, params: ImportId) -> dict[str, str]:
    """Forget an import, or stop one that runs: what it has done stays done."""
    await actions.withdraw(call.tx, call.account_id, params.id)
    return {}


@api.get(HERE + "/{id}/failures", auth=READ, returns=list[FailedRow])
async def get_failures(call: Call, params: Failures) -> list[FailedRow]:
    """See the rows that failed, a thousand at a time, in the order of the file."""
    found = await queries.get_own(call.tx, call.account_id, params.id)
    rows = await queries.failed_rows(call.tx, found.id, params.after)
    return [FailedRow(line=row.line, cells=row.cells, reason=row.failure or "invalid") for row in rows]


async def _details(tx: Tx, row: ImportRow) -> ImportDetails:
    is_new = row.state == "unconfirmed"
    preview = await standing.preview(tx, row) if is_new else None
    sample = await queries.sample(tx, row.id, SAMPLE) if is_new else []
    return ImportDetails(
        **msgspec.structs.asdict(_entity(row)),
        preview=Preview(**msgspec.structs.asdict(preview)) if preview else None,
        columns=list(COLUMNS[row.kind]),
        # Of a filter its title says enough.
        sample=[each.cells if row.kind != "filters" else [each.key or ""] for each in sample],
        failures={**await queries.failures(tx, row.id)},
    )


def _entity(row: ImportRow) -> Import:
    return Import(
        id=str(row.id),
        kind=row.kind,
        mode="overwrite" if row.overwrite else "merge",
        file_name=row.file_name,
        state=row.state,
        total=row.total,
        imported=row.imported,
        failed=row.failed,
        removed=row.removed,
        created_at=timestamp(row.created_at),
        finished_at=timestamp(row.finished_at) if row.finished_at else None,
    )
