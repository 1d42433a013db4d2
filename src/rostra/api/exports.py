"""What members take along, as in GoToSocial: files in Mastodon's formats (docs/api-extensions.md)."""

from typing import Any

import msgspec
from starlette.responses import Response, StreamingResponse

from rostra.api.http import Call, Endpoints
from rostra.api.own import READ
from rostra.api.params import NoParams
from rostra.portability import exports

api = Endpoints("exports")

HERE = "/api/v1/exports"
FILES = {
    "following": "follows",
    "followers": "followers",
    "lists": "lists",
    "blocks": "blocks",
    "mutes": "mutes",
    "domain_blocks": "domain_blocks",
    "bookmarks": "bookmarks",
}
"""Names of the CSV files here -> what holds it (portability/exports.py)."""


class ExportStats(msgspec.Struct, kw_only=True):
    """How many rows each file has, about."""

    following_count: int
    followers_count: int
    lists_count: int
    blocks_count: int
    mutes_count: int
    domain_blocks_count: int
    bookmarks_count: int
    filters_count: int


@api.get(HERE + "/stats", auth=READ, returns=ExportStats)
async def get_stats(call: Call, params: NoParams) -> ExportStats:
    """See how much there is to take along."""
    found = await exports.counts(call.tx, call.account_id)
    return ExportStats(
        following_count=found.follows,
        followers_count=found.followers,
        lists_count=found.lists,
        blocks_count=found.blocks,
        mutes_count=found.mutes,
        domain_blocks_count=found.domain_blocks,
        bookmarks_count=found.bookmarks,
        filters_count=found.filters,
    )


def _declare(name: str, held: str) -> None:
    export = exports.EXPORTS[held]

    @api.get(f"{HERE}/{name}.csv", auth=READ, returns=str, media_type="text/csv", db=False)
    async def get_file(call: Call, params: NoParams) -> Response:
        """Save one of the lists, as CSV."""
        text = exports.rows(call.services.db, call.settings, call.account_id, export)
        return _attached(StreamingResponse(text, media_type="text/csv"), export.file_name)

    del get_file


for _name, _held in FILES.items():
    _declare(_name, _held)


@api.get(f"{HERE}/filters.json", auth=READ, returns=dict[str, Any])
async def get_filters(call: Call, params: NoParams) -> Response:
    """Save the filters, as JSON."""
    text = await exports.filters_json(call.tx, call.account_id)
    return _attached(Response(text, media_type="application/json"), exports.FILTERS_FILE)


def _attached(response: Response, file_name: str) -> Response:
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response
