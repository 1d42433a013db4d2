"""The parts of `serve` alone, on a database that several machines share."""

import asyncio
import signal
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tests.admin.conftest import with_role
from tests.network import Network
from tests.operating.running import Web, Worker, run, wait_until_gone

pytestmark = pytest.mark.slow


def test_web_processes_and_workers_run_alone_on_one_database(tmp_path: Path, database: str) -> None:
    with (
        Web(tmp_path / "one", "--database-url", database, "--web-workers", 2) as web,
        Worker(tmp_path / "two", "--database-url", database) as worker,
    ):
        web.wait_until_ready()
        worker.wait_until_ready()
        children = web.children()
        assert set(children) == {"web 1", "web 2"}
        assert web.get("/health").status_code == 200
        assert web.stop(signal.SIGTERM) == 0
        assert worker.stop(signal.SIGINT) == 0
        wait_until_gone(*children.values())
    assert not (tmp_path / "one" / "postgres").exists()


def test_all_web_processes_count_into_the_same_metrics(tmp_path: Path, database: str) -> None:
    with Web(tmp_path / "data", "--database-url", database, "--web-workers", 2) as web:
        web.wait_until_ready()
        asked = 20
        for _ in range(asked):
            web.get("/api/v1/timelines/public")
        counted = [
            float(line.split()[1])
            for line in web.get("/metrics").text.splitlines()
            if line.startswith('rostra_requests_total{door="api",status="200"}')
        ]
    assert counted == [asked]


async def test_what_an_operator_changes_reaches_every_web_process(
    tmp_path: Path, database: str, network: Network
) -> None:
    owner = await with_role(network, "olga", "owner")

    def names() -> set[str]:
        return {web.get("/api/v2/instance").json()["title"] for _ in range(20)}

    with Web(tmp_path / "served", "--database-url", database, "--web-workers", 2) as web:
        web.wait_until_ready()
        assert names() == {"Rostra"}
        await owner.patch("/api/rostra/v1/admin/site", json={"title": "Harbour"})
        async with asyncio.timeout(5):
            while True:
                if names() == {"Harbour"}:
                    break
                await asyncio.sleep(0.05)


@pytest.mark.parametrize("command", ["web", "worker"])
def test_parts_without_a_shared_database_say_what_is_missing(tmp_path: Path, command: str) -> None:
    result = run(command, "--data", tmp_path / "data")
    assert result.returncode == 1
    assert "--database-url" in result.stderr
    assert "Traceback" not in result.stderr


def test_migrate_makes_the_tables_once(server_url: str, tmp_path: Path) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute("create database rostra_test_migrate")
        try:
            url = make_conninfo(server_url, dbname="rostra_test_migrate")
            first = run("migrate", "--database-url", url, "--data", tmp_path)
            second = run("migrate", "--database-url", url, "--data", tmp_path)
        finally:
            connection.execute("drop database rostra_test_migrate with (force)")
    assert "0001_foundation" in first.stdout
    assert second.stdout == "The database is up to date.\n"


def test_migrate_does_not_make_a_database_where_none_is(tmp_path: Path) -> None:
    result = run("migrate", "--data", tmp_path / "mistyped")
    assert result.returncode == 1
    assert "There is no database" in result.stderr
    assert not (tmp_path / "mistyped").exists()


def test_an_account_that_can_not_be_made_says_why(tmp_path: Path, database: str) -> None:
    options = ["--email", "alice@people.example", "--database-url", database, "--data", tmp_path]
    assert run("account", "create", "alice", *options).returncode == 0
    again = run("account", "create", "alice", *options)
    assert again.returncode == 1
    assert "taken" in again.stderr
    assert "Traceback" not in again.stderr


def test_settings_are_shown_without_their_passwords(tmp_path: Path) -> None:
    variables = {
        "ROSTRA_SMTP_URL": "smtp://harbour:hunter2@mail.example:587",
        "ROSTRA_TITLE": 'The "Harbour"',
    }
    shown = run("settings", "--data", tmp_path, **variables).stdout
    assert 'title = "The \\"Harbour\\""' in shown
    assert "harbour:***@mail.example" in shown
    assert "hunter2" not in shown
