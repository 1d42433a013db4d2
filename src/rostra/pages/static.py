"""Style sheets, fonts and pictures of the pages: their URLs, and serving them.

A URL carries a hash of the file's content, so that browsers may keep it forever. Caddy serves the
same folder where it stands in front.
"""

import hashlib
import os
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parent / "static"
PREFIX = "/static"
_FOREVER = "public, max-age=31536000, immutable"
_SHORTLY = "public, max-age=3600"


@cache
def version(name: str) -> str:
    """The first 10 hexadecimal digits of the SHA-256 of the file `name`."""
    return hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:10]


def url(name: str) -> str:
    """The path under which the file `name` may be cached forever."""
    return f"{PREFIX}/{name}?v={version(name)}"


class _Versioned(StaticFiles):
    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        name = Path(full_path).relative_to(FOLDER).as_posix()
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("v", [""])[0]
        response.headers["Cache-Control"] = _FOREVER if asked == version(name) else _SHORTLY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Access-Control-Allow-Origin"] = "*"  # apps in the browser show the stock pictures
        response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        return response


route = Mount(PREFIX, _Versioned(directory=FOLDER), name="static")
