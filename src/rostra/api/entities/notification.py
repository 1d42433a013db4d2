"""Notification (https://docs.joinmastodon.org/entities/Notification/)."""

from collections.abc import Sequence

import msgspec

from rostra.accounts import queries as account_queries
from rostra.api.entities.account import Account
from rostra.api.entities.collection import Collection, collections_by_id
from rostra.api.entities.hydrate import Hydrator
from rostra.api.entities.report import Report, report_entities
from rostra.api.entities.status import Status
from rostra.core.clock import timestamp
from rostra.core.db import Tx
from rostra.moderation import queries as moderation
from rostra.notifications.model import Notification as NotificationRow
from rostra.statuses import reading


class Notification(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Something that concerns a member. `account` and `status` are entities, encoded or not."""

    id: str
    type: str
    group_key: str
    created_at: str
    account: Account | msgspec.Raw
    filtered: bool | msgspec.UnsetType = msgspec.UNSET
    """Whether the member's policy holds it back; absent when it does not."""
    status: Status | msgspec.Raw | None = None
    report: Report | msgspec.UnsetType = msgspec.UNSET
    """What was reported, for staff."""
    collection: Collection | msgspec.UnsetType = msgspec.UNSET


async def notification_entities(
    tx: Tx, hydrator: Hydrator, viewer_id: int, rows: Sequence[NotificationRow]
) -> list[Notification]:
    """`rows` as apps see them, in a fixed number of queries."""
    accounts = {row.id: row for row in await account_queries.by_ids(tx, [n.from_account_id for n in rows])}
    statuses = await statuses_by_id(tx, hydrator, viewer_id, [n.status_id for n in rows])
    reports = await reports_by_id(tx, hydrator, [row.report_id for row in rows])
    collections = await collections_by_id(
        tx, hydrator.settings, viewer_id, [row.collection_id for row in rows]
    )
    return [
        Notification(
            id=str(row.id),
            type=row.type,
            group_key=row.key,
            created_at=timestamp(row.created_at),
            account=hydrator.account(accounts[row.from_account_id]),
            filtered=row.filtered or msgspec.UNSET,
            status=statuses.get(row.status_id) if row.status_id is not None else None,
            report=reports.get(row.report_id or 0, msgspec.UNSET),
            collection=collections.get(row.collection_id or 0, msgspec.UNSET),
        )
        for row in rows
        if row.from_account_id in accounts
    ]


async def reports_by_id(tx: Tx, hydrator: Hydrator, ids: Sequence[int | None]) -> dict[int, Report]:
    """Entities of the reports `ids`; without any, no query."""
    wanted = [report_id for report_id in ids if report_id is not None]
    return await report_entities(tx, hydrator, await moderation.by_ids(tx, wanted)) if wanted else {}


async def statuses_by_id(
    tx: Tx, hydrator: Hydrator, viewer_id: int, ids: Sequence[int | None]
) -> dict[int, msgspec.Raw]:
    """Entities of those of `ids` that the viewer may see, each once, in order."""
    wanted = list(dict.fromkeys(status_id for status_id in ids if status_id is not None))
    return await hydrator.by_id(tx, viewer_id, await reading.read_ids(tx, viewer_id, wanted))
