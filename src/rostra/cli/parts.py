"""`rostra web`, `rostra worker`, `rostra migrate`: the parts of `serve` alone, for several machines."""

import contextlib
import functools
from collections.abc import Generator

import msgspec

from rostra.cli import logs, metrics, ports
from rostra.cli.errors import StartError
from rostra.core import postgres
from rostra.core.settings import Settings


@contextlib.contextmanager
def with_database(settings: Settings) -> Generator[Settings]:
    """Settings whose `database_url` leads to a running database: the external or the embedded one.

    An embedded one that was not running runs for the length of the block.
    """
    if settings.database_url:
        yield settings
        return
    if not (settings.data / "postgres").exists():
        raise StartError(
            f"There is no database in {settings.data}. Name the data folder by --data, or an external"
            " database by --database-url; `rostra serve` makes a new one."
        )
    server = postgres.start(settings.data)
    try:
        yield msgspec.structs.replace(settings, database_url=server.url)
    finally:
        if server.started_here:
            server.stop()


def web(settings: Settings) -> None:
    """Run the web processes until a signal says to stop."""
    from rostra.cli.supervisor import Child, Supervisor

    _need_external(settings)
    logs.configure(settings.log_format)
    metrics.share(settings)
    ports.check(settings.host, settings.port, "--port")
    if settings.streaming_port:
        ports.check(settings.host, settings.streaming_port, "--streaming-port")
    from rostra.cli import web as process

    names = [f"web {number + 1}" for number in range(settings.web_workers)]
    Supervisor(
        [Child(name, functools.partial(process.run, settings)) for name in names],
        is_ready=functools.partial(ports.answers_http, settings.host, settings.port),
        on_ready=lambda: print(f"Web processes listen on {settings.host}:{settings.port}", flush=True),
    ).run()


def worker(settings: Settings) -> None:
    """Run a job worker until a signal says to stop."""
    _need_external(settings)
    logs.configure(settings.log_format)
    from rostra.cli import jobs as process

    process.run(settings)


def migrate(settings: Settings) -> None:
    """Apply the migrations that are missing."""
    from rostra.core.migrate import migrate as run

    with with_database(settings) as ready:
        applied = run(ready.database_url)
    print("\n".join(applied) if applied else "The database is up to date.")


def _need_external(settings: Settings) -> None:
    if not settings.database_url:
        raise StartError("This runs on a database that several machines share: name it by --database-url.")
