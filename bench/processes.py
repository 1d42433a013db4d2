"""Starting what is measured, and the memory that it holds."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_rostra(data: Path, port: int, workers: int, streaming_port: int) -> subprocess.Popen[bytes]:
    """`rostra serve`, as an operator starts it behind a proxy, without rate limits."""
    environ = os.environ | {
        "ROSTRA_RATE_LIMITS": "false",
        "ROSTRA_CONFIRM_EMAIL": "false",
        "ROSTRA_ALLOW_PRIVATE_ADDRESSES": "127.0.0.1",  # the site of the card storm
    }
    log = (data.parent / "serve.log").open("wb")
    site = ["--domain", "bench.example", "--https", "off"]  # whose members seed.py makes
    command = [Path(sys.executable).parent / "rostra", "serve", "--data", data, "--port", str(port), *site]
    command += ["--streaming-port", str(streaming_port)]
    process = subprocess.Popen(
        [*command, "--web-workers", str(workers)], env=environ, stdout=log, stderr=log, start_new_session=True
    )
    wait_for(port, process)
    return process


def start_floor(conninfo: str, port: int, workers: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "bench.floor", conninfo, str(port), str(workers)]
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    wait_for(port, process)
    return process


def wait_for(port: int, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit(f"{process.args!r} did not start")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process group that was started here."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def memory(root: int) -> dict[str, float]:
    """MiB held by a process and all its descendants, by name. Shared pages count once (PSS)."""
    held: dict[str, float] = {}
    for pid in [root, *_descendants(root)]:
        try:
            name = Path(f"/proc/{pid}/comm").read_text().strip()
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        kilobytes = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        held[name] = held.get(name, 0) + kilobytes / 1024
    return held


def _descendants(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                stat = (folder / "stat").read_text()
            except OSError:
                continue
            parent = int(stat.rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(folder.name))
    found, waiting = [], [root]
    while waiting:
        for child in children.get(waiting.pop(), ()):
            found.append(child)
            waiting.append(child)
    return found
