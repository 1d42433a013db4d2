"""Counts the queries that a piece of code runs."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest


@contextmanager
def count_queries(monkeypatch: pytest.MonkeyPatch) -> Generator[list[str]]:
    """The SQL texts that are run in the block, on any connection, transactions' own statements aside."""
    seen: list[str] = []
    execute = psycopg.AsyncCursor.execute

    async def counted(self: psycopg.AsyncCursor[Any], query: Any, *args: Any, **options: Any) -> Any:
        seen.append(str(query))
        return await execute(self, query, *args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(psycopg.AsyncCursor, "execute", counted)
        yield seen
