"""Blocks (https://docs.joinmastodon.org/methods/blocks/)."""

from rostra.accounts.relations import lists
from rostra.api import account_lists
from rostra.api.auth import user
from rostra.api.entities.account import Account
from rostra.api.http import Call, Endpoints, Page
from rostra.api.params import PageParams

api = Endpoints("blocks")


@api.get("/api/v1/blocks", auth=user("read:blocks"), returns=list[Account])
async def get_blocks(call: Call, params: PageParams) -> Page:
    """See whom one blocks."""
    return await account_lists.page(
        call, await lists.blocked(call.tx, call.account_id, account_lists.bounds(params))
    )
