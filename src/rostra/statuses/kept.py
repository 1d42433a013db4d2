"""What a member favourited and bookmarked, the newest first."""

from typing import LiteralString

from rostra.core.db import Tx
from rostra.core.paging import Bounds
from rostra.statuses import reading
from rostra.statuses.reading import Frame

_FAVOURITES: LiteralString = (
    "select status_id as id, id as cursor from favourites where account_id = %(viewer)s"
)
_BOOKMARKS: LiteralString = (
    "select status_id as id, id as cursor from bookmarks where account_id = %(viewer)s"
)


async def favourites(tx: Tx, account_id: int, bounds: Bounds) -> list[Frame]:
    """A page of what `account_id` favourited and may still see."""
    return await reading.read(tx, account_id, _FAVOURITES, bounds, mixed=False)


async def bookmarks(tx: Tx, account_id: int, bounds: Bounds) -> list[Frame]:
    """A page of what `account_id` bookmarked and may still see."""
    return await reading.read(tx, account_id, _BOOKMARKS, bounds, mixed=False)
