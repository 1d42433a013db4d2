"""Settings: invitations to others."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.accounts import invites
from rostra.accounts.sessions.model import SignedIn
from rostra.core.errors import Invalid
from rostra.pages.auth_forms import Errors, form_page, problems, read_form, translator_of
from rostra.pages.auth_session import see_other, signed_in
from rostra.pages.paging import parse_id
from rostra.pages.render import services_of

USES: dict[str, int | None] = {"1": 1, "5": 5, "25": 25, "unlimited": None}
DAYS: dict[str, int | None] = {"1": 1, "7": 7, "30": 30, "forever": None}


@signed_in
async def show_invites(request: Request, member: SignedIn) -> Response:
    """All that are open, and a form for another one."""
    return await _invites_page(request, member, {})


@signed_in
async def make_invite(request: Request, member: SignedIn) -> Response:
    """Make an invitation."""
    services, t = services_of(request), translator_of(request)
    form = await read_form(request)
    days = DAYS.get(form.text("days"), 7)
    try:
        async with services.db.connection() as tx:
            await invites.make(
                tx,
                member.account_id,
                USES.get(form.text("uses"), 1),
                timedelta(days=days) if days else None,
            )
    except Invalid as error:
        return await _invites_page(request, member, problems(t, error))
    return see_other("/settings/invites")


@signed_in
async def revoke_invite(request: Request, member: SignedIn) -> Response:
    """Take an invitation back."""
    form = await read_form(request)
    async with services_of(request).db.connection() as tx:
        await invites.revoke(tx, member.account_id, parse_id(form.text("invite")))
    return see_other("/settings/invites")


async def _invites_page(request: Request, member: SignedIn, errors: Errors) -> Response:
    services = services_of(request)
    async with services.db.connection() as tx:
        found = await invites.of_member(tx, member.account_id)
    return form_page(
        request,
        "settings/invites.html",
        me=member,
        errors=errors,
        invites=[(invite, services.settings.url(f"/invite/{invite.code}")) for invite in found],
        uses=USES,
        days=DAYS,
    )


routes = [
    Route("/settings/invites", show_invites, methods=["GET"]),
    Route("/settings/invites", make_invite, methods=["POST"]),
    Route("/settings/invites/revoke", revoke_invite, methods=["POST"]),
]
