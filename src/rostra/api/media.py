"""Media (https://docs.joinmastodon.org/methods/media/).

Pictures are ready when the answer comes, in v2 as in v1, so there is no 202; 206 is for an upload
whose process died on the way.
"""

import msgspec
from starlette.datastructures import UploadFile

from rostra.api.auth import user
from rostra.api.entities.media import MediaAttachment, media_entity
from rostra.api.http import Call, Endpoints, json_response
from rostra.api.params import Id
from rostra.core.settings import Settings
from rostra.core.text import clean
from rostra.media import access, actions
from rostra.media.actions import Changes
from rostra.media.model import Attachment, parse_focus
from rostra.media.pictures import Refusal, UnusableFile

api = Endpoints("media")

BODY_LIMIT = 64 * 1024 * 1024
"""Most bytes of an upload with its thumbnail, whatever the setting `media_bytes` says."""
SECONDS = 300
"""For slow lines: 16 MB take two minutes at 1 Mbit/s."""


class About(msgspec.Struct, kw_only=True):
    """What a member says about an upload."""

    description: str | None = None
    focus: str | None = None
    thumbnail: UploadFile | None = None

    async def changes(self, settings: Settings) -> Changes:
        """As the use cases want it."""
        return Changes(
            description=None if self.description is None else clean(self.description),
            focus=parse_focus(self.focus) if self.focus else None,
            thumbnail=await _read(settings, self.thumbnail) if self.thumbnail else None,
        )


class NewMedia(About, kw_only=True):
    """Parameters of an upload."""

    file: UploadFile | None = None


class MediaId(msgspec.Struct):
    """An upload in the path."""

    id: Id


class ChangedMedia(About, kw_only=True):
    """Parameters of a change."""

    id: Id


@api.post(
    "/api/v1/media",
    auth=user("write:media"),
    returns=MediaAttachment,
    limit="media",
    body_limit=BODY_LIMIT,
    timeout=SECONDS,
    db=False,
)
async def upload_media(call: Call, params: NewMedia) -> object:
    """Upload a picture (deprecated: use v2)."""
    if params.file is None:
        raise UnusableFile(Refusal("empty"))
    changes = await params.changes(call.settings)
    attachment = await actions.upload(
        call.services, call.account_id, await _read(call.settings, params.file), changes
    )
    return media_entity(call.settings, attachment)


@api.post(
    "/api/v2/media",
    auth=user("write:media"),
    returns=MediaAttachment,
    limit="media",
    body_limit=BODY_LIMIT,
    timeout=SECONDS,
    db=False,
)
async def upload_media_v2(call: Call, params: NewMedia) -> object:
    """Upload a picture, to be attached to a status."""
    return await upload_media(call, params)


@api.get("/api/v1/media/{id}", auth=user("write:media"), returns=MediaAttachment)
async def get_media(call: Call, params: MediaId) -> object:
    """See an upload that is not attached yet."""
    return _answer(call, await access.get_unattached(call.tx, call.account_id, params.id))


@api.put(
    "/api/v1/media/{id}",
    auth=user("write:media"),
    returns=MediaAttachment,
    body_limit=BODY_LIMIT,
    timeout=SECONDS,
    db=False,
)
async def change_media(call: Call, params: ChangedMedia) -> object:
    """Change description, focus or thumbnail of an upload that is not attached yet."""
    changed = await actions.change(
        call.services, call.account_id, params.id, await params.changes(call.settings)
    )
    return _answer(call, changed)


@api.delete("/api/v1/media/{id}", auth=user("write:media"))
async def delete_media(call: Call, params: MediaId) -> object:
    """Delete an upload that is not attached."""
    await actions.delete(call.tx, call.account_id, params.id)
    return {}


def _answer(call: Call, attachment: Attachment) -> object:
    entity = media_entity(call.settings, attachment)
    return entity if attachment.state == "ready" else json_response(entity, 206)


async def _read(settings: Settings, file: UploadFile) -> bytes:
    try:
        actions.check_size(settings, file.size or 0)  # before it is in memory
        return await file.read()
    finally:
        await file.close()
