"""Preferences (https://docs.joinmastodon.org/methods/preferences/)."""

import msgspec

from rostra.accounts import queries
from rostra.api.auth import user
from rostra.api.http import Call, Endpoints
from rostra.api.params import NoParams

api = Endpoints("preferences")


class Preferences(msgspec.Struct, kw_only=True):
    """What new statuses are like, and how a member reads (https://docs.joinmastodon.org/entities/Preferences/)."""

    visibility: str = msgspec.field(name="posting:default:visibility")
    sensitive: bool = msgspec.field(name="posting:default:sensitive")
    language: str | None = msgspec.field(name="posting:default:language")
    quote_policy: str = msgspec.field(name="posting:default:quote_policy")
    media: str = msgspec.field(name="reading:expand:media", default="default")
    spoilers: bool = msgspec.field(name="reading:expand:spoilers", default=False)
    animations: bool = msgspec.field(name="reading:autoplay:gifs", default=False)


@api.get("/api/v1/preferences", auth=user("read:accounts"), returns=Preferences)
async def get_preferences(call: Call, params: NoParams) -> Preferences:
    """See what one's new statuses are like, and how one reads."""
    member = await queries.user(call.tx, call.account_id)
    assert member is not None
    return Preferences(
        visibility=member.default_visibility,
        sensitive=member.default_sensitive,
        language=member.default_language,
        quote_policy=member.default_quote_policy,
    )
