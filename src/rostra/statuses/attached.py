"""Media of statuses: attached when they are published, changed when they are edited."""

from collections.abc import Sequence

import msgspec

from rostra.core import clock
from rostra.core.db import Tx, execute, fetch_all
from rostra.core.errors import Invalid
from rostra.media import queries as media_queries
from rostra.media.model import Attachment, NotProcessed, TogetherWithVideo, check_description
from rostra.statuses.model import MediaChange


async def attach(tx: Tx, status_id: int, author_id: int, media_ids: Sequence[int]) -> list[Attachment]:
    """Attach uploads of `author_id` to a status, in this order; returns them.

    Raises:
        Invalid: one doesn't exist for them, or belongs to another status.
        NotProcessed: one is not processed yet.
        TogetherWithVideo: there is a film or a sound among several.
    """
    by_id = {row.id: row for row in await _lock(tx, status_id, author_id, media_ids)}
    missing = [str(media_id) for media_id in media_ids if media_id not in by_id]
    if missing:
        raise Invalid(f"Media {', '.join(missing)} not found or already attached to another post")
    if any(row.state != "ready" for row in by_id.values()):
        raise NotProcessed()
    if len(by_id) > 1 and any(row.stands_alone for row in by_id.values()):
        raise TogetherWithVideo()
    await _set_order(tx, status_id, media_ids)
    return [by_id[media_id] for media_id in media_ids]


async def replace(
    tx: Tx, status_id: int, author_id: int, media_ids: Sequence[int], changes: Sequence[MediaChange]
) -> bool:
    """Attach `media_ids` instead of what is attached, and apply `changes` to them.

    What is not shown any more stays with the status, for its history. Returns whether anything changed.

    Raises:
        Invalid, NotProcessed, TogetherWithVideo: see `attach`; or a description is too long.
    """
    before = [row.id for row in await media_queries.of_statuses(tx, [status_id])]
    changed = before != list(media_ids)
    rows = await attach(tx, status_id, author_id, media_ids) if media_ids else []
    if changed:
        await _hide_others(tx, status_id, media_ids)
    by_id = {change.id: change for change in changes}
    for row in rows:
        after = _apply(by_id[row.id], row) if row.id in by_id else row
        if after != row:
            await media_queries.update(tx, after)
            changed = True
    return changed


async def detach(tx: Tx, status_id: int, *, delete: bool) -> list[str]:
    """Take the media of a status that is being deleted from it; returns the keys of files to delete.

    What is not deleted can be attached again for a day.
    """
    if delete:
        rows = await media_queries.delete_of_statuses(tx, [status_id])
        return [key for row in rows for key in row.blob_keys]
    await media_queries.release_of_status(tx, status_id, clock.now())
    return []


def _apply(change: MediaChange, row: Attachment) -> Attachment:
    check_description(change.description or "")
    if change.description is not None:
        row = msgspec.structs.replace(row, description=change.description or None)
    if change.focus is not None and change.focus != (row.focus_x, row.focus_y):
        row = msgspec.structs.replace(row, focus_x=change.focus.x, focus_y=change.focus.y)
    return row


async def _lock(tx: Tx, status_id: int, author_id: int, media_ids: Sequence[int]) -> list[Attachment]:
    return await fetch_all(
        tx,
        Attachment,
        """
        select * from media_attachments
        where id = any(%(ids)s) and account_id = %(author_id)s
          and (status_id is null or status_id = %(status_id)s)
          and not exists (
              select from media_holds h
              where h.media_id = media_attachments.id and h.scheduled_id is not null)
        order by id for update
        """,
        {"ids": list(media_ids), "author_id": author_id, "status_id": status_id},
    )


async def _set_order(tx: Tx, status_id: int, media_ids: Sequence[int]) -> None:
    await execute(
        tx,
        """
        update media_attachments m set status_id = %(status_id)s, position = w.position - 1
        from unnest(%(ids)s::bigint[]) with ordinality as w(id, position)
        where m.id = w.id
        """,
        {"status_id": status_id, "ids": list(media_ids)},
    )


async def _hide_others(tx: Tx, status_id: int, media_ids: Sequence[int]) -> None:
    await execute(
        tx,
        """
        update media_attachments set position = null
        where status_id = %(status_id)s and position is not null and id <> all(%(ids)s)
        """,
        {"status_id": status_id, "ids": list(media_ids)},
    )
