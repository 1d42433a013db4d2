"""What members do with statuses, and who did (https://docs.joinmastodon.org/methods/statuses/)."""

from typing import Literal

from rostra.accounts import queries as account_queries
from rostra.api import account_lists
from rostra.api.auth import public, user
from rostra.api.entities.account import Account
from rostra.api.entities.status import Status
from rostra.api.http import Call, Endpoints, Page
from rostra.api.params import Id, PageParams
from rostra.api.statuses import StatusId, how, show
from rostra.statuses import interactions, people

api = Endpoints("statuses")


class Boost(StatusId, kw_only=True):
    """A status in the path, and who is to see the boost."""

    visibility: Literal["public", "unlisted", "private"] | None = None


class PeopleOf(PageParams, kw_only=True):
    """A status in the path, and a part of a list of people."""

    id: Id


@api.post("/api/v1/statuses/{id}/favourite", auth=user("write:favourites"), returns=Status)
async def favourite(call: Call, params: StatusId) -> object:
    """Favourite a status."""
    await interactions.favourite(call.tx, call.account_id, params.id)
    return await show(call, params.id)


@api.post("/api/v1/statuses/{id}/unfavourite", auth=user("write:favourites"), returns=Status)
async def unfavourite(call: Call, params: StatusId) -> object:
    """Take a favourite back."""
    await interactions.unfavourite(call.tx, call.account_id, params.id)
    return await show(call, params.id)


@api.post("/api/v1/statuses/{id}/reblog", auth=user("write:statuses"), returns=Status, limit="posts")
async def boost(call: Call, params: Boost) -> object:
    """Boost a status; the answer is the boost."""
    visibility = params.visibility
    if visibility is None:
        booster = await account_queries.user(call.tx, call.account_id)
        visibility = booster.default_visibility if booster else "public"
    poster = how(call)["posted_by_id"]
    boost_id = await interactions.boost(
        call.tx, call.settings, call.account_id, params.id, visibility, poster
    )
    return await show(call, boost_id)


@api.post("/api/v1/statuses/{id}/unreblog", auth=user("write:statuses"), returns=Status, limit="deletes")
async def unboost(call: Call, params: StatusId) -> object:
    """Take a boost back; the answer is what was boosted."""
    return await show(call, await interactions.unboost(call.tx, call.account_id, params.id))


@api.post("/api/v1/statuses/{id}/bookmark", auth=user("write:bookmarks"), returns=Status)
async def bookmark(call: Call, params: StatusId) -> object:
    """Bookmark a status: nobody else learns of it."""
    await interactions.bookmark(call.tx, call.account_id, params.id)
    return await show(call, params.id)


@api.post("/api/v1/statuses/{id}/unbookmark", auth=user("write:bookmarks"), returns=Status)
async def unbookmark(call: Call, params: StatusId) -> object:
    """Remove a bookmark."""
    await interactions.unbookmark(call.tx, call.account_id, params.id)
    return await show(call, params.id)


@api.post("/api/v1/statuses/{id}/pin", auth=user("write:accounts"), returns=Status)
async def pin(call: Call, params: StatusId) -> object:
    """Pin one of one's own statuses to the profile."""
    await interactions.pin(call.tx, call.account_id, params.id)
    return await show(call, params.id)


@api.post("/api/v1/statuses/{id}/unpin", auth=user("write:accounts"), returns=Status)
async def unpin(call: Call, params: StatusId) -> object:
    """Take a status off the profile."""
    await interactions.unpin(call.tx, call.account_id, params.id)
    return await show(call, params.id)


@api.post("/api/v1/statuses/{id}/mute", auth=user("write:mutes"), returns=Status)
async def mute_thread(call: Call, params: StatusId) -> object:
    """Hear no more of the thread that a status belongs to."""
    await interactions.mute_thread(call.tx, call.account_id, params.id)
    return await show(call, params.id)


@api.post("/api/v1/statuses/{id}/unmute", auth=user("write:mutes"), returns=Status)
async def unmute_thread(call: Call, params: StatusId) -> object:
    """Hear of a thread again."""
    await interactions.unmute_thread(call.tx, call.account_id, params.id)
    return await show(call, params.id)


@api.get("/api/v1/statuses/{id}/favourited_by", auth=public("read:statuses"), returns=list[Account])
async def favourited_by(call: Call, params: PeopleOf) -> Page:
    """See who favourited a status."""
    bounds = account_lists.bounds(params)
    return await account_lists.page(
        call, await people.favourited_by(call.tx, call.viewer_id, params.id, bounds)
    )


@api.get("/api/v1/statuses/{id}/reblogged_by", auth=public("read:statuses"), returns=list[Account])
async def boosted_by(call: Call, params: PeopleOf) -> Page:
    """See who boosted a status."""
    bounds = account_lists.bounds(params)
    return await account_lists.page(call, await people.boosted_by(call.tx, call.viewer_id, params.id, bounds))
