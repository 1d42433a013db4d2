"""Tag (https://docs.joinmastodon.org/entities/Tag/) and FeaturedTag."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from urllib.parse import quote

import msgspec

from rostra.accounts.model import Account
from rostra.core.clock import now
from rostra.core.db import Tx
from rostra.core.settings import Settings
from rostra.core.text import tag_path
from rostra.statuses.tags import queries
from rostra.statuses.tags.model import DAYS, TagDay
from rostra.statuses.tags.model import FeaturedTag as FeaturedRow
from rostra.statuses.tags.model import Tag as TagRow


class TagHistory(msgspec.Struct):
    """How it was used on one day: midnight as Unix seconds, and counts, all as text."""

    day: str
    uses: str
    accounts: str


class Tag(msgspec.Struct, kw_only=True):
    """A hashtag and how much it was used lately; how one stands to it is for members alone."""

    id: str
    name: str
    url: str
    history: list[TagHistory]
    following: bool | msgspec.UnsetType = msgspec.UNSET
    featuring: bool | msgspec.UnsetType = msgspec.UNSET


class FeaturedTag(msgspec.Struct, kw_only=True):
    """A hashtag on a profile; the count is a text, the moment a day."""

    id: str
    name: str
    url: str
    statuses_count: str
    last_status_at: str | None


async def tag_entities(
    tx: Tx, settings: Settings, viewer_id: int | None, rows: Sequence[TagRow]
) -> list[Tag]:
    """`rows` as the viewer sees them, in at most two queries more. The id 0: nowhere used yet."""
    ids = [row.id for row in rows]
    history = await queries.history(tx, ids) if ids else []
    standings = await queries.standings(tx, viewer_id, ids) if ids and viewer_id is not None else {}
    days = days_of(history)
    return [
        Tag(
            id=str(row.id) if row.id else "",
            name=row.display_name,
            url=settings.url(tag_path(row.name)),
            history=days(row.id),
            following=standings[row.id].following if standings else msgspec.UNSET,
            featuring=standings[row.id].featuring if standings else msgspec.UNSET,
        )
        for row in rows
    ]


def days_of(rows: Sequence[TagDay]) -> Callable[[int], list[TagHistory]]:
    """A function from an id to its history, today first, with zeros for days that have no row."""
    uses = {(item.tag_id, item.day): item for item in rows}
    days = [now().date() - timedelta(days=back) for back in range(DAYS)]
    stamps = [str(int(datetime.combine(day, time(), UTC).timestamp())) for day in days]

    def history(used_id: int) -> list[TagHistory]:
        found = [uses.get((used_id, day)) for day in days]
        return [
            TagHistory(stamp, str(item.uses if item else 0), str(item.accounts if item else 0))
            for stamp, item in zip(stamps, found, strict=True)
        ]

    return history


def featured_entity(settings: Settings, account: Account, row: FeaturedRow) -> FeaturedTag:
    """`row`, which `account` features, as apps see it."""
    return FeaturedTag(
        id=str(row.id),
        name=row.display_name,
        url=settings.url(f"/@{account.acct}/tagged/{quote(row.name)}"),
        statuses_count=str(row.statuses_count),
        last_status_at=row.last_status_at.date().isoformat() if row.last_status_at else None,
    )
