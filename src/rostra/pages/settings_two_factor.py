"""Settings: the second factor; an authenticator app and recovery codes (passkeys: settings_passkeys.py)."""

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.accounts.sessions import passkeys, queries, security, totp
from rostra.accounts.sessions.actions import count_second_factor
from rostra.accounts.sessions.model import SignedIn, WrongCode
from rostra.core.errors import TooMany
from rostra.pages.auth_forms import Errors, form_page, read_form, translator_of
from rostra.pages.auth_session import freshly_confirmed, see_other
from rostra.pages.render import services_of


@freshly_confirmed
async def show_two_factor(request: Request, member: SignedIn) -> Response:
    """What is set up."""
    async with services_of(request).db.connection() as tx:
        factors = await queries.second_factors(tx, member.account_id)
        keys = await passkeys.passkeys(tx, member.account_id)
    return form_page(request, "settings/two_factor.html", me=member, factors=factors, passkeys=keys)


@freshly_confirmed
async def show_totp(request: Request, member: SignedIn) -> Response:
    """The QR code for an authenticator app."""
    async with services_of(request).db.connection() as tx:
        if (await queries.second_factors(tx, member.account_id)).totp_confirmed_at:
            return see_other("/settings/two_factor")
    return await _totp_page(request, member, {})


@freshly_confirmed
async def confirm_totp(request: Request, member: SignedIn) -> Response:
    """A code that shows that the app has the secret."""
    services, t = services_of(request), translator_of(request)
    form = await read_form(request)
    try:
        async with services.db.connection() as tx:
            await count_second_factor(tx, services.settings, member.account_id)
            codes = await security.confirm_totp(tx, member.account_id, form.text("code", 100))
    except WrongCode:
        return await _totp_page(request, member, {"code": t("second-factor-wrong")})
    except TooMany:
        return await _totp_page(request, member, {"code": t("problem-too-many")}, 429)
    return codes_page(request, member, codes)


@freshly_confirmed
async def remove_totp(request: Request, member: SignedIn) -> Response:
    """Turn the authenticator app off."""
    await read_form(request)
    async with services_of(request).db.connection() as tx:
        await security.remove_totp(tx, member.account_id)
    return see_other("/settings/two_factor")


@freshly_confirmed
async def renew_codes(request: Request, member: SignedIn) -> Response:
    """Fresh recovery codes."""
    await read_form(request)
    async with services_of(request).db.connection() as tx:
        codes = await security.renew_codes(tx, member.account_id)
    return codes_page(request, member, codes)


def codes_page(request: Request, member: SignedIn, codes: list[str]) -> Response:
    """Shows recovery codes this once; without fresh ones, on to the overview of second factors."""
    if not codes:
        return see_other("/settings/two_factor")
    t, settings = translator_of(request), services_of(request).settings
    title = t("codes-file-title", handle=f"@{member.username}@{settings.local_domain}")
    file = "\n".join([title, "", *codes, ""])
    return form_page(request, "settings/recovery_codes.html", me=member, codes=codes, file=file)


async def _totp_page(request: Request, member: SignedIn, errors: Errors, status: int = 200) -> Response:
    services = services_of(request)
    async with services.db.connection() as tx:
        secret = await totp.begin(tx, member.account_id)
    account = f"{member.username}@{services.settings.local_domain}"
    return form_page(
        request,
        "settings/totp.html",
        status=status,
        me=member,
        errors=errors,
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        qr_code=Markup(totp.qr_code(totp.uri(secret, account, services.settings.title))),  # noqa: S704 (ours)
    )


routes = [
    Route("/settings/two_factor", show_two_factor, methods=["GET"]),
    Route("/settings/two_factor/totp", show_totp, methods=["GET"]),
    Route("/settings/two_factor/totp", confirm_totp, methods=["POST"]),
    Route("/settings/two_factor/totp/remove", remove_totp, methods=["POST"]),
    Route("/settings/two_factor/codes", renew_codes, methods=["POST"]),
]
