"""SQL of media attachments. None of it checks access."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from rostra.core.db import Tx, execute, fetch_all, fetch_one, fetch_value
from rostra.media.model import Attachment


async def of_statuses(tx: Tx, status_ids: Sequence[int]) -> list[Attachment]:
    """What is attached to `status_ids` now, in order. Not an access check."""
    return await fetch_all(
        tx,
        Attachment,
        """
        select * from media_attachments
        where status_id = any(%(ids)s) and position is not null
        order by status_id, position
        """,
        {"ids": list(status_ids)},
    )


async def insert(tx: Tx, attachment: Attachment) -> None:
    """Write a new row."""
    await execute(
        tx,
        """
        insert into media_attachments (
            id, account_id, status_id, position, kind, state, blob_key, preview_key, content_type, bytes,
            width, height, preview_width, preview_height, focus_x, focus_y, blurhash, description, created_at,
            upload_key)
        values (
            %(id)s, %(account_id)s, %(status_id)s, %(position)s, %(kind)s, %(state)s, %(blob_key)s,
            %(preview_key)s, %(content_type)s, %(bytes)s, %(width)s, %(height)s, %(preview_width)s,
            %(preview_height)s, %(focus_x)s, %(focus_y)s, %(blurhash)s, %(description)s, %(created_at)s,
            %(upload_key)s)
        """,
        msgspec.structs.asdict(attachment),
    )


async def update(tx: Tx, attachment: Attachment) -> None:
    """Write what may change after the upload: state, preview, focus, description."""
    await execute(
        tx,
        """
        update media_attachments set
            state = %(state)s, preview_key = %(preview_key)s, preview_width = %(preview_width)s,
            preview_height = %(preview_height)s, focus_x = %(focus_x)s, focus_y = %(focus_y)s,
            description = %(description)s
        where id = %(id)s
        """,
        msgspec.structs.asdict(attachment),
    )


async def lock(tx: Tx, attachment_id: int) -> Attachment | None:
    """A row, locked when in a transaction. Not an access check."""
    return await fetch_one(
        tx, Attachment, "select * from media_attachments where id = %(id)s for update", {"id": attachment_id}
    )


async def update_files(tx: Tx, attachment: Attachment) -> None:
    """Write all that is known of an upload's files."""
    await execute(
        tx,
        """
        update media_attachments set
            kind = %(kind)s, state = %(state)s, upload_key = %(upload_key)s, failure = %(failure)s,
            blob_key = %(blob_key)s, content_type = %(content_type)s, bytes = %(bytes)s,
            width = %(width)s, height = %(height)s, preview_key = %(preview_key)s,
            preview_width = %(preview_width)s, preview_height = %(preview_height)s,
            blurhash = %(blurhash)s, duration = %(duration)s, frame_rate = %(frame_rate)s,
            bitrate = %(bitrate)s, audio_codec = %(audio_codec)s, sample_rate = %(sample_rate)s,
            channels = %(channels)s, colors = %(colors)s
        where id = %(id)s
        """,
        msgspec.structs.asdict(attachment),
    )


async def count_processing(tx: Tx, account_id: int) -> int:
    """How many uploads of an account wait to be processed."""
    return await fetch_value(
        tx,
        "select count(*) from media_attachments"
        " where account_id = %(id)s and state = 'processing' and upload_key is not null",
        {"id": account_id},
    )


async def is_held(tx: Tx, attachment_id: int) -> bool:
    """Whether it waits with a scheduled status or a draft."""
    return await fetch_value(
        tx, "select exists (select from media_holds where media_id = %(id)s)", {"id": attachment_id}
    )


async def delete(tx: Tx, attachment_id: int) -> None:
    """Forget a row."""
    await execute(tx, "delete from media_attachments where id = %(id)s", {"id": attachment_id})


async def delete_of_statuses(tx: Tx, status_ids: Sequence[int]) -> list[Attachment]:
    """Forget all that `status_ids` show or once showed; returns it."""
    return await fetch_all(
        tx,
        Attachment,
        "delete from media_attachments where status_id = any(%(ids)s) returning *",
        {"ids": list(status_ids)},
    )


async def delete_of_account(tx: Tx, account_id: int) -> list[Attachment]:
    """Forget all uploads of an account; returns them."""
    return await fetch_all(
        tx,
        Attachment,
        "delete from media_attachments where account_id = %(id)s returning *",
        {"id": account_id},
    )


async def delete_unattached(tx: Tx, before: datetime, limit: int) -> list[Attachment]:
    """Forget at most `limit` uploads that no status has had since `before`; returns them.

    Not those that wait with a scheduled status or a draft.
    """
    return await fetch_all(
        tx,
        Attachment,
        """
        delete from media_attachments where id = any(array(
            select id from media_attachments
            where status_id is null and created_at < %(before)s
              and not exists (select from media_holds h where h.media_id = media_attachments.id)
            limit %(limit)s for update skip locked))
        returning *
        """,
        {"before": before, "limit": limit},
    )


async def release_of_status(tx: Tx, status_id: int, at: datetime) -> None:
    """Make the media of a status free to be attached to another.

    Their `created_at` becomes `at`, since uploads that nothing shows are deleted by their age.
    """
    await execute(
        tx,
        "update media_attachments set status_id = null, position = null, created_at = %(at)s"
        " where status_id = %(id)s",
        {"id": status_id, "at": at},
    )
