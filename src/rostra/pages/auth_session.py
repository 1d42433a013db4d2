"""The cookie that says who is signed in, and what it lets through.

@signed_in
async def show_sessions(request: Request, member: SignedIn) -> Response: ...
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import wraps
from urllib.parse import quote, urlsplit

import psycopg
import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from rostra.accounts.sessions import actions
from rostra.accounts.sessions.model import (
    CONFIRMATION_LIFETIME,
    SESSION_LIFETIME,
    STEP_LIFETIME,
    SignedIn,
)
from rostra.core.errors import NotFound, Unavailable
from rostra.core.services import Services
from rostra.core.settings import Settings
from rostra.core.web import loggable_path
from rostra.pages.errors import error_page
from rostra.pages.render import Member, services_of
from rostra.pages.views import media_path

Handler = Callable[[Request], Awaitable[Response]]
MemberHandler = Callable[[Request, SignedIn], Awaitable[Response]]
TOKEN_LENGTH = 64
"""More than any token that we hand out."""
log = structlog.get_logger()


class Sessions:
    """Middleware: puts who is signed in into `request.state`, as `session` and, for the frame, `member`."""

    def __init__(self, app: ASGIApp, services: Services) -> None:
        self._app = app
        self._services = services
        self._cookie = session_cookie(services.settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] == "http" and not scope["path"].startswith("/static/"):
            token = Request(scope).cookies.get(self._cookie, "")
            if 0 < len(token) <= TOKEN_LENGTH:
                try:
                    async with self._services.db.connection() as tx:
                        found = await actions.find_session(tx, token)
                except (psycopg.OperationalError, Unavailable) as error:
                    log.warning("database.unavailable", error=type(error).__name__, path=loggable_path(scope))
                    await error_page(Request(scope), 503)(scope, receive, send)
                    return
                if found is not None:
                    scope.setdefault("state", {}).update(session=found, member=_member(found))
        await self._app(scope, receive, send)


def session_of(request: Request) -> SignedIn | None:
    """Who is signed in."""
    return getattr(request.state, "session", None)


def signed_in(handler: MemberHandler) -> Handler:
    """A handler for members; others are sent to sign in, and come back."""

    @wraps(handler)
    async def checked(request: Request) -> Response:
        member = session_of(request)
        if member is None:
            return see_other(f"/auth/sign_in?next={quote(_here(request))}")
        return await handler(request, member)

    return checked


def freshly_confirmed(handler: MemberHandler) -> Handler:
    """A handler for members who gave their password a short while ago; others are asked for it."""

    async def checked(request: Request, member: SignedIn) -> Response:
        if datetime.now(UTC) - member.confirmed_at > CONFIRMATION_LIFETIME:
            return see_other(f"/auth/confirm_password?next={quote(_here(request))}")
        return await handler(request, member)

    return signed_in(wraps(handler)(checked))


def for_staff(handler: MemberHandler) -> Handler:
    """A handler for those who look after the network; for others it does not exist."""

    async def checked(request: Request, member: SignedIn) -> Response:
        if not member.is_staff:
            raise NotFound
        return await handler(request, member)

    return signed_in(wraps(handler)(checked))


def for_admins(handler: MemberHandler) -> Handler:
    """A handler for those who run the network; for others it does not exist."""

    async def checked(request: Request, member: SignedIn) -> Response:
        if member.role not in ("admin", "owner"):
            raise NotFound
        return await handler(request, member)

    return signed_in(wraps(handler)(checked))


def local_path(text: str, otherwise: str = "/") -> str:
    """`text` if it leads to a page of ours, so that nobody is sent elsewhere in our name.

    Browsers take `//host`, `/\\host` and addresses with tabs or line ends in them for other places.
    """
    if len(text) > 8000 or not text.startswith("/") or text.startswith(("//", "/\\")):
        return otherwise
    if any(character < "!" or character == "\x7f" or character == "\\" for character in text):
        return otherwise
    try:
        parts = urlsplit(text)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc else text


def see_other(path: str) -> Response:
    """Go on to `path` with GET."""
    response = RedirectResponse(path, 303)
    response.headers["Cache-Control"] = "no-store"
    return response


def keep_session(response: Response, settings: Settings, token: str) -> None:
    """Sign the browser in: put the session's cookie on `response`, and take that of the steps away."""
    _set(response, settings, session_cookie(settings), token, int(SESSION_LIFETIME.total_seconds()))
    response.delete_cookie(step_cookie(settings), path="/", secure=_secure(settings), httponly=True)


def drop_session(response: Response, settings: Settings) -> None:
    """Sign the browser out."""
    response.delete_cookie(session_cookie(settings), path="/", secure=_secure(settings), httponly=True)


def keep_step(response: Response, settings: Settings, token: str) -> None:
    """Remember the step that the browser is at."""
    _set(response, settings, step_cookie(settings), token, int(STEP_LIFETIME.total_seconds()))


def step_of(request: Request) -> str:
    """The token of the step that the browser is at; empty for none."""
    token = request.cookies.get(step_cookie(services_of(request).settings), "")
    return token if len(token) <= TOKEN_LENGTH else ""


def session_cookie(settings: Settings) -> str:
    """Name of the session's cookie."""
    return cookie_name(settings, "session")


def step_cookie(settings: Settings) -> str:
    """Name of the cookie that ties the steps of signing in together."""
    return cookie_name(settings, "step")


def cookie_name(settings: Settings, name: str) -> str:
    """`name` for a cookie. With `__Host-`, browsers keep subdomains from setting it."""
    return f"__Host-{name}" if _secure(settings) else name


def set_cookie(response: Response, settings: Settings, name: str, value: str, max_age: int | None) -> None:
    """Set a cookie that no script reads; `max_age` in seconds, None until the browser closes."""
    _set(response, settings, cookie_name(settings, name), value, max_age)


def _set(response: Response, settings: Settings, name: str, value: str, max_age: int | None) -> None:
    response.set_cookie(
        name, value, max_age=max_age, path="/", secure=_secure(settings), httponly=True, samesite="lax"
    )


def _secure(settings: Settings) -> bool:
    return settings.base_url.startswith("https://")


def _here(request: Request) -> str:
    """Where to come back to: this page, or for a form that was sent, the page it stood on."""
    path, query = quote(request.scope["path"]), request.scope["query_string"].decode("latin-1")
    if request.method != "GET":
        return _path_of(request.headers.get("referer", "")) or path
    return f"{path}?{query}" if query else path


def _path_of(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _member(found: SignedIn) -> Member:
    return Member(
        username=found.username,
        name=found.display_name or found.username,
        avatar_url=media_path(found.avatar_key),
    )
