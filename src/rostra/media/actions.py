"""Use cases of uploads.

A file outlives no row for long: the row is written first, then the files, so that whatever dies in
between leaves a row that names its files, and `delete_unattached` finds it. Rows go first, too; the
event `BlobsDropped` in the same transaction has their files deleted.
"""

import os
from collections.abc import Sequence

import msgspec

from rostra.core import clock, events
from rostra.core.blobs import Blobs, BlobsDropped, new_key
from rostra.core.db import Tx
from rostra.core.errors import Invalid
from rostra.core.ids import new_id
from rostra.core.services import Services
from rostra.core.settings import Settings
from rostra.media import access, conversions, queries
from rostra.media.kinds import HEAD_BYTES, recognise
from rostra.media.model import UNATTACHED_KEPT, Attachment, Focus, check_description
from rostra.media.pictures import Picture, Purpose, Rendition
from rostra.media.processing import Upload, look, process

BATCH = 200


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What a member says about an upload. None leaves it as it is; an empty description takes it away."""

    description: str | None = None
    focus: Focus | None = None
    thumbnail: Upload | None = None
    """A file; a picture to show instead of the small version of the upload."""

    def check(self, settings: Settings) -> None:
        """Raises Invalid when the description or the thumbnail is too long."""
        check_description(self.description or "")
        if self.thumbnail is not None:
            check_size(settings, self.thumbnail, is_picture=True)

    def apply(self, attachment: Attachment) -> Attachment:
        """`attachment` with description and focus changed."""
        focus = self.focus or Focus(attachment.focus_x, attachment.focus_y)
        description = attachment.description if self.description is None else self.description or None
        return msgspec.structs.replace(attachment, description=description, focus_x=focus.x, focus_y=focus.y)


def check_size(settings: Settings, upload: Upload, *, is_picture: bool = False) -> None:
    """Refuse a file that is too large for its kind: settings `media_bytes` and `video_bytes`.

    Raises:
        Invalid: it is.
    """
    if isinstance(upload, bytes):
        size, head = len(upload), upload[:HEAD_BYTES]
    else:
        size = upload.seek(0, os.SEEK_END)
        upload.seek(0)
        head = upload.read(HEAD_BYTES)
    kind = recognise(head)
    is_film = not is_picture and kind is not None and kind.family == "film"
    limit = settings.video_bytes if is_film else settings.media_bytes
    if size > limit:
        raise Invalid(f"File must be less than {limit / 1024 / 1024:.3g} MB")


async def upload(services: Services, owner_id: int, file: Upload, changes: Changes) -> Attachment:
    """Take a file, to be attached to a status within 24 hours. Films and sounds are processed later.

    Raises:
        UnusableFile: it or the thumbnail is nothing that we take.
        Invalid: a file or the description is too long.
        TooMany: too many of the owner's uploads wait to be processed.
        Unavailable: too much to do, or no space.
    """
    check_size(services.settings, file)
    changes.check(services.settings)
    found = await look(file)
    preview = None if changes.thumbnail is None else await _thumbnail(changes.thumbnail)
    if isinstance(found, Picture):
        return await _upload_picture(services, owner_id, found, preview, changes)
    attachment = changes.apply(await conversions.accept(services, owner_id, file, found))
    if preview is not None:
        attachment = _with_preview(attachment, await _store(services.blobs, preview), preview)
    try:
        await conversions.store(services, attachment)
    except BaseException:
        await services.blobs.delete(attachment.blob_keys)
        raise
    return attachment


async def _upload_picture(
    services: Services, owner_id: int, picture: Picture, thumbnail: Rendition | None, changes: Changes
) -> Attachment:
    preview = thumbnail or picture.preview
    assert preview is not None
    attachment = changes.apply(_new_row(owner_id, picture, preview))
    async with services.db.connection() as tx:
        await queries.insert(tx, attachment)
    await _put(services.blobs, attachment.blob_key, picture.main)
    await _put(services.blobs, attachment.preview_key, preview)
    ready = msgspec.structs.replace(attachment, state="ready")
    async with services.db.connection() as tx:
        await queries.update(tx, ready)
    return ready


async def change(services: Services, owner_id: int, attachment_id: int, changes: Changes) -> Attachment:
    """Change what a member says about an upload that no status has yet.

    Raises:
        NotFound: they have no such upload.
        UnusableFile: the thumbnail is no picture that we take.
        Invalid: it or the description is too long.
        Unavailable: too much to do, or no space.
    """
    changes.check(services.settings)
    async with services.db.connection() as tx:
        await access.get_unattached(tx, owner_id, attachment_id)
    if changes.thumbnail is None:
        return await _change(services, owner_id, attachment_id, changes)
    thumbnail = await _thumbnail(changes.thumbnail)
    key = await _store(services.blobs, thumbnail)
    try:
        return await _change(services, owner_id, attachment_id, changes, (key, thumbnail))
    except BaseException:
        await services.blobs.delete([key])
        raise


async def _change(
    services: Services,
    owner_id: int,
    attachment_id: int,
    changes: Changes,
    preview: tuple[str, Rendition] | None = None,
) -> Attachment:
    async with services.db.transaction() as tx:
        before = await access.get_unattached(tx, owner_id, attachment_id)
        after = changes.apply(before)
        if preview is not None:
            after = _with_preview(after, *preview)
            if before.preview_key:
                await events.record(tx, BlobsDropped((before.preview_key,)))
        await queries.update(tx, after)
    return after


async def delete(tx: Tx, owner_id: int, attachment_id: int) -> None:
    """Delete an upload and its files.

    Raises:
        NotFound: they have no such upload.
        InUse: a status has it, or it waits with a scheduled status or a draft.
    """
    async with tx.transaction():
        attachment = await access.get_deletable(tx, owner_id, attachment_id)
        await queries.delete(tx, attachment.id)
        await _drop(tx, [attachment])


async def delete_of_statuses(tx: Tx, status_ids: Sequence[int]) -> None:
    """Delete all media of statuses, those of earlier versions too. In the transaction that deletes them."""
    await _drop(tx, await queries.delete_of_statuses(tx, status_ids))


async def release_of_status(tx: Tx, status_id: int) -> None:
    """Keep the media of a status for a day, to be attached again. In the transaction that deletes it."""
    await queries.release_of_status(tx, status_id, clock.now())


async def delete_of_account(tx: Tx, account_id: int) -> None:
    """Delete all uploads of an account. In the transaction that deletes it."""
    await _drop(tx, await queries.delete_of_account(tx, account_id))


async def delete_unattached(services: Services) -> None:
    """Delete the uploads that nobody attached within a day. To be scheduled."""
    while True:
        async with services.db.transaction() as tx:
            deleted = await queries.delete_unattached(tx, clock.now() - UNATTACHED_KEPT, BATCH)
            await _drop(tx, deleted)
        if len(deleted) < BATCH:
            return


async def delete_blobs(services: Services, event: BlobsDropped) -> None:
    """Delete the files that nothing refers to any more. The reaction to `BlobsDropped`."""
    await services.blobs.delete(event.keys)


async def store_avatar(services: Services, data: bytes) -> str:
    """Make an avatar (square, at most 400 pixels, standing still) of an upload; returns its blob key.

    The caller writes the key to the account and records `BlobsDropped` with the one it replaces.

    Raises:
        UnusableFile: it is no picture that we take.
        Invalid: it is too long.
        Unavailable: too much to do, or no space.
    """
    return await _store_profile_picture(services, data, "avatar")


async def store_header(services: Services, data: bytes) -> str:
    """Make a header (3:1, at most 1500 x 500 pixels, standing still) of an upload; as `store_avatar`."""
    return await _store_profile_picture(services, data, "header")


async def _store_profile_picture(services: Services, data: bytes, purpose: Purpose) -> str:
    check_size(services.settings, data, is_picture=True)
    return await _store(services.blobs, (await process(data, purpose)).main)


async def _thumbnail(file: Upload) -> Rendition:
    return (await process(file, "preview")).main


def _with_preview(attachment: Attachment, key: str, preview: Rendition) -> Attachment:
    return msgspec.structs.replace(
        attachment, preview_key=key, preview_width=preview.width, preview_height=preview.height
    )


async def _store(blobs: Blobs, rendition: Rendition) -> str:
    key = new_key(rendition.content_type)
    await _put(blobs, key, rendition)
    return key


async def _put(blobs: Blobs, key: str | None, rendition: Rendition) -> None:
    assert key is not None
    await blobs.put(key, rendition.data, rendition.content_type)


async def _drop(tx: Tx, attachments: Sequence[Attachment]) -> None:
    keys = tuple(key for attachment in attachments for key in attachment.blob_keys)
    if keys:
        await events.record(tx, BlobsDropped(keys))


def _new_row(owner_id: int, picture: Picture, preview: Rendition) -> Attachment:
    return Attachment(
        id=new_id(),
        account_id=owner_id,
        status_id=None,
        position=None,
        kind="image",
        state="processing",
        blob_key=new_key(picture.main.content_type),
        preview_key=new_key(preview.content_type),
        content_type=picture.main.content_type,
        bytes=len(picture.main.data),
        width=picture.main.width,
        height=picture.main.height,
        preview_width=preview.width,
        preview_height=preview.height,
        focus_x=0,
        focus_y=0,
        blurhash=picture.blurhash,
        description=None,
        created_at=clock.now(),
    )
