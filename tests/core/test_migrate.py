"""Migrations: each once, whole or not at all, and never a surprise."""

import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from rostra.core import migrate as module
from rostra.core.migrate import MigrationError, migrate

_numbers = itertools.count()


@pytest.fixture
def empty(server_url: str) -> Iterator[str]:
    """Conninfo of an empty database."""
    name = f"rostra_empty_{next(_numbers)}_{id(server_url)}"
    _run(server_url, sql.SQL("create database {}").format(sql.Identifier(name)))
    yield make_conninfo(server_url, dbname=name)
    _run(server_url, sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two migrations, the second of which needs the first."""
    (tmp_path / "0002_more.sql").write_text("insert into things values ('second, 100 %');")
    (tmp_path / "0001_things.sql").write_text(
        "create table things (name text);\ninsert into things values ('first')"
    )
    (tmp_path / "schema.sql").write_text("this is no migration")
    return tmp_path


def things(conninfo: str) -> list[str]:
    """What the migrations have put into the table."""
    with psycopg.connect(conninfo) as connection:
        return [name for (name,) in connection.execute("select name from things")]


def test_migrations_run_in_order_and_once(empty: str, folder: Path) -> None:
    assert migrate(empty, folder) == ["0001_things", "0002_more"]
    assert migrate(empty, folder) == []
    (folder / "0003_last.sql").write_text("insert into things values ('third')")
    assert migrate(empty, folder) == ["0003_last"]
    assert things(empty) == ["first", "second, 100 %", "third"]


def test_a_migration_that_fails_leaves_nothing_behind(empty: str, folder: Path) -> None:
    (folder / "0003_bad.sql").write_text("insert into things values ('third');\nselect 1/0")
    with pytest.raises(MigrationError, match="0003_bad failed and was undone: division by zero"):
        migrate(empty, folder)
    assert things(empty) == ["first", "second, 100 %"]

    (folder / "0003_bad.sql").write_text("insert into things values ('repaired')")
    assert migrate(empty, folder) == ["0003_bad"]


def test_processes_that_start_together_run_each_migration_once(empty: str, folder: Path) -> None:
    (folder / "0003_slow.sql").write_text("select pg_sleep(0.2); insert into things values ('slow')")
    with ThreadPoolExecutor(4) as pool:
        applied = list(pool.map(lambda _: migrate(empty, folder), range(4)))
    assert sorted(itertools.chain(*applied)) == ["0001_things", "0002_more", "0003_slow"]
    assert things(empty) == ["first", "second, 100 %", "slow"]


def test_data_of_a_newer_version_is_left_alone(empty: str, folder: Path) -> None:
    migrate(empty, folder)
    (folder / "0002_more.sql").unlink()
    (folder / "0003_other.sql").write_text("drop table things")
    with pytest.raises(MigrationError, match="doesn't know 0002_more"):
        migrate(empty, folder)
    assert things(empty) == ["first", "second, 100 %"]


def test_who_waits_too_long_is_told_why(empty: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOCK_SECONDS", 0.05)
    with psycopg.connect(empty) as other:
        other.execute("select pg_advisory_xact_lock(%s)", [module.LOCK_KEY])
        with pytest.raises(MigrationError, match="Stop the other Rostra processes"):
            migrate(empty, folder)
    assert migrate(empty, folder) == ["0001_things", "0002_more"]


def test_a_database_that_is_not_in_utf_8_is_refused(server_url: str, folder: Path) -> None:
    name = sql.Identifier(f"rostra_ascii_{id(folder)}")
    _run(
        server_url,
        sql.SQL("create database {} template template0 encoding 'SQL_ASCII' locale 'C'").format(name),
    )
    try:
        with pytest.raises(MigrationError, match="UTF8"):
            migrate(make_conninfo(server_url, dbname=name.as_string(None).strip('"')), folder)
    finally:
        _run(server_url, sql.SQL("drop database {}").format(name))


def test_a_server_that_is_too_old_is_refused(
    empty: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "OLDEST_SERVER", 99)
    with pytest.raises(MigrationError, match="PostgreSQL 99 or newer is needed"):
        migrate(empty, folder)


def test_a_database_that_is_not_there_is_an_error_in_one_line(server_url: str) -> None:
    with pytest.raises(MigrationError, match='database "nowhere" does not exist') as raised:
        migrate(make_conninfo(server_url, dbname="nowhere"))
    assert "\n" not in str(raised.value)


def _run(url: str, statement: sql.Composed) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)
