"""Hashtags (https://docs.joinmastodon.org/methods/tags/, followed_tags/)."""

import msgspec

from rostra.api.auth import public, user
from rostra.api.entities.tag import Tag, tag_entities
from rostra.api.http import Call, Endpoints, Page
from rostra.api.params import PageParams
from rostra.core.paging import Bounds
from rostra.statuses.tags import actions, queries
from rostra.statuses.tags.model import Tag as TagRow

api = Endpoints("tags")

LIMIT = 100
"""Followed hashtags on a page, where nobody asks for more or fewer; at most twice as many."""


class TagName(msgspec.Struct):
    """A hashtag in the path."""

    name: str


class TagId(msgspec.Struct):
    """A hashtag in the path: its name, as Mastodon takes it, or its id."""

    id: str


@api.get("/api/v1/followed_tags", auth=user("read:follows"), returns=list[Tag])
async def get_followed(call: Call, params: PageParams) -> Page:
    """See which hashtags one follows."""
    bounds = Bounds(
        limit=params.size(LIMIT), max_id=params.max_id, since_id=params.since_id, min_id=params.min_id
    )
    rows = await queries.followed(call.tx, call.account_id, bounds)
    items = await tag_entities(call.tx, call.settings, call.account_id, rows)
    return Page(items, rows[0].cursor, rows[-1].cursor) if rows else Page(items)


@api.get("/api/v1/tags/{name}", auth=public(), returns=Tag)
async def get_tag(call: Call, params: TagName) -> Tag:
    """See a hashtag and how it is used."""
    return await _show(call, await actions.find(call.tx, params.name))


@api.post("/api/v1/tags/{name}/follow", auth=user("write:follows"), returns=Tag)
async def follow_tag(call: Call, params: TagName) -> Tag:
    """Follow a hashtag: what is public and has it comes home."""
    return await _show(call, await actions.follow(call.tx, call.account_id, params.name))


@api.post("/api/v1/tags/{name}/unfollow", auth=user("write:follows"), returns=Tag)
async def unfollow_tag(call: Call, params: TagName) -> Tag:
    """No longer follow a hashtag."""
    return await _show(call, await actions.unfollow(call.tx, call.account_id, params.name))


@api.post("/api/v1/tags/{id}/feature", auth=user("write:accounts"), returns=Tag)
async def feature_tag(call: Call, params: TagId) -> Tag:
    """Show a hashtag on one's profile."""
    await actions.feature(call.tx, call.account_id, params.id)
    return await _show(call, await actions.find(call.tx, params.id))


@api.post("/api/v1/tags/{id}/unfeature", auth=user("write:accounts"), returns=Tag)
async def unfeature_tag(call: Call, params: TagId) -> Tag:
    """No longer show a hashtag on one's profile."""
    return await _show(call, await actions.unfeature(call.tx, call.account_id, params.id))


async def _show(call: Call, tag: TagRow) -> Tag:
    return (await tag_entities(call.tx, call.settings, call.viewer_id, [tag]))[0]
