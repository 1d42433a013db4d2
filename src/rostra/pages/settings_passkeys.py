"""Settings: adding and removing passkeys. This needs passkeys.js: browsers offer no other way."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.accounts import throttles
from rostra.accounts.sessions import passkeys, security
from rostra.accounts.sessions.devices import device
from rostra.accounts.sessions.model import PASSKEY_NAME_LENGTH, SignedIn, StepExpired, WrongCode
from rostra.core.web import client_address
from rostra.pages.auth_forms import form_page, read_form, translator_of
from rostra.pages.auth_session import freshly_confirmed, keep_step, see_other, step_of
from rostra.pages.paging import parse_id
from rostra.pages.render import secure, services_of
from rostra.pages.settings_two_factor import codes_page


@freshly_confirmed
async def show_add(request: Request, member: SignedIn) -> Response:
    """Asks for a name; the browser does the rest."""
    name = device(request.headers.get("user-agent", ""))
    return form_page(request, "settings/passkey.html", me=member, name=name, name_length=PASSKEY_NAME_LENGTH)


@freshly_confirmed
async def options(request: Request, member: SignedIn) -> Response:
    """For passkeys.js: what the browser is to make."""
    services = services_of(request)
    await read_form(request)
    address = throttles.network_of(client_address(request.scope))
    async with services.db.connection() as tx:
        await throttles.hit(tx, services.settings, throttles.CHALLENGE_BY_ADDRESS, address)
        json, token = await passkeys.creation_options(tx, services.settings, member.account_id)
    response = Response(json, media_type="application/json")
    secure(response, "never")
    keep_step(response, services.settings, token)
    return response


@freshly_confirmed
async def add(request: Request, member: SignedIn) -> Response:
    """The browser has made a passkey."""
    services, t = services_of(request), translator_of(request)
    form = await read_form(request)
    name = form.text("name", 200)
    try:
        async with services.db.connection() as tx:
            codes = await security.add_passkey(
                tx,
                services.settings,
                member.account_id,
                step_token=step_of(request),
                credential=form.text("credential", passkeys.CREDENTIAL_LENGTH),
                name=name,
            )
    except (WrongCode, StepExpired):
        return form_page(
            request,
            "settings/passkey.html",
            me=member,
            name=name,
            name_length=PASSKEY_NAME_LENGTH,
            errors={"name": t("passkey-not-added")},
        )
    return codes_page(request, member, codes)


@freshly_confirmed
async def remove(request: Request, member: SignedIn) -> Response:
    """Forget a passkey."""
    form = await read_form(request)
    async with services_of(request).db.connection() as tx:
        await security.remove_passkey(tx, member.account_id, parse_id(form.text("passkey")))
    return see_other("/settings/two_factor")


routes = [
    Route("/settings/two_factor/passkey", show_add, methods=["GET"]),
    Route("/settings/two_factor/passkey", add, methods=["POST"]),
    Route("/settings/two_factor/passkey/options", options, methods=["POST"]),
    Route("/settings/two_factor/passkey/remove", remove, methods=["POST"]),
]
