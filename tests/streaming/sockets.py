"""Streams over WebSocket, as tests read them."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import websockets

from tests.conformance.watch import check_event
from tests.network import Person


class Socket:
    def __init__(self, connection: websockets.ClientConnection) -> None:
        self.connection = connection

    async def frame(self) -> Any:
        """The next frame as it comes."""
        async with asyncio.timeout(30):
            frame = json.loads(await self.connection.recv())
        if "event" in frame:
            check_event(frame["event"], frame.get("payload", ""))
        return frame

    async def next(self) -> tuple[list[str], str, Any]:
        """Stream, event and decoded payload."""
        frame = await self.frame()
        return frame["stream"], frame["event"], json.loads(frame["payload"])

    async def say(self, **command: str) -> None:
        await self.connection.send(json.dumps(command))


@asynccontextmanager
async def socket_of(person: Person, *, web_server: bool = False, **query: str) -> AsyncGenerator[Socket]:
    """A WebSocket at the port of its own, or (`web_server=True`) at that of everything."""
    settings = person.network.settings
    port = settings.port if web_server else settings.streaming_port
    url = httpx.URL(f"ws://127.0.0.1:{port}/api/v1/streaming", params=query)
    headers = {"Authorization": f"Bearer {person.token}"}
    async with websockets.connect(str(url), additional_headers=headers) as connection:
        yield Socket(connection)
