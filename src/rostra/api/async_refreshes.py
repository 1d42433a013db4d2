"""How far background work is (https://docs.joinmastodon.org/methods/async_refreshes/)."""

import msgspec

from rostra.accounts import refreshes
from rostra.api.auth import user
from rostra.api.http import Call, Endpoints
from rostra.core.errors import NotFound

api = Endpoints("async_refreshes")

HEADER = "Mastodon-Async-Refresh"
RETRY = 2  # seconds


class RefreshId(msgspec.Struct):
    """A piece of work in the path."""

    id: str


class AsyncRefresh(msgspec.Struct, omit_defaults=True):
    """A piece of work (https://docs.joinmastodon.org/entities/AsyncRefresh/)."""

    id: str
    status: str
    result_count: int | msgspec.UnsetType = msgspec.UNSET


class AsyncRefreshResponse(msgspec.Struct):
    """It in an object of its own."""

    async_refresh: AsyncRefresh


@api.get("/api/v1_alpha/async_refreshes/{id}", auth=user("read"), returns=AsyncRefreshResponse)
async def get_refresh(call: Call, params: RefreshId) -> object:
    """See whether background work is done."""
    found = await refreshes.get(call.tx, call.account_id, params.id)
    if found is None:
        raise NotFound
    count = msgspec.UNSET if found.result_count is None else found.result_count
    return AsyncRefreshResponse(AsyncRefresh(found.id, found.status, count))


def point_to(call: Call, refresh_id: str) -> None:
    """Tell the app of work that it may wait for."""
    call.headers[HEADER] = f'id="{refresh_id}", retry={RETRY}'
