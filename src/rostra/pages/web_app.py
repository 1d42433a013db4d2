"""What the network gives to its web app: name and icons (the manifest), and its colour, as pages have it."""

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.core.settings import Settings
from rostra.pages import i18n, static
from rostra.pages.render import secure, services_of, unless_known
from rostra.pages.theme import THEME, theme

HOME = "/app/"
MANIFEST = "/app/manifest.webmanifest"
PATHS = (MANIFEST, THEME)
"""What lies below /app/ and is not the app's own."""
PAPER = "#fcfaf6"
SHORT_NAME = 12
"""Characters that fit below an icon on most screens (Web Application Manifest, 2.16)."""
LONGEST_DESCRIPTION = 300


async def show_theme(request: Request) -> Response:
    """The network's colour, which is no colour at all unless the operator chose one."""
    return _known(request, theme(services_of(request).settings), "text/css")


async def show_manifest(request: Request) -> Response:
    """What browsers install the app by (https://www.w3.org/TR/appmanifest/), in the reader's language."""
    t = i18n.translator(i18n.negotiate(request))
    text = msgspec.json.encode(manifest(services_of(request).settings, t)).decode()
    response = _known(request, text, "application/manifest+json")
    response.headers["Vary"] = "Accept-Language, Cookie"
    response.headers["Content-Language"] = t.language
    return response


def manifest(settings: Settings, t: i18n.Translator) -> dict[str, Any]:
    """The members of the manifest."""
    shortcuts = {"compose": t("app-compose"), "notifications": t("app-notifications")}
    return {
        "id": HOME,
        "name": settings.title,
        "short_name": short_name(settings.title),
        "description": settings.description[:LONGEST_DESCRIPTION] or t("landing-description"),
        "lang": t.language,
        "dir": t.direction,
        "start_url": HOME,
        "scope": HOME,
        "display": "standalone",
        "theme_color": settings.accent_color or PAPER,
        "background_color": PAPER,
        "icons": [
            _icon("prow-192.png", 192, "any"),
            _icon("prow-512.png", 512, "any"),
            _icon("prow-maskable-512.png", 512, "maskable"),
            {"src": static.url("prow.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
        ],
        "shortcuts": [{"name": name, "url": f"{HOME}{path}"} for path, name in shortcuts.items()],
        "share_target": {
            "action": f"{HOME}share",
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "title",
                "text": "text",
                "url": "url",
                "files": [{"name": "media", "accept": ["image/*", "video/*", "audio/*"]}],
            },
        },
        "launch_handler": {"client_mode": "navigate-existing"},
    }


def short_name(title: str) -> str:
    """As many words of `title` as fit below an icon; one that is too long is left for the system to cut."""
    words = title.split()
    short = words[0]
    for word in words[1:]:
        if len(short) + 1 + len(word) > SHORT_NAME:
            break
        short += f" {word}"
    return short


def _icon(name: str, size: int, purpose: str) -> dict[str, str]:
    return {"src": static.url(name), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


def _known(request: Request, text: str, media_type: str) -> Response:
    """`text`, asked for anew each time, and sent only if it has changed."""
    response = Response(text, media_type=media_type)
    secure(response, "shared")
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["Cache-Control"] = "no-cache"
    return unless_known(request, response)


routes = [Route(THEME, show_theme), Route(MANIFEST, show_manifest)]
