"""Search (https://docs.joinmastodon.org/methods/search/)."""

from typing import Literal

import msgspec

from rostra.accounts import search as account_search
from rostra.api.auth import public
from rostra.api.entities.account import Account
from rostra.api.entities.status import Status
from rostra.api.entities.tag import Tag, tag_entities
from rostra.api.http import Call, Endpoints
from rostra.api.params import Id, PageParams
from rostra.core.errors import Unauthorized
from rostra.search import queries, syntax
from rostra.search.tags import find_tags
from rostra.statuses import local_urls, reading
from rostra.statuses.reading import Bounds

api = Endpoints("search")

MOST_OFFSET = 10_000


class SearchParams(PageParams, kw_only=True):
    """What to look for."""

    q: str
    type: Literal["accounts", "hashtags", "statuses"] | None = None
    resolve: bool = False
    following: bool = False
    account_id: Id | None = None
    exclude_unreviewed: bool = False
    offset: int = 0


class Search(msgspec.Struct):
    """What was found."""

    accounts: list[Account | msgspec.Raw]
    statuses: list[Status | msgspec.Raw]
    hashtags: list[Tag]


@api.get("/api/v2/search", auth=public("read:search"), returns=Search)
async def search(call: Call, params: SearchParams) -> Search:
    """Find people, statuses and hashtags. Without a token: no paging, no statuses."""
    query, offset = params.q.strip(), max(0, min(params.offset, MOST_OFFSET))
    if call.viewer_id is None and (offset or params.resolve):
        raise Unauthorized("Search queries that resolve remote resources or page need a token")
    found = Search([], [], [])
    if not query:
        return found
    limit = params.size(20, 40)
    if params.type in (None, "accounts"):
        found.accounts = await _accounts(call, params, query, limit, offset)
    if params.type in (None, "hashtags") and not query.startswith("@"):
        reviewed = params.exclude_unreviewed and call.settings.trends_review
        tags = await find_tags(call.tx, query.lstrip("#"), limit, offset, reviewed=reviewed)
        found.hashtags = await tag_entities(call.tx, call.settings, call.viewer_id, tags)
    if params.type in (None, "statuses") and call.viewer_id is not None:
        found.statuses = await _statuses(call, params, query, limit, offset)
    return found


async def _accounts(
    call: Call, params: SearchParams, query: str, limit: int, offset: int
) -> list[Account | msgspec.Raw]:
    rows = await account_search.search(
        call.tx,
        call.settings,
        call.viewer_id,
        query,
        limit=limit,
        offset=offset,
        following=params.following,
    )
    return [*await call.hydrator.people(call.tx, rows)]


async def _statuses(
    call: Call, params: SearchParams, query: str, limit: int, offset: int
) -> list[Status | msgspec.Raw]:
    assert call.viewer_id is not None
    status_id = local_urls.status_id(call.settings, query)
    if status_id is not None:
        frames = await reading.read_ids(call.tx, call.viewer_id, [status_id])
    else:
        bounds = Bounds(limit=limit, max_id=params.max_id, min_id=params.min_id)
        frames = await queries.find_statuses(
            call.tx,
            call.settings,
            call.viewer_id,
            syntax.parse(query),
            bounds,
            offset=offset,
            account_id=params.account_id,
        )
    return [*await call.hydrator.statuses(call.tx, call.viewer_id, frames)]
