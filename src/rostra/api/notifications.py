"""Notifications (https://docs.joinmastodon.org/methods/notifications/)."""

import msgspec

from rostra.accounts import markers
from rostra.api.auth import user
from rostra.api.entities.notification import Notification, notification_entities
from rostra.api.http import Call, Endpoints, Page
from rostra.api.params import Id, NoParams, PageParams
from rostra.core.errors import NotFound
from rostra.core.paging import Bounds
from rostra.notifications import actions, queries
from rostra.notifications.model import KINDS
from rostra.notifications.queries import Wanted

api = Endpoints("notifications")


class Kinds(PageParams, kw_only=True):
    """Which notifications: all or `types`, without `exclude_types`. Names of no kind match nothing."""

    types: list[str] = []
    exclude_types: list[str] = []
    account_id: Id | None = None
    include_filtered: bool = False

    @property
    def wanted(self) -> Wanted:
        """What to look for."""
        kinds: list[str] | None = None
        if self.types or self.exclude_types:
            kinds = [kind for kind in (self.types or KINDS) if kind not in self.exclude_types]
        return Wanted(kinds=kinds, from_id=self.account_id, held_back=self.include_filtered)

    def bounds(self, default: int, most: int) -> Bounds:
        """Which part of the list."""
        return Bounds(
            limit=self.size(default, most), max_id=self.max_id, since_id=self.since_id, min_id=self.min_id
        )


class NotificationId(msgspec.Struct):
    """A notification in the path."""

    id: Id


class Count(msgspec.Struct):
    """A number of notifications."""

    count: int


@api.get("/api/v1/notifications", auth=user("read:notifications"), returns=list[Notification])
async def list_notifications(call: Call, params: Kinds) -> Page:
    """What concerns the member, newest first."""
    rows = await queries.read(call.tx, call.account_id, params.bounds(40, 80), params.wanted)
    items = await notification_entities(call.tx, call.hydrator, call.account_id, rows)
    return Page(items, rows[0].id, rows[-1].id) if rows else Page(items)


@api.get("/api/v1/notifications/unread_count", auth=user("read:notifications"), returns=Count)
async def unread_count(call: Call, params: Kinds) -> Count:
    """How many came since the member last read them, up to a limit."""
    read = await markers.last_read_id(call.tx, call.account_id, "notifications")
    most = params.size(100, 1000)
    return Count(await queries.count(call.tx, call.account_id, read, params.wanted, most))


@api.get("/api/v1/notifications/{id}", auth=user("read:notifications"), returns=Notification)
async def get_notification(call: Call, params: NotificationId) -> Notification:
    """See one notification."""
    row = await queries.get(call.tx, call.account_id, params.id)
    found = await notification_entities(call.tx, call.hydrator, call.account_id, [row] if row else [])
    if not found:
        raise NotFound()
    return found[0]


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
