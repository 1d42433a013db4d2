"""Statuses: publish, read, edit, delete (https://docs.joinmastodon.org/methods/statuses/).

Boosts, favourites and the like are in status_actions.py.
"""

import hashlib
from datetime import datetime
from typing import TypedDict

import msgspec

from rostra.accounts import queries as account_queries
from rostra.accounts.model import User
from rostra.api.auth import public, user
from rostra.api.entities.history import Context, StatusEdit, StatusSource, edit_entities
from rostra.api.entities.scheduled_status import ScheduledStatus, scheduled_entity
from rostra.api.entities.status import Status, with_source
from rostra.api.http import Call, Endpoints
from rostra.api.params import Id
from rostra.api.status_params import NewStatus, Said
from rostra.core import clock
from rostra.core.errors import Invalid, NotFound
from rostra.core.text import language_tag
from rostra.statuses import access, actions, editing, history, holds, reading, scheduling, threads
from rostra.statuses.model import Draft, Edit
from rostra.statuses.scheduling import Scheduled

api = Endpoints("statuses")

MAX_IDS = 20
KEY_LENGTH = 256
"""Characters up to which idempotency keys are kept as they are."""
POSTED = (Status, ScheduledStatus)
"""What publishing answers with."""


class EditedStatus(Said, kw_only=True):
    """Parameters of an edit."""

    id: Id


class StatusId(msgspec.Struct):
    """A status in the path."""

    id: Id


class StatusIds(msgspec.Struct):
    """Statuses in the query."""

    id: list[Id] = []


class Deletion(msgspec.Struct):
    """A status in the path, and what happens to its media."""

    id: Id
    delete_media: bool = False


@api.post("/api/v1/statuses", auth=user("write:statuses"), returns=POSTED, limit="posts")
async def post_status(call: Call, params: NewStatus) -> object:
    """Publish a status, or schedule it (`scheduled_at`)."""
    at = params.scheduled_time()
    return await post(call, params.draft(await author_of(call), **how(call)), at)


@api.get("/api/v1/statuses", auth=public("read:statuses"), returns=list[Status])
async def get_statuses(call: Call, params: StatusIds) -> object:
    """See some statuses; those that don't exist are left out."""
    if len(params.id) > MAX_IDS:
        raise Invalid(f"Too many ids (maximum is {MAX_IDS})")
    frames = await reading.read_ids(call.tx, call.viewer_id, params.id, mixed=True)
    return await call.hydrator.statuses(call.tx, call.viewer_id, frames)


@api.get("/api/v1/statuses/{id}", auth=public("read:statuses"), returns=Status)
async def get_status(call: Call, params: StatusId) -> object:
    """See one status."""
    return await show(call, params.id)


@api.put("/api/v1/statuses/{id}", auth=user("write:statuses"), returns=Status, limit="posts")
async def edit_status(call: Call, params: EditedStatus) -> object:
    """Replace what a status says; what is not sent is removed."""
    text, spoiler_text = params.texts()
    edit = Edit(
        text=text,
        spoiler_text=spoiler_text,
        sensitive=params.is_sensitive(False),
        language=language_tag(params.language or ""),
        content_type=params.kind(),
        media_ids=tuple(params.media_ids),
        media_changes=params.media_changes(),
        poll=params.poll.draft() if params.poll else None,
        quote_policy=params.quote_approval_policy,
    )
    await editing.edit_status(call.tx, call.settings, call.account_id, params.id, edit)
    return await show(call, params.id)


@api.delete("/api/v1/statuses/{id}", auth=user("write:statuses"), returns=Status, limit="deletes")
async def delete_status(call: Call, params: Deletion) -> object:
    """Delete a status; the answer has all that it takes to write it anew."""
    status = await access.get_visible(call.tx, call.account_id, params.id)
    if status.account_id != call.account_id:
        raise NotFound()
    last_seen = await show(call, status.id)
    await actions.delete_status(call.tx, call.account_id, status.id, delete_media=params.delete_media)
    return with_source(last_seen, status.text, status.content_type)


@api.get("/api/v1/statuses/{id}/context", auth=public("read:statuses"), returns=Context)
async def get_context(call: Call, params: StatusId) -> object:
    """See the thread around a status."""
    thread = await threads.context(call.tx, call.viewer_id, params.id)
    entities = await call.hydrator.by_id(call.tx, call.viewer_id, [*thread.ancestors, *thread.descendants])
    return Context(
        ancestors=[entities[frame.id] for frame in thread.ancestors if frame.id in entities],
        descendants=[entities[frame.id] for frame in thread.descendants if frame.id in entities],
    )


@api.get("/api/v1/statuses/{id}/history", auth=public("read:statuses"), returns=list[StatusEdit])
async def get_history(call: Call, params: StatusId) -> object:
    """See all versions of a status, the first one first."""
    status = await access.get_original(call.tx, call.viewer_id, params.id)
    (author,) = await account_queries.by_ids(call.tx, [status.account_id])
    versions = await history.read(call.tx, status)
    return edit_entities(call.settings, call.hydrator.pictures, versions, call.hydrator.account(author))


@api.get("/api/v1/statuses/{id}/source", auth=user("read:statuses"), returns=StatusSource)
async def get_source(call: Call, params: StatusId) -> object:
    """See what was written, for editing."""
    status = await access.get_original(call.tx, call.viewer_id, params.id)
    return StatusSource(str(status.id), status.text, status.spoiler_text, status.content_type)


async def show(call: Call, status_id: int) -> msgspec.Raw:
    """A status as the viewer sees it.

    Raises:
        NotFound: they may not see it, or there is none.
    """
    frames = await reading.read_ids(call.tx, call.viewer_id, [status_id])
    entities = await call.hydrator.statuses(call.tx, call.viewer_id, frames)
    if not entities:
        raise NotFound()
    return entities[0]


async def post(call: Call, draft: Draft, at: datetime | None) -> object:
    """Publish `draft` at once, or when it is `at`; a moment in the past is now, as in Mastodon."""
    if at is None or at <= clock.now():
        status = await actions.publish_status(call.tx, call.settings, call.account_id, draft)
        call.acted.subject_id = status.id
        return await show(call, status.id)
    made = await scheduling.schedule(call.tx, call.settings, call.account_id, draft, at)
    if isinstance(made, Scheduled):
        media = await holds.media(call.tx, call.account_id, made.read().media_ids)
        return scheduled_entity(call.settings, made, media)
    return await show(call, made.id)


class How(TypedDict):
    """How somebody publishes: with which app, under which key for retries, and who, on a shared account."""

    application_id: int | None
    idempotency_key: str | None
    posted_by_id: int | None


def how(call: Call) -> How:
    """How the member publishes."""
    assert call.viewer is not None
    return How(
        application_id=call.viewer.application_id,
        idempotency_key=_idempotency_key(call),
        posted_by_id=call.viewer.member_id,
    )


async def author_of(call: Call) -> User:
    """The member who writes.

    Raises:
        NotFound: they were deleted in this very moment.
    """
    author = await account_queries.user(call.tx, call.account_id)
    if author is None:  # deleted in this very moment
        raise NotFound()
    return author


def _idempotency_key(call: Call) -> str | None:
    """The key, or its hash: two long ones that begin alike are two."""
    key = call.request.headers.get("idempotency-key", "")
    return (key if len(key) <= KEY_LENGTH else hashlib.sha256(key.encode()).hexdigest()) or None
