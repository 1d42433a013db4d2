"""Signing in and out: name and password, then a second factor where there is one; or a passkey alone."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.accounts import queries, throttles
from rostra.accounts.sessions import actions, passkeys
from rostra.accounts.sessions import queries as session_queries
from rostra.accounts.sessions.model import (
    NewSession,
    NextStep,
    NotUsable,
    SignedIn,
    StepExpired,
    WrongCode,
    WrongCredentials,
)
from rostra.core.errors import TooMany
from rostra.core.secrets import token_hash
from rostra.core.web import client_address
from rostra.pages.auth_forms import Errors, form_page, read_form, translator_of
from rostra.pages.auth_session import (
    drop_session,
    keep_session,
    keep_step,
    local_path,
    see_other,
    session_of,
    signed_in,
    step_of,
)
from rostra.pages.render import secure, services_of


async def show_sign_in(request: Request) -> Response:
    """The form; who is signed in already goes on, unless another account is wanted (`force`)."""
    if session_of(request) is not None and not request.query_params.get("force"):
        return see_other(_next(request))
    return _sign_in_page(request, login="", errors={})


async def sign_in(request: Request) -> Response:
    """The form was sent."""
    services = services_of(request)
    form = await read_form(request)
    login = form.text("login", 254)
    t = translator_of(request)
    try:
        async with services.db.connection() as tx:
            outcome = await actions.sign_in(
                tx,
                services.settings,
                login=login,
                password=form.text("password", 4096),
                address=client_address(request.scope),
                user_agent=request.headers.get("user-agent", ""),
            )
    except WrongCredentials:
        return _sign_in_page(request, login, {"login": t("sign-in-wrong")})
    except TooMany as error:
        return _too_many(_sign_in_page(request, login, {"login": t("problem-too-many")}, 429), error)
    except NotUsable as error:
        return await _not_usable(request, error)
    if isinstance(outcome, NextStep):
        response = see_other(f"/auth/second_factor?next={quote(_next(request))}")
        keep_step(response, services.settings, outcome.token)
        return response
    return await _enter(request, outcome)


async def show_second_factor(request: Request) -> Response:
    """The second step."""
    if not await _waiting_member(request):
        return see_other(f"/auth/sign_in?next={quote(_next(request))}")
    return await _second_factor_page(request, {})


async def second_factor(request: Request) -> Response:
    """A code was sent."""
    services, t = services_of(request), translator_of(request)
    form = await read_form(request)
    try:
        async with services.db.connection() as tx:
            session = await actions.sign_in_with_code(
                tx,
                services.settings,
                step_token=step_of(request),
                code=form.text("code", 100),
                user_agent=request.headers.get("user-agent", ""),
            )
    except WrongCode:
        return await _second_factor_page(request, {"code": t("second-factor-wrong")})
    except TooMany as error:
        page = await _second_factor_page(request, {"code": t("problem-too-many")}, 429)
        return _too_many(page, error)
    except StepExpired:
        return _sign_in_page(request, "", {"login": t("sign-in-expired")})
    return await _enter(request, session)


async def passkey_options(request: Request) -> Response:
    """For passkeys.js: what the browser is to ask the passkey for."""
    services = services_of(request)
    await read_form(request)
    address = throttles.network_of(client_address(request.scope))
    async with services.db.connection() as tx:
        await throttles.hit(tx, services.settings, throttles.CHALLENGE_BY_ADDRESS, address)
        options, token = await passkeys.request_options(tx, services.settings, step_of(request) or None)
    response = Response(options, media_type="application/json")
    secure(response, "never")
    keep_step(response, services.settings, token)
    return response


async def sign_in_with_passkey(request: Request) -> Response:
    """The passkey has answered."""
    services, t = services_of(request), translator_of(request)
    form = await read_form(request)
    try:
        async with services.db.connection() as tx:
            session = await actions.sign_in_with_passkey(
                tx,
                services.settings,
                step_token=step_of(request),
                credential=form.text("credential", passkeys.CREDENTIAL_LENGTH),
                user_agent=request.headers.get("user-agent", ""),
            )
    except WrongCode:
        return _sign_in_page(request, "", {"login": t("passkey-wrong")})
    except StepExpired:
        return _sign_in_page(request, "", {"login": t("sign-in-expired")})
    except NotUsable as error:
        return await _not_usable(request, error)
    return await _enter(request, session)


async def show_sign_out(request: Request) -> Response:
    """Asks once: signing out by a link alone would let any site do it."""
    if session_of(request) is None:
        return see_other("/")
    return form_page(request, "auth/sign_out.html")


async def sign_out(request: Request) -> Response:
    """End this session."""
    services = services_of(request)
    await read_form(request)
    member = session_of(request)
    if member is not None:
        async with services.db.connection() as tx:
            await session_queries.delete_session(tx, member.account_id, member.session_id)
    response = see_other("/")
    drop_session(response, services.settings)
    return response


@signed_in
async def show_confirm_password(request: Request, member: SignedIn) -> Response:
    """Before delicate changes: is it still the same person?"""
    return form_page(request, "auth/confirm_password.html")


@signed_in
async def confirm_password(request: Request, member: SignedIn) -> Response:
    """The password was sent again."""
    services, t = services_of(request), translator_of(request)
    form = await read_form(request)
    try:
        async with services.db.connection() as tx:
            await actions.confirm_password(tx, services.settings, member, form.text("password", 4096))
    except WrongCredentials:
        return form_page(request, "auth/confirm_password.html", errors={"password": t("password-wrong")})
    except TooMany as error:
        errors = {"password": t("problem-too-many")}
        return _too_many(form_page(request, "auth/confirm_password.html", status=429, errors=errors), error)
    return see_other(local_path(request.query_params.get("next", ""), "/settings"))


async def enter(request: Request, session: NewSession, path: str) -> Response:
    """Sign the browser in and go on to `path`. A session that it had before ends."""
    services, before = services_of(request), session_of(request)
    if before is not None:
        async with services.db.connection() as tx:
            await session_queries.delete_session(tx, before.account_id, before.session_id)
    response = see_other(path)
    keep_session(response, services.settings, session.token)
    return response


async def _enter(request: Request, session: NewSession) -> Response:
    return await enter(request, session, _next(request))


def _next(request: Request) -> str:
    return local_path(request.query_params.get("next", ""))


def _sign_in_page(request: Request, login: str, errors: Errors, status: int = 200) -> Response:
    return form_page(
        request, "auth/sign_in.html", status=status, errors=errors, login=login, next=_next(request)
    )


async def _waiting_member(request: Request) -> int | None:
    """Whose password was right."""
    async with services_of(request).db.connection() as tx:
        step = await session_queries.step(tx, token_hash(step_of(request)), "second_factor")
    return step.user_id if step else None


async def _second_factor_page(request: Request, errors: Errors, status: int = 200) -> Response:
    user_id = await _waiting_member(request)
    async with services_of(request).db.connection() as tx:
        factors = await session_queries.second_factors(tx, user_id or 0)
    return form_page(
        request, "auth/second_factor.html", status=status, errors=errors, factors=factors, next=_next(request)
    )


async def _not_usable(request: Request, error: NotUsable) -> Response:
    """The password was right, so more may be said."""
    async with services_of(request).db.connection() as tx:
        user = await queries.user(tx, error.account_id)
    email = user.email if user and error.obstacle == "unconfirmed" else ""
    return form_page(request, "auth/not_usable.html", status=403, obstacle=error.obstacle, email=email)


def _too_many(response: Response, error: TooMany) -> Response:
    response.headers["Retry-After"] = str(error.retry_after)
    return response


routes = [
    Route("/auth/sign_in", show_sign_in, methods=["GET"]),
    Route("/auth/sign_in", sign_in, methods=["POST"]),
    Route("/auth/second_factor", show_second_factor, methods=["GET"]),
    Route("/auth/second_factor", second_factor, methods=["POST"]),
    Route("/auth/passkey/options", passkey_options, methods=["POST"]),
    Route("/auth/passkey", sign_in_with_passkey, methods=["POST"]),
    Route("/auth/sign_out", show_sign_out, methods=["GET"]),
    Route("/auth/sign_out", sign_out, methods=["POST"]),
    Route("/auth/confirm_password", show_confirm_password, methods=["GET"]),
    Route("/auth/confirm_password", confirm_password, methods=["POST"]),
]
