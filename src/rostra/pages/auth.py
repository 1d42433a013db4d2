"""Sign-up, sign-in, forgotten passwords and consent: all routes; the pages are in `auth_*.py`."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from rostra.pages import auth_consent, auth_password, auth_sign_in, auth_sign_up
from rostra.pages.auth_session import see_other


async def log_in(request: Request) -> Response:
    """A short address."""
    return see_other("/auth/sign_in")


async def join(request: Request) -> Response:
    """A short address."""
    return see_other("/auth/sign_up")


routes: list[BaseRoute] = [
    Route("/login", log_in, methods=["GET"]),
    Route("/signup", join, methods=["GET"]),
    *auth_consent.routes,
    *auth_password.routes,
    *auth_sign_in.routes,
    *auth_sign_up.routes,
]
