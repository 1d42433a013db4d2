"""InteractionRequest, as GoToSocial has it (docs/api-extensions.md)."""

from collections.abc import Sequence

import msgspec

from rostra.accounts import queries as account_queries
from rostra.api.entities.account import Account
from rostra.api.entities.hydrate import Hydrator
from rostra.api.entities.status import Status
from rostra.core.clock import timestamp
from rostra.core.db import Tx
from rostra.statuses import reading
from rostra.statuses.requests import Request


class InteractionRequest(msgspec.Struct, kw_only=True, omit_defaults=True):
    """An answer that waits for leave by whom it answers."""

    id: str
    type: str
    created_at: str
    account: Account | msgspec.Raw
    status: Status | msgspec.Raw
    reply: Status | msgspec.Raw
    accepted_at: str | None = None
    rejected_at: str | None = None


async def request_entities(
    tx: Tx, hydrator: Hydrator, viewer_id: int, rows: Sequence[Request]
) -> list[InteractionRequest]:
    """`rows` as the one who decides sees them, in a fixed number of queries."""
    accounts = {row.id: row for row in await account_queries.by_ids(tx, [r.from_account_id for r in rows])}
    ids = [status_id for row in rows for status_id in (row.status_id, row.reply_id)]
    frames = await reading.read_ids(tx, viewer_id, ids)
    statuses = await hydrator.by_id(tx, viewer_id, frames)
    return [
        InteractionRequest(
            id=str(row.id),
            type="reply",
            created_at=timestamp(row.created_at),
            account=hydrator.account(accounts[row.from_account_id]),
            status=statuses[row.status_id],
            reply=statuses[row.reply_id],
            accepted_at=timestamp(row.accepted_at) if row.accepted_at else None,
        )
        for row in rows
        if row.from_account_id in accounts and row.status_id in statuses and row.reply_id in statuses
    ]
