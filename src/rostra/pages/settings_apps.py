"""Settings: the apps that may use the account; taking access away."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.accounts.oauth import actions, queries
from rostra.accounts.sessions.model import SignedIn
from rostra.pages.auth_forms import form_page, read_form, translator_of
from rostra.pages.auth_scopes import permissions
from rostra.pages.auth_session import see_other, signed_in
from rostra.pages.paging import parse_id
from rostra.pages.render import services_of


@signed_in
async def show_apps(request: Request, member: SignedIn) -> Response:
    """All apps, each with what it may do."""
    t = translator_of(request)
    async with services_of(request).db.connection() as tx:
        apps = await queries.authorized_apps(tx, member.account_id)
    return form_page(
        request,
        "settings/apps.html",
        me=member,
        apps=[(app, permissions(t, app.scopes)) for app in apps],
    )


@signed_in
async def revoke(request: Request, member: SignedIn) -> Response:
    """Take access from one app."""
    services = services_of(request)
    form = await read_form(request)
    async with services.db.connection() as tx:
        await actions.revoke_app(tx, services.bus, member.account_id, parse_id(form.text("app")))
    return see_other("/settings/apps")


routes = [
    Route("/settings/apps", show_apps, methods=["GET"]),
    Route("/settings/apps", revoke, methods=["POST"]),
]
