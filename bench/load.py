"""A small, fast load generator: keep-alive connections that each ask, wait for the whole answer, ask again.

It measures what a client sees. It runs on the same machine as what it measures, so only ratios
between runs of the same kind say something.
"""

import asyncio
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast


@dataclass(frozen=True)
class Result:
    """What a run gave. Times are in milliseconds."""

    per_second: float
    p50: float
    p99: float
    bytes_each: float
    failed: int


def request(method: str, path: str, token: str | None = None, body: bytes = b"", kind: str = "") -> bytes:
    """One HTTP/1.1 request, as bytes."""
    lines = [f"{method} {path} HTTP/1.1", "Host: bench.example"]
    if token:
        lines.append(f"Authorization: Bearer {token}")
    if body:
        lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def run(port: int, make: Callable[[], bytes], *, seconds: float, connections: int = 16) -> Result:
    """Ask for `seconds`, over `connections`; `make` gives each request."""
    loop = asyncio.get_running_loop()
    times: list[float] = []
    sizes: list[int] = []
    clients = [_Client(make, times, sizes) for _ in range(connections)]
    for client in clients:
        await loop.create_connection(lambda client=client: client, "127.0.0.1", port)
    begin = time.perf_counter()
    for client in clients:
        client.ask()
    await asyncio.sleep(seconds)
    elapsed = time.perf_counter() - begin
    answered = len(times)
    failed = sum(client.failed for client in clients)
    for client in clients:
        client.stop()
    ordered = sorted(times[:answered]) or [0.0]
    return Result(
        per_second=answered / elapsed,
        p50=ordered[len(ordered) // 2] * 1000,
        p99=ordered[math.ceil(len(ordered) * 0.99) - 1] * 1000,
        bytes_each=sum(sizes) / max(1, len(sizes)),
        failed=failed,
    )


class _Client(asyncio.Protocol):
    def __init__(self, make: Callable[[], bytes], times: list[float], sizes: list[int]) -> None:
        self._make = make
        self._times = times
        self._sizes = sizes
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._needed = 0
        self._asked = 0.0
        self._going = True
        self.failed = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is no subclass

    def ask(self) -> None:
        assert self._transport is not None
        self._asked = time.perf_counter()
        self._transport.write(self._make())

    def stop(self) -> None:
        self._going = False
        if self._transport:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._needed:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = bytes(self._buffer[:end]).lower()
            if not head.startswith(b"http/1.1 200"):
                self.failed += 1
            at = head.index(b"content-length:")
            self._needed = end + 4 + int(head[at + 15 :].split(b"\r\n", 1)[0])
        if len(self._buffer) >= self._needed:
            self._times.append(time.perf_counter() - self._asked)
            self._sizes.append(self._needed)
            self._buffer.clear()
            self._needed = 0
            if self._going:
                self.ask()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._going:
            self.failed += 1
