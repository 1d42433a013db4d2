"""Notifications (https://docs.joinmastodon.org/methods/notifications/)."""

import msgspec

from rostra.api.auth import user
from rostra.api.entities.notification import Notification, notification_entities
from rostra.api.http import Call, Endpoints, Page
from rostra.api.params import Id, NoParams, PageParams
from rostra.core.errors import NotFound
from rostra.notifications import actions, queries
from rostra.notifications.model import KINDS
from rostra.statuses.reading import Bounds

api = Endpoints("notifications")


class Kinds(PageParams, kw_only=True):
    """Which kinds: all, or `types`, without `exclude_types`. Unknown names match nothing."""

    types: list[str] = []
    exclude_types: list[str] = []

    def wanted(self) -> list[str]:
        """Names of the kinds asked for."""
        return [kind for kind in (self.types or KINDS) if kind not in self.exclude_types]


class ListParams(Kinds, kw_only=True):
    """Which notifications to list."""

    account_id: Id | None = None


class CountParams(Kinds, kw_only=True):
    """Which notifications to count, and how far (`limit`)."""


class NotificationId(msgspec.Struct):
    """A notification in the path."""

    id: Id


class Count(msgspec.Struct):
    """A number of notifications."""

    count: int


@api.get("/api/v1/notifications", auth=user("read:notifications"), returns=list[Notification])
async def list_notifications(call: Call, params: ListParams) -> Page:
    """What concerns the member, newest first."""
    bounds = Bounds(
        limit=params.size(40, 80), max_id=params.max_id, since_id=params.since_id, min_id=params.min_id
    )
    kinds = params.wanted() if params.types or params.exclude_types else None
    rows = await queries.read(call.tx, call.account_id, bounds, kinds=kinds, from_id=params.account_id)
    items = await notification_entities(call.tx, call.hydrator, call.account_id, rows)
    return Page(items, rows[0].id, rows[-1].id) if rows else Page(items)


@api.get("/api/v1/notifications/unread_count", auth=user("read:notifications"), returns=Count)
async def unread_count(call: Call, params: CountParams) -> Count:
    """How many there are, up to a limit."""
    most = params.size(100, 1000)
    return Count(await queries.count(call.tx, call.account_id, params.wanted(), most))


@api.get("/api/v1/notifications/{id}", auth=user("read:notifications"), returns=Notification)
async def get_notification(call: Call, params: NotificationId) -> Notification:
    """See one notification."""
    row = await queries.get(call.tx, call.account_id, params.id)
    if row is None:
        raise NotFound()
    return (await notification_entities(call.tx, call.hydrator, call.account_id, [row]))[0]


@api.post("/api/v1/notifications/clear", auth=user("write:notifications"), returns=dict[str, str])
async def clear_notifications(call: Call, params: NoParams) -> dict[str, str]:
    """Drop all of them."""
    await actions.clear(call.tx, call.account_id)
    return {}


@api.post("/api/v1/notifications/{id}/dismiss", auth=user("write:notifications"), returns=dict[str, str])
async def dismiss_notification(call: Call, params: NotificationId) -> dict[str, str]:
    """Drop one of them."""
    if not await actions.dismiss(call.tx, call.account_id, params.id):
        raise NotFound()
    return {}
