"""Follow requests (https://docs.joinmastodon.org/methods/follow_requests/)."""

import msgspec

from rostra.accounts.relations import actions, lists
from rostra.api import account_lists, relationships
from rostra.api.auth import user
from rostra.api.entities.account import Account
from rostra.api.entities.relationship import Relationship
from rostra.api.http import Call, Endpoints, Page
from rostra.api.params import Id, PageParams

api = Endpoints("follow_requests")


class Requester(msgspec.Struct):
    """Who asks to follow."""

    account_id: Id


@api.get("/api/v1/follow_requests", auth=user("read:follows"), returns=list[Account])
async def get_follow_requests(call: Call, params: PageParams) -> Page:
    """See who asks to follow."""
    return await account_lists.page(
        call, await lists.requests(call.tx, call.account_id, account_lists.bounds(params))
    )


@api.post("/api/v1/follow_requests/{account_id}/authorize", auth=user("write:follows"), returns=Relationship)
async def authorize(call: Call, params: Requester) -> Relationship:
    """Let somebody follow who asks to."""
    await actions.accept_request(call.tx, call.account_id, params.account_id)
    return await relationships.show(call, params.account_id)


@api.post("/api/v1/follow_requests/{account_id}/reject", auth=user("write:follows"), returns=Relationship)
async def reject(call: Call, params: Requester) -> Relationship:
    """Don't let somebody follow who asks to."""
    await actions.reject_request(call.tx, call.account_id, params.account_id)
    return await relationships.show(call, params.account_id)
