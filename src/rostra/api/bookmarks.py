"""Bookmarks (https://docs.joinmastodon.org/methods/bookmarks/)."""

from rostra.api.auth import user
from rostra.api.entities.status import Status
from rostra.api.http import Call, Endpoints, Page
from rostra.api.params import PageParams
from rostra.api.timelines import bounds, page
from rostra.statuses import kept

api = Endpoints("bookmarks")


@api.get("/api/v1/bookmarks", auth=user("read:bookmarks"), returns=list[Status])
async def list_bookmarks(call: Call, params: PageParams) -> Page:
    """What the member bookmarked, the newest first."""
    return await page(call, await kept.bookmarks(call.tx, call.account_id, bounds(params)))
