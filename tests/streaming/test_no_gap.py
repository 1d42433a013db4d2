"""Streams that are cut off again and again, among several web processes of which one is killed: every event
arrives, and none twice."""

import asyncio
import contextlib
import json
import os
import random
import signal
from pathlib import Path
from typing import Any

import httpx
import pytest
import websockets

from tests.live import free_port
from tests.operating.members import people
from tests.operating.running import Rostra

pytestmark = pytest.mark.slow

STATUSES = 60
WRITERS = 3
KILL_AFTER = 20
CLIENTS = 3
LAST = "that was all"


async def test_every_event_arrives_once_however_often_streams_are_cut_off(tmp_path: Path) -> None:
    data = tmp_path / "data"
    own = free_port()
    with Rostra(data, "--streaming-port", own, ROSTRA_RATE_LIMITS="false", ROSTRA_WEB_WORKERS="3") as rostra:
        await asyncio.to_thread(rostra.wait_until_ready)
        tokens = await people(data, "alice", "bob")
        ports = [own] * CLIENTS + [rostra.port]
        sockets = [_Sockets(port, tokens["bob"]) for port in ports]
        events = [_Events(rostra.port, tokens["bob"]) for _ in range(CLIENTS)]
        readers = [asyncio.create_task(client.read()) for client in [*sockets, *events]]
        async with asyncio.timeout(30):
            await asyncio.gather(*(client.ready.wait() for client in [*sockets, *events]))
        published: list[str] = []
        numbers = iter(range(STATUSES))
        writers = [
            asyncio.create_task(_write(rostra.port, tokens["alice"], numbers, published))
            for _ in range(WRITERS)
        ]
        while len(published) < KILL_AFTER:
            assert not all(writer.done() for writer in writers)
            await asyncio.sleep(0.005)
        os.kill(rostra.children()["web 1"], signal.SIGKILL)
        await asyncio.gather(*writers)
        await asyncio.sleep(1)  # what is written last is streamed last
        published.append(await _publish_surely(rostra.port, tokens["alice"], LAST))
        async with asyncio.timeout(120):
            await asyncio.gather(*readers)
    for client in [*sockets, *events]:
        assert client.times_cut > 2
        assert len(client.updates) == len(set(client.updates)), f"{type(client).__name__}: twice"
        assert not set(published) - set(client.updates), f"{type(client).__name__}: missing"
        assert len(client.mentions) == len(set(client.mentions)), f"{type(client).__name__}: mentioned twice"
        assert len(client.mentions) >= len(published) - 1
        assert not client.others


async def _write(port: int, token: str, numbers: Any, published: list[str]) -> None:
    for number in numbers:
        status_id = await _publish_surely(port, token, f"{number}: hello @bob")
        published.append(status_id)


async def _publish_surely(port: int, token: str, text: str) -> str:
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": text}
    while True:
        with contextlib.suppress(httpx.TransportError):
            async with httpx.AsyncClient(headers=headers, timeout=10) as client:
                answer = await client.post(f"http://127.0.0.1:{port}/api/v1/statuses", json={"status": text})
                if answer.status_code == 200:
                    return answer.json()["id"]
        await asyncio.sleep(0.05)


class _Client:
    """Reads the home stream, and hangs up after a few events, without a word."""

    def __init__(self, port: int, token: str) -> None:
        self._port = port
        self._token = token
        self._last: str | None = None
        self.ready = asyncio.Event()
        self.times_cut = 0
        self.updates: list[str] = []
        self.mentions: list[str] = []
        self.others: list[str] = []
        self._done = False

    async def read(self) -> None:
        while not self._done:
            with contextlib.suppress(httpx.TransportError, OSError, websockets.WebSocketException, EOFError):
                await self.read_some(random.randrange(1, 12))
            self.times_cut += 1

    async def read_some(self, count: int) -> None:
        raise NotImplementedError

    def take(self, position: str, event: str | None, payload: str | None) -> None:
        self._last = position
        self.ready.set()
        if event == "update":
            status = json.loads(payload or "")
            self.updates.append(status["id"])
            self._done = self._done or LAST in status["content"]
        elif event == "notification":
            self.mentions.append(json.loads(payload or "")["id"])
        elif event not in (None, "position"):
            self.others.append(event)


class _Sockets(_Client):
    async def read_some(self, count: int) -> None:
        last = f"last_event_id={self._last}" if self._last else "resume=true"
        url = f"ws://127.0.0.1:{self._port}/api/v1/streaming?stream=user&{last}"
        headers = {"Authorization": f"Bearer {self._token}"}
        connection = await websockets.connect(url, additional_headers=headers)
        try:
            for _ in range(count):
                frame = json.loads(await connection.recv())
                self.take(frame["id"], frame["event"], frame.get("payload"))
                if self._done:
                    return
        finally:
            connection.transport.abort()


class _Events(_Client):
    async def read_some(self, count: int) -> None:
        headers = {"Authorization": f"Bearer {self._token}"}
        if self._last:
            headers["Last-Event-ID"] = self._last
        url = f"http://127.0.0.1:{self._port}/api/v1/streaming/user?resume=true"
        async with (
            httpx.AsyncClient(timeout=30) as client,
            client.stream("GET", url, headers=headers) as response,
        ):
            fields: dict[str, str] = {}
            async for line in response.aiter_lines():
                if line and not line.startswith(":"):
                    name, _, value = line.partition(": ")
                    fields[name] = value
                elif not line and fields:
                    self.take(fields["id"], fields.get("event"), fields.get("data"))
                    fields, count = {}, count - 1
                    if not count or self._done:
                        return
