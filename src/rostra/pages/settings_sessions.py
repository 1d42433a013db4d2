"""Settings: where one is signed in; ending sessions."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.accounts.sessions import queries
from rostra.accounts.sessions.devices import device
from rostra.accounts.sessions.model import SignedIn
from rostra.pages.auth_forms import form_page, read_form
from rostra.pages.auth_session import see_other, signed_in
from rostra.pages.paging import parse_id
from rostra.pages.render import services_of


@signed_in
async def show_sessions(request: Request, member: SignedIn) -> Response:
    """All sessions, this one marked."""
    async with services_of(request).db.connection() as tx:
        sessions = await queries.sessions(tx, member.account_id)
    return form_page(request, "settings/sessions.html", me=member, sessions=sessions, device=device)


@signed_in
async def end_session(request: Request, member: SignedIn) -> Response:
    """End one session, or all others."""
    form = await read_form(request)
    async with services_of(request).db.connection() as tx:
        if form.text("session") == "others":
            await queries.delete_sessions(tx, member.account_id, member.session_id)
        else:
            await queries.delete_session(tx, member.account_id, parse_id(form.text("session")))
    return see_other("/settings/sessions")


routes = [
    Route("/settings/sessions", show_sessions, methods=["GET"]),
    Route("/settings/sessions", end_session, methods=["POST"]),
]
