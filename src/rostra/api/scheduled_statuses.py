"""Scheduled statuses (https://docs.joinmastodon.org/methods/scheduled_statuses/)."""

from collections.abc import Sequence

import msgspec

from rostra.api.auth import user
from rostra.api.entities.scheduled_status import ScheduledStatus, scheduled_entity
from rostra.api.http import Call, Endpoints, Page
from rostra.api.params import Id, PageParams
from rostra.api.status_params import parse_time
from rostra.api.timelines import bounds
from rostra.core.errors import Invalid
from rostra.statuses import holds, scheduling
from rostra.statuses.scheduling import Scheduled

api = Endpoints("scheduled_statuses")


class ScheduledId(msgspec.Struct):
    """A scheduled status in the path."""

    id: Id


class Rescheduled(ScheduledId):
    """A scheduled status in the path, and another time."""

    scheduled_at: str = ""


@api.get("/api/v1/scheduled_statuses", auth=user("read:statuses"), returns=list[ScheduledStatus])
async def list_scheduled(call: Call, params: PageParams) -> Page:
    """See what one has scheduled."""
    rows = await scheduling.read(call.tx, call.account_id, bounds(params))
    items = await _entities(call, rows)
    return Page(items, rows[0].id, rows[-1].id) if rows else Page(items)


@api.get("/api/v1/scheduled_statuses/{id}", auth=user("read:statuses"), returns=ScheduledStatus)
async def get_scheduled(call: Call, params: ScheduledId) -> object:
    """See one scheduled status."""
    return (await _entities(call, [await scheduling.get(call.tx, call.account_id, params.id)]))[0]


@api.put("/api/v1/scheduled_statuses/{id}", auth=user("write:statuses"), returns=ScheduledStatus)
async def reschedule(call: Call, params: Rescheduled) -> object:
    """Publish it at another time."""
    if not params.scheduled_at:
        raise Invalid("Scheduled at can't be blank")
    at = parse_time(params.scheduled_at)
    row = await scheduling.reschedule(call.tx, call.account_id, params.id, at)
    return (await _entities(call, [row]))[0]


@api.delete("/api/v1/scheduled_statuses/{id}", auth=user("write:statuses"), returns=dict[str, str])
async def cancel(call: Call, params: ScheduledId) -> object:
    """Don't publish it."""
    await scheduling.cancel(call.tx, call.account_id, params.id)
    return {}


async def _entities(call: Call, rows: Sequence[Scheduled]) -> list[ScheduledStatus]:
    ids = [media_id for row in rows for media_id in row.read().media_ids]
    media = await holds.media(call.tx, call.account_id, ids)
    return [scheduled_entity(call.settings, row, media) for row in rows]
