"""Errors as friendly pages: what happened, what is safe, what to do next."""

from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
import structlog
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rostra.core.errors import RostraError, TooMany
from rostra.core.web import loggable_path
from rostra.pages import i18n, render

log = structlog.get_logger()

_MESSAGES = {
    400: ("error-bad-request", "error-bad-request-text"),
    401: ("error-forbidden", "error-forbidden-text"),
    403: ("error-forbidden", "error-forbidden-text"),
    404: ("error-not-found", "error-not-found-text"),
    405: ("error-bad-request", "error-bad-request-text"),
    410: ("error-gone", "error-gone-text"),
    413: ("error-too-large", "error-too-large-text"),
    422: ("error-invalid", "error-invalid-text"),
    429: ("error-too-many", "error-too-many-text"),
    500: ("error-internal", "error-internal-text"),
    503: ("error-unavailable", "error-unavailable-text"),
}


class Gone(RostraError):
    """What stood here was taken down for good."""

    status = 410

    def __init__(self) -> None:
        super().__init__("Gone")


def error_page(request: Request, status: int) -> Response:
    """The page for an HTTP `status`."""
    t = i18n.translator(i18n.negotiate(request))
    heading, explanation = _MESSAGES.get(status, _MESSAGES[500 if status >= 500 else 400])
    request_id = structlog.contextvars.get_contextvars().get("request_id") if status == 500 else None
    return render.page(
        request,
        "error.html",
        status=status,
        heading=t(heading),
        explanation=t(explanation),
        request_id=request_id,
    )


async def on_refusal(request: Request, error: Exception) -> Response:
    """A use case or the router said no."""
    status = error.status if isinstance(error, RostraError) else 500
    if isinstance(error, HTTPException):
        status = error.status_code
    response = error_page(request, status)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)
    return response


async def on_database_trouble(request: Request, error: Exception) -> Response:
    """The database does not answer, or not in time."""
    log.error("database.unavailable", error=type(error).__name__, path=loggable_path(request.scope))
    return error_page(request, 503)


class Failures:
    """Middleware that answers mistakes of ours with a page.

    Not a handler for Exception, because after calling one Starlette raises the error once more.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        started = False

        async def watched_send(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, watched_send)
        except ClientDisconnect:
            return
        except Exception:
            log.exception("page.failed", path=loggable_path(scope))
            if not started:
                await error_page(Request(scope), 500)(scope, receive, send)


HANDLERS: dict[Any, Callable[[Request, Exception], Awaitable[Response]]] = {
    RostraError: on_refusal,
    HTTPException: on_refusal,
    psycopg.OperationalError: on_database_trouble,
}
