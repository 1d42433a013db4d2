"""`/oauth/authorize`: a member looks at what an app asks for, and agrees or not (RFC 6749, 4.1)."""

from collections.abc import Sequence
from urllib.parse import urlencode, urlsplit

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.accounts.oauth import actions, queries
from rostra.accounts.oauth.actions import AuthorizationRequest
from rostra.accounts.oauth.model import OUT_OF_BAND, Application, OAuthError, redirect_allowed
from rostra.accounts.sessions.model import SignedIn
from rostra.accounts.sharing import queries as sharing
from rostra.accounts.sharing.model import Access
from rostra.core.errors import RostraError
from rostra.pages.auth_forms import form_page, read_form, translator_of
from rostra.pages.auth_scopes import permissions
from rostra.pages.auth_session import see_other, session_of
from rostra.pages.paging import parse_id
from rostra.pages.render import app_home, services_of

OUR_OWN_REDIRECT = "/app/auth"
"""Where the network's web app takes its codes."""
_FALSE = ("", "0", "f", "false", "off", "none", "no")
_PARAMS = (
    "client_id",
    "redirect_uri",
    "response_type",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
    "lang",
)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which app asks, and where the answer goes: known to be the app's own."""

    application: Application
    redirect_uri: str
    state: str | None


class UnknownClient(RostraError):
    """Nobody knows the app, or the address is not its own: the answer must not go there."""

    status = 400

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


async def show_consent(request: Request) -> Response:
    """What the app asks for. Who isn't signed in does so first, and comes back."""
    try:
        asked = await _asked(request)
    except UnknownClient as error:
        return form_page(request, "auth/consent_impossible.html", status=400, problem=error.problem)
    member, forced = session_of(request), _forced(request)
    if member is None or forced:
        force = {"force": "1"} if forced else {}
        return see_other(f"/auth/sign_in?{urlencode({**force, 'next': _without_force(request)})}")
    try:
        wanted = _wanted(request, asked)
    except OAuthError as error:
        return _refuse(request, asked, error)
    async with services_of(request).db.connection() as tx:
        shared = [one for one in await sharing.of_member(tx, member.account_id) if one.accepted_at]
        if not shared and _is_our_own_app(request, asked, wanted):
            code = await actions.issue_code(tx, asked.application, member.account_id, wanted)
            return _answer(asked, {"code": code})
    return _consent_page(request, member, asked, wanted, shared)


async def decide(request: Request) -> Response:
    """The member has decided."""
    form = await read_form(request)
    try:
        asked = await _asked(request)
    except UnknownClient as error:
        return form_page(request, "auth/consent_impossible.html", status=400, problem=error.problem)
    member = session_of(request)
    if member is None:
        return see_other(f"/auth/sign_in?{urlencode({'next': _without_force(request)})}")
    try:
        wanted = _wanted(request, asked)
    except OAuthError as error:
        return _refuse(request, asked, error)
    if form.text("decision") != "allow":
        return _refuse(request, asked, OAuthError("access_denied", "The member denied the request."))
    acting_as = form.text("acting_as")
    shared_access_id = parse_id(acting_as) if acting_as else None
    async with services_of(request).db.connection() as tx:
        code = await actions.issue_code(tx, asked.application, member.account_id, wanted, shared_access_id)
    return _answer(asked, {"code": code})


async def show_code(request: Request) -> Response:
    """A code for the member to carry over to the app."""
    code = request.query_params.get("code", "")[:100]
    return form_page(request, "auth/code.html", code=code)


async def _asked(request: Request) -> Asked:
    """The app and where to answer it.

    Raises:
        UnknownClient: either is not known.
    """
    query = request.query_params
    client_id, redirect_uri = query.get("client_id", "")[:200], query.get("redirect_uri", "")[:2000]
    async with services_of(request).db.connection() as tx:
        known = await queries.application_by_client_id(tx, client_id) if "\x00" not in client_id else None
    if known is None:
        raise UnknownClient("client")
    if not redirect_allowed(redirect_uri, known.redirect_uris):
        raise UnknownClient("redirect")
    return Asked(application=known, redirect_uri=redirect_uri, state=query.get("state"))


def _wanted(request: Request, asked: Asked) -> AuthorizationRequest:
    query = request.query_params
    return actions.check_authorization(
        asked.application,
        redirect_uri=asked.redirect_uri,
        scope=query.get("scope", ""),
        response_type=query.get("response_type", ""),
        code_challenge=query.get("code_challenge", ""),
        code_challenge_method=query.get("code_challenge_method", ""),
    )


def _is_our_own_app(request: Request, asked: Asked, wanted: AuthorizationRequest) -> bool:
    """Whether the network's web app asks, so that asking its member once more would be a formality.

    It is safe not to ask, whoever registered the app:
    - The code goes to one exact address on our own origin, so nobody else gets it; from there nothing tells
      it on (no referrer, no log). It is of use only with the verifier of PKCE, which who asked keeps.
    - A page elsewhere can't even start this: cookies are SameSite=Lax, and the browser must say that the
      navigation began on our own origin. Where it says nothing, the member is asked.
    - The web app takes no code without the `state` that it made itself, so nobody is signed in to the
      account of somebody else.
    """
    settings = services_of(request).settings
    return (
        app_home(settings) is not None
        and asked.redirect_uri == settings.url(OUR_OWN_REDIRECT)
        and asked.redirect_uri in asked.application.redirect_uris
        and wanted.code_challenge is not None
        and bool(asked.state)
        and request.headers.get("sec-fetch-site") == "same-origin"
    )


def _consent_page(
    request: Request,
    member: SignedIn,
    asked: Asked,
    wanted: AuthorizationRequest,
    shared: Sequence[Access],
) -> Response:
    settings = services_of(request).settings
    return form_page(
        request,
        "auth/consent.html",
        form_targets=_form_targets(asked.redirect_uri),
        app=asked.application,
        handle=f"@{member.username}@{settings.local_domain}",
        shared=shared,
        permissions=permissions(translator_of(request), wanted.scopes),
        goes_to=_place(asked.redirect_uri),
        switch=f"/auth/sign_in?{urlencode({'force': '1', 'next': _without_force(request)})}",
    )


def _refuse(request: Request, asked: Asked, error: OAuthError) -> Response:
    """Tell the app that it gets nothing (RFC 6749, 4.1.2.1); without an address, the member."""
    if asked.redirect_uri != OUT_OF_BAND:
        return _answer(asked, {"error": error.code, "error_description": error.message})
    if error.code == "access_denied":
        return form_page(request, "auth/consent_denied.html", app=asked.application)
    return form_page(request, "auth/consent_impossible.html", status=400, problem="request")


def _answer(asked: Asked, values: dict[str, str]) -> Response:
    if asked.redirect_uri == OUT_OF_BAND:
        return see_other(f"/oauth/authorize/native?{urlencode(values)}")
    if asked.state is not None:
        values["state"] = asked.state
    mark = "&" if urlsplit(asked.redirect_uri).query else "?"
    response = see_other(f"{asked.redirect_uri}{mark}{urlencode(values)}")
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _form_targets(redirect_uri: str) -> list[str]:
    """Where the browser will be sent after the form, for the Content Security Policy."""
    if redirect_uri == OUT_OF_BAND:
        return []
    parts = urlsplit(redirect_uri)
    if parts.scheme.lower() in ("http", "https"):
        return [f"{parts.scheme}://{parts.netloc}"]
    return [f"{parts.scheme}:"]


def _place(redirect_uri: str) -> str:
    """The site that gets the answer; empty for a program on the member's own device."""
    parts = urlsplit(redirect_uri)
    return (parts.hostname or "") if parts.scheme.lower() in ("http", "https") else ""


def _forced(request: Request) -> bool:
    return request.query_params.get("force_login", "").lower() not in _FALSE


def _without_force(request: Request) -> str:
    kept = [(name, value) for name, value in request.query_params.items() if name in _PARAMS]
    return f"/oauth/authorize?{urlencode(kept)}"


routes = [
    Route(path, handler, methods=[method])
    for path in ("/oauth/authorize", "/oauth/authorize/")  # toot asks with a slash at the end
    for method, handler in (("GET", show_consent), ("POST", decide))
] + [Route("/oauth/authorize/native", show_code, methods=["GET"])]
