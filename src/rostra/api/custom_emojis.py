"""Custom emojis (https://docs.joinmastodon.org/methods/custom_emojis/)."""

from rostra.api.auth import public
from rostra.api.entities.custom_emoji import CustomEmoji
from rostra.api.http import Call, Endpoints
from rostra.api.params import NoParams

api = Endpoints("custom_emojis")


@api.get("/api/v1/custom_emojis", auth=public(), returns=list[CustomEmoji])
async def get_custom_emojis(call: Call, params: NoParams) -> object:
    """See the emojis that only this network has."""
    return call.hydrator.pictures.all()
