"""What web processes ask of the kernel for their many connections."""

import os
import resource
import socket
import time
from pathlib import Path

import pytest

from rostra.cli.server import MOST_CONNECTIONS
from tests.operating.running import Rostra

pytestmark = pytest.mark.slow
_KEEPALIVE_TIMER = "02"


def test_web_processes_hold_many_connections_and_find_those_that_are_gone(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, hard), hard))
    try:
        rostra = Rostra(tmp_path / "data")
        rostra.__enter__()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    try:
        rostra.wait_until_ready()
        assert _open_files(rostra.children()["web 1"]) >= min(hard, MOST_CONNECTIONS)
        with socket.create_connection(("127.0.0.1", rostra.port)) as client:
            client.sendall(b"GET /api/v1/streaming/health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert client.recv(12) == b"HTTP/1.1 200"
            deadline = time.monotonic() + 10
            while _timer(rostra.port, client.getsockname()[1]) != _KEEPALIVE_TIMER:
                assert time.monotonic() < deadline
                time.sleep(0.05)
    finally:
        rostra.__exit__()


def _open_files(pid: int) -> int:
    return resource.prlimit(pid, resource.RLIMIT_NOFILE)[0]


def _timer(port: int, peer: int) -> str:
    """The kernel's timer of the server's end of a connection (Documentation/networking/proc_net_tcp)."""
    for line in Path(f"/proc/{os.getpid()}/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[1].endswith(f":{port:04X}") and fields[2].endswith(f":{peer:04X}"):
            return fields[5].partition(":")[0]
    return ""
