"""One web process: Granian and one event loop on the web application."""

import asyncio
import contextlib
import os
import signal

import structlog
import uvloop
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings

from rostra.api.streaming_sockets import serve_sockets
from rostra.cli.server import KeptAliveServer, raise_open_files
from rostra.core.operating.presence import present
from rostra.core.services import open_services
from rostra.core.settings import Settings
from rostra.main import create_app

BACKLOG = 1024
HEADER_SECONDS = 15
HEADER_BYTES = 64 * 1024
END_SECONDS = 5.0
log = structlog.get_logger()


def run(settings: Settings) -> None:
    """Serve until SIGTERM; then answer what was asked, for some seconds at most."""
    uvloop.run(_serve(settings))


def _cut_off() -> None:
    log.warning("web.cut_off", reason="requests or streams did not end", seconds=END_SECONDS)
    os._exit(1)


async def _serve(settings: Settings) -> None:
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    async with contextlib.AsyncExitStack() as opened:
        services = await opened.enter_async_context(open_services(settings, settings.database_url))
        connections = raise_open_files()
        app = create_app(services)
        numbers = present(services.db, "web", lambda: {"streams": app.open_streams})
        await opened.enter_async_context(numbers)
        if settings.streaming_port:
            sockets = serve_sockets(app.streaming, settings.host, settings.streaming_port)
            await opened.enter_async_context(sockets)
        server = KeptAliveServer(
            app,
            address=settings.host,
            port=settings.port,
            interface=Interfaces.ASGINL,
            http=HTTPModes.http1,  # Caddy speaks HTTP/2 and 3 in front
            websockets=True,
            backlog=BACKLOG,
            backpressure=connections,
            http1_settings=HTTP1Settings(
                header_read_timeout=HEADER_SECONDS * 1000, max_buffer_size=HEADER_BYTES
            ),
            log_enabled=False,  # the application logs requests
        )
        serving = asyncio.create_task(server.serve())
        told = asyncio.create_task(stopping.wait())
        await asyncio.wait({serving, told}, return_when=asyncio.FIRST_COMPLETED)
        if stopping.is_set():
            # Granian waits for ever for open streams, and can't cancel them.
            asyncio.get_running_loop().call_later(END_SECONDS, _cut_off)
            app.end_streams()
            server.stop()
        told.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await told
        await serving
