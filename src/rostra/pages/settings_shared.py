"""Settings: accounts that several members look after: who may act as one's own, and as which one may act."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.accounts import queries as accounts
from rostra.accounts.sessions.model import SignedIn
from rostra.accounts.sharing import actions, queries
from rostra.accounts.sharing.model import ROLES, Power, SharedAct, reaches
from rostra.core.errors import Invalid, NotFound
from rostra.pages.auth_forms import Errors, form_page, problems, read_form, translator_of
from rostra.pages.auth_session import freshly_confirmed, see_other, signed_in
from rostra.pages.i18n import Translator
from rostra.pages.paging import parse_id
from rostra.pages.render import services_of

ACTS_ON_A_PAGE = 50
_ACTS = {
    "POST /api/v1/statuses": "shared-act-published",
    "POST /api/v1/drafts/{id}/publish": "shared-act-published",
    "PUT /api/v1/statuses/{id}": "shared-act-edited",
    "DELETE /api/v1/statuses/{id}": "shared-act-deleted",
    "POST /api/v1/statuses/{id}/favourite": "shared-act-favourited",
    "POST /api/v1/statuses/{id}/unfavourite": "shared-act-unfavourited",
    "POST /api/v1/statuses/{id}/reblog": "shared-act-boosted",
    "POST /api/v1/statuses/{id}/unreblog": "shared-act-unboosted",
    "POST /api/v1/statuses/{id}/pin": "shared-act-pinned",
    "POST /api/v1/statuses/{id}/unpin": "shared-act-unpinned",
    "POST /api/v1/accounts/{id}/follow": "shared-act-followed",
    "POST /api/v1/accounts/{id}/unfollow": "shared-act-unfollowed",
    "POST /api/v1/accounts/{id}/block": "shared-act-blocked",
    "POST /api/v1/accounts/{id}/mute": "shared-act-muted",
    "POST /api/v1/polls/{id}/votes": "shared-act-voted",
    "POST /api/v1/reports": "shared-act-reported",
    "PATCH /api/v1/accounts/update_credentials": "shared-act-profile",
    "PATCH /api/v1/profile": "shared-act-profile",
}
"""Acts that have words of their own; the others are told by their method and path."""


@freshly_confirmed
async def show_shared(request: Request, member: SignedIn) -> Response:
    """The accounts that one looks after, and who looks after one's own."""
    return await _shared_page(request, member, member.account_id, {})


@freshly_confirmed
async def show_managed(request: Request, member: SignedIn) -> Response:
    """Who looks after an account that one manages."""
    return await _shared_page(request, member, _account_in_path(request), {})


@freshly_confirmed
async def invite(request: Request, member: SignedIn) -> Response:
    """Somebody is to look after an account, too."""
    services = services_of(request)
    form = await read_form(request)
    account_id, handle = parse_id(form.text("account")), form.text("member", 500)
    try:
        async with services.db.connection() as tx:
            await actions.invite(
                tx, services.settings, account_id, member.account_id, handle, form.text("role")
            )
    except Invalid as error:
        found = problems(translator_of(request), error)
        return await _shared_page(request, member, account_id, found, handle)
    return see_other(_path(account_id, member))


@freshly_confirmed
async def accept(request: Request, member: SignedIn) -> Response:
    """An invitation is accepted."""
    form = await read_form(request)
    async with services_of(request).db.connection() as tx:
        await actions.accept(tx, parse_id(form.text("access")), member.account_id)
    return see_other("/settings/shared")


@signed_in
async def end(request: Request, member: SignedIn) -> Response:
    """An access ends, or an invitation."""
    services = services_of(request)
    form = await read_form(request)
    async with services.db.connection() as tx:
        await actions.end(tx, services.bus, parse_id(form.text("access")), member.account_id)
    return see_other(_path(parse_id(form.text("account")), member))


@freshly_confirmed
async def change_role(request: Request, member: SignedIn) -> Response:
    """Somebody gets another role."""
    services = services_of(request)
    form = await read_form(request)
    async with services.db.connection() as tx:
        await actions.change_role(
            tx, services.bus, parse_id(form.text("access")), member.account_id, form.text("role")
        )
    return see_other(_path(parse_id(form.text("account")), member))


@signed_in
async def show_acts(request: Request, member: SignedIn) -> Response:
    """Who did what as an account."""
    account_id = _account_in_path(request)
    older_than = request.query_params.get("before")
    before = parse_id(older_than) if older_than is not None else None
    async with services_of(request).db.connection() as tx:
        await actions.power(tx, account_id, member.account_id)
        found = await queries.acts(tx, account_id, before, ACTS_ON_A_PAGE + 1)
        (account,) = await accounts.by_ids(tx, [account_id])
    shown = found[:ACTS_ON_A_PAGE]
    t = translator_of(request)
    return form_page(
        request,
        "settings/shared_acts.html",
        me=member,
        account=account,
        acts=[(act, _words(t, act), _link(account.username, act)) for act in shown],
        older=shown[-1].id if len(found) > ACTS_ON_A_PAGE else None,
    )


async def _shared_page(
    request: Request, member: SignedIn, account_id: int, errors: Errors, written: str = ""
) -> Response:
    own = account_id == member.account_id
    async with services_of(request).db.connection() as tx:
        power = await actions.power(tx, account_id, member.account_id)
        if not reaches(power, "manager"):
            raise NotFound
        (account,) = await accounts.by_ids(tx, [account_id])
        people = await queries.of_account(tx, account_id)
        mine = await queries.of_member(tx, member.account_id) if own else []
    return form_page(
        request,
        "settings/shared.html",
        me=member,
        own=own,
        account=account,
        people=[(one, actions.may_grant(power, one.role)) for one in people],
        roles=_grantable(power),
        invitations=[one for one in mine if one.accepted_at is None],
        looked_after=[one for one in mine if one.accepted_at is not None],
        written=written,
        errors=errors,
    )


def _grantable(power: Power) -> list[str]:
    return [role for role in ROLES if actions.may_grant(power, role)]


def _words(t: Translator, act: SharedAct) -> str:
    key = _ACTS.get(act.act)
    return t(key) if key else act.act


def _link(username: str, act: SharedAct) -> str | None:
    """The status of this account that was written, if it was one; it may be gone."""
    is_status = _ACTS.get(act.act) in ("shared-act-published", "shared-act-edited")
    return f"/@{username}/{act.subject_id}" if is_status else None


def _account_in_path(request: Request) -> int:
    return parse_id(request.path_params["account"])


def _path(account_id: int, member: SignedIn) -> str:
    return "/settings/shared" if account_id == member.account_id else f"/settings/shared/{account_id}"


routes = [
    Route("/settings/shared", show_shared, methods=["GET"]),
    Route("/settings/shared/invite", invite, methods=["POST"]),
    Route("/settings/shared/accept", accept, methods=["POST"]),
    Route("/settings/shared/end", end, methods=["POST"]),
    Route("/settings/shared/role", change_role, methods=["POST"]),
    Route("/settings/shared/{account}", show_managed, methods=["GET"]),
    Route("/settings/shared/{account}/acts", show_acts, methods=["GET"]),
]
