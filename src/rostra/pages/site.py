"""All pages together, as one application: their routes, and how their errors look."""

from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from rostra.core.services import Services
from rostra.emojis.cache import Emojis
from rostra.pages import (
    auth,
    collections,
    embed,
    feeds,
    front,
    legal,
    profiles,
    settings,
    static,
    tags,
    threads,
    web_app,
)
from rostra.pages.auth_session import Sessions, local_path
from rostra.pages.errors import HANDLERS, Failures
from rostra.pages.fragments import Fragments

ROUTES: list[BaseRoute] = [
    static.route,
    *auth.routes,
    *settings.routes,
    *front.routes,
    *legal.routes,
    *feeds.routes,
    *embed.routes,
    *profiles.routes,
    *threads.routes,
    *tags.routes,
    *collections.routes,
    *web_app.routes,
]


def _without_slash(otherwise: ASGIApp) -> ASGIApp:
    """What has no route: `/about/` leads to `/about`, on this site whatever host the request names."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        shorter = {**scope, "path": scope["path"].rstrip("/")}
        path, query = quote(shorter["path"]), scope.get("query_string", b"").decode("latin-1")
        is_known = any(route.matches(shorter)[0] is Match.FULL for route in ROUTES)
        if shorter["path"] == scope["path"] or not is_known or local_path(path) != path:
            await otherwise(scope, receive, send)
            return
        await RedirectResponse(f"{path}?{query}" if query else path)(scope, receive, send)

    return answer


def create_site(services: Services, emojis: Emojis) -> Starlette:
    """The ASGI application of all pages."""
    site = Starlette(
        routes=ROUTES,
        middleware=[Middleware(Failures), Middleware(Sessions, services=services)],
        exception_handlers=HANDLERS,
    )
    site.router.redirect_slashes = False
    site.router.default = _without_slash(site.router.default)
    site.state.services = services
    site.state.emojis = emojis
    site.state.fragments = Fragments()
    return site
