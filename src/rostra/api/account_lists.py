"""What endpoints that list people share."""

from collections.abc import Sequence

from rostra.accounts.relations.lists import Listed
from rostra.api.http import Call, Page
from rostra.api.params import PageParams
from rostra.core.paging import Bounds

LIMIT = 40
"""Accounts on a page, where nobody asks for more or fewer; at most twice as many."""


def bounds(params: PageParams) -> Bounds:
    """The part of a list that `params` ask for."""
    return Bounds(
        limit=params.size(LIMIT), max_id=params.max_id, since_id=params.since_id, min_id=params.min_id
    )


async def page(call: Call, rows: Sequence[Listed]) -> Page:
    """A page of accounts, with links to the ones before and after."""
    items = await call.hydrator.people(call.tx, rows)
    return Page(items, rows[0].cursor, rows[-1].cursor) if rows else Page(items)
