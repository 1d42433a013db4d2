"""The network of a test behind a real server on a real port, with its worker running.

For clients that want a socket: apps, streams, browsers. Override the `settings` fixture with
`live_settings` in such a test module, and ask for `live` instead of `network`.
"""

import asyncio
import contextlib
import secrets
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from granian.constants import Interfaces
from granian.server.embed import Server

from rostra.api.streaming_sockets import serve_sockets
from rostra.core.jobs import Runner, Work
from rostra.core.settings import Settings, load
from rostra.reactions import REACTIONS
from tests.network import Network

_PORTS = range(12_000, 32_000)
"""Below those that the kernel gives to connections: none of these takes a port before its server does."""


def free_port() -> int:
    """A TCP port that nobody listens on, and that nobody else is likely to ask for now."""
    while True:
        port = secrets.choice(_PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def live_settings(tmp_path: Path, **overrides: object) -> Settings:
    """Settings for a network on a free port."""
    given = {
        "data": tmp_path / "data",
        "port": free_port(),
        "streaming_port": free_port(),
        "rate_limits": False,
        "confirm_email": False,
        "web_app": "off",  # tests/web has it
    }
    return load({**given, **overrides}, environ={})


@asynccontextmanager
async def serve(network: Network) -> AsyncGenerator[Network]:
    """`network`, reachable at its base URL, with a worker that runs its jobs."""
    settings = network.settings
    server = Server(
        network.app,
        address="127.0.0.1",
        port=settings.port,
        interface=Interfaces.ASGINL,
        websockets=True,
        log_enabled=False,
        backpressure=1024,
    )
    runner = Runner(network.services, Work(REACTIONS))
    network.has_worker = True
    tasks = [asyncio.create_task(server.serve()), asyncio.create_task(runner.run())]
    try:
        await _answers(settings.base_url, tasks)
        async with serve_sockets(network.app.streaming, "127.0.0.1", settings.streaming_port):
            yield network
            network.app.end_streams()
    finally:
        network.app.end_streams()
        server.stop()
        runner.stop()
        await asyncio.wait(tasks, timeout=10)
        network.has_worker = False


async def _answers(url: str, tasks: list[asyncio.Task[None]]) -> None:
    async with asyncio.timeout(60), httpx.AsyncClient() as client:
        while True:
            assert not any(task.done() for task in tasks), "the server or the worker ended"
            with contextlib.suppress(httpx.TransportError):
                await client.get(f"{url}/api/v1/streaming/health")
                return
            await asyncio.sleep(0.02)
