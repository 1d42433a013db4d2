"""The built web app: where it lies, and what is in it, read once.

In a checkout it is `web/build`, which `bin/setup` makes; a wheel has it beside this file. The files are
small and few, so a process keeps them in memory, which it shares with what forked from the same parent.
"""

import base64
import hashlib
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import structlog

from rostra.core.settings import Settings

IN_WHEEL = Path(__file__).parent / "build"
IN_CHECKOUT = Path(__file__).parents[3] / "web" / "build"
NONE = "off"
"""The value of the setting `web_app` for networks that offer none."""
INDEX = "index.html"
IMMUTABLE = "_app/immutable/"
"""What lies below here has a hash of its content in its name."""
TYPES = {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "mjs": "text/javascript; charset=utf-8",
    "mp3": "audio/mpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "wasm": "application/wasm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff2": "font/woff2",
}
"""Ending -> content type; what machines say differs."""
ENCODINGS = {"br": "br", "gzip": "gz"}
"""Content coding -> ending of the file that has it, the best first."""
log = structlog.get_logger()


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A file, and the same compressed: `encoded` by content coding."""

    content: bytes
    encoded: dict[str, bytes]
    content_type: str
    etag: str
    immutable: bool


class WebApp(msgspec.Struct, frozen=True, kw_only=True):
    """The built app; `files` by their path below /app/, `script_hashes` of the scripts within index.html."""

    folder: Path
    files: dict[str, File]
    script_hashes: list[str]

    @property
    def index(self) -> File:
        """The page that all addresses share."""
        return self.files[INDEX]


def web_app(settings: Settings) -> WebApp | None:
    """The app of this network; None where it is not built, or not wanted."""
    if settings.web_app == NONE:
        return None
    if settings.web_app:
        return load(Path(settings.web_app))
    return load(IN_WHEEL) or load(IN_CHECKOUT)


@cache
def load(folder: Path) -> WebApp | None:
    """The app in `folder`; None unless it is a whole one."""
    try:
        files = dict(_files(folder))
    except OSError as error:  # rights, or a build that runs just now
        log.warning("web_app.unreadable", folder=str(folder), error=str(error))
        return None
    if INDEX not in files:
        return None
    hashes = _script_hashes(files[INDEX].content.decode("utf-8"))
    return WebApp(folder=folder, files=files, script_hashes=hashes)


def _files(folder: Path) -> list[tuple[str, File]]:
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    compressed = tuple(f".{ending}" for ending in ENCODINGS.values())
    named = [name for name in paths if not name.endswith(compressed) and not Path(name).name.startswith(".")]
    return [(name, _file(name, paths)) for name in named]


def _file(name: str, paths: dict[str, Path]) -> File:
    content = paths[name].read_bytes()
    encoded = {
        coding: paths[f"{name}.{ending}"].read_bytes()
        for coding, ending in ENCODINGS.items()
        if f"{name}.{ending}" in paths
    }
    return File(
        content=content,
        encoded=encoded,
        content_type=TYPES.get(ending_of(name), "application/octet-stream"),
        etag=f'W/"{hashlib.blake2b(content, digest_size=9).hexdigest()}"',
        immutable=name.startswith(IMMUTABLE),
    )


def ending_of(path: str) -> str:
    """The ending of a file's name, without its dot; empty if it has none."""
    return path.rpartition("/")[2].rpartition(".")[2] if "." in path.rpartition("/")[2] else ""


class _InlineScripts(HTMLParser):
    """Collects the texts of the scripts that stand in a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.scripts: list[str] = []
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_inside = tag == "script" and "src" not in dict(attrs)
        if self._is_inside:
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._is_inside = False

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            self.scripts[-1] += data


def _script_hashes(html: str) -> list[str]:
    """What a Content Security Policy allows these scripts by (CSP 3, 2.3.1): `'sha256-…'`."""
    parser = _InlineScripts()
    parser.feed(html)
    digests = [hashlib.sha256(script.encode()).digest() for script in parser.scripts]
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
