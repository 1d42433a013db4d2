"""Settings: what members bring along from elsewhere (`/settings/imports`): choose a file, see, confirm."""

import asyncio
from collections.abc import AsyncGenerator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from rostra.accounts.sessions.model import SignedIn
from rostra.core.errors import BadRequest, Invalid, TooLarge
from rostra.core.services import Services
from rostra.pages.auth_forms import (
    BODY_LIMIT,
    Errors,
    form_page,
    problems,
    read_form,
    read_form_with_file,
    translator_of,
)
from rostra.pages.auth_session import freshly_confirmed, see_other
from rostra.pages.i18n import Translator
from rostra.pages.paging import parse_id
from rostra.pages.render import services_of
from rostra.pages.settings_exports import LABELS, attached
from rostra.portability import actions, exports, files, queries, standing
from rostra.portability.model import COLUMNS, FILE_BYTES, KINDS, ROWS, Failure, Import

MODES = ("merge", "overwrite")
_REASONS: dict[Failure, str] = {
    "invalid": "import-failure-invalid",
    "unknown": "import-failure-unknown",
    "elsewhere": "import-failure-elsewhere",
    "self": "import-failure-self",
    "forbidden": "import-failure-forbidden",
    "limit": "import-failure-limit",
}
_COLUMN_LABELS = {
    "Account address": "column-account-address",
    "Show boosts": "column-show-boosts",
    "Notify on new posts": "column-notify-on-new-posts",
    "Languages": "column-languages",
    "Hide notifications": "column-hide-notifications",
    "#domain": "column-domain",
    "#uri": "column-uri",
    "List name": "column-list-name",
    "filter": "column-filter",
}
SHOWN_ROWS = 5
"""Rows of a file that are shown before it is imported."""


@freshly_confirmed
async def show_imports(request: Request, member: SignedIn) -> Response:
    """A form for a file, and what was brought along so far."""
    return await _imports_page(request, member, {})


@freshly_confirmed
async def upload(request: Request, member: SignedIn) -> Response:
    """A file was chosen: it is read and kept, and its member sees first what it will do."""
    services, t = services_of(request), translator_of(request)
    try:
        async with read_form_with_file(request, "file", FILE_BYTES + BODY_LIMIT) as (form, sent):
            name, data = sent.name, await asyncio.to_thread(sent.file.read)
    except TooLarge:
        return await _imports_page(request, member, {"file": t("problem-file-too-large")})
    kind, mode = form.text("kind", 50), form.text("mode", 50)
    if mode not in MODES:
        raise BadRequest("No such mode")
    if kind not in KINDS:
        return await _imports_page(request, member, {"kind": t("problem-kind-missing")}, "", mode)
    if not name:
        return await _imports_page(request, member, {"file": t("problem-file-missing")}, kind, mode)
    try:
        # In a thread: of the largest files it takes a second.
        read = await asyncio.to_thread(files.read, services.settings, kind, name, data)
    except Invalid as error:
        return await _imports_page(request, member, problems(t, error), kind, mode)
    async with services.db.connection() as tx:
        import_id = await actions.keep(tx, member.account_id, read, overwrite=mode == "overwrite")
    seems = f"?seems={read.looks_like}" if read.looks_like not in (None, kind) else ""
    return see_other(f"/settings/imports/{import_id}{seems}")


@freshly_confirmed
async def show_import(request: Request, member: SignedIn) -> Response:
    """One import: what it will do, how far it is, or how it ended."""
    return await _import_page(request, member, {})


@freshly_confirmed
async def confirm(request: Request, member: SignedIn) -> Response:
    """An import is to begin."""
    await read_form(request)
    import_id = parse_id(request.path_params["id"])
    try:
        async with services_of(request).db.connection() as tx:
            await actions.confirm(tx, member.account_id, import_id)
    except Invalid as error:
        return await _import_page(request, member, problems(translator_of(request), error))
    return see_other(f"/settings/imports/{import_id}")


@freshly_confirmed
async def withdraw(request: Request, member: SignedIn) -> Response:
    """An import is not wanted any more."""
    await read_form(request)
    async with services_of(request).db.connection() as tx:
        await actions.withdraw(tx, member.account_id, parse_id(request.path_params["id"]))
    return see_other("/settings/imports")


@freshly_confirmed
async def download_failures(request: Request, member: SignedIn) -> Response:
    """The rows that failed, each with the reason: a file that can be imported again."""
    services, t = services_of(request), translator_of(request)
    import_id = parse_id(request.path_params["id"])
    async with services.db.connection() as tx:
        found = await queries.get_own(tx, member.account_id, import_id)
    text = _failures(services, t, found)
    kind = "application/json" if found.kind == "filters" else "text/csv"
    suffix = "json" if found.kind == "filters" else "csv"
    return attached(StreamingResponse(text, media_type=kind), f"{found.kind}_failures.{suffix}")


async def _failures(services: Services, t: Translator, found: Import) -> AsyncGenerator[str]:
    """The text of the file, in parts. A connection is held only while a part is read."""
    is_json = found.kind == "filters"
    yield '{"custom_filters":[' if is_json else exports.line([*COLUMNS[found.kind], t("import-reason")])
    after, separator = 0, ""
    while True:
        async with services.db.connection() as tx:
            rows = await queries.failed_rows(tx, found.id, after)
        for row in rows:
            reason = t(_REASONS[row.failure or "invalid"])
            yield separator + row.cells[0] if is_json else exports.line([*row.cells, reason])
            after, separator = row.line, ","
        if len(rows) < queries.FAILED_AT_ONCE:
            break
    if is_json:
        yield "]}"


async def _imports_page(
    request: Request, member: SignedIn, errors: Errors, kind: str = "", mode: str = "merge"
) -> Response:
    async with services_of(request).db.connection() as tx:
        found = await queries.of_member(tx, member.account_id)
    return form_page(
        request,
        "settings/imports.html",
        me=member,
        errors=errors,
        imports=found,
        kinds=KINDS,
        labels=LABELS,
        kind=kind,
        mode=mode,
        most_rows=ROWS,
    )


async def _import_page(request: Request, member: SignedIn, errors: Errors) -> Response:
    import_id = parse_id(request.path_params["id"])
    async with services_of(request).db.connection() as tx:
        found = await queries.get_own(tx, member.account_id, import_id)
        is_new = found.state == "unconfirmed"
        preview = await standing.preview(tx, found) if is_new else None
        sample = await queries.sample(tx, import_id, SHOWN_ROWS) if is_new else []
        failures = await queries.failures(tx, import_id) if found.failed else {}
    seems = request.query_params.get("seems")
    return form_page(
        request,
        "settings/import.html",
        me=member,
        errors=errors,
        found=found,
        preview=preview,
        sample=[row.cells for row in sample] if found.kind != "filters" else [[row.key] for row in sample],
        columns=[_COLUMN_LABELS[name] for name in COLUMNS[found.kind]],
        failures=failures,
        labels=LABELS,
        reasons=_REASONS,
        seems=seems if is_new and seems in KINDS and seems != found.kind else None,
    )


routes = [
    Route("/settings/imports", show_imports, methods=["GET"]),
    Route("/settings/imports", upload, methods=["POST"]),
    Route("/settings/imports/{id}", show_import, methods=["GET"]),
    Route("/settings/imports/{id}", confirm, methods=["POST"]),
    Route("/settings/imports/{id}/withdraw", withdraw, methods=["POST"]),
    Route("/settings/imports/{id}/failures", download_failures, methods=["GET"]),
]
