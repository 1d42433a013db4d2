"""Settings: deleting the account, after saying exactly what goes."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.accounts import deletion
from rostra.accounts.sessions import actions
from rostra.accounts.sessions.model import SignedIn, WrongCredentials
from rostra.core.errors import TooMany
from rostra.pages.auth_forms import Errors, form_page, read_form, translator_of
from rostra.pages.auth_session import drop_session, signed_in
from rostra.pages.render import services_of


@signed_in
async def show_delete(request: Request, member: SignedIn) -> Response:
    """What will go, and the password that makes it go."""
    return await _delete_page(request, member, {})


@signed_in
async def delete(request: Request, member: SignedIn) -> Response:
    """It is meant."""
    services, t = services_of(request), translator_of(request)
    form = await read_form(request)
    try:
        async with services.db.connection() as tx:
            await actions.confirm_password(tx, services.settings, member, form.text("password", 4096))
            await deletion.begin(tx, services.bus, member.account_id)
    except WrongCredentials:
        return await _delete_page(request, member, {"password": t("password-wrong")})
    except TooMany:
        return await _delete_page(request, member, {"password": t("problem-too-many")}, 429)
    request.state.member = None  # the frame of the page that follows is a stranger's
    response = form_page(request, "settings/deleted.html")
    drop_session(response, services.settings)
    return response


async def _delete_page(request: Request, member: SignedIn, errors: Errors, status: int = 200) -> Response:
    services = services_of(request)
    async with services.db.connection() as tx:
        counts = await deletion.belongings(tx, member.account_id)
    return form_page(
        request,
        "settings/delete.html",
        status=status,
        me=member,
        errors=errors,
        counts=counts,
        handle=f"@{member.username}@{services.settings.local_domain}",
    )


routes = [
    Route("/settings/delete", show_delete, methods=["GET"]),
    Route("/settings/delete", delete, methods=["POST"]),
]
