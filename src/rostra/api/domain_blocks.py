"""Blocked servers (https://docs.joinmastodon.org/methods/domain_blocks/)."""

import msgspec

from rostra.accounts.relations import domains
from rostra.api.auth import user
from rostra.api.http import Call, Endpoints, Page
from rostra.api.params import PageParams
from rostra.core.paging import Bounds

api = Endpoints("domain_blocks")


class Domain(msgspec.Struct):
    """A server."""

    domain: str = ""


@api.get("/api/v1/domain_blocks", auth=user("read:blocks"), returns=list[str])
async def get_domain_blocks(call: Call, params: PageParams) -> Page:
    """See which servers one blocks."""
    bounds = Bounds(
        limit=params.size(100), max_id=params.max_id, since_id=params.since_id, min_id=params.min_id
    )
    rows = await domains.blocked(call.tx, call.account_id, bounds)
    items = [row.domain for row in rows]
    return Page(items, rows[0].cursor, rows[-1].cursor) if rows else Page(items)


@api.post("/api/v1/domain_blocks", auth=user("write:blocks"), returns=dict[str, str])
async def block_domain(call: Call, params: Domain) -> dict[str, str]:
    """See nothing of a server any more; follows in both directions end."""
    await domains.block(call.tx, call.account_id, domains.checked(params.domain))
    return {}


@api.delete("/api/v1/domain_blocks", auth=user("write:blocks"), returns=dict[str, str])
async def unblock_domain(call: Call, params: Domain) -> dict[str, str]:
    """No longer block a server."""
    await domains.unblock(call.tx, call.account_id, domains.checked(params.domain))
    return {}
