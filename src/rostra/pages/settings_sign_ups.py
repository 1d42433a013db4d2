"""Settings, for the staff: newcomers who wait for approval."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.accounts import approval
from rostra.accounts.sessions.model import SignedIn
from rostra.pages.auth_forms import form_page, read_form
from rostra.pages.auth_session import for_staff, see_other
from rostra.pages.paging import parse_id
from rostra.pages.render import services_of


@for_staff
async def show_sign_ups(request: Request, member: SignedIn) -> Response:
    """Who waits."""
    async with services_of(request).db.connection() as tx:
        waiting = await approval.pending_members(tx)
    return form_page(request, "settings/sign_ups.html", me=member, waiting=waiting)


@for_staff
async def decide(request: Request, member: SignedIn) -> Response:
    """Let somebody in, or turn them away."""
    form = await read_form(request)
    account_id = parse_id(form.text("account"))
    async with services_of(request).db.connection() as tx:
        if form.text("decision") == "approve":
            await approval.approve(tx, account_id)
        elif form.text("decision") == "reject":
            await approval.reject(tx, account_id)
    return see_other("/settings/sign_ups")


routes = [
    Route("/settings/sign_ups", show_sign_ups, methods=["GET"]),
    Route("/settings/sign_ups", decide, methods=["POST"]),
]
