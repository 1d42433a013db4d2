"""Invitations: an extension, described in docs/api-extensions.md."""

from datetime import timedelta
from typing import Annotated

import msgspec
from msgspec import Meta

from rostra.accounts import invites, queries
from rostra.accounts.invites import Invite as InviteRow
from rostra.api.account_lists import bounds
from rostra.api.auth import user
from rostra.api.entities.account import Account
from rostra.api.http import Call, Endpoints, Page
from rostra.api.params import Id, NoParams, PageParams
from rostra.core.clock import timestamp
from rostra.core.errors import NotFound
from rostra.core.settings import Settings

api = Endpoints("invites")

READ = user("read:accounts").by("owner")
WRITE = user("write:accounts").by("owner")
STAFF_READ = user("admin:read:accounts").of("staff")
STAFF_WRITE = user("admin:write:accounts").of("staff")
MOST_USES = 10_000
YEAR = 366 * 24 * 3600


class NewInvite(msgspec.Struct):
    """How often an invitation can be used, and for how many seconds. None: without limit."""

    max_uses: Annotated[int, Meta(ge=1, le=MOST_USES)] | None = None
    expires_in: Annotated[int, Meta(ge=60, le=YEAR)] | None = None


class InviteId(msgspec.Struct):
    """An invitation in the path."""

    id: Id


class Invite(msgspec.Struct, kw_only=True):
    """An invitation that can be used: whoever follows `url` may sign up."""

    id: str
    code: str
    url: str
    max_uses: int | None
    uses: int
    expires_at: str | None
    created_at: str


class AdminInvite(Invite, kw_only=True):
    """An invitation, and who made it."""

    account: Account | msgspec.Raw


@api.get("/api/rostra/v1/invites", auth=READ, returns=list[Invite])
async def get_invites(call: Call, params: NoParams) -> list[Invite]:
    """See one's invitations that can be used, the newest first."""
    return [_entity(call.settings, row) for row in await invites.of_member(call.tx, call.account_id)]


@api.post("/api/rostra/v1/invites", auth=WRITE, returns=Invite)
async def make_invite(call: Call, params: NewInvite) -> Invite:
    """Make an invitation."""
    lifetime = timedelta(seconds=params.expires_in) if params.expires_in else None
    code = await invites.make(call.tx, call.account_id, params.max_uses, lifetime)
    made = await invites.find(call.tx, code)
    if made is None:
        raise NotFound  # its maker was kept out in this very moment
    return _entity(call.settings, made)


@api.delete("/api/rostra/v1/invites/{id}", auth=WRITE, returns=dict[str, str])
async def revoke_invite(call: Call, params: InviteId) -> dict[str, str]:
    """Take an invitation back."""
    if not await invites.revoke(call.tx, call.account_id, params.id):
        raise NotFound
    return {}


@api.get("/api/rostra/v1/admin/invites", auth=STAFF_READ, returns=list[AdminInvite])
async def get_all_invites(call: Call, params: PageParams) -> Page:
    """See all invitations that can be used, the newest first."""
    rows = await invites.of_all(call.tx, bounds(params))
    people = await queries.by_ids(call.tx, sorted({row.account_id for row in rows}))
    shown = dict(zip([row.id for row in people], await call.hydrator.people(call.tx, people), strict=True))
    items = [
        AdminInvite(**msgspec.structs.asdict(_entity(call.settings, row)), account=shown[row.account_id])
        for row in rows
        if row.account_id in shown  # else deleted in this very moment
    ]
    return Page(items, rows[0].id, rows[-1].id) if rows else Page(items)


@api.delete("/api/rostra/v1/admin/invites/{id}", auth=STAFF_WRITE, returns=dict[str, str])
async def revoke_any_invite(call: Call, params: InviteId) -> dict[str, str]:
    """Take somebody's invitation back."""
    if not await invites.revoke_any(call.tx, params.id):
        raise NotFound
    return {}


def _entity(settings: Settings, row: InviteRow) -> Invite:
    return Invite(
        id=str(row.id),
        code=row.code,
        url=settings.url(f"/invite/{row.code}"),
        max_uses=row.max_uses,
        uses=row.uses,
        expires_at=timestamp(row.expires_at) if row.expires_at else None,
        created_at=timestamp(row.created_at),
    )
