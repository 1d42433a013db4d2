"""The embedded PostgreSQL itself: found again, recovered, and reachable below closed folders."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from rostra.core import postgres, postgres_home
from tests.operating.running import wait_until_gone

pytestmark = pytest.mark.slow
only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as another user")

START = """
import sys, time
from pathlib import Path
from rostra.core import postgres
print(postgres.start(Path(sys.argv[1]), durable=False).pid, flush=True)
time.sleep(600)
"""


def start_elsewhere(data: Path) -> tuple[subprocess.Popen[str], int]:
    """Another process that starts the server, and the server's process id."""
    process = subprocess.Popen([sys.executable, "-c", START, data], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    return process, int(process.stdout.readline())


def write(url: str, value: int) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("create table if not exists kept (value integer)")
        connection.execute("insert into kept values (%s)", [value])


def read(url: str) -> list[int]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("select value from kept order by value")]


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that every user can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_text_is_utf8_and_sorts_the_same_on_every_machine(tmp_path: Path) -> None:
    server = postgres.start(tmp_path, durable=False)
    with psycopg.connect(server.url) as connection:
        row = connection.execute(
            "select current_setting('server_encoding'), lower('ÄPFEL'), 'Z' < 'a', 'Äpfel' ilike 'äpf%%',"
            " current_setting('data_checksums'), current_setting('listen_addresses')"
        ).fetchone()
    server.stop()
    assert row == ("UTF8", "äpfel", True, True, "on", "")


def test_a_second_caller_finds_the_server_that_runs(tmp_path: Path) -> None:
    process, pid = start_elsewhere(tmp_path)
    found = postgres.start(tmp_path, durable=False)
    assert (found.pid, found.started_here) == (pid, False)
    write(found.url, 1)
    process.kill()
    process.wait()


def test_two_callers_at_once_share_one_server(tmp_path: Path) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", START, tmp_path], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    pids = {int(process.stdout.readline()) for process in processes if process.stdout}
    for process in processes:
        process.kill()
        process.wait()
    assert len(pids) == 1


def test_the_server_ends_when_the_process_that_started_it_is_killed(tmp_path: Path) -> None:
    process, pid = start_elsewhere(tmp_path)
    process.kill()
    process.wait()
    wait_until_gone(pid)


def test_after_a_kill_the_next_start_has_all_that_was_committed(tmp_path: Path) -> None:
    server = postgres.start(tmp_path)
    write(server.url, 1)
    os.kill(server.pid, signal.SIGKILL)
    while server.is_running():
        time.sleep(0.01)
    server = postgres.start(tmp_path)
    assert read(server.url) == [1]
    server.stop()


def test_a_lock_file_whose_process_id_is_taken_again_does_not_hinder(tmp_path: Path) -> None:
    server = postgres.start(tmp_path, durable=False)
    write(server.url, 1)
    lock = tmp_path / "postgres" / "cluster" / "postmaster.pid"
    left_behind, owner = lock.read_text().splitlines(), lock.stat()
    server.stop()
    # Somebody who runs, of the server's own user, as happens when a container starts again.
    user = {} if owner.st_uid == os.geteuid() else {"user": owner.st_uid}
    with subprocess.Popen(["sleep", "600"], **user) as other:  # type: ignore[call-overload]
        lock.write_text("\n".join([str(other.pid), *left_behind[1:], ""]))
        os.chown(lock, owner.st_uid, owner.st_gid)
        lock.chmod(0o600)
        server = postgres.start(tmp_path, durable=False)
        assert read(server.url) == [1]
        server.stop()
        other.kill()


def test_an_interrupted_first_start_leaves_nothing_that_hinders(tmp_path: Path) -> None:
    half = tmp_path / "postgres" / "cluster.new" / "base"
    half.mkdir(parents=True)
    server = postgres.start(tmp_path, durable=False)
    write(server.url, 1)
    server.stop()
    assert not half.exists()


def test_own_postgresql_settings_survive_a_start(tmp_path: Path) -> None:
    postgres.start(tmp_path, durable=False).stop()
    local = tmp_path / "postgres" / "cluster" / "postgresql.local.conf"
    local.write_text("work_mem = '11MB'\n")
    server = postgres.start(tmp_path, durable=False)
    with psycopg.connect(server.url) as connection:
        assert connection.execute("show work_mem").fetchone() == ("11MB",)
    server.stop()


@only_root
def test_root_runs_it_as_another_user_also_below_a_folder_closed_to_that_user(public_folder: Path) -> None:
    closed = public_folder / "closed"
    closed.mkdir(mode=0o700)
    server = postgres.start(closed / "data", durable=False)
    write(server.url, 1)
    assert Path(f"/proc/{server.pid}").stat().st_uid != 0
    server.stop()
    assert closed.stat().st_mode & 0o777 == 0o700


@only_root
def test_programs_that_only_root_can_reach_are_copied(
    public_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_home, "PROGRAM_CACHE", public_folder / "cache")
    monkeypatch.setattr(postgres_home, "_open_to_all", lambda programs: False)
    server = postgres.start(public_folder / "data", durable=False)
    write(server.url, 1)
    program = Path(f"/proc/{server.pid}/exe").readlink()
    server.stop()
    assert program.is_relative_to(public_folder / "cache")


@only_root
def test_root_keeps_the_owner_that_a_database_has(public_folder: Path) -> None:
    postgres.start(public_folder, durable=False).stop()
    cluster = public_folder / "postgres" / "cluster"
    first = cluster.stat().st_uid
    postgres.start(public_folder, durable=False).stop()
    assert cluster.stat().st_uid == first != 0
