"""OAuth tokens (https://docs.joinmastodon.org/methods/oauth/; RFC 6749, 7009, 8414).

The page where members agree is in pages/auth_consent.py.
"""

import base64
import binascii
from urllib.parse import unquote_plus

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from rostra.accounts import queries as account_queries
from rostra.accounts.oauth import actions
from rostra.accounts.oauth.model import SCOPES, Application, IssuedToken, OAuthError, UsableToken
from rostra.api.auth import public, user
from rostra.api.entities.account import account_entity
from rostra.api.entities.application import Token, token_entity
from rostra.api.http import Call, Endpoints, json_response
from rostra.api.params import NoParams
from rostra.core.errors import NotFound

api = Endpoints("oauth")


class TokenRequest(msgspec.Struct):
    """Parameters of a token request."""

    grant_type: str = ""
    client_id: str = ""
    client_secret: str = ""
    code: str = ""
    redirect_uri: str = ""
    code_verifier: str = ""
    scope: str = ""


class RevocationRequest(msgspec.Struct):
    """Parameters of a revocation."""

    client_id: str = ""
    client_secret: str = ""
    token: str = ""


class IntrospectionRequest(msgspec.Struct):
    """Parameters of an introspection. `token_type_hint` says nothing: all tokens are of one kind."""

    client_id: str = ""
    client_secret: str = ""
    token: str = ""
    token_type_hint: str = ""


class Introspection(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What a token is good for (RFC 7662, 2.2); of one that is not valid, nothing but that."""

    active: bool
    scope: str = ""
    client_id: str = ""
    username: str = ""
    token_type: str = ""
    iat: int = 0
    sub: str = ""
    iss: str = ""


class UserInfo(msgspec.Struct):
    """The member behind a token, in OpenID Connect's words."""

    iss: str
    sub: str
    name: str
    preferred_username: str
    profile: str
    picture: str


class ServerMetadata(msgspec.Struct):
    """What this authorization server can do (RFC 8414)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    userinfo_endpoint: str
    revocation_endpoint: str
    introspection_endpoint: str
    app_registration_endpoint: str
    scopes_supported: list[str]
    service_documentation: str = "https://docs.joinmastodon.org/"
    response_types_supported: tuple[str, ...] = ("code",)
    response_modes_supported: tuple[str, ...] = ("query",)
    grant_types_supported: tuple[str, ...] = ("authorization_code", "client_credentials")
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic", "client_secret_post")
    revocation_endpoint_auth_methods_supported: tuple[str, ...] = (
        "client_secret_basic",
        "client_secret_post",
    )
    introspection_endpoint_auth_methods_supported: tuple[str, ...] = (
        "client_secret_basic",
        "client_secret_post",
    )
    code_challenge_methods_supported: tuple[str, ...] = ("S256",)


@api.post("/oauth/token", auth=public(), returns=Token)
async def create_token(call: Call, params: TokenRequest) -> Response:
    """Exchange a code, or an app's credentials, for a token."""
    try:
        application = await _client(call, params.client_id, params.client_secret)
        issued = await _issue(call, application, params)
    except OAuthError as error:
        return _error(error, call.request)
    return _never_kept(json_response(token_entity(issued)))


@api.post("/oauth/revoke", auth=public())
async def revoke_token(call: Call, params: RevocationRequest) -> Response:
    """Revoke a token."""
    try:
        application = await _client(call, params.client_id, params.client_secret)
        await actions.revoke_token(call.tx, call.services.bus, application, params.token)
    except OAuthError as error:
        return _error(error, call.request)
    return json_response({})


@api.post("/oauth/introspect", auth=public(), returns=Introspection)
async def introspect_token(call: Call, params: IntrospectionRequest) -> Response:
    """See whether a token of the app's own is valid, and for what (RFC 7662)."""
    try:
        application = await _client(call, params.client_id, params.client_secret)
    except OAuthError as error:
        return _error(error, call.request)
    found = await actions.introspect_token(call.tx, application, params.token)
    return _never_kept(json_response(_introspection(call, application, found)))


def _introspection(call: Call, application: Application, token: UsableToken | None) -> Introspection:
    if token is None:
        return Introspection(active=False)
    member = token.username is not None
    return Introspection(
        active=True,
        scope=" ".join(sorted(token.scopes)),
        client_id=application.client_id,
        username=token.username or "",
        token_type="Bearer",  # noqa: S106
        iat=int(token.created_at.timestamp()),
        sub=token.uri if member and token.uri else application.client_id,
        iss=call.settings.url("/"),
    )


@api.get("/oauth/userinfo", auth=user("profile"), returns=UserInfo)
async def get_userinfo(call: Call, params: NoParams) -> object:
    """See who the token stands for."""
    rows = await account_queries.by_ids(call.tx, [call.account_id])
    if not rows:
        raise NotFound
    account = account_entity(call.settings, rows[0])
    return UserInfo(
        iss=call.settings.url("/"),
        sub=account.uri,
        name=account.display_name,
        preferred_username=account.username,
        profile=account.url,
        picture=account.avatar,
    )


@api.get("/.well-known/oauth-authorization-server", auth=public(), returns=ServerMetadata, db=False)
async def get_server_metadata(call: Call, params: NoParams) -> object:
    """See where to sign in and what is supported."""
    url = call.settings.url
    return ServerMetadata(
        issuer=url("/"),
        authorization_endpoint=url("/oauth/authorize"),
        token_endpoint=url("/oauth/token"),
        userinfo_endpoint=url("/oauth/userinfo"),
        revocation_endpoint=url("/oauth/revoke"),
        introspection_endpoint=url("/oauth/introspect"),
        app_registration_endpoint=url("/api/v1/apps"),
        scopes_supported=sorted(SCOPES),
    )


async def _issue(call: Call, application: Application, params: TokenRequest) -> IssuedToken:
    if params.grant_type == "authorization_code":
        return await actions.exchange_code(
            call.tx,
            call.services.bus,
            application,
            code=params.code,
            redirect_uri=params.redirect_uri,
            code_verifier=params.code_verifier,
        )
    if params.grant_type == "client_credentials":
        return await actions.issue_app_token(call.tx, application, params.scope)
    if params.grant_type:
        raise OAuthError("unsupported_grant_type", "The grant type is not supported.")
    raise OAuthError("invalid_request", "The parameter grant_type is missing.")


async def _client(call: Call, client_id: str, client_secret: str) -> Application:
    """The app that asks, by HTTP Basic (RFC 6749, 2.3.1) or the body.

    Raises:
        OAuthError: `invalid_client`.
    """
    basic = _basic_credentials(call.request)
    if basic is not None:
        if client_id and client_id != basic[0]:
            raise OAuthError("invalid_request", "Two clients are named.")
        client_id, client_secret = basic
    return await actions.authenticate_app(call.tx, client_id, client_secret)


def _basic_credentials(request: Request) -> tuple[str, str] | None:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        text = base64.b64decode(value.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        raise OAuthError("invalid_client", "The Authorization header is malformed.", 401) from None
    name, _, secret = text.partition(":")
    return unquote_plus(name).replace("\x00", ""), unquote_plus(secret)


def _error(error: OAuthError, request: Request) -> Response:
    """RFC 6749, 5.2."""
    response = json_response({"error": error.code, "error_description": error.message}, error.status)
    if error.status == 401:
        basic = request.headers.get("authorization", "").lower().startswith("basic")
        response.headers["WWW-Authenticate"] = 'Basic realm="Rostra"' if basic else 'Bearer realm="Rostra"'
    return _never_kept(response)


def _never_kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Pragma"] = "no-cache"
    return response
