"""Use cases of OAuth 2: apps register, members let them in, codes become tokens, tokens are revoked.

Of tokens, codes and secrets only hashes are kept. See docs/decisions/0004-oauth.md for what is supported.
"""

import base64
import hashlib
import hmac
import re
from datetime import UTC, datetime

import msgspec

from rostra.accounts.oauth import queries
from rostra.accounts.oauth.model import (
    CODE_LIFETIME,
    NAME_LENGTH,
    SCOPES,
    URI_LENGTH,
    Application,
    Grant,
    IssuedToken,
    MemberToken,
    OAuthError,
    UsableToken,
    check_redirect_uri,
    narrow_scopes,
    redirect_allowed,
)
from rostra.accounts.oauth.revocation import tokens_die
from rostra.accounts.sharing import queries as sharing
from rostra.core.bus import Bus
from rostra.core.db import Tx
from rostra.core.errors import Invalid, NotFound
from rostra.core.secrets import new_token, token_hash
from rostra.core.text import clean

_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}\Z")
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}\Z")
_NO_APP_SECRET = token_hash("")


class NewApplication(msgspec.Struct, frozen=True, kw_only=True):
    """An app that wants to be known."""

    name: str
    redirect_uris: list[str]
    scopes: list[str]
    website: str | None = None


class AuthorizationRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What an app asks a member for (RFC 6749, 4.1.1; RFC 7636, 4.3), checked."""

    redirect_uri: str
    scopes: tuple[str, ...]
    code_challenge: str | None = None


async def register_app(tx: Tx, new: NewApplication) -> tuple[Application, str]:
    """Register an app; returns it and its secret (https://docs.joinmastodon.org/methods/apps/#create).

    Raises:
        Invalid: a name, URI or scope can't be.
    """
    name = clean(new.name).replace("\n", " ")
    _check_name(name)
    website = _checked_website(new.website)
    _check_redirect_uris(new.redirect_uris)
    if not SCOPES.issuperset(new.scopes):
        raise Invalid(
            "Scopes doesn't match configured on the server.",
            {"scopes": [("ERR_INVALID", "doesn't match configured on the server.")]},
        )
    secret = new_token()
    application = await queries.insert_application(
        tx,
        name=name,
        website=website,
        redirect_uris=new.redirect_uris,
        scopes=new.scopes,
        client_id=new_token(),
        client_secret_hash=token_hash(secret),
    )
    return application, secret


async def authenticate_app(tx: Tx, client_id: str, client_secret: str) -> Application:
    """The app with this id and secret.

    Raises:
        OAuthError: `invalid_client`, there is none.
    """
    application = await queries.application_by_client_id(tx, client_id)
    stored = await queries.client_secret_hash(tx, application.id) if application else None
    if not hmac.compare_digest(stored or _NO_APP_SECRET, token_hash(client_secret)) or application is None:
        raise OAuthError("invalid_client", "The client is unknown, or its secret is wrong or missing.", 401)
    return application


def check_authorization(
    application: Application,
    *,
    redirect_uri: str,
    scope: str,
    response_type: str,
    code_challenge: str,
    code_challenge_method: str,
) -> AuthorizationRequest:
    """What an app asks for, once it is known that `redirect_uri` is one of its own.

    Raises:
        OAuthError: with a code of RFC 6749, 4.1.2.1, to be sent back to the app.
    """
    assert redirect_allowed(redirect_uri, application.redirect_uris)
    if response_type != "code":
        raise OAuthError("unsupported_response_type", "Only the response type `code` is supported.")
    if code_challenge or code_challenge_method:
        if code_challenge_method != "S256":
            raise OAuthError("invalid_request", "The code_challenge_method must be S256.")
        if not _CHALLENGE.match(code_challenge):
            raise OAuthError("invalid_request", "The code_challenge is missing or malformed.")
    return AuthorizationRequest(
        redirect_uri=redirect_uri,
        scopes=narrow_scopes(scope, frozenset(application.scopes)),
        code_challenge=code_challenge or None,
    )


async def issue_code(
    tx: Tx,
    application: Application,
    user_id: int,
    asked: AuthorizationRequest,
    shared_access_id: int | None = None,
) -> str:
    """A code for what a member has agreed to; valid once, for `CODE_LIFETIME`.

    With `shared_access_id` the app will act as the account that this access is for.

    Raises:
        NotFound: the access is not theirs (any more).
    """
    code = new_token()
    async with tx.transaction():
        account_id = user_id
        if shared_access_id is not None:
            shared = await sharing.usable(tx, shared_access_id, user_id)
            if shared is None:
                raise NotFound()
            account_id = shared
        await queries.insert_grant(
            tx,
            code_hash=token_hash(code),
            application_id=application.id,
            user_id=account_id,
            shared_access_id=shared_access_id,
            redirect_uri=asked.redirect_uri,
            scopes=asked.scopes,
            code_challenge=asked.code_challenge,
            lifetime=CODE_LIFETIME.total_seconds(),
        )
    return code


async def exchange_code(
    tx: Tx, bus: Bus, application: Application, *, code: str, redirect_uri: str, code_verifier: str
) -> IssuedToken:
    """The token that a code stands for (RFC 6749, 4.1.3; RFC 7636, 4.6).

    A code that comes a second time was stolen or leaked: the tokens that it gave are revoked (4.1.2).

    Raises:
        OAuthError: `invalid_grant`.
    """
    hashed = token_hash(code)
    async with tx.transaction():
        await queries.lock_access_of_grant(tx, hashed)
        grant = await queries.lock_grant(tx, hashed)
        stolen = grant is not None and grant.application_id == application.id and grant.used_at is not None
        if not stolen and grant is not None and _may_use(grant, application, redirect_uri, code_verifier):
            await queries.use_grant(tx, hashed)
            scopes = tuple(grant.scopes)
            return await _issue_token(tx, application, grant.user_id, scopes, hashed, grant.shared_access_id)
    if stolen:
        async with tokens_die(tx, bus):
            await queries.delete_tokens_of_grant(tx, hashed)
    raise OAuthError(
        "invalid_grant",
        "The code is unknown, expired or used, belongs to another client or redirect URI, "
        "or the code_verifier does not match.",
    )


async def issue_app_token(tx: Tx, application: Application, scope: str) -> IssuedToken:
    """A token for the app itself (RFC 6749, 4.4).

    Raises:
        OAuthError: `invalid_scope`, more than the app registered for.
    """
    scopes = narrow_scopes(scope, frozenset(application.scopes))
    return await _issue_token(tx, application, None, scopes, None)


async def issue_sign_up_token(tx: Tx, application: Application, user_id: int) -> IssuedToken:
    """A token for a member who signed up in an app; usable once their account is."""
    return await _issue_token(tx, application, user_id, tuple(application.scopes), None)


async def revoke_token(tx: Tx, bus: Bus, application: Application, token: str) -> None:
    """Revoke a token of the app (RFC 7009); one that does not exist is revoked already.

    Raises:
        OAuthError: `unauthorized_client` (403, as Mastodon), it is another app's.
    """
    found = await queries.token_application(tx, token_hash(token))
    if found is None and token:
        return
    if found is None or found[1] != application.id:
        raise OAuthError("unauthorized_client", "You are not authorized to revoke this token", 403)
    async with tokens_die(tx, bus):
        await queries.delete_token(tx, found[0])


async def introspect_token(tx: Tx, application: Application, token: str) -> UsableToken | None:
    """What one of the app's own tokens is good for; None for all others, valid or not (RFC 7662, 2.2)."""
    return await queries.usable_token(tx, application.id, token_hash(token)) if token else None


async def revoke_app(tx: Tx, bus: Bus, user_id: int, application_id: int | None = None) -> int:
    """Take access to a member's account from one app, or from all; returns how many tokens died."""
    async with tokens_die(tx, bus):
        return await queries.delete_tokens_of_member(tx, user_id, application_id)


async def invalidate_token(tx: Tx, bus: Bus, user_id: int, token_id: int) -> MemberToken:
    """Take a token back that an app has for a member; returns what it was.

    Raises:
        NotFound: it is somebody else's, or there is none.
    """
    async with tokens_die(tx, bus):
        found = await queries.token_of_member(tx, user_id, token_id)
        if found is None or not await queries.delete_token(tx, token_id):
            raise NotFound
    return found


async def invalidate_others(tx: Tx, bus: Bus, user_id: int, token_id: int) -> int:
    """Take all tokens of a member back but this one; returns how many."""
    async with tokens_die(tx, bus):
        return await queries.delete_tokens_of_member(tx, user_id, except_id=token_id)


async def _issue_token(
    tx: Tx,
    application: Application,
    user_id: int | None,
    scopes: tuple[str, ...],
    grant_hash: bytes | None,
    shared_access_id: int | None = None,
) -> IssuedToken:
    token = new_token()
    created_at = await queries.insert_token(
        tx,
        token_hash=token_hash(token),
        application_id=application.id,
        user_id=user_id,
        scopes=scopes,
        grant_hash=grant_hash,
        shared_access_id=shared_access_id,
    )
    return IssuedToken(token=token, scopes=scopes, created_at=created_at)


def _may_use(grant: Grant, application: Application, redirect_uri: str, code_verifier: str) -> bool:
    return (
        grant.application_id == application.id
        and grant.redirect_uri == redirect_uri
        and grant.expires_at > datetime.now(UTC)
        and _verifier_matches(grant.code_challenge, code_verifier)
    )


def _verifier_matches(challenge: str | None, verifier: str) -> bool:
    if challenge is None:
        # A verifier for a code without a challenge: somebody stripped it (RFC 9700, 2.1.1).
        return not verifier
    if not _VERIFIER.match(verifier):
        return False
    digest = hashlib.sha256(verifier.encode()).digest()
    return hmac.compare_digest(base64.urlsafe_b64encode(digest).rstrip(b"=").decode(), challenge)


def _check_name(name: str) -> None:
    if not name:
        raise Invalid("Name can't be blank", {"name": [("ERR_BLANK", "can't be blank")]})
    if len(name) > NAME_LENGTH:
        problem = f"is too long (maximum is {NAME_LENGTH} characters)"
        raise Invalid(f"Name {problem}", {"name": [("ERR_TOO_LONG", problem)]})


def _checked_website(website: str | None) -> str | None:
    if not website:
        return None
    if len(website) > URI_LENGTH:
        problem = f"is too long (maximum is {URI_LENGTH} characters)"
        raise Invalid(f"Website {problem}", {"website": [("ERR_TOO_LONG", problem)]})
    if not re.fullmatch(r"https?://[^\s\x00-\x20\x7f<>\"\\]+", website, re.IGNORECASE):
        raise Invalid("Website is not a valid URL", {"website": [("ERR_INVALID", "is not a valid URL")]})
    return website


def _check_redirect_uris(uris: list[str]) -> None:
    if not uris:
        raise Invalid("Redirect URI can't be blank", {"redirect_uris": [("ERR_BLANK", "can't be blank")]})
    if sum(len(uri) + 1 for uri in uris) - 1 > URI_LENGTH:
        problem = f"is too long (maximum is {URI_LENGTH} characters)"
        raise Invalid(f"Redirect URI {problem}", {"redirect_uris": [("ERR_TOO_LONG", problem)]})
    for uri in uris:
        check_redirect_uri(uri)
