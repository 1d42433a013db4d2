"""What staff announce: an extension (docs/api-extensions.md). Members see it by `/api/v1/announcements`."""

from datetime import UTC, datetime

import msgspec

from rostra.announcements import actions, queries
from rostra.announcements.model import Announcement as AnnouncementRow
from rostra.announcements.model import Draft
from rostra.api.http import Call, Endpoints
from rostra.api.params import Id, NoParams
from rostra.api.staff import STAFF_READ, STAFF_WRITE
from rostra.core.clock import timestamp
from rostra.core.errors import Invalid, NotFound

api = Endpoints("admin/announcements")

YEARS = range(2000, 2200)
HERE = "/api/rostra/v1/admin/announcements"


class AnnouncementId(msgspec.Struct, kw_only=True):
    """An announcement in the path."""

    id: Id


class NewAnnouncement(msgspec.Struct, kw_only=True):
    """What is announced. Of `all_day` ones only the dates count; `scheduled_at`: when it is published."""

    text: str
    all_day: bool = False
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    scheduled_at: datetime | None = None
    publish: bool = False


class ChangedAnnouncement(NewAnnouncement, kw_only=True):
    """All that an announcement says, anew."""

    id: Id


class AdminAnnouncement(msgspec.Struct, kw_only=True):
    """An announcement as staff wrote it; `published_at` null: nobody sees it (yet, or any more)."""

    id: str
    text: str
    content: str
    all_day: bool
    starts_at: str | None
    ends_at: str | None
    scheduled_at: str | None
    published_at: str | None
    created_at: str
    updated_at: str


@api.get(HERE, auth=STAFF_READ, returns=list[AdminAnnouncement])
async def get_announcements(call: Call, params: NoParams) -> list[AdminAnnouncement]:
    """See all announcements, the newest first."""
    return [_entity(row) for row in await queries.for_staff(call.tx)]


@api.post(HERE, auth=STAFF_WRITE, returns=AdminAnnouncement)
async def add_announcement(call: Call, params: NewAnnouncement) -> AdminAnnouncement:
    """Write an announcement: it is published at once (`publish`), at its time, or not yet."""
    made = await actions.write(call.tx, call.settings, _draft(params), publish=params.publish)
    return await _get(call, made)


@api.get(HERE + "/{id}", auth=STAFF_READ, returns=AdminAnnouncement)
async def get_announcement(call: Call, params: AnnouncementId) -> AdminAnnouncement:
    """See one announcement."""
    return await _get(call, params.id)


@api.put(HERE + "/{id}", auth=STAFF_WRITE, returns=AdminAnnouncement)
async def change_announcement(call: Call, params: ChangedAnnouncement) -> AdminAnnouncement:
    """Write an announcement anew; whoever sees it gets to see the change."""
    async with call.tx.transaction():
        await actions.edit(call.tx, call.settings, params.id, _draft(params))
        if params.publish:
            await actions.publish(call.tx, params.id)
    return await _get(call, params.id)


@api.post(HERE + "/{id}/publish", auth=STAFF_WRITE, returns=AdminAnnouncement)
async def publish_announcement(call: Call, params: AnnouncementId) -> AdminAnnouncement:
    """Publish an announcement now."""
    await actions.publish(call.tx, params.id)
    return await _get(call, params.id)


@api.post(HERE + "/{id}/withdraw", auth=STAFF_WRITE, returns=AdminAnnouncement)
async def withdraw_announcement(call: Call, params: AnnouncementId) -> AdminAnnouncement:
    """Let nobody see an announcement any more, but keep it."""
    await actions.withdraw(call.tx, params.id)
    return await _get(call, params.id)


@api.delete(HERE + "/{id}", auth=STAFF_WRITE, returns=dict[str, str])
async def delete_announcement(call: Call, params: AnnouncementId) -> dict[str, str]:
    """Delete an announcement, with all reactions."""
    await _get(call, params.id)
    await actions.delete(call.tx, params.id)
    return {}


def _draft(params: NewAnnouncement) -> Draft:
    return Draft(
        text=params.text,
        all_day=params.all_day,
        starts_at=_utc("starts_at", params.starts_at),
        ends_at=_utc("ends_at", params.ends_at),
        scheduled_at=_utc("scheduled_at", params.scheduled_at),
    )


def _utc(name: str, moment: datetime | None) -> datetime | None:
    """`moment`, in UTC where it names no zone.

    Raises:
        Invalid: it is in no year that anybody plans for.
    """
    if moment is not None and moment.year not in YEARS:
        raise Invalid(f"{name} is out of range", {name: [("ERR_INVALID", "is out of range")]})
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


async def _get(call: Call, announcement_id: int) -> AdminAnnouncement:
    found = await queries.get(call.tx, announcement_id)
    if found is None:
        raise NotFound
    return _entity(found)


def _entity(row: AnnouncementRow) -> AdminAnnouncement:
    times = {name: getattr(row, name) for name in ("starts_at", "ends_at", "scheduled_at", "published_at")}
    return AdminAnnouncement(
        id=str(row.id),
        text=row.text,
        content=row.content,
        all_day=row.all_day,
        created_at=timestamp(row.created_at),
        updated_at=timestamp(row.updated_at),
        **{name: timestamp(moment) if moment else None for name, moment in times.items()},
    )
