"""`rostra serve` on a clean data folder: starting, starting again, stopping, and surviving deaths."""

import asyncio
import json
import os
import signal
import time
from pathlib import Path

import httpx
import psycopg
import pytest
from websockets.asyncio.client import connect

from rostra.accounts.oauth import queries as oauth
from rostra.core import postgres
from rostra.core.db import fetch_value
from rostra.core.secrets import new_token, token_hash
from tests.operating.running import Rostra, free_port, run, wait_until_gone

pytestmark = pytest.mark.slow

ASKS_THE_DATABASE = "/api/v1/timelines/public"


def test_the_first_start_prints_the_address_and_a_link_for_the_operator(tmp_path: Path) -> None:
    with Rostra(tmp_path / "data") as rostra:
        rostra.wait_until_ready()
        assert f"http://localhost:{rostra.port}" in rostra.text
        assert rostra.setup_link
        assert rostra.setup_link.startswith(f"http://localhost:{rostra.port}/setup/")
        assert rostra.get(ASKS_THE_DATABASE).status_code == 200


def test_a_second_start_keeps_the_data_and_offers_a_new_link(tmp_path: Path) -> None:
    with Rostra(tmp_path / "data") as rostra:
        first_link = rostra.wait_until_ready().setup_link
    made = run("account", "create", "alice", "--email", "alice@people.example", "--data", tmp_path / "data")
    assert made.returncode == 0, made.stderr

    began = time.monotonic()
    with Rostra(tmp_path / "data") as rostra:
        rostra.wait_until_ready()
        print(f"second start: {time.monotonic() - began:.2f} s")
        assert rostra.setup_link not in (None, first_link)
        assert rostra.get("/api/v1/accounts/lookup?acct=alice").json()["acct"] == "alice"


def test_a_network_with_an_owner_offers_no_link(tmp_path: Path) -> None:
    with Rostra(tmp_path / "data") as rostra:
        rostra.wait_until_ready()
        options = ["--email", "alice@people.example", "--role", "owner", "--data", tmp_path / "data"]
        made = run("account", "create", "alice", *options)
        assert made.returncode == 0, made.stderr
    with Rostra(tmp_path / "data") as rostra:
        assert rostra.wait_until_ready().setup_link is None


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_every_process_cleanly(tmp_path: Path, how: signal.Signals) -> None:
    with Rostra(tmp_path / "data") as rostra:
        children = rostra.wait_until_ready().children()
        assert {"web 1", "worker", "postgres"} <= children.keys()
        assert rostra.stop(how) == 0
        wait_until_gone(*children.values())
        assert "Traceback" not in rostra.text
    log = (tmp_path / "data" / "postgres" / "server.log").read_text()
    assert log.rstrip().endswith("database system is shut down")


def test_ctrl_c_in_a_terminal_stops_it_although_all_its_processes_get_the_signal(tmp_path: Path) -> None:
    with Rostra(tmp_path / "data") as rostra:
        rostra.wait_until_ready()
        os.killpg(rostra.process.pid, signal.SIGINT)
        assert rostra.process.wait(15) == 0
        assert "Traceback" not in rostra.text


async def test_open_streams_are_closed_rather_than_waited_for(tmp_path: Path) -> None:
    with Rostra(tmp_path / "data") as rostra:
        await asyncio.to_thread(rostra.wait_until_ready)
        token = await token_of("alice", tmp_path / "data")
        address = f"127.0.0.1:{rostra.port}/api/v1/streaming"
        socket = await connect(f"ws://{address}?stream=public&access_token={token}")
        headers = {"Authorization": f"Bearer {token}"}
        async with (
            httpx.AsyncClient(headers=headers) as client,
            client.stream("GET", f"http://{address}/public") as events,
        ):
            assert events.status_code == 200
            web = rostra.children()["web 1"]
            os.kill(web, signal.SIGTERM)
            assert [line async for line in events.aiter_lines() if line.startswith("event")] == []
            await socket.wait_closed()
        ended = await asyncio.to_thread(rostra.wait_for_line, "process.ended")
        assert json.loads(ended)["code"] == 0, "it was cut off"


async def token_of(name: str, data: Path) -> str:
    """A new member's token."""
    made = run("account", "create", name, "--email", f"{name}@people.example", "--data", data)
    assert made.returncode == 0, made.stderr
    token = new_token()
    url = postgres.start(data).url
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as tx:
        account_id = await fetch_value(
            tx, "select id from accounts where username = %(name)s", {"name": name}
        )
        hashed = token_hash(token)
        await oauth.insert_token(
            tx, token_hash=hashed, application_id=None, user_id=account_id, scopes=["read"]
        )
    return token


def test_ctrl_c_during_the_first_start_leaves_a_folder_that_can_be_started(tmp_path: Path) -> None:
    with Rostra(tmp_path / "data") as rostra:
        while not (tmp_path / "data" / "postgres" / "cluster.new").exists():
            time.sleep(0.01)
        os.killpg(rostra.process.pid, signal.SIGINT)
        assert rostra.process.wait(15) != 0
        assert "Traceback" not in rostra.text
    with Rostra(tmp_path / "data") as rostra:
        rostra.wait_until_ready()


@pytest.mark.parametrize("name", ["web 1", "worker", "postgres"])
def test_a_process_that_is_killed_is_started_again(tmp_path: Path, name: str) -> None:
    with Rostra(tmp_path / "data") as rostra:
        killed = rostra.wait_until_ready().children()[name]
        os.kill(killed, signal.SIGKILL)
        wait_until_gone(killed)
        while rostra.children().get(name) in (None, killed):
            time.sleep(0.02)
        rostra.get_in_time(ASKS_THE_DATABASE)
        assert rostra.stop() == 0


def test_while_the_database_can_not_be_started_again_members_are_told_and_then_it_goes_on(
    tmp_path: Path,
) -> None:
    with Rostra(tmp_path / "data") as rostra:
        children = rostra.wait_until_ready().children()
        own_settings = tmp_path / "data" / "postgres" / "cluster" / "postgresql.local.conf"
        # This stands for whatever hinders it, a full disk above all.
        own_settings.write_text("shared_buffers = lots\n")
        os.kill(children["postgres"], signal.SIGKILL)
        told = json.loads(rostra.wait_for_line("database.down"))
        assert "lots" in told["reason"]
        assert rostra.get("/health").status_code == 503
        assert rostra.children()["web 1"] == children["web 1"]

        own_settings.write_text("")
        assert rostra.get_in_time(ASKS_THE_DATABASE).status_code == 200
        assert rostra.children()["web 1"] == children["web 1"]
        assert rostra.stop() == 0


def test_after_the_supervisor_was_killed_the_next_start_takes_over(tmp_path: Path) -> None:
    port = free_port()
    with Rostra(tmp_path / "data", port=port) as rostra:
        orphans = rostra.wait_until_ready().children()
        os.kill(rostra.process.pid, signal.SIGKILL)
        rostra.process.wait()
        with Rostra(tmp_path / "data", port=port) as successor:
            successor.wait_until_ready()
            wait_until_gone(*orphans.values())
            assert successor.get(ASKS_THE_DATABASE).status_code == 200


def test_after_everything_was_killed_at_once_the_next_start_recovers(tmp_path: Path) -> None:
    with Rostra(tmp_path / "data") as rostra:
        children = rostra.wait_until_ready().children()
        for pid in (rostra.process.pid, *children.values()):
            os.kill(pid, signal.SIGKILL)
        rostra.process.wait()
    with Rostra(tmp_path / "data") as rostra:
        rostra.wait_until_ready()
        assert rostra.get(ASKS_THE_DATABASE).status_code == 200


def test_settings_come_from_the_file_the_environment_and_the_command_line(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "rostra.toml").write_text('title = "From the file"\ndescription = "Hello"\nport = 1\n')
    with Rostra(data, ROSTRA_TITLE="From the environment") as rostra:
        instance = rostra.wait_until_ready().get("/api/v2/instance").json()
        assert instance["title"] == "From the environment"
        assert instance["description"] == "Hello"


def test_a_very_long_data_path_works_also_after_the_database_died(tmp_path: Path) -> None:
    data = tmp_path / ("deep" * 20) / ("deeper" * 20)
    data.parent.mkdir()
    with Rostra(data) as rostra:
        database = rostra.wait_until_ready().children()["postgres"]
        os.kill(database, signal.SIGKILL)
        while rostra.children().get("postgres") in (None, database):
            time.sleep(0.02)
        assert rostra.get_in_time(ASKS_THE_DATABASE).status_code == 200
