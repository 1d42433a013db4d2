"""Mutes (https://docs.joinmastodon.org/methods/mutes/)."""

from rostra.accounts.relations import lists
from rostra.api import account_lists
from rostra.api.auth import user
from rostra.api.entities.account import MutedAccount, muted_account
from rostra.api.http import Call, Endpoints, Page
from rostra.api.params import PageParams

api = Endpoints("mutes")


@api.get("/api/v1/mutes", auth=user("read:mutes"), returns=list[MutedAccount])
async def get_mutes(call: Call, params: PageParams) -> Page:
    """See whom one mutes, and until when."""
    rows = await lists.muted(call.tx, call.account_id, account_lists.bounds(params))
    entities = await call.hydrator.people(call.tx, rows)
    items = [muted_account(entity, row.mute_expires_at) for row, entity in zip(rows, entities, strict=True)]
    return Page(items, rows[0].cursor, rows[-1].cursor) if rows else Page(items)
