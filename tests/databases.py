"""A database as if it were new for each test: emptied where that will do, made anew where it won't.

Making one takes a tenth of a second or more, emptying one a few milliseconds.
"""

import itertools
import os
from collections.abc import Generator, Sequence
from contextlib import contextmanager

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow

from rostra.core.migrate import migrate

LARGE = 1024 * 1024
"""Bytes of a table from which on deleting its rows would slow down the tests to come."""

_numbers = itertools.count()
_TEMPLATE = f"rostra_template_{os.getpid()}"

_TABLES = """
    select relname from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1
"""
_SHAPE = """
    select (select count(*) from pg_class where relpersistence = 'p'), (select count(*) from pg_attribute),
           (select count(*) from pg_proc), (select count(*) from pg_constraint),
           (select count(*) from pg_trigger)
"""
_BEGIN_ANEW = """
    select setval(oid, 1, false) from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace
"""
_LEAVE = """
    select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
"""


class Databases:
    """The databases of one process of tests, one at a time."""

    def __init__(self, server_url: str) -> None:
        self._server_url = server_url
        self._run(sql.SQL("create database {}").format(sql.Identifier(_TEMPLATE)))
        migrate(make_conninfo(server_url, dbname=_TEMPLATE))
        with psycopg.connect(make_conninfo(server_url, dbname=_TEMPLATE)) as connection:
            self._tables = [row[0] for row in connection.execute(_TABLES)]
            self._first_rows = {name: _copy(connection, name) for name in self._filled(connection)}
        self._name = ""
        self._connection: psycopg.Connection[TupleRow] | None = None
        self._shape: Sequence[int] = ()

    def take(self) -> str:
        """Conninfo of an empty, migrated database."""
        if self._connection is None or not self._emptied(self._connection):
            self._make_anew()
        return make_conninfo(self._server_url, dbname=self._name)

    @contextmanager
    def second(self) -> Generator[str]:
        """Conninfo of one more, for a test with two networks."""
        name = f"rostra_second_{os.getpid()}_{next(_numbers)}"
        self._create(name)
        yield make_conninfo(self._server_url, dbname=name)
        self._run(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))

    def close(self) -> None:
        """Drop what was made."""
        self._drop()
        self._run(sql.SQL("drop database {}").format(sql.Identifier(_TEMPLATE)))

    def _emptied(self, connection: psycopg.Connection[TupleRow]) -> bool:
        """Empty the database; False when it has to be made anew."""
        try:
            connection.execute(_LEAVE)
            if connection.execute(_SHAPE).fetchone() != self._shape:
                return False
            filled = self._filled(connection)
            if any(self._size(connection, name) > LARGE for name in filled):
                return False
            connection.execute(_BEGIN_ANEW)
            with connection.transaction():
                # Nothing is checked, and no trigger fires: all of it goes.
                connection.execute("set local session_replication_role = replica")
                for name in filled:
                    connection.execute(sql.SQL("delete from {}").format(sql.Identifier(name)))
                for name, rows in self._first_rows.items():
                    with connection.cursor().copy(
                        sql.SQL("copy {} from stdin").format(sql.Identifier(name))
                    ) as copy:
                        copy.write(rows)
        except psycopg.Error:  # the test ended it, or we may not turn triggers off
            return False
        return True

    def _filled(self, connection: psycopg.Connection[TupleRow]) -> list[str]:
        parts = [
            sql.SQL("select {} where exists (select from {})").format(sql.Literal(name), sql.Identifier(name))
            for name in self._tables
        ]
        return [row[0] for row in connection.execute(sql.SQL(" union all ").join(parts), prepare=True)]

    def _size(self, connection: psycopg.Connection[TupleRow], name: str) -> int:
        row = connection.execute("select pg_table_size(quote_ident(%s)::regclass)", [name]).fetchone()
        return row[0] if row else 0

    def _make_anew(self) -> None:
        self._drop()
        self._name = f"rostra_test_{os.getpid()}_{next(_numbers)}"
        self._create(self._name)
        conninfo = make_conninfo(self._server_url, dbname=self._name)
        self._connection = psycopg.connect(conninfo, autocommit=True)
        self._shape = self._connection.execute(_SHAPE).fetchone() or ()

    def _create(self, name: str) -> None:
        # Copying files takes half the time of the other way.
        create = sql.SQL("create database {} template {} strategy file_copy")
        self._run(create.format(sql.Identifier(name), sql.Identifier(_TEMPLATE)))

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._run(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(self._name)))
        self._connection = None

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self._server_url, autocommit=True) as connection:
            connection.execute(statement)


def _copy(connection: psycopg.Connection[TupleRow], name: str) -> bytes:
    with connection.cursor().copy(sql.SQL("copy {} to stdout").format(sql.Identifier(name))) as copy:
        return b"".join(copy)
