"""Who is asking: tokens, scopes, and what an endpoint demands of both."""

import time
from typing import Literal

import msgspec
from starlette.requests import HTTPConnection

from rostra.accounts.oauth import queries
from rostra.accounts.oauth.model import SCOPES, TOKENS_TOPIC, Viewer, allows
from rostra.accounts.sharing.model import Power, reaches
from rostra.core.bus import Bus
from rostra.core.db import Database
from rostra.core.errors import Forbidden, Unauthorized
from rostra.core.secrets import token_hash

CACHE_SECONDS = 300  # what ends a token sooner comes by the bus
CACHE_SIZE = 20_000

_OBSTACLES = {
    "unconfirmed": "Your login is missing a confirmed e-mail address",
    "pending": "Your login is currently pending approval",
    "disabled": "Your login is currently disabled",
}


Rank = Literal["member", "staff", "admin"]
"""What somebody must be in the network; each includes those before it."""
_RANKS: dict[Rank, frozenset[str]] = {
    "staff": frozenset({"moderator", "admin", "owner"}),
    "admin": frozenset({"admin", "owner"}),
}
"""The roles of each rank that not everybody has (accounts/model.py)."""


class Auth(msgspec.Struct, frozen=True):
    """What an endpoint demands. Made by one of the functions below, so that no endpoint goes without."""

    kind: str
    scopes: tuple[str, ...]
    power: Power = "editor"
    """What who acts as a shared account must be to it."""
    rank: Rank = "member"
    """What the token's member must be in the network, whatever the token's scopes are."""

    def by(self, power: Power) -> "Auth":
        """The same, but of those who look after a shared account only for whoever has `power`."""
        return msgspec.structs.replace(self, power=power)

    def of(self, rank: Rank) -> "Auth":
        """The same, but only for those who look after the network (`staff`), or who run it (`admin`)."""
        return msgspec.structs.replace(self, rank=rank)

    def check(self, viewer: Viewer | None) -> None:
        """Let `viewer` pass, or not.

        Raises:
            Unauthorized: a token is needed, or one of a member.
            Forbidden: the token lacks the scope, or its member the role or the power over a shared account.
        """
        if viewer is None:
            if self.kind != "public":
                raise Unauthorized()
            return
        if self.scopes and not any(allows(viewer.scopes, scope) for scope in self.scopes):
            raise Forbidden("This action is outside the authorized scopes")
        if self.kind in ("user", "newcomer") and viewer.account_id is None:
            raise Unauthorized("This method requires an authenticated user")
        if not reaches(viewer.power, self.power):
            raise Forbidden("Your role for this account does not include this")
        if self.rank != "member" and viewer.role not in _RANKS[self.rank]:
            raise Forbidden("This action is not allowed")


def user(*scopes: str) -> Auth:
    """A member's token with one of `scopes`."""
    return Auth("user", _known(scopes))


def newcomer(*scopes: str) -> Auth:
    """A member's token with one of `scopes`, also while they may not use the network yet."""
    return Auth("newcomer", _known(scopes))


def app(*scopes: str) -> Auth:
    """Any valid token with one of `scopes`, also an app's own."""
    return Auth("app", _known(scopes))


def public(*scopes: str) -> Auth:
    """Anybody; a token, if sent, must be valid and have one of `scopes`."""
    return Auth("public", _known(scopes))


def _known(scopes: tuple[str, ...]) -> tuple[str, ...]:
    unknown = set(scopes) - SCOPES
    if unknown:
        raise ValueError(f"Unknown scopes: {unknown}")
    return scopes


def bearer_token(connection: HTTPConnection) -> str | None:
    """The token of a request: from the Authorization header or, as RFC 6750 2.3 has it, `access_token`."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    if b"access_token=" in connection.scope["query_string"]:
        return connection.query_params.get("access_token")
    return None


class Tokens:
    """Looks tokens up, and remembers them for five minutes; revocation reaches all processes by the bus."""

    def __init__(self, db: Database, bus: Bus) -> None:
        self._db = db
        self._known: dict[bytes, tuple[float, Viewer]] = {}
        self._forgotten = 0
        bus.on(TOKENS_TOPIC, lambda _: self._forget())
        bus.on_reset(self._forget)

    async def viewer(self, token: str | None, *, newcomers: bool = False) -> Viewer | None:
        """Who holds `token`; None without one.

        Raises:
            Unauthorized: it is not valid (any more).
            Forbidden: its member may not use the network now (with `newcomers`: is disabled).
        """
        if token is None:
            return None
        hashed = token_hash(token)
        cached = self._known.get(hashed)
        if cached is not None and cached[0] > time.monotonic():
            return cached[1]
        forgotten = self._forgotten
        async with self._db.connection() as tx:
            viewer = await queries.viewer_by_token(tx, hashed)
            if viewer is None:
                raise Unauthorized()
            if viewer.obstacle and not (newcomers and viewer.obstacle != "disabled"):
                raise Forbidden(_OBSTACLES[viewer.obstacle])
            if viewer.stale:
                await queries.touch_token(tx, viewer.token_id)
        if len(self._known) >= CACHE_SIZE:
            self._known.clear()
        if not viewer.obstacle and forgotten == self._forgotten:  # else it may have been revoked meanwhile
            self._known[hashed] = (time.monotonic() + CACHE_SECONDS, viewer)
        return viewer

    def _forget(self) -> None:
        self._forgotten += 1
        self._known.clear()
