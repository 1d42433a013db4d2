"""The limits of this network, as apps are told them (`configuration` of an Instance). All are enforced."""

import msgspec

from rostra.accounts import model as accounts
from rostra.accounts.collections import model as collections
from rostra.accounts.filters import model as filters
from rostra.accounts.lists import model as lists
from rostra.core.settings import Settings
from rostra.core.text import URL_LENGTH
from rostra.media import films
from rostra.media.kinds import INPUT_TYPES
from rostra.media.model import DESCRIPTION_LENGTH
from rostra.media.pictures import INPUT_PIXELS
from rostra.statuses import model as statuses
from rostra.statuses.tags import model as tags


class AccountLimits(msgspec.Struct, kw_only=True):
    """What a profile can hold."""

    max_display_name_length: int = accounts.DISPLAY_NAME_LENGTH
    max_note_length: int = accounts.NOTE_LENGTH
    max_avatar_description_length: int = accounts.PICTURE_DESCRIPTION_LENGTH
    max_header_description_length: int = accounts.PICTURE_DESCRIPTION_LENGTH
    max_featured_tags: int = tags.FEATURED
    max_pinned_statuses: int = statuses.PINS
    max_profile_fields: int = accounts.FIELDS
    profile_field_name_limit: int = accounts.FIELD_LENGTH
    profile_field_value_limit: int = accounts.FIELD_LENGTH


class StatusLimits(msgspec.Struct, kw_only=True):
    """What a status can hold."""

    max_characters: int
    max_media_attachments: int = statuses.MEDIA_ATTACHMENTS
    characters_reserved_per_url: int = URL_LENGTH
    supported_mime_types: tuple[str, ...] = statuses.CONTENT_TYPES
    """How texts may be written. An extension: docs/api-extensions.md."""


class ListLimits(msgspec.Struct, kw_only=True):
    """How much lists can hold. An extension: docs/api-extensions.md."""

    max_lists: int = lists.LISTS
    max_title_length: int = lists.TITLE_LENGTH
    max_accounts: int = lists.ACCOUNTS
    follow_required: bool = False


class CollectionLimits(msgspec.Struct, kw_only=True):
    """How much collections can hold. An extension: docs/api-extensions.md."""

    max_collections: int = collections.COLLECTIONS
    max_accounts: int = collections.ITEMS
    max_name_length: int = collections.NAME_LENGTH
    max_description_length: int = collections.DESCRIPTION_LENGTH


class FilterLimits(msgspec.Struct, kw_only=True):
    """How much a member can filter, in all filters together. An extension: docs/api-extensions.md."""

    max_filters: int = filters.FILTERS
    max_keywords: int = filters.KEYWORDS
    max_statuses: int = filters.STATUSES
    max_title_length: int = filters.TITLE_LENGTH
    max_keyword_length: int = filters.KEYWORD_LENGTH


class MediaLimits(msgspec.Struct, kw_only=True):
    """What can be uploaded: bytes, pixels, frames a second. Those of sounds are those of films."""

    supported_mime_types: list[str]
    description_limit: int = DESCRIPTION_LENGTH
    image_size_limit: int
    image_matrix_limit: int = INPUT_PIXELS
    video_size_limit: int
    video_frame_rate_limit: int = films.INPUT_RATE
    video_matrix_limit: int = films.INPUT_MATRIX


class PollLimits(msgspec.Struct, kw_only=True):
    """What a poll can ask, and for how many seconds."""

    max_options: int = statuses.POLL_OPTIONS
    max_characters_per_option: int = statuses.POLL_OPTION_LENGTH
    min_expiration: int = int(statuses.POLL_SHORTEST.total_seconds())
    max_expiration: int = int(statuses.POLL_LONGEST.total_seconds())


def status_limits(settings: Settings) -> StatusLimits:
    """What a status can hold."""
    return StatusLimits(max_characters=settings.status_characters)


def media_limits(settings: Settings) -> MediaLimits:
    """What can be uploaded."""
    return MediaLimits(
        supported_mime_types=list(INPUT_TYPES),
        image_size_limit=settings.media_bytes,
        video_size_limit=settings.video_bytes,
    )
