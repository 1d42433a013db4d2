"""Answers that wait for leave: GoToSocial's extension (docs/api-extensions.md)."""

import msgspec

from rostra.api.auth import user
from rostra.api.entities.interaction_request import InteractionRequest, request_entities
from rostra.api.http import Call, Endpoints, Page
from rostra.api.params import Id, PageParams
from rostra.api.timelines import bounds
from rostra.core import clock
from rostra.core.errors import BadRequest, NotFound
from rostra.statuses import requests
from rostra.statuses.requests import Request

api = Endpoints("interaction_requests")


class RequestId(msgspec.Struct):
    """An interaction request in the path."""

    id: Id


class RequestsParams(PageParams, kw_only=True):
    """Which requests: of one status, and of which kinds (only replies ask for leave here)."""

    status_id: Id | None = None
    favourites: bool = True
    replies: bool = True
    reblogs: bool = True


@api.get("/api/v1/interaction_requests", auth=user("read:notifications"), returns=list[InteractionRequest])
async def list_requests(call: Call, params: RequestsParams) -> Page:
    """See what waits for one's leave."""
    if not (params.favourites or params.replies or params.reblogs):
        raise BadRequest("At least one of favourites, replies, or reblogs must be true")
    if not params.replies:
        return Page([])
    rows = await requests.read(call.tx, call.account_id, bounds(params, 40), params.status_id)
    items = await request_entities(call.tx, call.hydrator, call.account_id, rows)
    return Page(items, rows[0].id, rows[-1].id) if rows else Page(items)


@api.get("/api/v1/interaction_requests/{id}", auth=user("read:notifications"), returns=InteractionRequest)
async def get_request(call: Call, params: RequestId) -> object:
    """See one of them."""
    return await _entity(call, await requests.get(call.tx, call.account_id, params.id))


@api.post(
    "/api/v1/interaction_requests/{id}/authorize", auth=user("write:statuses"), returns=InteractionRequest
)
async def authorize(call: Call, params: RequestId) -> object:
    """Let an answer stand."""
    return await _entity(call, await requests.authorize(call.tx, call.account_id, params.id))


@api.post("/api/v1/interaction_requests/{id}/reject", auth=user("write:statuses"), returns=InteractionRequest)
async def reject(call: Call, params: RequestId) -> object:
    """Don't let an answer stand: it is deleted."""
    entity = await _entity(call, await requests.get(call.tx, call.account_id, params.id))
    await requests.reject(call.tx, call.account_id, params.id)
    entity.rejected_at = clock.timestamp(clock.now())
    return entity


async def _entity(call: Call, request: Request) -> InteractionRequest:
    entities = await request_entities(call.tx, call.hydrator, call.account_id, [request])
    if not entities:
        raise NotFound()
    return entities[0]
