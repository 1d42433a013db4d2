"""Use cases of films and sounds: taken at once, processed by a worker, one after another.

The upload waits on the disk. The worker may die at any point: the job runs again from the start, and
each file has a row that names it before it is there.
"""

import asyncio
from datetime import timedelta

import msgspec

from rostra.core import clock, events
from rostra.core.blobs import BlobsDropped, new_key
from rostra.core.errors import TooMany
from rostra.core.ids import new_id
from rostra.core.jobs import apart
from rostra.core.services import Services
from rostra.media import access, films, processing, queries
from rostra.media.films import Film, Glance
from rostra.media.model import Attachment, FilmUploaded
from rostra.media.pictures import Animation, Rendition, UnusableFile
from rostra.media.processing import Upload

AT_ONCE = 1
"""Films that a worker processes at the same time; nothing else waits for them."""
WAITING = 10
"""Uploads of one account that may wait to be processed."""
UPLOADS_KEPT = timedelta(days=2)
"""After that nothing refers to an upload any more: rows without a status go after a day."""


async def accept(services: Services, owner_id: int, upload: Upload, found: Glance | Animation) -> Attachment:
    """Write down an upload that is to be processed; the row is not stored yet (`store`).

    Raises:
        TooMany: too many of the owner's uploads wait already.
        Unavailable: no space.
    """
    async with services.db.connection() as tx:
        if await queries.count_processing(tx, owner_id) >= WAITING:
            raise TooMany("Too many of your files are being processed. Please try again in a minute.")
    if isinstance(upload, bytes):
        with services.blobs.temporary() as file:
            file.write(upload)
            key = await services.blobs.keep(file)
    else:
        key = await services.blobs.keep(upload)
    return Attachment(
        id=new_id(),
        account_id=owner_id,
        status_id=None,
        position=None,
        kind="gifv" if isinstance(found, Animation) else found.kind,
        state="processing",
        blob_key=None,
        preview_key=None,
        content_type=None,
        bytes=None,
        width=None,
        height=None,
        preview_width=None,
        preview_height=None,
        focus_x=0,
        focus_y=0,
        blurhash=None,
        description=None,
        created_at=clock.now(),
        upload_key=key,
    )


async def store(services: Services, attachment: Attachment) -> None:
    """Let the upload of a row from `accept` be processed."""
    async with services.db.transaction() as tx:
        await queries.insert(tx, attachment)
        await events.record(tx, FilmUploaded(attachment.id))


async def wait(services: Services, owner_id: int, attachment_id: int, seconds: float) -> Attachment:
    """An upload when it is processed, or as it is after `seconds`.

    Raises:
        NotFound: it was deleted meanwhile.
    """
    deadline = asyncio.get_running_loop().time() + seconds
    while True:
        async with services.db.connection() as tx:
            attachment = await access.get_unattached(tx, owner_id, attachment_id)
        if attachment.state != "processing" or asyncio.get_running_loop().time() > deadline:
            return attachment
        await asyncio.sleep(0.25)


@apart(AT_ONCE, seconds=films.SECONDS + 60)
async def convert(services: Services, event: FilmUploaded) -> None:
    """Process an upload. The reaction to `FilmUploaded`."""
    async with services.db.connection() as tx:
        attachment = await queries.lock(tx, event.attachment_id)
    if attachment is None or attachment.state != "processing" or attachment.upload_key is None:
        return
    with services.blobs.temporary() as output:
        try:
            film = await processing.convert(services.blobs.upload_path(attachment.upload_key), output)
        except (UnusableFile, FileNotFoundError) as error:
            await _give_up(
                services, attachment.id, error.message if isinstance(error, UnusableFile) else None
            )
            return
        named = await _name_files(services, attachment.id, film)
        if named is None:
            return
        assert named.blob_key is not None
        await services.blobs.adopt(named.blob_key, output, film.content_type)
    if film.preview is not None and named.preview_width is None and named.preview_key is not None:
        await services.blobs.put(named.preview_key, film.preview.data, film.preview.content_type)
    await _finish(services, named, film)


async def delete_old_uploads(services: Services) -> None:
    """Delete files that were left behind. To be scheduled."""
    await services.blobs.delete_old_uploads(UPLOADS_KEPT)


async def _give_up(services: Services, attachment_id: int, why: str | None) -> None:
    async with services.db.transaction() as tx:
        row = await queries.lock(tx, attachment_id)
        if row is not None and row.state == "processing":
            failed = msgspec.structs.replace(row, state="failed", failure=why, upload_key=None)
            await queries.update_files(tx, failed)
            if row.upload_key:
                await events.record(tx, BlobsDropped((row.upload_key,)))


async def _name_files(services: Services, attachment_id: int, film: Film) -> Attachment | None:
    """The row with the names of files that are not there yet; None: it is gone, or ready."""
    async with services.db.transaction() as tx:
        row = await queries.lock(tx, attachment_id)
        if row is None or row.state != "processing":
            return None
        keys = {"blob_key": new_key(film.content_type)}
        if film.preview is not None and row.preview_width is None:  # else its owner has chosen one
            keys["preview_key"] = new_key(film.preview.content_type)
        named = msgspec.structs.replace(row, **keys)
        await queries.update_files(tx, named)
        before = {key for key in (row.blob_key, row.preview_key) if key} - set(named.blob_keys)
        if before:  # of a worker that died here
            await events.record(tx, BlobsDropped(tuple(sorted(before))))
    return named


async def _finish(services: Services, named: Attachment, film: Film) -> None:
    """The row is ready; files that it doesn't name any more are deleted."""
    async with services.db.transaction() as tx:
        row = await queries.lock(tx, named.id)
        kept = ()
        if row is not None and row.state == "processing" and row.blob_key == named.blob_key:
            ready = _ready(row, film, film.preview if row.preview_key == named.preview_key else None)
            await queries.update_files(tx, ready)
            kept = ready.blob_keys
        dropped = sorted(set(named.blob_keys) - set(kept))
        if dropped:
            await events.record(tx, BlobsDropped(tuple(dropped)))


def _ready(row: Attachment, film: Film, preview: Rendition | None) -> Attachment:
    ready = msgspec.structs.replace(
        row,
        kind=film.kind,
        state="ready",
        upload_key=None,
        content_type=film.content_type,
        bytes=film.bytes,
        width=film.width,
        height=film.height,
        blurhash=film.blurhash,
        duration=film.duration,
        frame_rate=film.frame_rate,
        bitrate=film.bitrate,
        audio_codec=film.audio_codec,
        sample_rate=film.sample_rate,
        channels=film.channels,
        colors=list(film.colors) if film.colors else None,
    )
    if preview is None or row.preview_width is not None:
        return ready
    return msgspec.structs.replace(ready, preview_width=preview.width, preview_height=preview.height)
