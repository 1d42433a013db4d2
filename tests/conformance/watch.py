"""Stands between the app and whoever asks, and compares all that is answered with the reference.

Whichever client asks (httpx, Mastodon.py, a browser) and over whatever (in this process, through a
port, by WebSocket): what does not fit is remembered, and `tests/conftest.py` fails the test for it.
"""

import json
from typing import Any

import httpx
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.conformance import own
from tests.conformance.reference import entity, reference

STREAMED: dict[str, dict[str, Any]] = {
    "update": entity("Status"),
    "status.update": entity("Status"),
    "notification": entity("Notification"),
    "conversation": entity("Conversation"),
    "announcement": entity("Announcement"),
    "announcement.reaction": {
        "type": "object",
        "required": ["name", "count", "announcement_id"],
        "properties": {
            "name": {"type": "string"},
            "count": {"type": "integer"},
            "announcement_id": {"type": "string"},
        },
        "additionalProperties": False,
    },
}
"""Events whose payload is JSON (https://docs.joinmastodon.org/methods/streaming/#events)."""
NAMES = ("delete", "announcement.delete")
"""Events whose payload is an id."""
BARE = ("filters_changed", "notifications_merged", "position", "reset")
"""Events that mean something by themselves; the last two are our own (docs/api-extensions.md)."""

_found: list[str] = []


def take_misfits() -> list[str]:
    """What did not fit since the last call."""
    found, _found[:] = list(_found), []
    return found


class Watched:
    """An ASGI app whose answers are looked at; all else is as without."""

    def __init__(self, app: ASGIApp) -> None:
        self.inner = app

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] == "http":
            send = _Answer(scope, send)
        elif scope["type"] == "websocket":
            send = _Socket(send)
        await self.inner(scope, receive, send)


class _Answer:
    """`send` of one request."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._method: str = scope["method"]
        self._path: str = scope["path"]
        self._send = send
        self._status = 0
        self._kind = ""
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            headers = {bytes(name).lower(): bytes(value) for name, value in message["headers"]}
            self._kind = headers.get(b"content-type", b"").decode().partition(";")[0]
        elif message["type"] == "http.response.body":
            if self._kind in ("application/json", "text/event-stream") or self._kind.endswith("+json"):
                self._body += message.get("body", b"")
            if self._kind == "text/event-stream":
                self._read_events()
            elif not message.get("more_body"):
                check(self._method, self._path, self._status, self._kind, bytes(self._body))
        await self._send(message)

    def _read_events(self) -> None:
        while (end := self._body.find(b"\n\n")) >= 0:
            lines = self._body[:end].decode().splitlines()
            del self._body[: end + 2]
            fields = {name: value for name, colon, value in (line.partition(": ") for line in lines) if colon}
            if "event" in fields:
                check_event(fields["event"], fields.get("data", ""))


class _Socket:
    """`send` of one WebSocket."""

    def __init__(self, send: Send) -> None:
        self._send = send

    async def __call__(self, message: Message) -> None:
        if message["type"] == "websocket.send":
            frame = json.loads(message["text"])
            if "event" in frame:
                check_event(frame["event"], frame.get("payload", ""))
            elif not isinstance(frame.get("error"), str):
                _found.append(f"WebSocket: neither event nor error: {frame}")
        await self._send(message)


def check(method: str, path: str, status: int, kind: str, body: bytes) -> None:
    """Compare an answer with the reference, or, where only we have the endpoint, with our own document."""
    if method not in ("GET", "POST", "PUT", "PATCH", "DELETE") or 300 <= status < 400:
        return
    book = reference()
    schema = book.answer(method, path, status)
    if schema is None:
        misfits = own.misfits(method, path, status, kind, body)
    elif kind == "application/json":
        misfits = book.misfits(schema, json.loads(body))
    elif book.is_other(method, path, status, kind):
        misfits = []
    else:
        misfits = [f"answered as {kind or 'nothing'}"]
    _found.extend(f"{method} {path} {status}: {misfit}" for misfit in misfits)


def check_event(event: str, payload: str) -> None:
    """Compare a streamed event with the entity that Mastodon's documentation names for it."""
    if event in STREAMED:
        misfits = reference().misfits(STREAMED[event], json.loads(payload))
    elif event in NAMES:
        misfits = [] if payload.strip() else ["no id"]
    elif event in BARE:
        misfits = []
    else:
        misfits = ["unknown event"]
    _found.extend(f"streamed {event}: {misfit}" for misfit in misfits)


def look_at(response: httpx.Response) -> httpx.Response:
    """Compare what a server in another process has answered; returns the same."""
    kind = response.headers.get("content-type", "").partition(";")[0]
    check(response.request.method, response.url.path, response.status_code, kind, response.content)
    return response
