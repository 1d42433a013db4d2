"""The files of media: GET /media/<blob key>. On public machines Caddy does this (same headers)."""

from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from rostra.core.blobs import Blobs, content_type_of

PREFIX = "/media/"

HEADERS = {
    # Whoever may see a status may keep its pictures; under a key there is never anything else.
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; media-src 'self'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Content-Disposition": "inline",
    # Apps in the browser load pictures from their own origin, some of them into a canvas.
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class MediaFiles:
    """The ASGI app of all files; with ranges and conditional requests (RFC 9110 13 and 14)."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._files = StaticFiles(directory=blobs.folder, check_dir=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI: only `http`."""
        scope = _with_one_range(scope)
        response = await self._respond(scope)
        await response(scope, receive, send)

    async def _respond(self, scope: Scope) -> Response:
        path: str = scope["path"]
        key = path.removeprefix(PREFIX)
        if self._blobs.path(key) is None:
            return PlainTextResponse("Not Found", 404)
        try:
            response = await self._files.get_response(key, scope)
        except HTTPException as error:
            return PlainTextResponse(error.detail, error.status_code)
        response.headers.update(HEADERS | {"Content-Type": content_type_of(key)})
        return response


def _with_one_range(scope: Scope) -> Scope:
    """The request, without a `Range` that names several: then the whole file is right (RFC 9110 14.2).

    Players ask for one. Several would have to be sorted, merged and sent as multipart.
    """
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    ranges = [value for name, value in headers if name == b"range"]
    if len(ranges) > 1 or any(b"," in value for value in ranges):
        return {**scope, "headers": [header for header in headers if header[0] != b"range"]}
    return scope
