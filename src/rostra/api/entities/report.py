"""Report (https://docs.joinmastodon.org/entities/Report/)."""

from collections.abc import Sequence

import msgspec

from rostra.accounts import queries as account_queries
from rostra.api.entities.account import Account
from rostra.api.entities.hydrate import Hydrator
from rostra.core.clock import timestamp
from rostra.core.db import Tx
from rostra.moderation.model import Report as ReportRow


class Report(msgspec.Struct, kw_only=True):
    """What somebody reported. `target_account` is an entity, encoded or not."""

    id: str
    action_taken: bool
    action_taken_at: str | None
    category: str
    comment: str
    forwarded: bool
    created_at: str
    status_ids: list[str]
    rule_ids: list[str]
    collection_ids: list[str]
    target_account: Account | msgspec.Raw


async def report_entities(tx: Tx, hydrator: Hydrator, rows: Sequence[ReportRow]) -> dict[int, Report]:
    """`rows` as apps see them, by id, in one query."""
    targets = {row.id: row for row in await account_queries.by_ids(tx, [row.target_id for row in rows])}
    return {
        row.id: Report(
            id=str(row.id),
            action_taken=row.resolved_at is not None,
            action_taken_at=timestamp(row.resolved_at) if row.resolved_at else None,
            category=row.category,
            comment=row.comment,
            forwarded=row.forward,
            created_at=timestamp(row.created_at),
            status_ids=[str(each) for each in row.status_ids],
            rule_ids=[str(each) for each in row.rule_ids],
            collection_ids=[str(each) for each in row.collection_ids],
            target_account=hydrator.account(targets[row.target_id]),
        )
        for row in rows
        if row.target_id in targets
    }
