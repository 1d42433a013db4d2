"""What an operator can set: one list of settings, and where their values come from.

Precedence, later wins: the defaults here, the settings file (`rostra.toml` in the data folder,
or the file that `ROSTRA_CONFIG` names), `ROSTRA_…` environment variables, command-line options.
`docs/operating/settings.md` explains each; a test keeps it complete.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from rostra.core import settings_checks

Registration = Literal["open", "approval", "invitation", "closed"]
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
Port = Annotated[int, Meta(ge=1, le=65535)]


SECRET = ("database_url", "smtp_url")
"""Settings that may hold passwords, which error messages must not repeat."""
KEYS = ("libretranslate_key", "deepl_key")
"""Settings that are nothing but secret."""
SEE_ALL = " docs/operating/settings.md lists all settings."


class SettingsError(Exception):
    """A setting can't be used; the message names it and says what to do."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings of one running Rostra."""

    domain: str = ""
    """The public name, e.g. `social.example`. Empty: this machine only, `localhost:<port>`."""
    port: Port = 8420
    """TCP port of the web workers (plain HTTP)."""
    streaming_port: Annotated[int, Meta(ge=0, le=65535)] = 0
    """TCP port where a proxy finds WebSockets. 0: with Caddy the one above `port`, else `port` itself."""
    host: str = "127.0.0.1"
    """Address that the web workers listen on."""
    data: Path = Path("data")
    """Folder of the embedded database, media, mail and keys."""
    database_url: str = ""
    """libpq URL of an external PostgreSQL (15 or newer). Empty: the embedded one in `data`."""
    web_workers: Annotated[int, Meta(ge=1, le=256)] = 2
    """Web processes, each with one event loop."""
    database_connections: Annotated[int, Meta(ge=1, le=1000)] = 6
    """Most database connections that one process holds."""

    title: str = "Rostra"
    """The network's name, as people see it."""
    description: str = ""
    """One or two sentences on what happens here, shown on the landing page and to apps."""
    contact_email: str = ""
    """Where outsiders reach the operator; public."""

    accent_color: str = ""
    """The network's colour on pages and in the web app: `#c55c43`. Empty: Rostra's terracotta."""
    web_app: str = ""
    """Folder of a built web app to serve below /app/ instead of Rostra's own. `off`: none."""
    status_url: str = ""
    """A page elsewhere that tells whether the network works; shown to apps."""
    show_domain_blocks: Literal["all", "users", "disabled"] = "all"
    """Who may see which other servers are kept out or limited."""
    show_domain_block_reasons: Literal["all", "users", "disabled"] = "users"
    """Who of them may also see the public comment on each."""
    annual_reports: Literal["season", "always", "off"] = "season"
    """When members can have a report of their year made: from 10 to 31 December, at any time, or never."""

    registration: Registration = "open"
    """Who may sign up."""
    registration_message: str = ""
    """What people read, in Markdown, where not everybody may. Empty: a sentence of Rostra's."""
    confirm_email: bool = True
    """Whether a new member must follow a link in a mail before using the account."""
    smtp_url: str = ""
    """`smtp://user:password@host:587` (STARTTLS) or `smtps://…:465`. Empty: files in `data/mail`."""
    mail_from: str = ""
    """Sender of all mails. Empty: `rostra@<domain>`."""

    suggested_accounts: str = ""
    """Members whom new ones are advised to follow: handles, parted by blanks."""

    libretranslate_url: str = ""
    """Where a LibreTranslate answers, which translates statuses: `https://translate.example`."""
    libretranslate_key: str = ""
    """Its API key, where it wants one."""
    deepl_key: str = ""
    """API key of DeepL, which translates statuses unless a LibreTranslate does."""
    trends: bool = True
    """Whether it is shown what many talk about: hashtags, links, statuses."""
    trends_review: bool = True
    """Whether staff looks at each of them before others do."""
    trends_accounts: Annotated[int, Meta(ge=2, le=100_000)] = 5
    """How many people must use, favourite or boost something within a day before it trends."""
    trends_account_days: Annotated[int, Meta(ge=0, le=3650)] = 3
    """How many days somebody must have been known here to count as one of them."""

    status_characters: Annotated[int, Meta(ge=1, le=1_000_000)] = 5000
    """Longest status, in characters as Mastodon counts them."""
    notifications_kept: Annotated[int, Meta(ge=0, le=1_000_000)] = 4000
    """Notifications that a member keeps, the newest. 0: all, for ever."""
    media_bytes: Annotated[int, Meta(ge=1, le=1 << 40)] = 16 * 1024 * 1024
    """Largest picture, in bytes."""
    video_bytes: Annotated[int, Meta(ge=1, le=1 << 40)] = 99 * 1024 * 1024
    """Largest film or sound, in bytes."""
    emoji_bytes: Annotated[int, Meta(ge=1, le=1 << 30)] = 256 * 1024
    """Largest picture of a custom emoji, in bytes."""

    https: Literal["auto", "internal", "off"] = "auto"
    """`auto`: Caddy with public certificates for a public `domain`; `internal`: its own authority; `off`."""
    https_port: Port = 443
    """TCP (and, for HTTP/3, UDP) port of Caddy."""
    http_port: Port = 80
    """Port of Caddy for plain HTTP: redirects and certificate challenges."""
    rate_limits: bool = True
    """Whether requests are limited per account and address. Only load tests turn this off."""
    log_format: Literal["json", "console"] = "json"
    """Shape of log lines on standard error."""
    metrics_networks: str = ""
    """Networks besides this machine that may read `/metrics`, parted by blanks: `10.0.0.0/8 fd00::/8`."""
    allow_private_addresses: str = ""
    """Hosts and networks that we may call although they are not public: `intranet.example 10.1.0.0/16`."""

    @property
    def local_domain(self) -> str:
        """Host (with port where it isn't the scheme's own) in handles and URLs."""
        return self.domain or f"localhost:{self.port}"

    @property
    def upload_bytes(self) -> int:
        """Most bytes of a request that uploads a file and a thumbnail for it."""
        return max(self.media_bytes, self.video_bytes) + self.media_bytes + 1024 * 1024

    @property
    def is_public(self) -> bool:
        """Whether the network has a name of its own, and so HTTPS."""
        return bool(self.domain) and self.domain.split(":")[0] not in LOCAL_HOSTS

    @property
    def base_url(self) -> str:
        """Start of every absolute URL, without a slash at its end."""
        return f"{'https' if self.is_public else 'http'}://{self.local_domain}"

    def url(self, path: str) -> str:
        """The absolute URL of `path`, which starts with a slash."""
        return self.base_url + path


def load(overrides: Mapping[str, Any] | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from all sources.

    `overrides` are command-line values; None values in it count as not given.

    Raises:
        SettingsError: a name is unknown, a value can't be used, or the file can't be read.
    """
    given = {name: value for name, value in (overrides or {}).items() if value is not None}
    variables = {
        name.removeprefix("ROSTRA_").lower(): value
        for name, value in environ.items()
        if name.startswith("ROSTRA_") and name != "ROSTRA_CONFIG"
    }
    data = Path(given.get("data") or variables.get("data") or Settings().data)
    merged: dict[str, Any] = _read_file(environ.get("ROSTRA_CONFIG"), data) | variables | given
    merged["data"] = data.absolute()
    try:
        settings = msgspec.convert(merged, Settings, strict=False, dec_hook=_decode)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{_plain(str(error), merged)}{SEE_ALL}") from None
    settings = msgspec.structs.replace(settings, domain=settings.domain.lower())
    for name, check in settings_checks.CHECKS.items():
        value = getattr(settings, name)
        if value and (wanted := check(value)):
            shown = "" if name in (*SECRET, *KEYS) else f" ({value!r})"
            raise SettingsError(f"The setting {name}{shown} can't be used: it must be {wanted}.{SEE_ALL}")
    return settings


def _plain(message: str, given: Mapping[str, Any]) -> str:
    """msgspec's message, such as "Expected `int` >= 1 - at `$.port`", for those who don't know it."""
    problem, _, path = message.partition(" - at `$.")
    if unknown := re.fullmatch(r"Object contains unknown field `(.+)`", problem):
        return f"There is no setting {unknown[1]}."
    name = path.rstrip("`")
    shown = "" if name in (*SECRET, *KEYS) else f" ({given.get(name)!r})"
    return f"The setting {name}{shown} can't be used: {problem}."


def _read_file(named: str | None, data: Path) -> dict[str, Any]:
    path = Path(named) if named else data / "rostra.toml"
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        if not named:
            return {}
        raise SettingsError(f"The settings file {path} can't be read: {error.strerror}") from None
    except PermissionError:
        raise SettingsError(
            f"The settings file {path} can't be read: permission denied. Start as the user that the data"
            " folder belongs to, or choose another folder by --data."
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"The settings file {path} can't be read: {error}") from None
    if "data" in found:
        raise SettingsError(
            f"The settings file {path} names a data folder, where it can't stand: the file itself is looked"
            " for there. Name it by --data or ROSTRA_DATA."
        )
    return found


def _decode(kind: type, value: Any) -> Any:
    if kind is Path and isinstance(value, str | Path):
        return Path(value)
    raise NotImplementedError(kind)
