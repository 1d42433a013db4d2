"""Notification (https://docs.joinmastodon.org/entities/Notification/)."""

from collections.abc import Sequence

import msgspec

from rostra.accounts import queries as account_queries
from rostra.api.entities.account import Account
from rostra.api.entities.hydrate import Hydrator
from rostra.api.entities.status import Status
from rostra.core.clock import timestamp
from rostra.core.db import Tx
from rostra.notifications.model import Notification as NotificationRow
from rostra.statuses import reading


class Notification(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Something that concerns a member. `account` and `status` are entities, encoded or not."""

    id: str
    type: str
    group_key: str
    created_at: str
    account: Account | msgspec.Raw
    status: Status | msgspec.Raw | None = None


async def notification_entities(
    tx: Tx, hydrator: Hydrator, viewer_id: int, rows: Sequence[NotificationRow]
) -> list[Notification]:
    """`rows` as apps see them, in a fixed number of queries."""
    accounts = {row.id: row for row in await account_queries.by_ids(tx, [n.from_account_id for n in rows])}
    status_ids = list({n.status_id for n in rows if n.status_id is not None})
    frames = await reading.read_ids(tx, viewer_id, status_ids)
    statuses = await hydrator.by_id(tx, viewer_id, frames)
    return [
        Notification(
            id=str(row.id),
            type=row.type,
            group_key=f"ungrouped-{row.id}",
            created_at=timestamp(row.created_at),
            account=hydrator.account(accounts[row.from_account_id]),
            status=statuses.get(row.status_id) if row.status_id is not None else None,
        )
        for row in rows
        if row.from_account_id in accounts
    ]
