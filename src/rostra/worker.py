"""The job worker: one process that carries out what follows from events, and what the clock asks for."""

import asyncio
import signal

import structlog

from rostra.core.jobs import Limits, Runner, Work
from rostra.core.operating.presence import present
from rostra.core.services import open_services
from rostra.core.settings import Settings
from rostra.reactions import REACTIONS, SCHEDULES

log = structlog.get_logger()


async def run(
    settings: Settings, conninfo: str, work: Work | None = None, limits: Limits | None = None
) -> None:
    """Work on the database at `conninfo` until SIGTERM or SIGINT; then end within 10 seconds.

    `work` and `limits` are the network's own unless given.

    Raises:
        psycopg.OperationalError: the database does not answer at the start.
    """
    async with open_services(settings, conninfo) as services:
        runner = Runner(services, work or Work(REACTIONS, SCHEDULES), limits)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, runner.stop)
        log.info("worker.started")
        async with present(services.db, "worker", lambda: {"running": runner.running}):
            await runner.run()
    log.info("worker.stopped")
