"""StatusEdit, StatusSource and Context (https://docs.joinmastodon.org/entities/)."""

import msgspec

from rostra.api.entities.account import Account
from rostra.api.entities.custom_emoji import CustomEmoji, Pictures
from rostra.api.entities.media import MediaAttachment, media_entity
from rostra.api.entities.status import Status
from rostra.core.clock import timestamp
from rostra.core.settings import Settings
from rostra.statuses.history import History


class EditedOption(msgspec.Struct):
    """A possible answer of a poll, as it was."""

    title: str


class EditedPoll(msgspec.Struct):
    """A poll, as it was."""

    options: list[EditedOption]


class StatusEdit(msgspec.Struct, kw_only=True):
    """What a status said from a moment on."""

    content: str
    spoiler_text: str
    sensitive: bool
    created_at: str
    account: Account | msgspec.Raw
    poll: EditedPoll | msgspec.UnsetType = msgspec.UNSET
    media_attachments: list[MediaAttachment]
    emojis: list[CustomEmoji | msgspec.Raw]


class StatusSource(msgspec.Struct):
    """What an author wrote, for editing."""

    id: str
    text: str
    spoiler_text: str
    content_type: str


class Context(msgspec.Struct):
    """What a status answers, and what answers it."""

    ancestors: list[Status | msgspec.Raw]
    descendants: list[Status | msgspec.Raw]


def edit_entities(
    settings: Settings, pictures: Pictures, history: History, account: msgspec.Raw
) -> list[StatusEdit]:
    """All versions of a status by `account`."""
    return [
        StatusEdit(
            content=version.content,
            spoiler_text=version.spoiler_text,
            sensitive=version.sensitive,
            created_at=timestamp(version.created_at),
            account=account,
            poll=EditedPoll([EditedOption(title) for title in version.poll_options])
            if version.poll_options
            else msgspec.UNSET,
            media_attachments=[media_entity(settings, item) for item in version.attachments(history.media)],
            emojis=[*pictures.of(version.content, version.spoiler_text, *(version.poll_options or ()))],
        )
        for version in history.versions
    ]
