"""How far a member has read their notifications."""

from rostra.core.db import Tx


async def last_read_id(tx: Tx, account_id: int) -> int:
    """The newest notification that the member has read; 0 while nothing keeps that."""
    return 0
