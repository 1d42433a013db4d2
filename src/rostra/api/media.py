"""Media (https://docs.joinmastodon.org/methods/media/).

Pictures are ready when the answer comes. Films, sounds and moving pictures are processed by a worker:
v2 answers 202 at once, v1 waits a little (its answer has no `url` when that was not enough); until they
are ready, asking for them gives 206.
"""

import msgspec
from starlette.datastructures import UploadFile

from rostra.api.auth import user
from rostra.api.entities.media import MediaAttachment, media_entity
from rostra.api.http import Call, Endpoints, json_response
from rostra.api.params import Id
from rostra.core.settings import Settings
from rostra.core.text import clean
from rostra.media import access, actions, conversions
from rostra.media.actions import Changes
from rostra.media.model import Attachment, ProcessingFailed, parse_focus
from rostra.media.pictures import Refusal, UnusableFile

api = Endpoints("media")

SECONDS = 900
"""For slow lines: 99 MB take a quarter of an hour at 1 Mbit/s."""
WAIT_SECONDS = 60
"""How long v1 waits for a film: apps that use it know nothing of 202, and give up sooner or later."""


def body_limit(settings: Settings) -> int:
    """Most bytes of an upload with its thumbnail."""
    return settings.upload_bytes


class About(msgspec.Struct, kw_only=True):
    """What a member says about an upload."""

    description: str | None = None
    focus: str | None = None
    thumbnail: UploadFile | None = None

    def changes(self) -> Changes:
        """As the use cases want it."""
        return Changes(
            description=None if self.description is None else clean(self.description),
            focus=parse_focus(self.focus) if self.focus else None,
            thumbnail=self.thumbnail.file if self.thumbnail else None,
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
    body_limit=body_limit,
    timeout=SECONDS,
    db=False,
)
async def upload_media(call: Call, params: NewMedia) -> object:
    """Upload a file, and wait for it (deprecated: use v2)."""
    attachment = await _upload(call, params)
    if attachment.state == "processing":
        attachment = await conversions.wait(call.services, call.account_id, attachment.id, WAIT_SECONDS)
    return _answer(call, attachment, 200)


@api.post(
    "/api/v2/media",
    auth=user("write:media"),
    returns=MediaAttachment,
    limit="media",
    body_limit=body_limit,
    timeout=SECONDS,
    db=False,
)
async def upload_media_v2(call: Call, params: NewMedia) -> object:
    """Upload a file, to be attached to a status."""
    return _answer(call, await _upload(call, params), 202)


@api.get("/api/v1/media/{id}", auth=user("write:media"), returns=MediaAttachment)
async def get_media(call: Call, params: MediaId) -> object:
    """See an upload that is not attached yet."""
    return _answer(call, await access.get_unattached(call.tx, call.account_id, params.id))


@api.put(
    "/api/v1/media/{id}",
    auth=user("write:media"),
    returns=MediaAttachment,
    body_limit=body_limit,
    timeout=SECONDS,
    db=False,
)
async def change_media(call: Call, params: ChangedMedia) -> object:
    """Change description, focus or thumbnail of an upload that is not attached yet."""
    changed = await actions.change(call.services, call.account_id, params.id, params.changes())
    return _answer(call, changed)


@api.delete("/api/v1/media/{id}", auth=user("write:media"))
async def delete_media(call: Call, params: MediaId) -> object:
    """Delete an upload that is not attached."""
    await actions.delete(call.tx, call.account_id, params.id)
    return {}


async def _upload(call: Call, params: NewMedia) -> Attachment:
    if params.file is None:
        raise UnusableFile(Refusal("empty"))
    return await actions.upload(call.services, call.account_id, params.file.file, params.changes())


def _answer(call: Call, attachment: Attachment, unfinished: int = 206) -> object:
    """The upload; with the status `unfinished` while it is processed.

    Raises:
        ProcessingFailed: that failed.
    """
    if attachment.state == "failed":
        raise ProcessingFailed(attachment.failure)
    entity = media_entity(call.settings, attachment)
    return entity if attachment.state == "ready" else json_response(entity, unfinished)
