"""Running jobs: in a worker process until it is told to stop, or in a test until nothing is left."""

import asyncio
import contextlib
import random
import traceback
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import psycopg
import structlog

from rostra.core import tasks
from rostra.core.db import Tx
from rostra.core.errors import Unavailable
from rostra.core.events import TOPIC
from rostra.core.jobs import queue
from rostra.core.jobs.queue import Job
from rostra.core.jobs.work import ReactionTable, TryAgain, Work
from rostra.core.services import Services

EVENTS_AT_ONCE = 100
JOBS_AT_ONCE = 50  # in drain
ERROR_CHARACTERS = 4000
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a worker takes on. Times are in seconds."""

    concurrency: int = 8
    """Jobs that run at the same time, beside those that stand apart (`work.apart`)."""
    lease: float = 10
    """How soon after a worker was killed others run its jobs."""
    poll: float = 2
    """How often to look for what is due by the clock, and for what a lost message concealed."""
    job: float = 300
    """Longest that one try may take, where its kind has no limit of its own."""
    grace: float = 8
    """How long running jobs may go on after the worker was told to stop."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a try of a job ended."""

    job: Job
    error: BaseException | None = None
    given_back: bool = False


Room = tuple[Sequence[str], int]
"""Kinds of jobs, and how many of them may be taken on now."""


class Runner:
    """Carries out `work` in this process."""

    def __init__(self, services: Services, work: Work, limits: Limits | None = None) -> None:
        self._services = services
        self._work = work
        self._limits = limits or Limits()
        self._running: dict[int, asyncio.Task[None]] = {}
        self._kinds: dict[int, str] = {}
        """The kinds of the jobs that run."""
        self._ended: list[Ended] = []
        self._wake = asyncio.Event()
        self._stopping = False

    @property
    def running(self) -> dict[str, int]:
        """How many jobs of each kind it runs now."""
        return dict(Counter(self._kinds.values()))

    async def run(self) -> None:
        """Work until `stop` is called; a broken database connection is waited for."""
        self._services.bus.on(TOPIC, lambda _: self._wake.set())
        self._services.bus.on_reset(self._wake.set)
        heartbeat = asyncio.create_task(self._extend_leases(), name="leases")
        try:
            await self._insist(self._plan)
            while not self._stopping:
                self._wake.clear()
                await self._insist(self._turn)
                await self._sleep(self._limits.poll)
            await self._wind_up()
        finally:
            await tasks.end(heartbeat)

    def stop(self) -> None:
        """Let `run` end: it takes no more jobs, and gives the running ones `limits.grace` seconds."""
        self._stopping = True
        self._wake.set()

    async def attempt(self, job: Job) -> Ended:
        """Run `job` once, within the time limit."""
        kind = self._work.kinds[job.kind]
        if job.tries > len(kind.retry_after) + 1:
            return Ended(job, RuntimeError("Its workers died while they ran it"))
        with structlog.contextvars.bound_contextvars(job=job.id, kind=job.kind):
            try:
                async with asyncio.timeout(kind.seconds or self._limits.job):
                    await kind.run(self._services, job.data.encode())
            except TryAgain as error:
                log.info("job.put_off", tries=job.tries, reason=str(error)[:200])
                is_last = job.tries > len(kind.retry_after)
                return Ended(job, None if is_last else error)
            except Exception as error:
                # The text of an error may quote personal data: it stays in the database.
                log.error("job.failed", tries=job.tries, error=type(error).__name__)  # noqa: TRY400
                return Ended(job, error)
        return Ended(job)

    async def turn(self, tx: Tx, ended: Sequence[Ended], rooms: Sequence[Room]) -> tuple[int, list[Job]]:
        """Settle jobs that have ended, dispatch events, claim jobs for `rooms`: one transaction.

        Returns the number of events and the jobs claimed.
        """
        # Nothing here needs to survive a crash of the database: what is forgotten is done again.
        await tx.execute("set local synchronous_commit = off")
        await self.settle(tx, ended)
        events = await queue.dispatch(tx, self._work, EVENTS_AT_ONCE)
        lease = timedelta(seconds=self._limits.lease)
        jobs = [await queue.claim(tx, kinds, limit, lease) for kinds, limit in rooms if limit > 0]
        return events, [job for some in jobs for job in some]

    async def settle(self, tx: Tx, ended: Sequence[Ended]) -> None:
        """Forget what is done, give back what was not begun, and plan what failed anew."""
        if done := [end.job.id for end in ended if end.error is None and not end.given_back]:
            await queue.finish(tx, done)
        if back := [end.job.id for end in ended if end.given_back]:
            await queue.give_back(tx, back)
        for end in ended:
            if end.error is not None:
                await queue.fail(tx, end.job, _describe(end.error), self._pause_after(end))

    def _pause_after(self, end: Ended) -> timedelta | None:
        """How long after this failed try of a job the next one begins; None: it was the last."""
        job = end.job
        if isinstance(end.error, TryAgain) and end.error.after is not None:
            return timedelta(seconds=end.error.after)
        pauses = self._work.kinds[job.kind].retry_after
        if job.tries > len(pauses):
            return None
        return timedelta(seconds=pauses[job.tries - 1] * random.uniform(0.9, 1.1))  # noqa: S311

    async def _plan(self) -> None:
        async with self._services.db.connection() as tx:
            await queue.plan(tx, self._work.schedules)

    async def _turn(self) -> None:
        """One turn of the worker. The end of a job begins the next one, so a backlog is not slept on."""
        ended = list(self._ended)
        async with self._services.db.transaction() as tx:
            await queue.tick(tx, self._work.schedules)
            _, jobs = await self.turn(tx, ended, [] if self._stopping else self._rooms())
        del self._ended[: len(ended)]  # only now: until it is committed they may have to be settled again
        for job in jobs:
            if job.id in self._running:  # we were too slow to extend its lease; it still is ours
                continue
            self._kinds[job.id] = job.kind
            self._running[job.id] = asyncio.create_task(self._run(job), name=f"job {job.id}")

    def _rooms(self) -> list[Room]:
        running = list(self._kinds.values())
        return [
            (kinds, (at_once or self._limits.concurrency) - sum(kind in kinds for kind in running))
            for at_once, kinds in self._work.lanes
        ]

    async def _run(self, job: Job) -> None:
        try:
            end = await self.attempt(job)
        except asyncio.CancelledError:
            end = Ended(job, given_back=True)
        del self._running[job.id], self._kinds[job.id]
        self._ended.append(end)
        self._wake.set()

    async def _insist(self, act: Callable[[], Awaitable[None]]) -> None:
        """Do `act` until the database lets us or we are told to stop, pausing longer and longer."""
        pause = 0.1
        while True:
            try:
                await act()
            except (psycopg.Error, Unavailable) as error:
                log.warning("jobs.database_unavailable", error=type(error).__name__, retry_in=pause)
            else:
                return
            if self._stopping:
                return
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5)

    async def _sleep(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), seconds)

    async def _extend_leases(self) -> None:
        """Keep what we run from falling due, until cancelled."""
        lease = timedelta(seconds=self._limits.lease)
        while True:
            await asyncio.sleep(self._limits.lease / 3)
            if ours := [*self._running, *(end.job.id for end in self._ended)]:
                with contextlib.suppress(psycopg.Error, Unavailable):
                    async with self._services.db.connection() as tx:
                        await queue.extend(tx, ours, lease)

    async def _wind_up(self) -> None:
        """Let running jobs end in time, cancel and give back the others, and settle all."""
        if self._running:
            await asyncio.wait(self._running.values(), timeout=self._limits.grace)
        for task in (remaining := list(self._running.values())):
            task.cancel()
        if remaining:
            await asyncio.wait(remaining, timeout=1)
        if self._ended:
            await self._insist(self._turn)


async def drain(services: Services, reactions: ReactionTable) -> int:
    """Run all that waits, one after another, until nothing is due; returns the number of jobs.

    For tests: the worker's own steps without its clock and its concurrency. What is put off, or is to
    be tried again later, stays.

    Raises:
        Exception: what the first job to fail raised; the jobs after it stay due.
    """
    work = Work(reactions)
    runner = Runner(services, work)
    rooms = [(kinds, JOBS_AT_ONCE) for _, kinds in work.lanes]
    ended: list[Ended] = []
    count = 0
    while True:
        async with services.db.transaction() as tx:
            events, jobs = await runner.turn(tx, ended, rooms)
        if not events and not jobs:
            return count
        ended = []
        for position, job in enumerate(jobs):
            end = await runner.attempt(job)
            ended.append(end)
            if end.error is not None and not isinstance(end.error, TryAgain):
                untried = [Ended(other, given_back=True) for other in jobs[position + 1 :]]
                async with services.db.transaction() as tx:
                    await runner.settle(tx, [*ended, *untried])
                raise end.error
            count += 1


def _describe(error: BaseException) -> str:
    """The end of the traceback, as PostgreSQL can store it."""
    text = "".join(traceback.format_exception(error))[-ERROR_CHARACTERS:]
    return text.replace("\0", "�").encode("utf-8", "replace").decode()
