"""Profile (https://docs.joinmastodon.org/entities/Profile/)."""

import msgspec

from rostra.accounts.model import Account
from rostra.api.entities.account import Field, raw_fields
from rostra.core.settings import Settings


class Profile(msgspec.Struct, kw_only=True):
    """A profile as its member wrote it."""

    id: str
    display_name: str
    note: str
    fields: list[Field]
    avatar: str | None
    avatar_static: str | None
    avatar_description: str
    header: str | None
    header_static: str | None
    header_description: str
    locked: bool
    bot: bool
    hide_collections: bool
    discoverable: bool
    indexable: bool
    show_media: bool
    show_media_replies: bool
    show_featured: bool
    attribution_domains: list[str]


def profile_entity(settings: Settings, row: Account) -> Profile:
    """`row` as its member wrote it."""

    def picture(key: str | None) -> str | None:
        return settings.url(f"/media/{key}") if key else None

    return Profile(
        id=str(row.id),
        display_name=row.display_name,
        note=row.note,
        fields=raw_fields(row),
        avatar=picture(row.avatar_key),
        avatar_static=picture(row.avatar_static_key or row.avatar_key),
        avatar_description=row.avatar_description,
        header=picture(row.header_key),
        header_static=picture(row.header_static_key or row.header_key),
        header_description=row.header_description,
        locked=row.locked,
        bot=row.bot,
        hide_collections=row.hide_collections,
        discoverable=row.discoverable,
        indexable=row.indexable,
        show_media=row.show_media,
        show_media_replies=row.show_media_replies,
        show_featured=row.show_featured,
        attribution_domains=row.attribution_domains,
    )
