"""ScheduledStatus (https://docs.joinmastodon.org/entities/), and Draft (docs/api-extensions.md)."""

from collections.abc import Mapping

import msgspec

from rostra.api.entities.interaction_policy import InteractionPolicy, policy_entity
from rostra.api.entities.media import MediaAttachment, media_entity
from rostra.core.clock import timestamp
from rostra.core.settings import Settings
from rostra.media.model import Attachment
from rostra.statuses.drafts import Saved
from rostra.statuses.model import Draft as StatusDraft
from rostra.statuses.model import PollDraft
from rostra.statuses.scheduling import Scheduled


class PollParams(msgspec.Struct, kw_only=True):
    """A poll to be asked; `expires_in` is in seconds."""

    options: list[str]
    expires_in: int
    multiple: bool
    hide_totals: bool


class ScheduledParams(msgspec.Struct, kw_only=True):
    """What will be published."""

    text: str
    poll: PollParams | None
    media_ids: list[str] | None
    sensitive: bool
    spoiler_text: str | None
    visibility: str
    in_reply_to_id: int | None
    language: str | None
    application_id: int
    scheduled_at: None = None
    idempotency: str | None
    with_rate_limit: bool = False
    quoted_status_id: str | None
    quote_approval_policy: str
    local_only: bool | None
    interaction_policy: InteractionPolicy | None


class ScheduledStatus(msgspec.Struct, kw_only=True):
    """A status that will be published at a time."""

    id: str
    scheduled_at: str
    params: ScheduledParams
    media_attachments: list[MediaAttachment]


class DraftParams(msgspec.Struct, kw_only=True):
    """What a draft says, under the names that publishing has for it."""

    status: str
    spoiler_text: str
    poll: PollParams | None
    media_ids: list[str]
    sensitive: bool
    visibility: str
    language: str | None
    content_type: str
    in_reply_to_id: str | None
    quoted_status_id: str | None
    quote_approval_policy: str
    local_only: bool | None
    interaction_policy: InteractionPolicy | None
    scheduled_at: str | None


class Draft(msgspec.Struct, kw_only=True):
    """What a member writes and has not published; `error` says why it could not be at its time."""

    id: str
    version: int
    created_at: str
    updated_at: str
    error: str | None
    params: DraftParams
    media_attachments: list[MediaAttachment]


def scheduled_entity(settings: Settings, row: Scheduled, media: Mapping[int, Attachment]) -> ScheduledStatus:
    """`row`, with its uploads of `media`."""
    draft = row.read()
    return ScheduledStatus(
        id=str(row.id),
        scheduled_at=timestamp(row.scheduled_at),
        params=ScheduledParams(
            text=draft.text,
            poll=_poll(draft.poll),
            media_ids=[str(media_id) for media_id in draft.media_ids] or None,
            sensitive=draft.sensitive,
            spoiler_text=draft.spoiler_text or None,
            visibility=draft.visibility,
            in_reply_to_id=draft.in_reply_to_id,
            language=draft.language,
            application_id=draft.application_id or 0,
            idempotency=draft.idempotency_key,
            quoted_status_id=_id(draft.quoted_status_id),
            quote_approval_policy=draft.quote_policy,
            local_only=draft.local_only,
            interaction_policy=policy_entity(draft.policy) if draft.policy else None,
        ),
        media_attachments=_media(settings, draft, media),
    )


def draft_entity(settings: Settings, row: Saved, media: Mapping[int, Attachment]) -> Draft:
    """`row`, with its uploads of `media`."""
    draft = row.read()
    return Draft(
        id=str(row.id),
        version=row.version,
        created_at=timestamp(row.created_at),
        updated_at=timestamp(row.updated_at),
        error=row.error,
        params=DraftParams(
            status=draft.text,
            spoiler_text=draft.spoiler_text,
            poll=_poll(draft.poll),
            media_ids=[str(media_id) for media_id in draft.media_ids],
            sensitive=draft.sensitive,
            visibility=draft.visibility,
            language=draft.language,
            content_type=draft.content_type,
            in_reply_to_id=_id(draft.in_reply_to_id),
            quoted_status_id=_id(draft.quoted_status_id),
            quote_approval_policy=draft.quote_policy,
            local_only=draft.local_only,
            interaction_policy=policy_entity(draft.policy) if draft.policy else None,
            scheduled_at=timestamp(row.scheduled_at) if row.scheduled_at else None,
        ),
        media_attachments=_media(settings, draft, media),
    )


def _poll(poll: PollDraft | None) -> PollParams | None:
    if poll is None:
        return None
    return PollParams(
        options=poll.options,
        expires_in=int(poll.expires_in.total_seconds()),
        multiple=poll.multiple,
        hide_totals=poll.hide_totals,
    )


def _media(settings: Settings, draft: StatusDraft, media: Mapping[int, Attachment]) -> list[MediaAttachment]:
    return [media_entity(settings, media[media_id]) for media_id in draft.media_ids if media_id in media]


def _id(public_id: int | None) -> str | None:
    return None if public_id is None else str(public_id)
