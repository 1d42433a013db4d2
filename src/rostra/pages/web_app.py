"""What the network gives to its web app: name and icons (the manifest), and its colour, as pages have it."""

import hashlib
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.core.settings import Settings
from rostra.pages import i18n, static
from rostra.pages.render import secure, services_of, unless_known

HOME = "/app/"
MANIFEST = "/app/manifest.webmanifest"
THEME = "/app/theme.css"
PATHS = (MANIFEST, THEME)
"""What lies below /app/ and is not the app's own."""
PAPER = "#fcfaf6"
SHORT_NAME = 12
"""Characters that fit below an icon on most screens (Web Application Manifest, 2.16)."""
LONGEST_DESCRIPTION = 300

# Lightness and strength are those of static/base.css, so what is readable there stays so in every hue.
_THEME = """\
@supports (color: oklch(from red l c h)) {{
  :root {{
    --accent: oklch(from {color} 0.6 min(c, 0.14) h);
    --link: oklch(from {color} 0.48 min(c, 0.135) h);
    --button: oklch(from {color} 0.53 min(c, 0.14) h);
    --button-hover: oklch(from {color} 0.47 min(c, 0.13) h);
    --tint: oklch(from {color} 0.955 min(c, 0.022) h);
  }}

  @media screen and (prefers-color-scheme: dark) {{
    :root {{
      --accent: oklch(from {color} 0.68 min(c, 0.135) h);
      --link: oklch(from {color} 0.78 min(c, 0.105) h);
      --button: oklch(from {color} 0.72 min(c, 0.125) h);
      --button-hover: oklch(from {color} 0.78 min(c, 0.11) h);
      --tint: oklch(from {color} 0.275 min(c, 0.035) h);
    }}
  }}
}}
"""


def theme(settings: Settings) -> str:
    """The style sheet of the network's colour; empty without one."""
    return _THEME.format(color=settings.accent_color) if settings.accent_color else ""


def theme_url(settings: Settings) -> str | None:
    """Where pages find it; None without one."""
    if not settings.accent_color:
        return None
    return f"{THEME}?v={hashlib.sha256(theme(settings).encode()).hexdigest()[:10]}"


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
        "short_name": settings.title if len(settings.title) <= SHORT_NAME else settings.title.split()[0],
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
