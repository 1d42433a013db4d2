"""The web app at /app/: its files, and its one page for every other address below.

On public machines Caddy sends the immutable files itself (cli/Caddyfile.jinja).
"""

from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from rostra.core.errors import TooLarge
from rostra.core.settings import Settings
from rostra.core.web import SECURITY_HEADERS, limit_body
from rostra.web_app.files import ENCODINGS, TYPES, File, WebApp, ending_of
from rostra.web_app.policy import content_policy

PATH = "/app"
SHARE = "/app/share"
"""Where systems post what people share with the installed app (Web Share Target)."""
FOREVER = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"


def is_below(path: str) -> bool:
    """Whether `path` belongs to the web app."""
    return path == PATH or path.startswith(f"{PATH}/")


class Door:
    """The ASGI app of the web app."""

    def __init__(self, app: WebApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._headers = SECURITY_HEADERS | {
            "Content-Security-Policy": content_policy(settings, app.script_hashes)
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI: only `http`."""
        request = Request(scope, receive)
        response = await self._respond(request)
        response.headers.update(self._headers)
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        path: str = request.scope["path"]
        if request.method == "POST" and path == SHARE:
            return await self._share(request)
        if request.method not in ("GET", "HEAD"):
            return PlainTextResponse("Method Not Allowed", 405, {"Allow": "GET, HEAD"})
        if path == PATH:
            query: str = request.scope["query_string"].decode("latin-1")
            return RedirectResponse(f"{PATH}/?{quote(query, safe='=&%+')}" if query else f"{PATH}/", 308)
        name = path.removeprefix(f"{PATH}/")
        found = self._app.files.get(name) or (None if looks_like_a_file(name) else self._app.index)
        if found is None:
            return PlainTextResponse("Not Found", 404, {"Cache-Control": "no-store"})
        return answer(found, request.headers, with_body=request.method == "GET")

    async def _share(self, request: Request) -> Response:
        """The app's service worker keeps what is shared. There is none yet, so the app opens without it."""
        try:
            # A browser that is refused in the middle of what it sends shows an error instead.
            async for _ in limit_body(request, self._settings.upload_bytes).stream():
                pass
        except (TooLarge, ClientDisconnect):
            pass
        return RedirectResponse(f"{PATH}/", 303, {"Cache-Control": "no-store"})


def looks_like_a_file(name: str) -> bool:
    """Whether `name` can't be an address within the app, some of which have dots: `@bob@social.example`."""
    return name.startswith("_app/") or ("@" not in name and ending_of(name) in TYPES)


def answer(file: File, headers: Headers, *, with_body: bool) -> Response:
    """`file` as the client takes it: compressed if it may be, or 304 if it is known.

    RFC 9110, 12.5.3 and 13.1.2.
    """
    coding, content = choose(file, headers.get("accept-encoding", ""))
    kept = {
        "Cache-Control": FOREVER if file.immutable else ASK_FIRST,
        "ETag": file.etag,
        "Vary": "Accept-Encoding",
    }
    known = {part.strip() for part in headers.get("if-none-match", "").split(",")}
    if known & {file.etag, file.etag.removeprefix("W/"), "*"}:
        return Response(status_code=304, headers=kept)
    kept |= {"Content-Type": file.content_type, "Content-Length": str(len(content))}
    if coding:
        kept["Content-Encoding"] = coding
    return Response(content if with_body else b"", headers=kept)


def choose(file: File, accepted: str) -> tuple[str, bytes]:
    """The best content coding of `file` that `accepted` (Accept-Encoding) names, and the content in it."""
    taken: set[str] = set()
    for part in accepted.lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        if not weight or weight.strip("0."):  # 0, 0.0, 0.00 or 0.000 mean: not this one
            taken.add(name)
    for coding in ENCODINGS:
        if coding in taken and coding in file.encoded:
            return coding, file.encoded[coding]
    return "", file.content
