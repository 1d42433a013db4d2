"""What the API and the pages share about HTTP: client addresses, body limits, request logs and metrics."""

import time
from typing import Any

import structlog
from prometheus_client import Counter, Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rostra.core.errors import TooLarge
from rostra.core.secrets import new_token

REQUESTS = Counter("rostra_requests_total", "HTTP requests", ["door", "status"])
SECONDS = Histogram(
    "rostra_request_seconds",
    "Time to answer a request, in seconds",
    ["door"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""What all our documents have; a Content Security Policy is each door's own."""
LOOPBACK = ("127.0.0.1", "::1")
log = structlog.get_logger()


def client_address(scope: Scope) -> str:
    """The client's IP address.

    `X-Forwarded-For` counts only when the connection comes from this machine, where our own proxy
    is; of its entries only the last, which that proxy wrote.
    """
    client: tuple[str, int] | None = scope.get("client")
    peer = client[0] if client else ""
    if peer not in LOOPBACK:
        return peer
    lines = Headers(scope=scope).getlist("x-forwarded-for")  # some proxies add a line of their own
    return (lines[-1].rsplit(",", 1)[-1].strip() if lines else "") or peer


def limit_body(request: Request, limit: int) -> Request:
    """The same request, whose body can't be read past `limit` bytes.

    Raises:
        TooLarge: now, by the announced length, or later while the body is read.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limit:
        raise TooLarge()
    received = 0

    async def receive() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise TooLarge()
        return message

    return Request(request.scope, receive)


def route_of(scope: Scope) -> str:
    """The part of the network that a path belongs to: a label with few values."""
    path: str = scope["path"]
    if path.startswith("/api/v1/streaming"):
        return "streaming"
    for door in ("api", "oauth", "media", "static", "app"):
        if path.startswith(f"/{door}/"):
            return door
    return "pages"


def loggable_path(scope: Scope) -> str:
    """The path as logs may have it: without the secret that some end in."""
    path: str = scope["path"]
    for secret_below in ("/setup/", "/invite/"):
        if path.startswith(secret_below):
            return secret_below + "…"
    return path


class Observe:
    """Gives each request an id, and writes one log line and the metrics when it is answered.

    The line has method, path, status and time: never the query (it may hold a token), headers or addresses.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        request_id, started, status = new_token()[:16], time.perf_counter(), 0
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)

        async def observed_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message).append("x-request-id", request_id)
            await send(message)

        try:
            await self._app(scope, receive, observed_send)
        finally:
            note_request(
                route_of(scope),
                scope.get("method", "WS"),
                loggable_path(scope),
                status,
                time.perf_counter() - started,
            )


def note_request(door: str, method: str, path: str, status: int, seconds: float) -> None:
    """Count a request that was answered, and write its line; `path` without secrets."""
    REQUESTS.labels(door, status).inc()
    SECONDS.labels(door).observe(seconds)
    fields: dict[str, Any] = {"path": path, "status": status, "ms": round(seconds * 1000, 1)}
    log.info("request", method=method, **fields)
