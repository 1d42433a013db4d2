"""WebSockets on a port of their own, for the proxy in front: much smaller than those of the web server.

Granian gives each WebSocket 128 KiB to read into, and sends no pings; here a connection takes a tenth, is
asked every half minute whether it is still there, and can't send more than a command.
"""

import logging
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import QueryParams
from starlette.requests import HTTPConnection
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.protocol import State

from rostra.api.http import error_response
from rostra.api.streaming import PREFIX, Streaming
from rostra.api.streaming_stream import Stream
from rostra.api.streaming_talk import MAX_MESSAGE, Talk
from rostra.core.errors import NotFound, RostraError
from rostra.core.web import note_request

BACKLOG = 1024
OPEN_SECONDS = 15
PING_SECONDS = 30
"""How often a client is asked whether it is still there, and how long it may take to answer."""
CLOSE_SECONDS = 2
WRITE_BYTES = 64 * 1024
"""What may wait in the process for one slow reader, beside the events of its stream."""


class _Connection(ServerConnection):
    """A connection with what is said over it."""

    talk: Talk | None = None
    opened = 0.0

    def connection_lost(self, exc: Exception | None) -> None:
        """asyncio.Protocol."""
        super().connection_lost(exc)
        if self.talk is not None:
            self.talk.leave()
        if self.opened:
            status = 101 if self.talk is not None else 0
            note_request("streaming", "WS", PREFIX, status, time.perf_counter() - self.opened)


class _Wire:
    """`websockets` as a wire."""

    __slots__ = ("_connection",)

    def __init__(self, connection: ServerConnection) -> None:
        self._connection = connection

    async def send(self, text: str) -> None:
        await self._connection.send(text)

    async def receive(self) -> str | None:
        message = await self._connection.recv()
        return message if isinstance(message, str) else ""


@asynccontextmanager
async def serve_sockets(streaming: Streaming, host: str, port: int) -> AsyncGenerator[Server]:
    """Serve WebSockets at `host` and `port` for the length of the block; other processes may, too.

    Raises:
        OSError: the port is taken.
    """

    async def admit(connection: ServerConnection, request: Request) -> Response | None:
        assert isinstance(connection, _Connection)
        connection.opened = time.perf_counter()
        try:
            return await _admit(streaming, connection, request)
        except RostraError as error:
            return _refusal(error)

    logger = logging.getLogger("rostra.sockets")
    logger.setLevel(logging.CRITICAL + 1)  # whatever clients do is no error of ours
    async with serve(
        _talk,
        host,
        port,
        reuse_port=True,
        backlog=BACKLOG,
        create_connection=_Connection,
        process_request=admit,
        select_subprotocol=lambda _, offered: offered[0] if offered else None,  # it is the token
        compression=None,  # 64 KiB more for each
        server_header=None,
        open_timeout=OPEN_SECONDS,
        ping_interval=PING_SECONDS,
        ping_timeout=PING_SECONDS,
        close_timeout=CLOSE_SECONDS,
        max_size=4 * MAX_MESSAGE,  # what is only somewhat too long is answered
        max_queue=4,
        write_limit=WRITE_BYTES,
        logger=logger,
    ) as server:
        yield server


async def _admit(streaming: Streaming, connection: _Connection, request: Request) -> Response | None:
    address = urlsplit(request.path)
    if not address.path.startswith(PREFIX):
        raise NotFound("Not found")
    scope: dict[str, Any] = {
        "type": "websocket",
        "path": address.path,
        "query_string": address.query.encode(),
        "headers": [
            (name.lower().encode(), value.encode("utf-8", "surrogateescape"))
            for name, value in request.headers.raw_items()
        ],
    }
    viewer, token = await streaming.viewer(HTTPConnection(scope))
    query = QueryParams(address.query)
    talk = Talk(streaming.hub, Stream(viewer, token), query)
    await streaming.hub.join(talk.stream)
    try:
        await talk.begin(query)
    except BaseException:
        talk.leave()
        raise
    connection.talk = talk
    if connection.state is State.CLOSED:  # lost while we looked
        talk.leave()
    return None


async def _talk(connection: ServerConnection) -> None:
    assert isinstance(connection, _Connection)
    assert connection.talk is not None
    try:
        await connection.talk.run(_Wire(connection))
    except ConnectionClosed:
        pass
    finally:
        connection.talk.leave()


def _refusal(error: RostraError) -> Response:
    answer = error_response(error)
    body = bytes(answer.body)
    headers = Headers([(name, value) for name, value in answer.headers.items() if name != "content-length"])
    headers["Content-Length"] = str(len(body))
    headers["Connection"] = "close"
    return Response(answer.status_code, HTTPStatus(answer.status_code).phrase, headers, body)
