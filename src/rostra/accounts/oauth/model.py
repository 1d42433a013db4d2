"""Apps and their tokens (RFC 6749, Mastodon's OAuth scopes). No I/O."""

import re
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from rostra.accounts.sharing.model import Power
from rostra.core.db import Row
from rostra.core.errors import Invalid, RostraError

TOKENS_TOPIC = "tokens"
"""Bus topic that says: tokens were revoked, or their members changed; forget what you know of them."""

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
"""A redirect URI that means: show the code to the member, who carries it over."""

CODE_LIFETIME = timedelta(minutes=10)
NAME_LENGTH = 60
URI_LENGTH = 2000
"""Most characters of an app's website, and of all its redirect URIs together (as in Mastodon)."""

TOP_SCOPES = frozenset({"profile", "read", "write", "follow", "push"})
_READ = (
    "accounts blocks bookmarks collections favourites filters follows lists mutes notifications search "
    "statuses"
)
_WRITE = (
    "accounts blocks bookmarks collections conversations favourites filters follows lists media mutes "
    "notifications reports statuses"
)
_ADMIN = "accounts reports domain_allows domain_blocks ip_blocks email_domain_blocks canonical_email_blocks"
SCOPES = (
    TOP_SCOPES
    | {f"read:{name}" for name in _READ.split()}
    | {f"write:{name}" for name in _WRITE.split()}
    | {"admin:read", "admin:write"}
    | {f"admin:{verb}:{name}" for verb in ("read", "write") for name in _ADMIN.split()}
)
"""All scopes that an app may ask for (https://docs.joinmastodon.org/api/oauth-scopes/)."""

_FOLLOW = frozenset(f"{verb}:{name}" for verb in ("read", "write") for name in ("blocks", "follows", "mutes"))
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*\Z", re.IGNORECASE | re.ASCII)
_AUTHORITY = re.compile(r"([a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]+)?\Z", re.IGNORECASE | re.ASCII)
_PRINTABLE = re.compile(r"[\x21-\x7e]+\Z")
# What a browser would run, or show in our name.
_FORBIDDEN_SCHEMES = frozenset({"about", "blob", "data", "file", "filesystem", "javascript", "vbscript"})
_LOOPBACK = frozenset({"127.0.0.1", "::1"})

Obstacle = Literal["", "unconfirmed", "pending", "disabled"]
"""Why a member may not use the network now; empty: they may."""


class OAuthError(RostraError):
    """An error as RFC 6749 (5.2, 4.1.2.1) writes it: a code for programs and a sentence for developers."""

    def __init__(self, code: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.code = code
        self.status = status


class Application(Row, frozen=True):
    """A row of `applications`, without its secret."""

    id: int
    name: str
    website: str | None
    redirect_uris: list[str]
    scopes: list[str]
    client_id: str
    created_at: datetime


class UsableToken(Row, frozen=True):
    """A valid token, and the member behind it, if there is one."""

    scopes: list[str]
    created_at: datetime
    username: str | None
    uri: str | None


class AuthorizedApp(Row, frozen=True):
    """An app that holds tokens of a member."""

    id: int
    name: str
    website: str | None
    scopes: list[str]
    authorized_at: datetime
    last_used_at: datetime | None


class MemberToken(Row, frozen=True):
    """A token that an app has for a member, or for an account that they look after."""

    id: int
    scopes: list[str]
    created_at: datetime
    last_used_at: datetime | None
    account_id: int
    """Whom the app acts as."""
    member_id: int | None
    """Who does so, where others look after the account; None: its owner."""
    name: str
    website: str | None


class Grant(Row, frozen=True):
    """A row of `access_grants`: what a code stands for."""

    application_id: int
    user_id: int
    redirect_uri: str
    scopes: list[str]
    code_challenge: str | None
    expires_at: datetime
    used_at: datetime | None
    shared_access_id: int | None
    """By which a member acts as another account, `user_id`."""


class Viewer(Row, frozen=True):
    """Who is asking: a valid token, and the member behind it (none for an app on its own)."""

    token_id: int
    application_id: int | None
    account_id: int | None
    scopes: frozenset[str]
    role: str
    username: str
    obstacle: Obstacle = ""
    stale: bool = False
    """Whether the last hour has not seen it (`queries.touch_token`)."""
    member_id: int | None = None
    """Who acts as the account, where others look after it; None: its owner."""
    power: Power = "owner"
    """What they may do with it."""


class IssuedToken(msgspec.Struct, frozen=True, kw_only=True):
    """A token as it is handed out; nobody can read it again."""

    token: str
    scopes: tuple[str, ...]
    created_at: datetime


def allows(granted: frozenset[str], needed: str) -> bool:
    """Whether a token with `granted` scopes may do what needs `needed` (`read:statuses`)."""
    if needed in granted:
        return True
    if needed in _FOLLOW and "follow" in granted:
        return True
    parts = needed.split(":")
    return any(":".join(parts[:length]) in granted for length in range(1, len(parts)))


def parse_scopes(text: str) -> tuple[str, ...]:
    """The scopes that `text` names, separated by blanks, each once; `read` when it names none.

    Raises:
        OAuthError: `invalid_scope`, one of them does not exist.
    """
    scopes = tuple(dict.fromkeys(text.split())) or ("read",)
    if not SCOPES.issuperset(scopes):
        raise OAuthError("invalid_scope", "The requested scope is unknown or malformed.")
    return scopes


def narrow_scopes(text: str, registered: frozenset[str]) -> tuple[str, ...]:
    """The scopes that `text` names, when all of them are within the app's `registered` ones.

    Raises:
        OAuthError: `invalid_scope`.
    """
    scopes = parse_scopes(text)
    if not all(allows(registered, scope) for scope in scopes):
        raise OAuthError("invalid_scope", "The app did not register for all of the requested scopes.")
    return scopes


def check_redirect_uri(uri: str) -> None:
    """Raises `Invalid` unless an app may register `uri` (RFC 6749, 3.1.2: absolute, no fragment)."""
    problem = _redirect_uri_problem(uri)
    if problem:
        raise Invalid(f"Redirect URI {problem}", {"redirect_uris": [("ERR_INVALID", problem)]})


def _redirect_uri_problem(uri: str) -> str:
    scheme, _, rest = uri.partition(":")
    if uri == OUT_OF_BAND:
        return ""
    if not _PRINTABLE.match(uri) or not _SCHEME.match(scheme) or not rest or "\\" in uri:
        return "must be an absolute URI."
    if scheme.lower() in _FORBIDDEN_SCHEMES:
        return "is forbidden by the server."
    if "#" in uri:
        return "cannot contain a fragment."
    try:
        parts = urlsplit(uri)
        _ = parts.port  # raises for what is no port
    except ValueError:
        return "must be an absolute URI."
    if scheme.lower() in ("http", "https") and not _AUTHORITY.match(parts.netloc):
        return "must be an absolute URI."
    return ""


def redirect_allowed(asked: str, registered: list[str]) -> bool:
    """Whether a code may be sent to `asked`: exactly one of `registered`, except for a loopback's port.

    Programs on the member's own machine listen on whatever port is free (RFC 8252, 7.3).
    """
    return asked in registered or any(_same_loopback(asked, uri) for uri in registered)


def _same_loopback(asked: str, registered: str) -> bool:
    try:
        ours, theirs = urlsplit(registered), urlsplit(asked)
        _ = theirs.port
    except ValueError:
        return False
    return (
        ours.scheme == theirs.scheme == "http"
        and ours.hostname == theirs.hostname
        and ours.hostname in _LOOPBACK
        and (ours.path, ours.query) == (theirs.path, theirs.query)
        and "@" not in theirs.netloc
        and not theirs.fragment
        and _PRINTABLE.match(asked) is not None
    )
