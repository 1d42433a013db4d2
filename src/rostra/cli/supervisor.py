"""Processes of one machine: forks each, forks it again when it dies, ends them all together.

The supervisor imports the application before it forks, so that its processes share those pages of
memory and start in milliseconds. It must itself stay free of threads and event loops.
"""

import contextlib
import gc
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from types import FrameType

import structlog

from rostra.cli.errors import StartError
from rostra.core import processes

END_SECONDS = 7.0
"""How long processes may take to finish what they do; then they are killed."""
LONGEST_PAUSE = 30.0
WELL_AFTER_SECONDS = 60.0
TRIES_AT_START = 3
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD)
log = structlog.get_logger()


def _do_nothing(_number: int, _frame: FrameType | None) -> None:
    """A handler, so that the signal arrives in the pipe."""


@dataclass
class Child:
    """One process to keep running. `run` is called in the fork and returns, or exits, after SIGTERM."""

    name: str
    run: Callable[[], None]
    pid: int = 0
    started: float = 0.0
    due: float = 0.0
    failures: int = 0


@dataclass
class Supervisor:
    """Keeps `children` running until a signal says to stop."""

    children: Sequence[Child]
    is_ready: Callable[[], bool]
    """Whether the whole answers; asked often until it first says yes."""
    on_ready: Callable[[], None]
    check_database: Callable[[], None] = lambda: None
    """Called after each death of a process and every few seconds; starts the database again if need be."""
    close_in_children: Sequence[int] = ()
    """File descriptors that are the supervisor's alone."""
    _stops: int = field(default=0, init=False)
    _ready: bool = field(default=False, init=False)

    def run(self) -> None:
        """Run until SIGINT, SIGTERM or SIGHUP; the children have ended when this returns.

        Raises:
            StartError: a process dies again and again before all is ready.
        """
        gc.collect()
        gc.freeze()  # the collector no longer writes to, and so copies, pages that are shared
        with self._signals() as pipe:
            try:
                while not self._stops:
                    self._fork_due()
                    self._wait(pipe, self._seconds_to_wait())
                    self._reap()
                    self.check_database()
                    if not self._ready and not self._stops and self.is_ready():
                        self._ready = True
                        self.on_ready()
            finally:
                self._end(pipe)

    @contextlib.contextmanager
    def _signals(self) -> Generator[int]:
        """Signals as bytes in a pipe (signal.set_wakeup_fd), so that none is lost between two looks."""
        read, write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        # A hang-up that is ignored (nohup) stays ignored.
        taken = [
            number
            for number in SIGNALS
            if signal.getsignal(number) != signal.SIG_IGN or number != signal.SIGHUP
        ]
        before = {number: signal.signal(number, _do_nothing) for number in taken}
        signal.set_wakeup_fd(write)
        try:
            yield read
        finally:
            signal.set_wakeup_fd(-1)
            for number, handler in before.items():
                signal.signal(number, handler)
            os.close(read)
            os.close(write)

    def _wait(self, pipe: int, seconds: float) -> None:
        readable, _, _ = select.select([pipe], [], [], seconds)
        if readable:
            self._stops += sum(number != signal.SIGCHLD for number in os.read(pipe, 4096))

    def _seconds_to_wait(self) -> float:
        if not self._ready:
            return 0.02
        due = [child.due - time.monotonic() for child in self.children if not child.pid]
        return max(0.0, min([5.0, *due]))

    def _fork_due(self) -> None:
        for child in self.children:
            if not child.pid and child.due <= time.monotonic():
                self._fork(child)

    def _fork(self, child: Child) -> None:
        end_with_parent = processes.end_with_parent(signal.SIGTERM)
        sys.stdout.flush()
        sys.stderr.flush()
        child.started = time.monotonic()
        child.pid = os.fork()
        if child.pid:
            return
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            for number in SIGNALS:
                signal.signal(number, signal.SIG_DFL)
            os.setsid()  # Ctrl-C reaches the supervisor alone, which ends us in order
            end_with_parent()
            processes.set_name(f"rostra {child.name}")
            for descriptor in self.close_in_children:
                os.close(descriptor)
            child.run()
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            with contextlib.suppress(Exception):
                sys.stderr.flush()
            os._exit(status)

    def _reap(self) -> None:
        for child in self.children:
            if not child.pid:
                continue
            pid, status = os.waitpid(child.pid, os.WNOHANG)
            if pid:
                child.pid = 0
                if not self._stops:
                    self._plan_restart(child, os.waitstatus_to_exitcode(status))

    def _plan_restart(self, child: Child, code: int) -> None:
        well = time.monotonic() - child.started > WELL_AFTER_SECONDS
        child.failures = 1 if well else child.failures + 1
        if not self._ready and child.failures >= TRIES_AT_START:
            raise StartError(f"The {child.name} process does not start; the lines above say why.")
        pause = 0.0 if child.failures == 1 else min(LONGEST_PAUSE, 0.25 * 2**child.failures)
        child.due = time.monotonic() + pause
        log.error("process.ended", process=child.name, code=code, restart_in=pause)

    def _end(self, pipe: int) -> None:
        """SIGTERM to all; SIGKILL after a while, or at the second signal to stop."""
        self._signal_all(signal.SIGTERM)
        deadline = time.monotonic() + END_SECONDS
        first = max(self._stops, 1)
        self._stops = first
        while any(child.pid for child in self.children):
            if time.monotonic() > deadline or self._stops > first:
                self._signal_all(signal.SIGKILL)
            self._wait(pipe, 0.05)
            self._reap()

    def _signal_all(self, number: signal.Signals) -> None:
        for child in self.children:
            if child.pid:
                os.kill(child.pid, number)

    @property
    def in_a_hurry(self) -> bool:
        """Whether it was told to stop more than once."""
        return self._stops > 1
