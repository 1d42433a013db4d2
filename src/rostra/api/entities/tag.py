"""Tag (https://docs.joinmastodon.org/entities/Tag/)."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

import msgspec

from rostra.core.clock import now
from rostra.core.db import Tx
from rostra.core.settings import Settings
from rostra.core.text import tag_path
from rostra.search import queries
from rostra.search.queries import Tag as TagRow

DAYS = 7


class TagHistory(msgspec.Struct):
    """How it was used on one day: midnight as Unix seconds, and counts, all as text."""

    day: str
    uses: str
    accounts: str


class Tag(msgspec.Struct):
    """A hashtag and how much it was used lately."""

    id: str
    name: str
    url: str
    history: list[TagHistory]


async def tag_entities(tx: Tx, settings: Settings, rows: Sequence[TagRow]) -> list[Tag]:
    """`rows` as apps see them, in one query more."""
    history = await queries.tag_history(tx, [row.id for row in rows], DAYS) if rows else []
    uses = {(item.tag_id, item.day): item for item in history}
    days = [now().date() - timedelta(days=back) for back in range(DAYS)]
    return [
        Tag(
            id=str(row.id),
            name=row.display_name,
            url=settings.url(tag_path(row.name)),
            history=[
                TagHistory(
                    day=str(int(datetime.combine(day, time(), UTC).timestamp())),
                    uses=str(item.uses if (item := uses.get((row.id, day))) else 0),
                    accounts=str(item.accounts if item else 0),
                )
                for day in days
            ],
        )
        for row in rows
    ]
