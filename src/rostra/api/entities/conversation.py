"""Conversation (https://docs.joinmastodon.org/entities/Conversation/)."""

from collections.abc import Sequence

import msgspec

from rostra.accounts import access
from rostra.api.entities.account import Account
from rostra.api.entities.hydrate import Hydrator
from rostra.api.entities.status import Status
from rostra.core.db import Tx
from rostra.timelines.conversations import Listed


class Conversation(msgspec.Struct, kw_only=True):
    """Direct statuses among the same people."""

    id: str
    unread: bool
    accounts: list[Account | msgspec.Raw]
    last_status: Status | msgspec.Raw | None


async def conversation_entities(
    tx: Tx, hydrator: Hydrator, viewer_id: int, listed: Sequence[Listed]
) -> list[Conversation]:
    """`listed` as apps see them, in a fixed number of queries.

    `accounts` are the others; who writes to themselves, or whose counterparts are all gone, stands alone.
    """
    ids = {account_id for item in listed for account_id in item.conversation.participant_ids}
    known = {row.id: row for row in await access.known_by_ids(tx, [*ids, viewer_id])}
    statuses = await hydrator.by_id(tx, viewer_id, [item.last for item in listed if item.last is not None])
    entities: list[Conversation] = []
    for item in listed:
        others = [known[found] for found in item.conversation.participant_ids if found in known]
        accounts = others or [known[viewer_id]]
        entities.append(
            Conversation(
                id=str(item.conversation.id),
                unread=item.conversation.unread,
                accounts=[*hydrator.accounts(accounts)],
                last_status=statuses.get(item.last.id) if item.last is not None else None,
            )
        )
    return entities
