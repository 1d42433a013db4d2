"""The database as operators see it."""

import msgspec

from rostra.core.db import Row, Tx, fetch_one, fetch_values
from rostra.core.migrate import MIGRATIONS


class DatabaseState(msgspec.Struct, frozen=True, kw_only=True):
    """The database. `embedded`: the one that Rostra brings; `size` is in bytes; `connections` are all that
    anybody has to this database.
    """

    version: str
    embedded: bool
    size: int
    connections: int
    max_connections: int
    migration: str
    pending_migrations: list[str]


class _Numbers(Row, frozen=True):
    version: str
    embedded: bool
    size: int
    connections: int
    max_connections: int


async def database(tx: Tx) -> DatabaseState:
    """Its numbers now."""
    found = await fetch_one(
        tx,
        _Numbers,
        """
        select current_setting('server_version') as version,
               current_setting('cluster_name') like 'rostra-%%' as embedded,  -- core/postgres_state.py: title
               pg_database_size(current_database()) as size,
               (select count(*) from pg_stat_activity where datname = current_database()) as connections,
               current_setting('max_connections')::int as max_connections
        """,
        {},
    )
    assert found is not None
    applied = await fetch_values(tx, "select name from schema_migrations order by name")
    pending = sorted({path.stem for path in MIGRATIONS.glob("[0-9]*_*.sql")} - set(applied))
    return DatabaseState(
        **msgspec.structs.asdict(found),
        migration=applied[-1] if applied else "",
        pending_migrations=pending,
    )
