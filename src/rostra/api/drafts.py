"""Drafts kept on the server: an extension, described in docs/api-extensions.md."""

from collections.abc import Sequence

import msgspec

from rostra.api.auth import user
from rostra.api.entities.scheduled_status import Draft, draft_entity
from rostra.api.http import Call, Endpoints, Page
from rostra.api.params import Id, PageParams
from rostra.api.status_params import NewStatus
from rostra.api.statuses import POSTED, author_of, how, post
from rostra.api.timelines import bounds
from rostra.core.text import clean
from rostra.statuses import drafts, holds
from rostra.statuses.drafts import Saved
from rostra.statuses.model import Draft as StatusDraft

api = Endpoints("drafts")


class DraftId(msgspec.Struct):
    """A draft in the path."""

    id: Id


class KnownDraft(DraftId):
    """A draft in the path, and the version that the app knows of it, if that matters."""

    version: int | None = None


class ChangedDraft(NewStatus, kw_only=True):
    """A draft in the path, the version that the app knows of it, and all that it says now."""

    id: Id
    version: int


@api.get("/api/v1/drafts", auth=user("read:statuses"), returns=list[Draft])
async def list_drafts(call: Call, params: PageParams) -> Page:
    """See one's drafts, the newest first."""
    rows = await drafts.read(call.tx, call.account_id, bounds(params))
    items = await _entities(call, rows)
    return Page(items, rows[0].id, rows[-1].id) if rows else Page(items)


@api.post("/api/v1/drafts", auth=user("write:statuses"), returns=Draft)
async def create_draft(call: Call, params: NewStatus) -> object:
    """Keep a draft."""
    draft, at = await _read(call, params), params.scheduled_time()
    row = await drafts.create(call.tx, call.settings, call.account_id, draft, at)
    return (await _entities(call, [row]))[0]


@api.get("/api/v1/drafts/{id}", auth=user("read:statuses"), returns=Draft)
async def get_draft(call: Call, params: DraftId) -> object:
    """See one draft."""
    return (await _entities(call, [await drafts.get(call.tx, call.account_id, params.id)]))[0]


@api.put("/api/v1/drafts/{id}", auth=user("write:statuses"), returns=Draft, limit="drafts")
async def change_draft(call: Call, params: ChangedDraft) -> object:
    """Replace what a draft says, if nobody else has since `version`."""
    draft, at = await _read(call, params), params.scheduled_time()
    row = await drafts.change(call.tx, call.settings, call.account_id, params.id, params.version, draft, at)
    return (await _entities(call, [row]))[0]


@api.delete("/api/v1/drafts/{id}", auth=user("write:statuses"), returns=dict[str, str])
async def delete_draft(call: Call, params: KnownDraft) -> object:
    """Take a draft away."""
    await drafts.delete(call.tx, call.account_id, params.id, params.version)
    return {}


@api.post("/api/v1/drafts/{id}/publish", auth=user("write:statuses"), returns=POSTED, limit="posts")
async def publish_draft(call: Call, params: KnownDraft) -> object:
    """Publish a draft, or schedule it; it is a draft no longer then."""
    async with call.tx.transaction():
        saved = await drafts.delete(call.tx, call.account_id, params.id, params.version)
        way = how(call)
        draft = msgspec.structs.replace(
            saved.read(), application_id=way["application_id"], posted_by_id=way["posted_by_id"]
        )
        text, spoiler_text = (draft.text, draft.spoiler_text) if draft.text else (draft.spoiler_text, "")
        draft = msgspec.structs.replace(
            draft, text=text, spoiler_text=spoiler_text, sensitive=draft.sensitive or bool(draft.spoiler_text)
        )
        return await post(call, draft, saved.scheduled_at)


async def _read(call: Call, params: NewStatus) -> StatusDraft:
    """What a draft says: as written, also where publishing would change it."""
    author = await author_of(call)
    sensitive = author.default_sensitive if params.sensitive is None else params.sensitive
    draft = params.draft(author, idempotency_key=how(call)["idempotency_key"])
    return msgspec.structs.replace(
        draft, text=clean(params.status), spoiler_text=clean(params.spoiler_text), sensitive=sensitive
    )


async def _entities(call: Call, rows: Sequence[Saved]) -> list[Draft]:
    ids = [media_id for row in rows for media_id in row.read().media_ids]
    media = await holds.media(call.tx, call.account_id, ids)
    return [draft_entity(call.settings, row, media) for row in rows]
