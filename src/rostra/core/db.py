"""The database: a pool of connections and four ways to run a query.

SQL is written out, as `LiteralString`, so that a type checker rejects text built from input. Rows
become frozen structs by column name. Connections are in autocommit; `async with tx.transaction():`
opens a transaction, nested ones are savepoints.
"""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any, LiteralString, TypeVar

import msgspec
import psycopg
from psycopg.rows import class_row, scalar_row, tuple_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from rostra.core.errors import Unavailable

T = TypeVar("T")

Tx = psycopg.AsyncConnection[Any]
"""A connection, in or out of a transaction."""

Params = Mapping[str, Any]


class Row(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Base of all rows: frozen, built by column name."""


class Database:
    """A pool of at most `connections` connections to one PostgreSQL."""

    def __init__(self, conninfo: str, connections: int) -> None:
        self.conninfo = conninfo
        self._pool: AsyncConnectionPool[psycopg.AsyncConnection[Any]] = AsyncConnectionPool(
            conninfo,
            min_size=1,
            max_size=connections,
            open=False,
            timeout=10,
            kwargs={
                "autocommit": True,
                "options": "-c timezone=UTC -c statement_timeout=15000 -c plan_cache_mode=force_generic_plan",
            },
        )

    async def open(self) -> None:
        """Connect.

        Raises:
            psycopg.OperationalError: nothing answers within 30 seconds.
        """
        await self._pool.open(wait=True, timeout=30)

    async def close(self) -> None:
        """Give all connections back."""
        await self._pool.close()

    @asynccontextmanager
    async def connection(self) -> AsyncGenerator[Tx]:
        """A connection for the length of the block.

        Raises:
            Unavailable: all are busy for 10 seconds.
        """
        try:
            connection = await self._pool.getconn()
        except PoolTimeout:
            raise Unavailable() from None
        try:
            yield connection
        finally:
            await self._pool.putconn(connection)

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Tx]:
        """A connection with a transaction around the block."""
        async with self.connection() as tx, tx.transaction():
            yield tx


async def execute(tx: Tx, sql: LiteralString, params: Params | None = None) -> int:
    """Run `sql`; returns the number of rows that it touched."""
    return (await tx.execute(sql, params)).rowcount


async def fetch_all(tx: Tx, into: type[T], sql: LiteralString, params: Params | None = None) -> list[T]:
    """All rows, as `into`."""
    async with tx.cursor(row_factory=class_row(into)) as cursor:
        await cursor.execute(sql, params)
        return await cursor.fetchall()


async def fetch_one(tx: Tx, into: type[T], sql: LiteralString, params: Params | None = None) -> T | None:
    """The first row as `into`, or None."""
    async with tx.cursor(row_factory=class_row(into)) as cursor:
        await cursor.execute(sql, params)
        return await cursor.fetchone()


async def fetch_value(tx: Tx, sql: LiteralString, params: Params | None = None) -> Any:
    """The first column of the first row, or None."""
    async with tx.cursor(row_factory=scalar_row) as cursor:
        await cursor.execute(sql, params)
        return await cursor.fetchone()


async def fetch_values(tx: Tx, sql: LiteralString, params: Params | None = None) -> list[Any]:
    """The first column of all rows."""
    async with tx.cursor(row_factory=scalar_row) as cursor:
        await cursor.execute(sql, params)
        return await cursor.fetchall()


async def fetch_tuples(tx: Tx, sql: LiteralString, params: Params | None = None) -> list[tuple[Any, ...]]:
    """All rows as plain tuples: for hot paths."""
    async with tx.cursor(row_factory=tuple_row) as cursor:
        await cursor.execute(sql, params)
        return await cursor.fetchall()
