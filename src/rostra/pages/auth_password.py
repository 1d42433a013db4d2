"""A forgotten password: ask for a link, set a new one. Changing the mail address ends here, too."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.accounts.emails import find_email_token
from rostra.accounts.sessions import security
from rostra.accounts.sessions.security import LinkExpired
from rostra.core.errors import Invalid, TooMany
from rostra.core.web import client_address
from rostra.pages.auth_forms import form_page, problems, read_form, translator_of
from rostra.pages.auth_session import TOKEN_LENGTH, drop_session, see_other, session_of
from rostra.pages.render import services_of


async def show_forgot(request: Request) -> Response:
    """Asks for the mail address."""
    return form_page(request, "auth/forgot.html", sent=False, email="")


async def forgot(request: Request) -> Response:
    """Have the link sent. The answer does not say whether anybody has this address."""
    services, t = services_of(request), translator_of(request)
    form = await read_form(request)
    email = form.text("email", 300)
    try:
        async with services.db.connection() as tx:
            await security.request_password_reset(
                tx, services.settings, email=email, address=client_address(request.scope)
            )
    except TooMany as error:
        errors = {"email": t("problem-too-many")}
        response = form_page(request, "auth/forgot.html", status=429, sent=False, email=email, errors=errors)
        response.headers["Retry-After"] = str(error.retry_after)
        return response
    return form_page(request, "auth/forgot.html", sent=True, email=email)


async def show_new_password(request: Request) -> Response:
    """The link in the mail."""
    async with services_of(request).db.connection() as tx:
        if await find_email_token(tx, _token(request), "reset") is None:
            return _expired(request, "reset")
    return form_page(request, "auth/new_password.html", end_sessions=True, revoke_apps=True)


async def set_new_password(request: Request) -> Response:
    """A new password was chosen. One still has to sign in with it: a second factor is not skipped."""
    services, t = services_of(request), translator_of(request)
    form = await read_form(request)
    end_sessions, revoke_apps = form.ticked("end_sessions"), form.ticked("revoke_apps")
    try:
        async with services.db.connection() as tx:
            account_id = await security.reset_password(
                tx,
                services.bus,
                token=_token(request),
                password=form.text("password", 4096),
                end_sessions=end_sessions,
                revoke_apps=revoke_apps,
            )
    except LinkExpired:
        return _expired(request, "reset")
    except Invalid as error:
        return form_page(
            request,
            "auth/new_password.html",
            errors=problems(t, error),
            end_sessions=end_sessions,
            revoke_apps=revoke_apps,
        )
    response = see_other("/auth/sign_in?done=password")
    member = session_of(request)
    if member is not None and member.account_id == account_id and end_sessions:
        drop_session(response, services.settings)
    return response


async def confirm_email_change(request: Request) -> Response:
    """The link that was sent to a new address."""
    async with services_of(request).db.connection() as tx:
        try:
            email = await security.confirm_email_change(tx, _token(request))
        except LinkExpired:
            return _expired(request, "change")
        except Invalid:
            return form_page(request, "auth/link_expired.html", status=409, purpose="taken")
    return form_page(request, "auth/email_changed.html", email=email)


def _token(request: Request) -> str:
    return request.query_params.get("token", "")[:TOKEN_LENGTH]


def _expired(request: Request, purpose: str) -> Response:
    return form_page(request, "auth/link_expired.html", status=410, purpose=purpose)


routes = [
    Route("/auth/password", show_forgot, methods=["GET"]),
    Route("/auth/password", forgot, methods=["POST"]),
    Route("/auth/password/new", show_new_password, methods=["GET"]),
    Route("/auth/password/new", set_new_password, methods=["POST"]),
    Route("/auth/email/confirm", confirm_email_change, methods=["GET"]),
]
