"""Bring a database to the shape this version expects: the files of `migrations/`, in order, each once.

A migration is plain SQL, `NNNN_name.sql`, and only ever goes forward. Each runs in a transaction of
its own together with the row that says so, so a crash leaves either all of it or nothing. Processes
that start at the same moment wait for one another (docs/decisions/0002-migrations.md).
"""

from pathlib import Path
from typing import LiteralString, cast

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow

MIGRATIONS = Path(__file__).parents[1] / "migrations"
OLDEST_SERVER = 15
LOCK_KEY = 0x726F7374  # "rost"; any constant that all processes share
LOCK_SECONDS = 60


class MigrationError(Exception):
    """The database can't be brought to this version; the message says what to do."""


def migrate(conninfo: str, folder: Path = MIGRATIONS) -> list[str]:
    """Apply what is missing of the migrations in `folder`; return the names of those applied.

    `conninfo` is a libpq URL or keyword string. With nothing to do it takes a few milliseconds and
    no lock, so every process may call it at its start.

    Raises:
        MigrationError: the database can't be reached, is older than PostgreSQL 15, is not in UTF-8,
            holds data of a newer version, is busy for more than a minute, or refuses a migration.
    """
    files = {path.stem: path for path in sorted(folder.glob("[0-9]*_*.sql"))}
    try:
        with psycopg.connect(conninfo, autocommit=True) as connection:
            _check_server(connection)
            applied: list[str] = []
            while name := _next(connection, files):
                if _apply(connection, name, files):
                    applied.append(name)
            return applied
    except psycopg.Error as error:
        raise MigrationError(f"The database can't be used: {_first_line(error)}") from error


def _check_server(connection: Connection[TupleRow]) -> None:
    version = connection.info.server_version // 10_000
    if version < OLDEST_SERVER:
        raise MigrationError(
            f"The database is PostgreSQL {version}; PostgreSQL {OLDEST_SERVER} or newer is needed."
        )
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise MigrationError(
            f"The database stores text as {encoding}. Create one with ENCODING 'UTF8' and name that."
        )


def _next(connection: Connection[TupleRow], files: dict[str, Path]) -> str | None:
    """The first migration that the database lacks, or None."""
    done = _done(connection)
    if unknown := sorted(done - files.keys()):
        raise MigrationError(
            f"The database holds data of another version: this Rostra doesn't know {', '.join(unknown)}."
            " Start the newer version that was here before, or restore a backup from before that upgrade."
        )
    return next((name for name in files if name not in done), None)


def _done(connection: Connection[TupleRow]) -> set[str]:
    if connection.execute("select to_regclass('schema_migrations')").fetchone() == (None,):
        return set()
    return {str(row[0]) for row in connection.execute("select name from schema_migrations")}


def _apply(connection: Connection[TupleRow], name: str, files: dict[str, Path]) -> bool:
    """Run one migration, unless another process has done so while we waited for the lock."""
    # A file of the package, not input: the one place where SQL is not a literal of the source.
    text = cast(LiteralString, files[name].read_text("utf-8"))
    try:
        with connection.transaction():
            connection.execute(cast(LiteralString, f"set local lock_timeout = '{LOCK_SECONDS}s'"))
            # A lock of the transaction, not of the session: it also holds behind a pooler, and a
            # killed process can't leave it behind.
            connection.execute("select pg_advisory_xact_lock(%s)", [LOCK_KEY])
            # Before anything is looked up: what we know of the tables is from before we waited.
            connection.execute(
                "create table if not exists schema_migrations"
                " (name text primary key, applied_at timestamptz not null default now())"
            )
            if name in _done(connection):
                return False
            connection.execute(text)
            connection.execute("insert into schema_migrations (name) values (%s)", [name])
    except psycopg.errors.LockNotAvailable as error:
        raise MigrationError(
            f"Migration {name} waited {LOCK_SECONDS} s for others who use the database."
            " Stop the other Rostra processes, then try again; nothing was changed."
        ) from error
    except psycopg.DatabaseError as error:
        if connection.closed:
            raise
        raise MigrationError(f"Migration {name} failed and was undone: {_first_line(error)}") from error
    return True


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
