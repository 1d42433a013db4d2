"""The directory (https://docs.joinmastodon.org/methods/directory/)."""

import msgspec

from rostra.accounts import search
from rostra.accounts.search import Order
from rostra.api.auth import public
from rostra.api.entities.account import Account
from rostra.api.http import Call, Endpoints

api = Endpoints("directory")


class DirectoryParams(msgspec.Struct, kw_only=True):
    """A part of the directory."""

    offset: int = 0
    limit: int = 40
    order: Order = "active"
    local: bool = False


@api.get("/api/v1/directory", auth=public(), returns=list[Account])
async def get_directory(call: Call, params: DirectoryParams) -> object:
    """See people who want to be found."""
    rows = await search.directory(
        call.tx,
        call.viewer_id,
        params.order,
        local=params.local,
        limit=max(1, min(params.limit, 80)),
        offset=params.offset,
    )
    return await call.hydrator.people(call.tx, rows)
