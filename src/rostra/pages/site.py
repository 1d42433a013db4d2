"""All pages together, as one application: their routes, and how their errors look."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from rostra.core.services import Services
from rostra.pages import auth, feeds, front, profiles, settings, static, tags, threads
from rostra.pages.auth_session import Sessions
from rostra.pages.errors import HANDLERS, Failures
from rostra.pages.fragments import Fragments

ROUTES: list[BaseRoute] = [
    static.route,
    *auth.routes,
    *settings.routes,
    *front.routes,
    *feeds.routes,
    *profiles.routes,
    *threads.routes,
    *tags.routes,
]


def create_site(services: Services) -> Starlette:
    """The ASGI application of all pages."""
    site = Starlette(
        routes=ROUTES,
        middleware=[Middleware(Failures), Middleware(Sessions, services=services)],
        exception_handlers=HANDLERS,
    )
    site.state.services = services
    site.state.fragments = Fragments()
    return site
