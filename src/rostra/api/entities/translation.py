"""Translation (https://docs.joinmastodon.org/entities/Translation/)."""

import msgspec

from rostra.statuses.translation.actions import Translated


class TranslatedMedia(msgspec.Struct):
    """The description of an attachment."""

    id: str
    description: str


class TranslatedOption(msgspec.Struct):
    """A possible answer."""

    title: str


class TranslatedPoll(msgspec.Struct):
    """A poll."""

    id: str
    options: list[TranslatedOption]


class Translation(msgspec.Struct, kw_only=True):
    """What a status says, in another language."""

    content: str
    spoiler_text: str
    language: str
    media_attachments: list[TranslatedMedia]
    poll: TranslatedPoll | None
    detected_source_language: str
    provider: str


def translation_entity(row: Translated) -> Translation:
    """`row` as apps see it."""
    texts, poll = row.translation.texts, None
    if row.poll_id is not None:
        poll = TranslatedPoll(str(row.poll_id), [TranslatedOption(title) for title in texts.options])
    return Translation(
        content=texts.content,
        spoiler_text=texts.spoiler_text,
        language=row.language,
        media_attachments=[TranslatedMedia(str(key), text) for key, text in texts.media],
        poll=poll,
        detected_source_language=row.translation.source,
        provider=row.translation.provider,
    )
