"""When tokens die, all processes hear of it: each remembers tokens for a while (api/auth.py)."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from psycopg.pq import TransactionStatus

from rostra.accounts.oauth.model import TOKENS_TOPIC
from rostra.core.bus import Bus, Overflow
from rostra.core.db import Tx

PATIENCE = 1.0
"""Seconds to wait for our own news; without them (the database's connection broke) it is forgotten anyway."""


@asynccontextmanager
async def tokens_die(tx: Tx, bus: Bus) -> AsyncGenerator[None]:
    """A transaction in which tokens are revoked.

    At its end this process has forgotten them, so that whoever revoked a token and tries it at once
    finds it dead; the other processes hear of it in the same moment, some milliseconds later.
    Within another transaction, that one's end is the moment: put it into `tokens_die`, too.
    """
    outermost = tx.info.transaction_status == TransactionStatus.IDLE
    with bus.subscribe(TOKENS_TOPIC) as news:
        async with tx.transaction():
            yield
            await bus.publish(tx, TOKENS_TOPIC, None)
        if outermost:
            with contextlib.suppress(TimeoutError, Overflow):
                async with asyncio.timeout(PATIENCE):
                    await news.get()
