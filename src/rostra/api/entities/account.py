"""Account (https://docs.joinmastodon.org/entities/Account/)."""

from datetime import datetime
from typing import Any

import msgspec

from rostra.accounts.model import Account as AccountRow
from rostra.api.entities.custom_emoji import CustomEmoji
from rostra.core.clock import timestamp
from rostra.core.settings import Settings
from rostra.core.text import render, render_field_value, sanitize, tag_path
from rostra.emojis.model import shortcodes

NO_AVATAR = "/static/avatar.png"
NO_HEADER = "/static/header.png"


class Field(msgspec.Struct):
    """A line of a profile."""

    name: str
    value: str
    verified_at: str | None = None


class FeatureApproval(msgspec.Struct):
    """Who may put somebody into a collection (https://docs.joinmastodon.org/entities/FeatureApproval/)."""

    automatic: list[str]
    manual: list[str]
    current_user: str


class Account(msgspec.Struct, kw_only=True):
    """Somebody, as everybody sees them."""

    id: str
    username: str
    acct: str
    display_name: str
    locked: bool
    bot: bool
    discoverable: bool
    indexable: bool
    group: bool
    created_at: str
    note: str
    url: str
    uri: str
    avatar: str
    avatar_static: str
    avatar_description: str
    header: str
    header_static: str
    header_description: str
    followers_count: int
    following_count: int
    statuses_count: int
    last_status_at: str | None
    hide_collections: bool
    noindex: bool
    show_media: bool
    show_media_replies: bool
    show_featured: bool
    feature_approval: FeatureApproval
    emojis: list[CustomEmoji] = []
    roles: list[Any] = []
    fields: list[Field] = []
    suspended: bool | msgspec.UnsetType = msgspec.UNSET
    limited: bool | msgspec.UnsetType = msgspec.UNSET
    memorial: bool | msgspec.UnsetType = msgspec.UNSET
    moved: "Account | msgspec.UnsetType" = msgspec.UNSET
    """Whom its member has become, unless that is suspended (see `Hydrator.people`)."""


class MutedAccount(Account, kw_only=True):
    """Somebody whom the viewer mutes (https://docs.joinmastodon.org/entities/Account/#MutedAccount)."""

    mute_expires_at: str | None


def account_entity(settings: Settings, row: AccountRow) -> Account:
    """`row` as everybody sees it; of a suspended account little more than its name."""
    if row.suspended_at is not None:
        row = _without_profile(row)
    avatar, header = (
        _picture(settings, row.avatar_key, NO_AVATAR),
        _picture(settings, row.header_key, NO_HEADER),
    )
    return Account(
        id=str(row.id),
        username=row.username,
        acct=row.acct,
        display_name=row.display_name,
        locked=row.locked,
        bot=row.bot,
        discoverable=row.discoverable,
        indexable=row.indexable,
        group=row.actor_type == "Group",
        created_at=row.created_at.strftime("%Y-%m-%dT00:00:00.000Z"),
        note=profile_html(settings, row),
        url=row.url or settings.url(f"/@{row.username}"),
        uri=row.uri,
        avatar=avatar,
        avatar_static=_picture(settings, row.avatar_static_key, avatar),
        avatar_description=row.avatar_description,
        header=header,
        header_static=_picture(settings, row.header_static_key, header),
        header_description=row.header_description,
        followers_count=row.followers_count,
        following_count=row.following_count,
        statuses_count=row.statuses_count,
        last_status_at=row.last_status_at.date().isoformat() if row.last_status_at else None,
        hide_collections=row.hide_collections,
        noindex=not row.indexable,
        show_media=row.show_media,
        show_media_replies=row.show_media_replies,
        show_featured=row.show_featured,
        feature_approval=feature_approval(row),
        suspended=True if row.suspended_at else msgspec.UNSET,
        limited=True if row.limited_at else msgspec.UNSET,
        memorial=True if row.memorial else msgspec.UNSET,
        fields=[
            Field(
                name=f["name"] or "",
                value=render_field_value(f["value"] or ""),
                verified_at=f.get("verified_at"),
            )
            for f in row.fields
        ],
    )


def account_shortcodes(row: AccountRow) -> tuple[str, ...]:
    """What may be custom emojis of ours in a profile."""
    if row.suspended_at is not None or row.domain is not None:
        return ()
    lines = [text for field in row.fields for text in (field["name"] or "", field["value"] or "")]
    return shortcodes(row.display_name, row.note, *lines)


def feature_approval(row: AccountRow) -> FeatureApproval:
    """As in Mastodon: who wants to be found may be put into collections, and can leave each of them.

    The same for all members, so that the entity is. Other servers have not said what they allow.
    """
    if row.domain is not None:
        return FeatureApproval([], [], "missing")
    if not row.discoverable:
        return FeatureApproval([], [], "denied")
    return FeatureApproval(["followers" if row.locked else "public"], [], "automatic")


def muted_account(entity: msgspec.Raw, expires_at: datetime | None) -> msgspec.Raw:
    """An encoded account entity with the end of its mute."""
    until = msgspec.json.encode(timestamp(expires_at) if expires_at else None)
    return msgspec.Raw(bytes(entity)[:-1] + b',"mute_expires_at":' + until + b"}")


def raw_fields(row: AccountRow) -> list[Field]:
    """The lines of a profile as they were written."""
    return [Field(f["name"] or "", f["value"] or "", f.get("verified_at")) for f in row.fields]


def _without_profile(row: AccountRow) -> AccountRow:
    return msgspec.structs.replace(
        row,
        display_name="",
        note="",
        fields=[],
        avatar_key=None,
        avatar_static_key=None,
        avatar_description="",
        header_key=None,
        header_static_key=None,
        header_description="",
        locked=False,
        bot=False,
        discoverable=False,
        indexable=False,
    )


def profile_html(settings: Settings, row: AccountRow) -> str:
    """The biography as HTML."""
    if row.domain is not None:
        return sanitize(row.note)
    return render(row.note, {}, lambda name: settings.url(tag_path(name)))


def _picture(settings: Settings, key: str | None, otherwise: str) -> str:
    if key is not None:
        return settings.url(f"/media/{key}")
    return otherwise if otherwise.startswith("http") else settings.url(otherwise)
