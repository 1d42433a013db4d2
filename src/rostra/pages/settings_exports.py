"""Settings: what members take along, as files that Mastodon and others read (`/settings/exports`)."""

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from rostra.accounts.sessions.model import SignedIn
from rostra.core.errors import NotFound
from rostra.pages.auth_forms import form_page
from rostra.pages.auth_session import see_other, signed_in
from rostra.pages.render import secure, services_of
from rostra.portability import exports

LABELS = {
    "follows": "portable-follows",
    "followers": "portable-followers",
    "blocks": "portable-blocks",
    "mutes": "portable-mutes",
    "domain_blocks": "portable-domain-blocks",
    "lists": "portable-lists",
    "bookmarks": "portable-bookmarks",
    "filters": "portable-filters",
}
"""What a file holds -> how it is called."""


@signed_in
async def show_exports(request: Request, member: SignedIn) -> Response:
    """All files, each with how much is in it."""
    async with services_of(request).db.connection() as tx:
        counts = await exports.counts(tx, member.account_id)
    files = [(LABELS[name], f"{name}.csv", getattr(counts, name)) for name in exports.EXPORTS]
    files.append((LABELS["filters"], exports.FILTERS_FILE, counts.filters))
    return form_page(request, "settings/exports.html", me=member, files=files)


@signed_in
async def download(request: Request, member: SignedIn) -> Response:
    """One of them, as CSV."""
    export = exports.EXPORTS.get(request.path_params["name"])
    if export is None:
        raise NotFound
    services = services_of(request)
    text = exports.rows(services.db, services.settings, member.account_id, export)
    return attached(StreamingResponse(text, media_type="text/csv"), export.file_name)


@signed_in
async def download_filters(request: Request, member: SignedIn) -> Response:
    """The filters, as JSON."""
    async with services_of(request).db.connection() as tx:
        text = await exports.filters_json(tx, member.account_id)
    return attached(Response(text, media_type="application/json"), exports.FILTERS_FILE)


def attached(response: Response, file_name: str) -> Response:
    """`response` as a file that browsers save, and nobody else keeps."""
    secure(response, "never")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


async def old_address(request: Request) -> Response:
    """Where Mastodon has this page."""
    return see_other("/settings/exports")


routes = [
    Route("/settings/export", old_address, methods=["GET"]),
    Route("/settings/exports", show_exports, methods=["GET"]),
    Route(f"/settings/exports/{exports.FILTERS_FILE}", download_filters, methods=["GET"]),
    Route("/settings/exports/{name}.csv", download, methods=["GET"]),
]
