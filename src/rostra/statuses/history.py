"""Earlier versions of statuses: each edit leaves a copy of what was said then."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from rostra.core.db import Row, Tx, execute, fetch_all, fetch_value
from rostra.core.ids import new_id
from rostra.media import queries as media_queries
from rostra.media.model import Attachment
from rostra.statuses import polls
from rostra.statuses.model import ContentType, Status

MOST = 200
"""Versions that are shown: the newest."""


class Shown(msgspec.Struct, frozen=True):
    """An attachment of a version, with the description that it had."""

    id: int
    description: str | None


class Version(Row, frozen=True):
    """What a status said from `created_at` on. `media` is in order."""

    spoiler_text: str
    text: str
    content: str
    sensitive: bool
    media: list[dict[str, object]]
    poll_options: list[str] | None
    created_at: datetime
    content_type: ContentType

    def attachments(self, by_id: dict[int, Attachment]) -> list[Attachment]:
        """Its media, as they were described then; `by_id` has all that the status ever showed."""
        shown = msgspec.convert(self.media, list[Shown])
        return [
            msgspec.structs.replace(by_id[item.id], description=item.description)
            for item in shown
            if item.id in by_id
        ]


class History(msgspec.Struct, frozen=True):
    """All versions of a status, the first one first, and all media that they show."""

    versions: list[Version]
    media: dict[int, Attachment]


async def read(tx: Tx, status: Status) -> History:
    """The versions of `status`; the current one alone when it was never edited. Not an access check."""
    versions = await fetch_all(
        tx,
        Version,
        """
        select spoiler_text, text, content, sensitive, media, poll_options, created_at,
               content_type
        from (select * from status_edits where status_id = %(id)s order by id desc limit %(most)s) e
        order by id
        """,
        {"id": status.id, "most": MOST},
    )
    if not versions:
        versions = [await current(tx, status)]
    rows = await fetch_all(
        tx, Attachment, "select * from media_attachments where status_id = %(id)s", {"id": status.id}
    )
    return History(versions, {row.id: row for row in rows})


async def current(tx: Tx, status: Status) -> Version:
    """What `status` says now."""
    media = await media_queries.of_statuses(tx, [status.id])
    poll = (await polls.of_statuses(tx, None, [status.id])).get(status.id)
    return Version(
        spoiler_text=status.spoiler_text,
        text=status.text,
        content=status.content,
        sensitive=status.sensitive,
        media=[msgspec.structs.asdict(Shown(row.id, row.description)) for row in media],
        poll_options=poll.options if poll else None,
        created_at=status.edited_at or status.created_at,
        content_type=status.content_type,
    )


async def has_versions(tx: Tx, status_id: int) -> bool:
    """Whether a status was edited before."""
    return bool(
        await fetch_value(
            tx, "select exists (select from status_edits where status_id = %(id)s)", {"id": status_id}
        )
    )


async def keep(tx: Tx, status: Status, versions: Sequence[Version]) -> None:
    """Add `versions` of `status` to its history."""
    for version in versions:
        await execute(
            tx,
            """
            insert into status_edits (id, status_id, spoiler_text, text, content, sensitive, media,
                                      poll_options, created_at, content_type)
            values (%(id)s, %(status_id)s, %(spoiler_text)s, %(text)s, %(content)s, %(sensitive)s,
                    %(media)s::jsonb, %(poll_options)s, %(created_at)s,
                    %(content_type)s)
            """,
            {
                **msgspec.structs.asdict(version),
                "id": new_id(),
                "status_id": status.id,
                "media": msgspec.json.encode(version.media).decode(),
            },
        )
