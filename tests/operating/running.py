"""A Rostra as an operator runs it: the command in a process of its own, on a data folder of its own."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx

from tests.conformance.watch import look_at
from tests.live import free_port

COMMAND = Path(sys.executable).parent / "rostra"
PATIENCE_SECONDS = 60


def run(*arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself: its exit code and what it printed."""
    return subprocess.run(
        [COMMAND, *map(str, arguments)],
        env=_environment(variables),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def _environment(variables: dict[str, str]) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ROSTRA_")}
    return inherited | variables


class Rostra:
    """`rostra serve`, running. Use it as a context: at its end the process is gone, however the test went."""

    command = "serve"
    ready_line = "Rostra is ready"

    def __init__(self, data: Path, *options: object, port: int | None = None, **variables: str) -> None:
        self.data = data
        self.port = port or free_port()
        self.output = data.parent / f"{data.name}.{time.monotonic_ns()}.log"
        self._options = [self.command, "--data", data, "--port", self.port, *options]
        self._environment = _environment({"ROSTRA_WEB_WORKERS": "1"} | variables)

    def __enter__(self) -> "Rostra":
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [COMMAND, *map(str, self._options)],
                env=self._environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_as_from_a_terminal,  # noqa: PLW1509  (one call)
            )
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    @property
    def text(self) -> str:
        """All that it printed so far, logs included."""
        return self.output.read_text()

    def wait_until_ready(self) -> "Rostra":
        """Wait for the line that says so."""
        self.wait_for_line(self.ready_line)
        return self

    def wait_for_line(self, text: str) -> str:
        """Wait until it prints a line with `text` in it, and return that line."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            for line in self.text.splitlines():
                if text in line:
                    return line
            assert self.process.poll() is None, self.text[-3000:]
            assert time.monotonic() < deadline, self.text[-3000:]
            time.sleep(0.02)

    @property
    def setup_link(self) -> str | None:
        """The one-time link that it printed."""
        found = re.search(r"https?://\S+/setup/\S+", self.text)
        return found[0] if found else None

    def get(self, path: str) -> httpx.Response:
        """An answer of its web processes."""
        return look_at(httpx.get(f"http://127.0.0.1:{self.port}{path}", timeout=10))

    def get_in_time(self, path: str, status: int = 200) -> httpx.Response:
        """The answer with `status`, which may take some tries while a part starts again."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                answer = self.get(path)
                if answer.status_code == status:
                    return answer
            except httpx.TransportError:
                pass
            assert time.monotonic() < deadline, self.text[-3000:]
            time.sleep(0.05)

    def children(self) -> dict[str, int]:
        """Names and ids of its processes, e.g. `{"web 1": 123, "worker": 124, "postgres": 125}`."""
        task = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        names: dict[str, int] = {}
        for pid in task.read_text().split():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it ended in this very moment
                name = Path(f"/proc/{pid}/comm").read_text().strip()
                names[name.removeprefix("rostra ")] = int(pid)
        return names

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """Tell it to stop; its exit code."""
        self.process.send_signal(how)
        return self.process.wait(15)


def _as_from_a_terminal() -> None:
    """Shells let what they start in the background ignore Ctrl-C, and the tests with it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Web(Rostra):
    """`rostra web`, running."""

    command = "web"
    ready_line = "Web processes listen"


class Worker(Rostra):
    """`rostra worker`, running."""

    command = "worker"
    ready_line = "worker.started"


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that ended and was not yet waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_gone(*pids: int) -> None:
    """Wait for processes that aren't our children to end."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while any(is_alive(pid) for pid in pids):
        assert time.monotonic() < deadline, [pid for pid in pids if is_alive(pid)]
        time.sleep(0.02)
