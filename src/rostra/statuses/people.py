"""Who favourited and who boosted a status."""

from typing import LiteralString

from rostra.accounts.access import present, wanted
from rostra.accounts.relations.lists import Listed
from rostra.core.db import Tx, fetch_all
from rostra.core.paging import Bounds
from rostra.statuses import access

_FAVOURITED: LiteralString = """
    select a.*, f.id as cursor from favourites f join accounts a on a.id = f.account_id
    where f.status_id = %(status)s and """ + present("a")
_BOOSTED: LiteralString = (
    """
    select a.*, b.id as cursor from statuses b join accounts a on a.id = b.account_id
    where b.reblog_of_id = %(status)s and """
    + present("a")
    + " and "
    + access.visible("b", "a")
)


async def favourited_by(tx: Tx, viewer_id: int | None, status_id: int, bounds: Bounds) -> list[Listed]:
    """Who favourited a status, the newest favourite first, as far as `viewer_id` gets to see them.

    Raises:
        NotFound: they may not see the status, or there is none.
    """
    return await _read(tx, viewer_id, status_id, _FAVOURITED, "f.id", bounds)


async def boosted_by(tx: Tx, viewer_id: int | None, status_id: int, bounds: Bounds) -> list[Listed]:
    """Who boosted a status, the newest boost first, as far as `viewer_id` gets to see them and the boost.

    Raises:
        NotFound: they may not see the status, or there is none.
    """
    return await _read(tx, viewer_id, status_id, _BOOSTED, "b.id", bounds)


async def _read(
    tx: Tx,
    viewer_id: int | None,
    status_id: int,
    sql: LiteralString,
    cursor: LiteralString,
    bounds: Bounds,
) -> list[Listed]:
    status = await access.get_original(tx, viewer_id, status_id)
    if viewer_id is not None:
        sql += " and " + wanted("a")
    params = {"viewer": viewer_id, "status": status.id, **bounds.params()}
    rows = await fetch_all(tx, Listed, bounds.apply(sql, cursor), params)
    return rows[::-1] if bounds.upwards else rows
