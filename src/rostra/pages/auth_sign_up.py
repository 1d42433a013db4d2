"""Becoming a member: the form, invitations, the mail to confirm, and the first operator."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.accounts import invites, queries, signup
from rostra.accounts.sessions import actions
from rostra.accounts.sessions.security import LinkExpired
from rostra.accounts.signup import SignUp
from rostra.core.db import Tx
from rostra.core.errors import Forbidden, Invalid, TooMany
from rostra.core.web import client_address
from rostra.pages import queries as page_queries
from rostra.pages.auth_forms import Errors, Form, form_page, problems, read_form, translator_of
from rostra.pages.auth_session import local_path, see_other, session_of
from rostra.pages.auth_sign_in import enter
from rostra.pages.render import services_of

CODE_LENGTH = 64


async def show_sign_up(request: Request) -> Response:
    """The form, or why there is none."""
    if session_of(request) is not None:
        return see_other(_next(request))
    services, code = services_of(request), _code(request)
    async with services.db.connection() as tx:
        try:
            await signup.check_open(tx, services.settings, code)
        except Forbidden:
            return _closed_page(request, code)
    return await _sign_up_page(request, Form({}), {})


async def sign_up(request: Request) -> Response:
    """The form was sent."""
    services, t = services_of(request), translator_of(request)
    form = await read_form(request)
    try:
        async with services.db.connection() as tx:
            account_id = await signup.sign_up(
                tx, services.settings, _wish(request, form), client_address(request.scope)
            )
            return await _welcome(request, tx, account_id)
    except Forbidden:
        return _closed_page(request, _code(request))
    except Invalid as error:
        return await _sign_up_page(request, form, problems(t, error))
    except TooMany as error:
        response = await _sign_up_page(request, form, {"username": t("problem-too-many")}, 429)
        response.headers["Retry-After"] = str(error.retry_after)
        return response


async def show_check_mail(request: Request) -> Response:
    """What to do next, and a way to have the mail sent again."""
    return form_page(request, "auth/check_mail.html", sent=False, email="")


async def resend(request: Request) -> Response:
    """Send the mail again. The answer does not say whether anybody waits for it."""
    services, t = services_of(request), translator_of(request)
    form = await read_form(request)
    email = form.text("email", 254)
    try:
        async with services.db.connection() as tx:
            await signup.request_confirmation(
                tx, services.settings, email=email, address=client_address(request.scope)
            )
    except TooMany as error:
        errors = {"email": t("problem-too-many")}
        response = form_page(
            request, "auth/check_mail.html", status=429, sent=False, email=email, errors=errors
        )
        response.headers["Retry-After"] = str(error.retry_after)
        return response
    return form_page(request, "auth/check_mail.html", sent=True, email=email)


async def confirm(request: Request) -> Response:
    """The link in the mail."""
    async with services_of(request).db.connection() as tx:
        try:
            user = await signup.confirm_email(tx, request.query_params.get("token", "")[:CODE_LENGTH])
        except LinkExpired:
            return form_page(request, "auth/link_expired.html", status=410, purpose="confirm")
    return form_page(request, "auth/confirmed.html", approved=user.approved_at is not None)


async def show_invite(request: Request) -> Response:
    """An invitation: who sent it, and on to the form."""
    code: str = request.path_params["code"][:CODE_LENGTH]
    services = services_of(request)
    async with services.db.connection() as tx:
        invite = await invites.find(tx, code)
        account = (await queries.by_ids(tx, [invite.account_id]))[0] if invite else None
    if invite is None or account is None or services.settings.registration == "closed":
        return _closed_page(request, code)
    return form_page(request, "auth/invite.html", code=code, inviter=account)


async def show_setup(request: Request) -> Response:
    """The form for the operator's account."""
    async with services_of(request).db.connection() as tx:
        try:
            await signup.check_setup_token(tx, request.path_params["token"][:CODE_LENGTH])
        except LinkExpired:
            return form_page(request, "auth/link_expired.html", status=410, purpose="setup")
    return form_page(request, "auth/setup.html", username="", email="")


async def set_up(request: Request) -> Response:
    """The operator's account is wanted."""
    services, t = services_of(request), translator_of(request)
    form = await read_form(request)
    wish = SignUp(
        username=form.text("username", 100).strip(),
        email=form.text("email", 300),
        password=form.text("password", 4096),
        agreement=True,
        locale=t.language,
    )
    try:
        async with services.db.connection() as tx:
            account_id = await signup.create_owner(
                tx, services.settings, request.path_params["token"][:CODE_LENGTH], wish
            )
            session = await actions.start_session(tx, account_id, request.headers.get("user-agent", ""))
    except LinkExpired:
        return form_page(request, "auth/link_expired.html", status=410, purpose="setup")
    except Invalid as error:
        return form_page(
            request,
            "auth/setup.html",
            username=wish.username,
            email=wish.email,
            errors=problems(t, error),
        )
    return await enter(request, session, "/settings?done=setup")


async def _welcome(request: Request, tx: Tx, account_id: int) -> Response:
    """Where a newcomer goes: in, or to what is still to be done."""
    user = await queries.user(tx, account_id)
    assert user is not None
    if user.confirmed_at is None:
        return see_other("/auth/check_mail")
    if user.approved_at is None:
        return form_page(request, "auth/not_usable.html", obstacle="pending", email="")
    session = await actions.start_session(tx, account_id, request.headers.get("user-agent", ""))
    return await enter(request, session, _next(request))


def _wish(request: Request, form: Form) -> SignUp:
    return SignUp(
        username=form.text("username", 100).strip(),
        email=form.text("email", 300),
        password=form.text("password", 4096),
        agreement=form.ticked("agreement"),
        locale=translator_of(request).language,
        reason=form.text("reason"),
        invite_code=_code(request),
    )


async def _sign_up_page(request: Request, form: Form, errors: Errors, status: int = 200) -> Response:
    services = services_of(request)
    async with services.db.connection() as tx:
        rules = await page_queries.rules(tx, translator_of(request).language)
    code = _code(request)
    return form_page(
        request,
        "auth/sign_up.html",
        status=status,
        errors=errors,
        rules=rules,
        code=code,
        asks_reason=services.settings.registration == "approval" and not code,
        values={name: form.text(name) for name in ("username", "email", "reason")},
        agreement=form.ticked("agreement"),
        sign_in=f"/auth/sign_in?next={quote(_next(request))}",
    )


def _closed_page(request: Request, code: str) -> Response:
    """Sign-up is closed, or wants an invitation, or this one is not good."""
    wants_code = services_of(request).settings.registration != "closed"
    status = 404 if code and wants_code else 403
    if not code and wants_code:
        status = 200
    return form_page(request, "auth/invited_only.html", status=status, wants_code=wants_code, code=code)


def _code(request: Request) -> str:
    return request.query_params.get("invite", "").strip()[:CODE_LENGTH]


def _next(request: Request) -> str:
    return local_path(request.query_params.get("next", ""))


routes = [
    Route("/auth/sign_up", show_sign_up, methods=["GET"]),
    Route("/auth/sign_up", sign_up, methods=["POST"]),
    Route("/auth/check_mail", show_check_mail, methods=["GET"]),
    Route("/auth/check_mail", resend, methods=["POST"]),
    Route("/auth/confirm", confirm, methods=["GET"]),
    Route("/invite/{code}", show_invite, methods=["GET"]),
    Route("/setup/{token}", show_setup, methods=["GET"]),
    Route("/setup/{token}", set_up, methods=["POST"]),
]
