"""Translating statuses (https://docs.joinmastodon.org/methods/statuses/#translate)."""

import msgspec

from rostra.api.auth import user
from rostra.api.entities.translation import Translation, translation_entity
from rostra.api.http import Call, Endpoints
from rostra.api.params import Id
from rostra.core.errors import Forbidden
from rostra.pages.i18n import negotiate
from rostra.statuses.translation import actions

api = Endpoints("translations")


class Wanted(msgspec.Struct, kw_only=True):
    """A status in the path, and the language to have it in; None: the one that the app speaks."""

    id: Id
    lang: str | None = None


@api.post(
    "/api/v1/statuses/{id}/translate",
    auth=user("read:statuses"),
    returns=Translation,
    limit="translations",
    timeout=60,
    db=False,
)
async def translate_status(call: Call, params: Wanted) -> object:
    """See a status in another language."""
    target = params.lang or negotiate(call.request)
    if len(target) > 35:
        raise Forbidden
    wanted = target.replace("_", "-")
    found = await actions.translate(call.services, call.account_id, params.id, wanted)
    return translation_entity(found)
