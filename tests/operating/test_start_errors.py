"""What keeps Rostra from starting: each error says what to do, in a few lines, with no traceback."""

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from rostra.cli import ports
from rostra.cli.errors import StartError
from rostra.core import postgres
from rostra.core.migrate import migrate
from rostra.core.postgres import PostgresError
from tests.operating.running import Rostra, free_port, run

pytestmark = pytest.mark.slow


def refused(*arguments: object, **variables: str) -> str:
    """What a start that is refused prints."""
    result = run("serve", *arguments, **variables)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    return result.stderr


def test_a_taken_port_is_named_with_the_option_to_change_it(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        message = refused("--data", tmp_path / "data", "--port", port)
    assert f"Port {port} is taken" in message
    assert "--port" in message


@pytest.mark.parametrize("address", ["0.0.0.0", "127.0.0.1", "::", "::1"])
@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM])
def test_a_port_that_another_web_server_has_on_any_address_is_taken(
    address: str, kind: socket.SocketKind
) -> None:
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, kind) as other:
        try:
            # None that the kernel gives to connections of other tests.
            other.bind((address, free_port()))
        except OSError:
            pytest.skip("this machine has no IPv6")
        if kind == socket.SOCK_STREAM:
            other.listen()
        port = other.getsockname()[1]
        with pytest.raises(StartError, match=f"Port {port} is taken.*--https-port"):
            ports.check_everywhere(port, "--https-port", (socket.SOCK_STREAM, socket.SOCK_DGRAM))
    ports.check_everywhere(port, "--https-port", (socket.SOCK_STREAM, socket.SOCK_DGRAM))


def test_https_needs_ports_of_its_own(tmp_path: Path) -> None:
    port = free_port()
    options = ["--domain", "rostra.test", "--https", "internal", "--https-port", port, "--http-port", port]
    assert "different ports" in refused("--data", tmp_path / "data", "--port", free_port(), *options)


def test_a_port_of_another_rostra_is_taken_too(tmp_path: Path) -> None:
    with Rostra(tmp_path / "one") as rostra:
        rostra.wait_until_ready()
        assert "is taken" in refused("--data", tmp_path / "two", "--port", rostra.port)


def test_two_servers_never_share_a_data_folder(tmp_path: Path) -> None:
    with Rostra(tmp_path / "data") as rostra:
        rostra.wait_until_ready()
        message = refused("--data", tmp_path / "data", "--port", free_port())
        assert f"Another Rostra (process {rostra.process.pid})" in message
        assert rostra.get("/api/v1/timelines/public").status_code == 200


def test_a_database_of_another_postgresql_version_is_left_alone(tmp_path: Path) -> None:
    cluster = tmp_path / "data" / "postgres" / "cluster"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("17\n")
    message = refused("--data", tmp_path / "data", "--port", free_port())
    assert "made by PostgreSQL 17" in message
    assert sorted(path.name for path in cluster.iterdir()) == ["PG_VERSION"]


def test_data_of_a_newer_rostra_is_left_alone(tmp_path: Path) -> None:
    embedded = postgres.start(tmp_path / "data", durable=False)
    try:
        migrate(embedded.url)
        with psycopg.connect(embedded.url) as connection:
            connection.execute("insert into schema_migrations (name) values ('9999_from_the_future')")
    finally:
        embedded.stop()
    assert "newer" in refused("--data", tmp_path / "data", "--port", free_port())


def test_a_postgresql_that_does_not_start_shows_the_end_of_its_log(tmp_path: Path) -> None:
    postgres.start(tmp_path / "data", durable=False).stop()
    (tmp_path / "data" / "postgres" / "cluster" / "postgresql.local.conf").write_text(
        "shared_buffers = lots\n"
    )
    message = refused("--data", tmp_path / "data", "--port", free_port())
    assert "PostgreSQL does not start" in message
    assert 'invalid value for parameter "shared_buffers": "lots"' in message


def test_a_full_disk_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "LEAST_FREE_BYTES", 1 << 62)
    with pytest.raises(PostgresError, match="No space left"):
        postgres.start(tmp_path / "data", durable=False)


def test_a_disk_that_fills_up_while_the_database_is_made_is_told(tmp_path: Path) -> None:
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", tmp_path], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root can mount a small file system")
    try:
        code = (
            "import sys; from pathlib import Path; from rostra.core import postgres;"
            "postgres.LEAST_FREE_BYTES = 0;"
            "from rostra.cli.errors import explained\n"
            "with explained(): postgres.start(Path(sys.argv[1]))"
        )
        command = [sys.executable, "-c", code, tmp_path / "data"]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        assert result.returncode == 1
        assert "No space left" in result.stderr
        assert "Traceback" not in result.stderr
    finally:
        subprocess.run(["umount", tmp_path], check=True)


def test_a_data_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    message = refused("--data", tmp_path / "data", "--port", free_port())
    assert str(tmp_path / "data") in message
    assert "--data" in message


def test_a_part_of_the_data_folder_that_can_not_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "metrics").write_text("a file")
    message = refused("--data", tmp_path / "data", "--port", free_port())
    assert str(tmp_path / "data" / "metrics") in message
    assert "owner" in message


@pytest.mark.skipif(os.geteuid() != 0, reason="needs another user")
def test_a_database_of_another_user_is_told() -> None:
    nobody = 65534
    with tempfile.TemporaryDirectory() as folder:  # pytest's own are closed to other users
        Path(folder).chmod(0o755)
        postgres.start(Path(folder), durable=False).stop()
        os.seteuid(nobody)
        try:
            with pytest.raises(PostgresError, match="belongs to the user"):
                postgres.start(Path(folder), durable=False)
        finally:
            os.seteuid(0)


def test_an_unknown_setting_is_named(tmp_path: Path) -> None:
    assert "colour" in refused("--data", tmp_path / "data", "--colour", "red")
    assert "colour" in refused("--data", tmp_path / "data", ROSTRA_COLOUR="red")


def test_a_setting_of_the_wrong_type_is_named(tmp_path: Path) -> None:
    assert "port" in refused("--data", tmp_path / "data", ROSTRA_PORT="many")


def test_a_settings_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "rostra.toml").write_text("title = = 1")
    assert str(tmp_path / "data" / "rostra.toml") in refused("--data", tmp_path / "data")


def test_an_external_database_that_does_not_answer_is_told(tmp_path: Path) -> None:
    url = f"postgresql://127.0.0.1:{free_port()}/rostra?connect_timeout=5"
    message = refused("--data", tmp_path / "data", "--port", free_port(), "--database-url", url)
    assert "The database can't be used" in message


def test_https_by_an_authority_of_its_own_needs_a_name(tmp_path: Path) -> None:
    assert "--domain" in refused("--data", tmp_path / "data", "--port", free_port(), "--https", "internal")


def test_a_network_does_not_start_under_another_domain(tmp_path: Path) -> None:
    data = tmp_path / "data"
    options = ["--data", data, "--port", free_port(), "--https", "off"]
    with Rostra(data, "--domain", "one.example", "--https", "off") as rostra:
        rostra.wait_until_ready()
        create = ["account", "create", "alice", "--email", "alice@one.example", "--data", data]
        assert run(*create, "--domain", "one.example", "--https", "off").returncode == 0
    message = refused(*options, "--domain", "two.example")
    assert "--domain one.example" in message
    assert "--domain one.example" in refused(*options)
    with Rostra(data, "--domain", "one.example", "--https", "off") as rostra:
        rostra.wait_until_ready()
