"""The web application: puts the doors together. Only the command line and the tests import this."""

from starlette.applications import Starlette
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from rostra.api import health, media_files, streaming
from rostra.api import routes as api_routes
from rostra.api.http import Api
from rostra.api.media_files import MediaFiles
from rostra.api.streaming import Streaming
from rostra.api.streaming_hub import Hub
from rostra.core.services import Services
from rostra.core.web import Observe
from rostra.emojis.cache import Emojis
from rostra.pages import web_app as web_app_pages
from rostra.pages.site import create_site
from rostra.web_app.door import Door, is_below
from rostra.web_app.files import web_app

EXPOSED_HEADERS = (
    "Link",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
    "X-Request-Id",
)


class Doors:
    """Sends each request to the door that it knocks at."""

    def __init__(self, services: Services) -> None:
        emojis = Emojis(services.bus)
        api = Api(services, api_routes.ENDPOINTS, emojis)
        self.hub = Hub(services, api.tokens, api.hydrator)
        self._api = _with_cors(api)
        self.streaming = Streaming(self.hub, api.tokens)
        self._streaming = _with_cors(self.streaming)
        self._media = MediaFiles(services.blobs)
        self._health = Starlette(routes=health.routes)
        self._health.state.services = services
        self._site = create_site(services, emojis)
        built = web_app(services.settings)
        self._app = Door(built, services.settings) if built else None
        self._is_api = api.has

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        path: str = scope["path"]
        if path.startswith(streaming.PREFIX):
            await self._streaming(scope, receive, send)
        elif self._is_api(path):
            await self._api(scope, receive, send)
        elif path.startswith(media_files.PREFIX):
            await self._media(scope, receive, send)
        elif path in ("/health", "/metrics"):
            await self._health(scope, receive, send)
        elif self._app is not None and is_below(path) and path not in web_app_pages.PATHS:
            await self._app(scope, receive, send)
        else:
            await self._site(scope, receive, send)


def _with_cors(app: ASGIApp) -> ASGIApp:
    return CORSMiddleware(
        app,
        allow_origins=["*"],
        allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=["*"],
        expose_headers=EXPOSED_HEADERS,
        max_age=86400,
    )


class App:
    """The ASGI application for opened services."""

    def __init__(self, services: Services) -> None:
        self._doors = Doors(services)
        self._observed = Observe(self._doors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        await self._observed(scope, receive, send)

    @property
    def streaming(self) -> Streaming:
        """What WebSockets on a port of their own are served with (api/streaming_sockets.py)."""
        return self._doors.streaming

    @property
    def open_streams(self) -> int:
        """How many streams are open in this process."""
        return self._doors.hub.size

    def end_streams(self) -> None:
        """Close what stays open by itself, so that the server can stop."""
        self._doors.hub.close()


def create_app(services: Services) -> App:
    """The ASGI application for opened `services`."""
    return App(services)
