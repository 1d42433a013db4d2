"""Settings: aliases, other accounts of the same person that may move here."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.accounts import aliases
from rostra.accounts.sessions.model import SignedIn
from rostra.core.errors import Invalid
from rostra.pages.auth_forms import Errors, form_page, problems, read_form, translator_of
from rostra.pages.auth_session import freshly_confirmed, see_other
from rostra.pages.paging import parse_id
from rostra.pages.render import services_of


@freshly_confirmed
async def show_aliases(request: Request, member: SignedIn) -> Response:
    """All aliases, and a form for another one."""
    return await _aliases_page(request, member, {})


@freshly_confirmed
async def add_alias(request: Request, member: SignedIn) -> Response:
    """Another alias was entered."""
    services = services_of(request)
    written = (await read_form(request)).text("alias", 500)
    try:
        async with services.db.connection() as tx:
            await aliases.add(tx, services.settings, member.account_id, written)
    except Invalid as error:
        return await _aliases_page(request, member, problems(translator_of(request), error), written)
    return see_other("/settings/aliases")


@freshly_confirmed
async def remove_alias(request: Request, member: SignedIn) -> Response:
    """An alias was taken back."""
    form = await read_form(request)
    async with services_of(request).db.connection() as tx:
        await aliases.remove(tx, member.account_id, parse_id(form.text("remove")))
    return see_other("/settings/aliases")


async def _aliases_page(request: Request, member: SignedIn, errors: Errors, written: str = "") -> Response:
    services = services_of(request)
    async with services.db.connection() as tx:
        found = await aliases.of_member(tx, member.account_id)
    domain = services.settings.local_domain
    shown = [(one.id, f"@{one.acct}" if "@" in one.acct else f"@{one.acct}@{domain}") for one in found]
    return form_page(
        request, "settings/aliases.html", me=member, errors=errors, aliases=shown, written=written
    )


routes = [
    Route("/settings/aliases", show_aliases, methods=["GET"]),
    Route("/settings/aliases", add_alias, methods=["POST"]),
    Route("/settings/aliases/remove", remove_alias, methods=["POST"]),
]
