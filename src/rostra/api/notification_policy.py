"""Notification policy and requests (https://docs.joinmastodon.org/methods/notifications/#get-policy)."""

import msgspec

from rostra.api.auth import user
from rostra.api.entities.notification_request import NotificationRequest, request_entities
from rostra.api.http import Call, Endpoints, Page
from rostra.api.params import Id, NoParams, PageParams
from rostra.core.errors import NotFound
from rostra.core.paging import Bounds
from rostra.notifications import policy, requests
from rostra.notifications.model import Policy, Verdict

api = Endpoints("notifications")


class Summary(msgspec.Struct):
    """How much waits, each up to 100."""

    pending_requests_count: int
    pending_notifications_count: int


class NotificationPolicy(msgspec.Struct, kw_only=True):
    """What happens to notifications from people whom the member does not know."""

    for_not_following: Verdict
    for_not_followers: Verdict
    for_new_accounts: Verdict
    for_private_mentions: Verdict
    for_limited_accounts: Verdict
    summary: Summary


class Changes(msgspec.Struct, kw_only=True):
    """What to change; what is not given stays."""

    for_not_following: Verdict | None = None
    for_not_followers: Verdict | None = None
    for_new_accounts: Verdict | None = None
    for_private_mentions: Verdict | None = None
    for_limited_accounts: Verdict | None = None


class RequestId(msgspec.Struct):
    """A request in the path."""

    id: Id


class RequestIds(msgspec.Struct):
    """Some requests."""

    id: list[Id] = []


class Merged(msgspec.Struct):
    """Whether all that was accepted is merged."""

    merged: bool


@api.get("/api/v2/notifications/policy", auth=user("read:notifications"), returns=NotificationPolicy)
async def get_policy(call: Call, params: NoParams) -> NotificationPolicy:
    """See what one lets through, and how much waits."""
    return await _policy(call, await policy.get(call.tx, call.account_id))


@api.patch("/api/v2/notifications/policy", auth=user("write:notifications"), returns=NotificationPolicy)
async def change_policy(call: Call, params: Changes) -> NotificationPolicy:
    """Change what one lets through."""
    changes = policy.Changes(**msgspec.structs.asdict(params))
    return await _policy(call, await policy.change(call.tx, call.account_id, changes))


@api.get("/api/v1/notifications/requests", auth=user("read:notifications"), returns=list[NotificationRequest])
async def list_requests(call: Call, params: PageParams) -> Page:
    """See whose mentions wait, the last to come first."""
    bounds = Bounds(
        limit=params.size(40), max_id=params.max_id, since_id=params.since_id, min_id=params.min_id
    )
    rows = await requests.read(call.tx, call.account_id, bounds)
    items = await request_entities(call.tx, call.hydrator, call.account_id, rows)
    return Page(items, rows[0].id, rows[-1].id) if rows else Page(items)


@api.get("/api/v1/notifications/requests/merged", auth=user("read:notifications"), returns=Merged)
async def is_merged(call: Call, params: NoParams) -> Merged:
    """See whether all that was accepted is among the notifications."""
    return Merged(await requests.is_merged(call.tx, call.account_id))


@api.get("/api/v1/notifications/requests/{id}", auth=user("read:notifications"), returns=NotificationRequest)
async def get_request(call: Call, params: RequestId) -> NotificationRequest:
    """See one request."""
    row = await requests.get(call.tx, call.account_id, params.id)
    found = await request_entities(call.tx, call.hydrator, call.account_id, [row] if row else [])
    if not found:
        raise NotFound()
    return found[0]


@api.post(
    "/api/v1/notifications/requests/{id}/accept", auth=user("write:notifications"), returns=dict[str, str]
)
async def accept_request(call: Call, params: RequestId) -> dict[str, str]:
    """Let somebody through, and see what they sent."""
    if not await requests.accept(call.tx, call.account_id, [params.id]):
        raise NotFound()
    return {}


@api.post(
    "/api/v1/notifications/requests/{id}/dismiss", auth=user("write:notifications"), returns=dict[str, str]
)
async def dismiss_request(call: Call, params: RequestId) -> dict[str, str]:
    """Drop what somebody sent."""
    if not await requests.dismiss(call.tx, call.account_id, [params.id]):
        raise NotFound()
    return {}


@api.post("/api/v1/notifications/requests/accept", auth=user("write:notifications"), returns=dict[str, str])
async def accept_requests(call: Call, params: RequestIds) -> dict[str, str]:
    """Let several people through; ids that are no request count for nothing."""
    await requests.accept(call.tx, call.account_id, params.id)
    return {}


@api.post("/api/v1/notifications/requests/dismiss", auth=user("write:notifications"), returns=dict[str, str])
async def dismiss_requests(call: Call, params: RequestIds) -> dict[str, str]:
    """Drop what several people sent; ids that are no request count for nothing."""
    await requests.dismiss(call.tx, call.account_id, params.id)
    return {}


async def _policy(call: Call, found: Policy) -> NotificationPolicy:
    waiting = await requests.pending(call.tx, call.account_id)
    return NotificationPolicy(
        **msgspec.structs.asdict(found),
        summary=Summary(waiting.requests, waiting.notifications),
    )
