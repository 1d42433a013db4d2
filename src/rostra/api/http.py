"""The Mastodon door: how an endpoint is declared, and what all of them share.

    api = Endpoints("statuses")

    @api.post("/api/v1/statuses", auth=user("write:statuses"), returns=Status, limit="posts")
    async def post_status(call: Call, params: NewStatus) -> object:
        ...

The declaration names who may call it (`auth` has no default: an endpoint without one does not
start), the parameters' struct, and the entity that it answers with; token, rate limit, decoding,
errors, paging links, CORS and the OpenAPI document follow from it.
"""

import asyncio
import contextlib
import functools
import inspect
import typing
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
import psycopg
import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import compile_path
from starlette.types import Receive, Scope, Send

from rostra.accounts.oauth.model import Viewer
from rostra.accounts.throttles import network_of
from rostra.api.auth import Auth, Tokens, bearer_token
from rostra.api.entities.hydrate import Hydrator
from rostra.api.params import read_params, says_json
from rostra.api.ratelimits import RateLimits
from rostra.api.shared_acts import Acted, is_noted, noting
from rostra.core.db import Tx
from rostra.core.errors import Forbidden, Invalid, NotFound, RostraError, TooMany, TooSlow, Unauthorized
from rostra.core.services import Services
from rostra.core.settings import Settings
from rostra.core.uploads import close_files
from rostra.core.web import client_address, limit_body
from rostra.emojis.cache import Emojis

BODY_LIMIT = 1024 * 1024
TIMEOUT = 30  # seconds
BodyLimit = int | Callable[[Settings], int]
_RATE_LIMIT = "rostra.rate_limit"
"""Key of the rate limit's headers in a request's ASGI scope."""
log = structlog.get_logger()


class Call:
    """One request to an endpoint: who asks, and what it takes to answer."""

    __slots__ = ("_tx", "acted", "headers", "hydrator", "request", "services", "viewer")

    def __init__(
        self, request: Request, services: Services, hydrator: Hydrator, viewer: Viewer | None, tx: Tx | None
    ) -> None:
        self.request = request
        self.services = services
        self.hydrator = hydrator
        self.viewer = viewer
        self._tx = tx
        self.headers: dict[str, str] = {}
        """Headers to add to the answer."""
        self.acted = Acted()
        """What it is done to, for the record of shared accounts."""

    @property
    def tx(self) -> Tx:
        """The request's database connection (not for endpoints declared with `db=False`)."""
        assert self._tx is not None
        return self._tx

    @property
    def settings(self) -> Settings:
        """The network's settings."""
        return self.services.settings

    @property
    def viewer_id(self) -> int | None:
        """Account id of the member who asks; None for nobody."""
        return self.viewer.account_id if self.viewer else None

    @property
    def account_id(self) -> int:
        """Account id of the member who asks.

        Raises:
            Unauthorized: nobody does.
        """
        if self.viewer is None or self.viewer.account_id is None:
            raise Unauthorized("This method requires an authenticated user")
        return self.viewer.account_id

    @property
    def address(self) -> str:
        """The client's IP address."""
        return client_address(self.request.scope)


class Page(msgspec.Struct):
    """A page of a list: its items, encoded or not, and the cursors of its first and last one.

    The items may also be an entity around a list.

    Cursors None: there is nothing before or after, and no `Link`.
    """

    items: Sequence[Any] | msgspec.Struct
    first: int | None = None
    last: int | None = None


Handler = Callable[[Call, Any], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One method of one path, as declared."""

    method: str
    path: str
    auth: Auth
    handler: Handler
    params: type[msgspec.Struct]
    returns: Any
    summary: str
    page: str
    limit: str
    body_limit: BodyLimit
    db: bool
    timeout: float
    media_type: str


@dataclass(slots=True)
class Endpoints:
    """The endpoints of one page of the API documentation."""

    page: str
    declared: list[Endpoint] = field(default_factory=list)

    def get(self, path: str, *, auth: Auth, **options: Any) -> Callable[[Handler], Handler]:
        """Declare a GET; see `declare`."""
        return self.declare("GET", path, auth=auth, **options)

    def post(self, path: str, *, auth: Auth, **options: Any) -> Callable[[Handler], Handler]:
        """Declare a POST; see `declare`."""
        return self.declare("POST", path, auth=auth, **options)

    def put(self, path: str, *, auth: Auth, **options: Any) -> Callable[[Handler], Handler]:
        """Declare a PUT; see `declare`."""
        return self.declare("PUT", path, auth=auth, **options)

    def patch(self, path: str, *, auth: Auth, **options: Any) -> Callable[[Handler], Handler]:
        """Declare a PATCH; see `declare`."""
        return self.declare("PATCH", path, auth=auth, **options)

    def delete(self, path: str, *, auth: Auth, **options: Any) -> Callable[[Handler], Handler]:
        """Declare a DELETE; see `declare`."""
        return self.declare("DELETE", path, auth=auth, **options)

    def declare(
        self,
        method: str,
        path: str,
        *,
        auth: Auth,
        returns: Any = None,
        limit: str = "default",
        body_limit: BodyLimit = BODY_LIMIT,
        db: bool = True,
        timeout: float = TIMEOUT,
        media_type: str = "application/json",
    ) -> Callable[[Handler], Handler]:
        """Declare a handler `async (call, params)`.

        Args:
            auth: who may call it (`user(…)`, `app(…)` or `public(…)`).
            returns: the entity's type, for the OpenAPI document; a tuple where it is one of several.
            limit: name in `ratelimits.LIMITS`.
            body_limit: most bytes of a body, or what they are with some settings.
            db: whether it uses `call.tx`; False for what takes long (uploads).
            timeout: seconds after which its request is given up with 408, and its work with 503.
            media_type: what it answers with, for the OpenAPI document.
        """

        def add(handler: Handler) -> Handler:
            params = typing.get_type_hints(handler)[list(inspect.signature(handler).parameters)[1]]
            summary = (inspect.getdoc(handler) or "").partition("\n")[0]
            self.declared.append(
                Endpoint(
                    method,
                    path,
                    auth,
                    handler,
                    params,
                    returns,
                    summary,
                    self.page,
                    limit,
                    body_limit,
                    db,
                    timeout,
                    media_type,
                )
            )
            return handler

        return add


_OTHERWISE = {"HEAD": "GET", "PUT": "PATCH", "PATCH": "PUT"}
"""Methods that are as good as another. Rails sends PUT and PATCH to the same action, and apps use either:
masto changes the profile by PUT, which Mastodon's documentation has as PATCH."""


class Api:
    """The ASGI app of all endpoints."""

    def __init__(
        self, services: Services, endpoints: Sequence[Endpoint], emojis: Emojis | None = None
    ) -> None:
        self._services = services
        self.tokens = Tokens(services.db, services.bus)
        self.emojis = emojis or Emojis(services.bus)
        self.hydrator = Hydrator(services.settings, services.bus, self.emojis)
        self._limits = RateLimits() if services.settings.rate_limits else None
        self._static: dict[str, dict[str, Endpoint]] = {}
        self._patterns: list[tuple[typing.Pattern[str], dict[str, Endpoint]]] = []
        by_path: dict[str, dict[str, Endpoint]] = {}
        for endpoint in endpoints:
            methods = by_path.setdefault(endpoint.path, {})
            if endpoint.method in methods:
                raise ValueError(f"{endpoint.method} {endpoint.path} is declared twice")
            methods[endpoint.method] = endpoint
        for path, methods in by_path.items():
            if "{" in path:
                self._patterns.append((compile_path(path)[0], methods))
            else:
                self._static[path] = methods

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI: only `http`."""
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except RostraError as error:
            response = error_response(error)
        except ClientDisconnect:
            return
        except TimeoutError:
            response = json_response({"error": "The request took too long"}, 503)
        except psycopg.errors.QueryCanceled:
            log.warning("query.too_slow", path=request.scope["path"])
            response = json_response({"error": "The request took too long"}, 503)
        except psycopg.OperationalError as error:
            log.error("database.unavailable", error=type(error).__name__)  # noqa: TRY400
            response = json_response({"error": "Temporarily unavailable"}, 503)
        except Exception:
            log.exception("request.failed", path=request.scope["path"])
            response = json_response({"error": "Something went wrong on our side"}, 500)
        finally:
            close_files(scope)
        response.headers.update(scope.get(_RATE_LIMIT, {}))
        await response(scope, receive, send)

    def has(self, path: str) -> bool:
        """Whether a path is this door's: all below `/api/`, and the endpoints that stand elsewhere."""
        return path.startswith("/api/") or path.rstrip("/") in self._static

    def find(self, method: str, path: str) -> tuple[Endpoint, dict[str, str]]:
        """The endpoint for a request and its path parameters.

        Raises:
            NotFound: there is none.
        """
        if len(path) > 1 and path.endswith("/"):
            path = path[:-1]
        methods = self._static.get(path)
        found: dict[str, str] = {}
        if methods is None:
            for pattern, candidates in self._patterns:
                match = pattern.match(path)
                if match is not None:
                    methods, found = candidates, match.groupdict()
                    break
        endpoint = (methods or {}).get(method) or (methods or {}).get(_OTHERWISE.get(method, ""))
        if endpoint is None:
            raise NotFound("Not found")
        return endpoint, found

    async def _answer(self, request: Request) -> Response:
        endpoint, path_params = self.find(request.method, request.scope["path"])
        request.scope["path_params"] = path_params
        viewer = await self._viewer(endpoint, request)
        endpoint.auth.check(viewer)
        self._count(endpoint, viewer, request)
        params = await self._read(request, endpoint)
        async with asyncio.timeout(endpoint.timeout):
            if endpoint.db:
                async with self._services.db.connection() as tx:
                    if not self.emojis.fresh:
                        await self.emojis.ready(tx)
                    call = Call(request, self._services, self.hydrator, viewer, tx)
                    result: Any = await self._handle(endpoint, call, params)
            else:
                call = Call(request, self._services, self.hydrator, viewer, None)
                result = await self._handle(endpoint, call, params)
        response = _respond(result, request, self._services.settings)
        response.headers.update(call.headers)
        if viewer is not None:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    async def _handle(self, endpoint: Endpoint, call: Call, params: msgspec.Struct) -> Any:
        viewer = call.viewer
        if viewer is None or not is_noted(viewer, endpoint.method, endpoint.path):
            return await endpoint.handler(call, params)
        act, subject = f"{endpoint.method} {endpoint.path}", call.request.scope["path_params"].get("id", "")
        run = functools.partial(endpoint.handler, call, params)
        db = self._services.db
        connect = functools.partial(contextlib.nullcontext, call.tx) if endpoint.db else db.connection
        return await noting(connect, viewer, act, subject, call.acted, run)

    async def _viewer(self, endpoint: Endpoint, request: Request) -> Viewer | None:
        """Who asks. Tries with tokens that are not good count as an anonymous caller's."""
        newcomers = endpoint.auth.kind == "newcomer"
        try:
            return await self.tokens.viewer(bearer_token(request), newcomers=newcomers)
        except (Unauthorized, Forbidden):
            self._count(endpoint, None, request)
            raise

    async def _read(self, request: Request, endpoint: Endpoint) -> msgspec.Struct:
        new_file = self._services.blobs.temporary
        if request.method == "GET" and not says_json(request):  # what has no body needs no limits on it
            return await read_params(request, endpoint.params, new_file)
        limit = endpoint.body_limit
        limited = limit_body(request, limit if isinstance(limit, int) else limit(self._services.settings))
        try:
            async with asyncio.timeout(endpoint.timeout):
                return await read_params(limited, endpoint.params, new_file)
        except TimeoutError:
            raise TooSlow from None

    def _count(self, endpoint: Endpoint, viewer: Viewer | None, request: Request) -> None:
        """Count the request; its answer, whatever it is, says how many are left.

        Raises:
            TooMany: it was one too many.
        """
        if self._limits is None:
            return
        if viewer is None:
            who = network_of(client_address(request.scope))
        else:
            who = str(viewer.account_id or f"t{viewer.token_id}")
        request.scope[_RATE_LIMIT], retry_after = self._limits.hit(endpoint.limit, who)
        if retry_after:
            raise TooMany(retry_after=retry_after)


def json_response(value: object, status: int = 200) -> Response:
    """`value` as JSON."""
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def error_body(error: RostraError) -> dict[str, Any]:
    """`error` in Mastodon's shape (https://docs.joinmastodon.org/entities/Error/)."""
    body: dict[str, Any] = {"error": error.message}
    if isinstance(error, Invalid) and error.details:
        body["details"] = {
            name: [{"error": code, "description": text} for code, text in problems]
            for name, problems in error.details.items()
        }
    return body


def error_response(error: RostraError) -> Response:
    """The answer for `error`."""
    response = json_response(error_body(error), error.status)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, Unauthorized):
        response.headers["WWW-Authenticate"] = 'Bearer realm="Rostra", error="invalid_token"'
    return response


def _respond(result: Any, request: Request, settings: Settings) -> Response:
    if isinstance(result, Response):
        return result
    if isinstance(result, Page):
        response = json_response(result.items)
        links = _links(result, request, settings)
        if links:
            response.headers["Link"] = links
        return response
    return json_response(result)


def _links(page: Page, request: Request, settings: Settings) -> str:
    """RFC 8288 links: `next` for older, `prev` for newer items."""
    if page.first is None or page.last is None:
        return ""
    start = settings.url(quote(request.scope["path"])) + "?"
    if request.scope["query_string"]:
        cursors = ("max_id", "since_id", "min_id", "access_token")
        kept = [(name, value) for name, value in request.query_params.multi_items() if name not in cursors]
        start += urlencode(kept) + "&" if kept else ""
    return f'<{start}max_id={page.last}>; rel="next", <{start}min_id={page.first}>; rel="prev"'
