"""Announcement (https://docs.joinmastodon.org/entities/Announcement/)."""

from collections.abc import Sequence

import msgspec

from rostra.announcements import queries
from rostra.announcements.model import Announcement as AnnouncementRow
from rostra.announcements.model import Reaction as ReactionRow
from rostra.api.entities.custom_emoji import CustomEmoji, Pictures
from rostra.api.entities.status import Mention, Tag
from rostra.core.clock import timestamp
from rostra.core.db import Tx
from rostra.core.settings import Settings


class Reaction(msgspec.Struct, kw_only=True):
    """How many reacted with one emoji; `me` is absent where nobody in particular asks.

    The addresses are there for custom emojis, whose shortcode is the name.
    """

    name: str
    count: int
    me: bool | msgspec.UnsetType = msgspec.UNSET
    url: str | msgspec.UnsetType = msgspec.UNSET
    static_url: str | msgspec.UnsetType = msgspec.UNSET


class StreamedReaction(msgspec.Struct, kw_only=True):
    """A reaction as open streams are told of it."""

    name: str
    count: int
    url: str | msgspec.UnsetType = msgspec.UNSET
    static_url: str | msgspec.UnsetType = msgspec.UNSET
    announcement_id: str


class AnnouncementStatus(msgspec.Struct):
    """A status that an announcement links to."""

    id: str
    url: str


class Announcement(msgspec.Struct, kw_only=True):
    """News from those who run the network."""

    id: str
    content: str
    starts_at: str | None
    ends_at: str | None
    all_day: bool
    published_at: str
    updated_at: str
    read: bool | msgspec.UnsetType = msgspec.UNSET
    mentions: list[Mention]
    statuses: list[AnnouncementStatus]
    tags: list[Tag]
    emojis: list[CustomEmoji | msgspec.Raw]
    reactions: list[Reaction]


def reaction_entity(settings: Settings, row: ReactionRow, *, viewed: bool) -> Reaction:
    """`row` as apps see it; not `viewed`: as everybody in a stream does."""
    return Reaction(
        name=row.name,
        count=row.count,
        me=row.me if viewed else msgspec.UNSET,
        url=_address(settings, row.blob_key),
        static_url=_address(settings, row.static_key),
    )


def streamed_reaction(settings: Settings, name: str, row: ReactionRow | None, about: int) -> StreamedReaction:
    """What is told when somebody reacted with `name` to the announcement `about`; None: nobody does now."""
    return StreamedReaction(
        name=name,
        count=row.count if row else 0,
        url=_address(settings, row.blob_key if row else None),
        static_url=_address(settings, row.static_key if row else None),
        announcement_id=str(about),
    )


async def announcement_entities(
    tx: Tx,
    settings: Settings,
    pictures: Pictures,
    viewer_id: int | None,
    rows: Sequence[tuple[AnnouncementRow, bool]],
) -> list[Announcement]:
    """`rows`, each with whether the viewer has read it, as apps see them: in a fixed number of queries."""
    found = [row for row, _ in rows]
    mentioned = {
        m.id: m for m in await queries.mentioned(tx, [each for row in found for each in row.mention_ids])
    }
    linked = {s.id: s for s in await queries.linked(tx, [each for row in found for each in row.status_ids])}
    reactions: dict[int, list[Reaction]] = {}
    for reaction in await queries.reactions(tx, viewer_id, [row.id for row in found]):
        entity = reaction_entity(settings, reaction, viewed=viewer_id is not None)
        reactions.setdefault(reaction.announcement_id, []).append(entity)
    return [
        Announcement(
            id=str(row.id),
            content=row.content,
            starts_at=timestamp(row.starts_at) if row.starts_at else None,
            ends_at=timestamp(row.ends_at) if row.ends_at else None,
            all_day=row.all_day,
            published_at=timestamp(row.published_at or row.created_at),
            updated_at=timestamp(row.updated_at),
            read=read if viewer_id is not None else msgspec.UNSET,
            mentions=[_mention(settings, mentioned[each]) for each in row.mention_ids if each in mentioned],
            statuses=[_status(settings, linked[each]) for each in row.status_ids if each in linked],
            tags=[Tag(name, settings.url(f"/tags/{name}")) for name in row.tags],
            emojis=[*pictures.of(row.content)],
            reactions=reactions.get(row.id, []),
        )
        for row, read in rows
    ]


def _address(settings: Settings, key: str | None) -> str | msgspec.UnsetType:
    return settings.url(f"/media/{key}") if key else msgspec.UNSET


def _mention(settings: Settings, row: queries.Mentioned) -> Mention:
    acct = row.username if row.domain is None else f"{row.username}@{row.domain}"
    return Mention(str(row.id), row.username, row.url or settings.url(f"/@{row.username}"), acct)


def _status(settings: Settings, row: queries.Linked) -> AnnouncementStatus:
    return AnnouncementStatus(str(row.id), row.url or settings.url(f"/@{row.username}/{row.id}"))
