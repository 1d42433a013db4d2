"""Ten thousand open streams: the memory that each takes, and how long a post takes to reach the last.

First all are idle on their own home stream; then all follow the public timeline, and each of some posts
has to reach every one of them.
"""

import asyncio
import base64
import json
import os
import resource
import time
from typing import Any

import uvloop

from bench import processes
from bench.load import request
from bench.seed import MEMBERS, Seeded

STREAMS = 10_000
OPENED_AT_ONCE = 200
POSTS = 5
SETTLE_SECONDS = 3


def measure(root: int, port: int, streaming_port: int, seeded: Seeded) -> dict[str, Any]:
    """Figures for the server whose supervisor is process `root`. Memory is in MiB and KiB, times in ms."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        return uvloop.run(_measure(root, port, streaming_port, seeded))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def _measure(root: int, port: int, streaming_port: int, seeded: Seeded) -> dict[str, Any]:
    before = sum(processes.memory(root).values())
    begin = time.perf_counter()
    clients = await _open(streaming_port, seeded)
    opened = time.perf_counter() - begin
    await asyncio.sleep(SETTLE_SECONDS)
    more = sum(processes.memory(root).values()) - before
    for client in clients:
        client.say({"type": "subscribe", "stream": "public"})
    await asyncio.sleep(SETTLE_SECONDS)
    delays = [await _post(port, seeded.tokens[number], clients) for number in range(POSTS + 1)][1:]
    alive = sum(not client.lost for client in clients)
    for client in clients:
        client.stop()
    return {
        "streams": alive,
        "opened_per_second": round(len(clients) / opened),
        "more_mib": round(more, 1),
        "kib_each": round(more * 1024 / len(clients), 1),
        "post_to_last_delivery_p50_ms": round(sorted(delays)[len(delays) // 2]),
        "post_to_last_delivery_max_ms": round(max(delays)),
    }


async def _open(port: int, seeded: Seeded) -> list["_Client"]:
    clients = [_Client(seeded.tokens[number % MEMBERS]) for number in range(STREAMS)]
    for start in range(0, STREAMS, OPENED_AT_ONCE):
        await asyncio.gather(*(client.open(port) for client in clients[start : start + OPENED_AT_ONCE]))
    return clients


async def _post(port: int, token: str, clients: list["_Client"]) -> float:
    """Milliseconds from the request to the moment at which the last stream has the status."""
    text = f"delay {os.urandom(8).hex()}"
    arrivals = [client.expect(text.encode()) for client in clients]
    begin = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    body = json.dumps({"status": text}).encode()
    writer.write(request("POST", "/api/v1/statuses", token, body, "application/json"))
    assert b" 200 " in await reader.readline()
    async with asyncio.timeout(60):
        last = max(await asyncio.gather(*arrivals))
    writer.close()
    return (last - begin) * 1000


class _Client(asyncio.Protocol):
    """A WebSocket that only looks for a text (RFC 6455; what it sends is masked with zeros)."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._transport: Any = None
        self._needle = b"101 Switching"
        self._arrival: asyncio.Future[float] | None = None
        self._buffer = b""
        self.lost = False

    async def open(self, port: int) -> None:
        opened = self.expect(b"101 Switching")
        self._transport, _ = await asyncio.get_running_loop().create_connection(
            lambda: self, "127.0.0.1", port
        )
        key = base64.b64encode(os.urandom(16)).decode()
        self._transport.write(
            f"GET /api/v1/streaming?stream=user HTTP/1.1\r\nHost: bench.example\r\n"
            f"Authorization: Bearer {self._token}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode()
        )
        await opened

    def expect(self, needle: bytes) -> "asyncio.Future[float]":
        """When `needle` arrives."""
        self._needle, self._buffer = needle, b""
        self._arrival = asyncio.get_running_loop().create_future()
        return self._arrival

    def say(self, command: dict[str, str]) -> None:
        text = json.dumps(command).encode()
        self._transport.write(bytes([0x81, 0x80 | len(text)]) + bytes(4) + text)

    def stop(self) -> None:
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        if self._arrival is None or self._arrival.done():
            return
        self._buffer += data
        if self._needle in self._buffer:
            self._arrival.set_result(time.perf_counter())
            self._buffer = b""

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True
        if self._arrival is not None and not self._arrival.done():
            self._arrival.set_exception(ConnectionError("a stream ended"))
