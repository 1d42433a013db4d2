"""HTTPS: Caddy in front of the web processes.

It gets certificates and renews them, speaks HTTP/2 and 3, compresses, and sends static files and
media from the disk. Its configuration is written to the data folder at each start.
"""

import re
import shutil
import socket
import sysconfig
from pathlib import Path

from jinja2 import StrictUndefined, Template

from rostra.api.media_files import HEADERS
from rostra.cli import ports
from rostra.cli.errors import StartError
from rostra.core.blobs import EXTENSIONS
from rostra.core.settings import Settings
from rostra.web_app import door
from rostra.web_app.files import IMMUTABLE, TYPES, web_app

TEMPLATE = Template(
    (Path(__file__).parent / "Caddyfile.jinja").read_text("utf-8"),
    undefined=StrictUndefined,
    keep_trailing_newline=True,
)


def is_wanted(settings: Settings) -> bool:
    """Whether Caddy stands in front.

    Raises:
        StartError: HTTPS is asked for without a name to have it for.
    """
    if settings.https == "internal" and not settings.domain:
        raise StartError("https = internal needs a name: set --domain.")
    return settings.https == "internal" or (settings.https == "auto" and settings.is_public)


def prepare(settings: Settings) -> tuple[list[str], dict[str, str]]:
    """Write the configuration; returns the command that runs Caddy, and its whole environment.

    Raises:
        StartError: a port is taken, or there is no Caddy for this machine.
    """
    program = Path(sysconfig.get_path("scripts")) / "caddy"
    found = str(program) if program.exists() else shutil.which("caddy")
    if found is None:
        raise StartError(
            "There is no Caddy for this machine. Install it, or set https = off and put a proxy of your own"
            " in front."
        )
    if len({settings.port, settings.streaming_port, settings.https_port, settings.http_port}) < 4:
        raise StartError("port, streaming_port, https_port and http_port must be four different ports.")
    ports.check_everywhere(settings.https_port, "--https-port", (socket.SOCK_STREAM, socket.SOCK_DGRAM))
    ports.check_everywhere(settings.http_port, "--http-port")
    home = settings.data / "caddy"
    home.mkdir(mode=0o700, exist_ok=True)
    path = home / "Caddyfile"
    path.write_text(caddyfile(settings), "utf-8")
    command = [found, "run", "--config", str(path), "--adapter", "caddyfile"]
    return command, {"HOME": str(home), "PATH": "/usr/bin:/bin", "GOMEMLIMIT": "128MiB"}


def caddyfile(settings: Settings) -> str:
    """The configuration (https://caddyserver.com/docs/caddyfile), from Caddyfile.jinja.

    Raises:
        StartError: a setting has characters that would break it.
    """
    name = settings.domain.split(":")[0]
    if not re.fullmatch(r"[A-Za-z0-9.-]+", name):
        raise StartError(
            f"The domain {name!r} can't be used with HTTPS. Names beyond ASCII are written xn--…."
        )
    return TEMPLATE.render(
        settings=settings,
        internal=settings.https == "internal",
        name=name,
        home=settings.data / "caddy",
        body_bytes=settings.upload_bytes,
        media_keys=rf"^/media/[0-9a-f]{{2}}/[0-9a-f]{{2}}/[0-9a-f]{{36}}\.({'|'.join(EXTENSIONS.values())})$",
        media_headers=HEADERS,
        media_types=EXTENSIONS,
        static_files=Path(__file__).parents[1] / "pages" / "static",
        web_app=web_app(settings),
        app_path=door.PATH,
        app_types=TYPES,
        immutable=IMMUTABLE,
        forever=door.FOREVER,
        upstream=_upstream(settings.host, settings.port),
        sockets=_upstream(settings.host, settings.streaming_port or settings.port),
        quote=_quote,
    )


def _upstream(host: str, port: int) -> str:
    host = ports.EVERYWHERE.get(host, host)
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _quote(value: Path | str) -> str:
    """A Caddyfile token, taken as it stands.

    Raises:
        StartError: it has a character that can't be written.
    """
    text = str(value)
    if "`" in text or "{$" in text or not text.isprintable():
        raise StartError(f"{text!r} can't be used with HTTPS, because of the characters in it.")
    return f"`{text}`"
