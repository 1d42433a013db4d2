"""NotificationRequest (https://docs.joinmastodon.org/entities/NotificationRequest/)."""

from collections.abc import Sequence

import msgspec

from rostra.accounts import queries as account_queries
from rostra.api.entities.account import Account
from rostra.api.entities.hydrate import Hydrator
from rostra.api.entities.notification import statuses_by_id
from rostra.api.entities.status import Status
from rostra.core.clock import timestamp
from rostra.core.db import Tx
from rostra.notifications.model import Request


class NotificationRequest(msgspec.Struct, kw_only=True):
    """Somebody whose mentions wait. `account` and `last_status` are entities, encoded or not."""

    id: str
    created_at: str
    updated_at: str
    notifications_count: str
    account: Account | msgspec.Raw
    last_status: Status | msgspec.Raw | None


async def request_entities(
    tx: Tx, hydrator: Hydrator, viewer_id: int, rows: Sequence[Request]
) -> list[NotificationRequest]:
    """`rows` as apps see them, in a fixed number of queries."""
    accounts = {row.id: row for row in await account_queries.by_ids(tx, [r.from_account_id for r in rows])}
    statuses = await statuses_by_id(tx, hydrator, viewer_id, [row.last_status_id for row in rows])
    return [
        NotificationRequest(
            id=str(row.id),
            created_at=timestamp(row.created_at),
            updated_at=timestamp(row.updated_at),
            notifications_count=str(row.count),
            account=hydrator.account(accounts[row.from_account_id]),
            last_status=statuses.get(row.last_status_id) if row.last_status_id is not None else None,
        )
        for row in rows
        if row.from_account_id in accounts
    ]
