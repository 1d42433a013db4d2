"""`rostra serve`: everything on one machine. The composition of the supervisor."""

import functools
import os
import socket
import time

import msgspec
import structlog

from rostra.cli import locks, logs, metrics, ports
from rostra.cli.supervisor import Child, Supervisor
from rostra.core import postgres
from rostra.core.postgres import PostgresError
from rostra.core.settings import Settings

LONGEST_PAUSE_SECONDS = 15.0
"""Between two tries to start the database again."""
OTHER_CONNECTIONS = 30
"""Database connections besides the web processes' pools: workers, listeners, tools."""
log = structlog.get_logger()


class EmbeddedDatabase:
    """The database of the data folder, started again should it die."""

    def __init__(self, settings: Settings) -> None:
        connections = settings.web_workers * (settings.database_connections + 1) + OTHER_CONNECTIONS
        self._start = functools.partial(postgres.start, settings.data, max_connections=max(60, connections))
        self._server = self._start()
        self._failures = 0
        self._due = 0.0

    @property
    def url(self) -> str:
        """Where it listens; the same after a restart."""
        return self._server.url

    def check(self) -> None:
        """Start it again if it has ended; when that fails (a full disk), later again, and so on.

        Meanwhile the web processes stay, and tell members that this is temporary.
        """
        if self._server.is_running() or time.monotonic() < self._due:
            return
        try:
            self._server = self._start(sockets=self._server.temporary)
        except PostgresError as error:
            pause = min(LONGEST_PAUSE_SECONDS, 2.0**self._failures)
            self._failures += 1
            self._due = time.monotonic() + pause
            log.error("database.down", reason=str(error), retry_in=pause)  # noqa: TRY400  (an operator reads it)
        else:
            self._failures = 0
            log.info("database.restarted")

    def stop(self, seconds: float) -> None:
        """End it."""
        self._server.stop(seconds)


def serve(settings: Settings, demo: bool) -> None:
    """Run everything until a signal says to stop.

    Raises:
        StartError, PostgresError, MigrationError: with what to do.
    """
    began = time.monotonic()
    logs.configure(settings.log_format)
    held = locks.take(settings.data)
    metrics.share(settings)
    settings = _with_streaming_port(settings)
    ports.check(settings.host, settings.port, "--port")
    if settings.streaming_port:
        ports.check(settings.host, settings.streaming_port, "--streaming-port")
    front = _caddy(settings, held.family)
    database = None if settings.database_url else EmbeddedDatabase(settings)
    in_a_hurry = False
    try:
        if database:
            settings = msgspec.structs.replace(settings, database_url=database.url)
        link = _prepare(settings, demo)
        supervisor = Supervisor(
            [*_children(settings), *front],
            is_ready=functools.partial(_is_ready, settings, bool(front)),
            on_ready=functools.partial(_announce, settings, link, began),
            check_database=database.check if database else lambda: None,
            close_in_children=[held.supervisor],
        )
        supervisor.run()
        in_a_hurry = supervisor.in_a_hurry
    finally:
        if database:
            database.stop(seconds=0.1 if in_a_hurry else 2.5)


def _with_streaming_port(settings: Settings) -> Settings:
    """Caddy finds WebSockets at a port of their own."""
    from rostra.cli import caddy

    if settings.streaming_port or not caddy.is_wanted(settings):
        return settings
    beside = settings.port + 1 if settings.port < 65_535 else settings.port - 1
    return msgspec.structs.replace(settings, streaming_port=beside)


def _prepare(settings: Settings, demo: bool) -> str | None:
    """Migrations, demo content, and the link of the first start."""
    from rostra.cli.first import check_domain, setup_link
    from rostra.core.migrate import migrate

    migrate(settings.database_url)
    check_domain(settings)
    if demo:
        from rostra.cli.demo import fill

        fill(settings)
    return setup_link(settings)


def _children(settings: Settings) -> list[Child]:
    # Imported here, once, before the forks; only now does this process become large.
    from rostra.cli import jobs, web
    from rostra.web_app.files import web_app

    web_app(settings)  # read once, too
    names = [f"web {number + 1}" for number in range(settings.web_workers)]
    children = [Child(name, functools.partial(web.run, settings)) for name in names]
    return [*children, Child("worker", functools.partial(jobs.run, settings))]


def _caddy(settings: Settings, family_lock: int) -> list[Child]:
    from rostra.cli import caddy

    if not caddy.is_wanted(settings):
        return []
    command, environment = caddy.prepare(settings)

    def run() -> None:
        os.set_inheritable(family_lock, True)
        os.execve(command[0], command, environment)  # noqa: S606  (no shell is wanted)

    return [Child("caddy", run)]


def _is_ready(settings: Settings, with_caddy: bool) -> bool:
    caddy_listens = not with_caddy or ports.accepts(settings.https_port)
    return caddy_listens and ports.answers_http(settings.host, settings.port)


def _announce(settings: Settings, link: str | None, began: float) -> None:
    lines = [
        f"Rostra is ready: {settings.base_url} (after {time.monotonic() - began:.1f} s; Ctrl-C stops it)"
    ]
    if link:
        lines += ["Make your operator's account here; the link works once:", f"  {link}"]
    if not settings.smtp_url:
        lines.append(f"No mail server is set, so mails are files in {settings.data / 'mail'}.")
    print("\n".join(lines), flush=True)
    _tell_systemd("READY=1")


def _tell_systemd(state: str) -> None:
    """sd_notify(3): say so to the service manager, where one asks for it."""
    if name := os.environ.get("NOTIFY_SOCKET"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as connection:
            connection.connect("\0" + name[1:] if name.startswith("@") else name)
            connection.send(state.encode())
