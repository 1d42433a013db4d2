"""News from those who run the network (https://docs.joinmastodon.org/methods/announcements/)."""

from typing import Any

import msgspec

from rostra.announcements import actions, queries
from rostra.api.auth import user
from rostra.api.entities.announcement import Announcement, announcement_entities
from rostra.api.http import Call, Endpoints
from rostra.api.params import Id

api = Endpoints("announcements")


class Shown(msgspec.Struct):
    """Whether those that were read are wanted, too."""

    with_dismissed: bool = False


class AnnouncementId(msgspec.Struct, kw_only=True):
    """An announcement in the path."""

    id: Id


class ReactionName(AnnouncementId, kw_only=True):
    """An announcement and an emoji in the path."""

    name: str


@api.get("/api/v1/announcements", auth=user(), returns=list[Announcement])
async def get_announcements(call: Call, params: Shown) -> object:
    """See what is announced now."""
    rows = await queries.active(call.tx, call.account_id, with_read=params.with_dismissed)
    return await announcement_entities(call.tx, call.settings, call.hydrator.pictures, call.account_id, rows)


@api.post("/api/v1/announcements/{id}/dismiss", auth=user("write:accounts"), returns=dict[str, Any])
async def dismiss(call: Call, params: AnnouncementId) -> object:
    """Mark an announcement as read."""
    await actions.dismiss(call.tx, call.account_id, params.id)
    return {}


@api.put("/api/v1/announcements/{id}/reactions/{name}", auth=user("write:favourites"), returns=dict[str, Any])
async def react(call: Call, params: ReactionName) -> object:
    """React to an announcement with an emoji."""
    await actions.react(call.tx, call.account_id, params.id, params.name)
    return {}


@api.delete(
    "/api/v1/announcements/{id}/reactions/{name}", auth=user("write:favourites"), returns=dict[str, Any]
)
async def take_back(call: Call, params: ReactionName) -> object:
    """Take a reaction to an announcement back."""
    await actions.take_back(call.tx, call.account_id, params.id, params.name)
    return {}
