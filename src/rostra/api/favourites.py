"""Favourites (https://docs.joinmastodon.org/methods/favourites/)."""

from rostra.api.auth import user
from rostra.api.entities.status import Status
from rostra.api.http import Call, Endpoints, Page
from rostra.api.params import PageParams
from rostra.api.timelines import bounds, page
from rostra.statuses import kept

api = Endpoints("favourites")


@api.get("/api/v1/favourites", auth=user("read:favourites"), returns=list[Status])
async def list_favourites(call: Call, params: PageParams) -> Page:
    """What the member favourited, the newest first."""
    return await page(call, await kept.favourites(call.tx, call.account_id, bounds(params)))
