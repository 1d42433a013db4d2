"""Settings: the password and the mail address."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.accounts.sessions import actions, security
from rostra.accounts.sessions.model import SignedIn, WrongCredentials
from rostra.core.errors import Invalid, TooMany
from rostra.core.web import client_address
from rostra.pages.auth_forms import form_page, problems, read_form, translator_of
from rostra.pages.auth_session import freshly_confirmed, see_other, signed_in
from rostra.pages.render import services_of


@signed_in
async def show_password(request: Request, member: SignedIn) -> Response:
    """Asks for the old and the new password."""
    return form_page(request, "settings/password.html", me=member, end_sessions=True, revoke_apps=False)


@signed_in
async def change_password(request: Request, member: SignedIn) -> Response:
    """A new password was chosen."""
    services, t = services_of(request), translator_of(request)
    form = await read_form(request)
    end_sessions, revoke_apps = form.ticked("end_sessions"), form.ticked("revoke_apps")
    status = 200
    try:
        async with services.db.connection() as tx:
            await actions.confirm_password(tx, services.settings, member, form.text("current", 4096))
            await security.change_password(
                tx,
                services.bus,
                member.account_id,
                password=form.text("password", 4096),
                end_sessions=end_sessions,
                revoke_apps=revoke_apps,
                kept=security.Kept(session_id=member.session_id),
            )
    except WrongCredentials:
        errors = {"current": t("password-wrong")}
    except Invalid as error:
        errors = problems(t, error)
    except TooMany:
        errors, status = {"current": t("problem-too-many")}, 429
    else:
        return see_other("/settings?done=password")
    return form_page(
        request,
        "settings/password.html",
        status=status,
        me=member,
        errors=errors,
        end_sessions=end_sessions,
        revoke_apps=revoke_apps,
    )


@freshly_confirmed
async def show_email(request: Request, member: SignedIn) -> Response:
    """The address, and one that is still to be confirmed."""
    async with services_of(request).db.connection() as tx:
        waiting = await security.new_email(tx, member.account_id)
    return form_page(request, "settings/email.html", me=member, waiting=waiting, sent=False, email="")


@freshly_confirmed
async def change_email(request: Request, member: SignedIn) -> Response:
    """A new address was entered: the mail there has the link that makes it count."""
    services, t = services_of(request), translator_of(request)
    form = await read_form(request)
    email, status = form.text("email", 300), 200
    try:
        async with services.db.connection() as tx:
            sent_to = await security.request_email_change(
                tx, services.settings, member.account_id, email=email, address=client_address(request.scope)
            )
    except Invalid as error:
        errors = problems(t, error)
    except TooMany:
        errors, status = {"email": t("problem-too-many")}, 429
    else:
        return form_page(request, "settings/email.html", me=member, waiting=sent_to, sent=True, email="")
    return form_page(
        request,
        "settings/email.html",
        status=status,
        me=member,
        waiting=None,
        sent=False,
        email=email,
        errors=errors,
    )


routes = [
    Route("/settings/password", show_password, methods=["GET"]),
    Route("/settings/password", change_password, methods=["POST"]),
    Route("/settings/email", show_email, methods=["GET"]),
    Route("/settings/email", change_email, methods=["POST"]),
]
