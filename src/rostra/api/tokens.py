"""Apps that may use the account, token by token, as in GoToSocial (docs/api-extensions.md)."""

import msgspec

from rostra.accounts.oauth import actions, queries
from rostra.accounts.oauth.model import MemberToken
from rostra.api.account_lists import bounds
from rostra.api.http import Call, Endpoints, Page
from rostra.api.own import READ, WRITE
from rostra.api.params import Id, NoParams, PageParams
from rostra.core.clock import timestamp
from rostra.core.errors import NotFound

api = Endpoints("tokens")


class TokenId(msgspec.Struct):
    """A token in the path."""

    id: Id


class TokenApplication(msgspec.Struct):
    """The app that holds a token."""

    name: str
    website: str | None


class TokenInfo(msgspec.Struct, kw_only=True):
    """A token, without its secret.

    `account_id` is whom the app acts as, `member_id` who does so where that is a shared account.
    `current`: it is the token of this request.
    """

    id: str
    created_at: str
    last_used: str | None
    scope: str
    application: TokenApplication
    account_id: str
    member_id: str | None
    current: bool


class Count(msgspec.Struct):
    """How many it was done to."""

    count: int


@api.get("/api/v1/tokens", auth=READ, returns=list[TokenInfo])
async def get_tokens(call: Call, params: PageParams) -> Page:
    """See which apps may use the account, the newest token first."""
    rows = await queries.tokens_of_member(call.tx, call.account_id, bounds(params))
    items = [_entity(call, row) for row in rows]
    return Page(items, rows[0].id, rows[-1].id) if rows else Page(items)


@api.get("/api/v1/tokens/{id}", auth=READ, returns=TokenInfo)
async def get_token(call: Call, params: TokenId) -> TokenInfo:
    """See one token."""
    found = await queries.token_of_member(call.tx, call.account_id, params.id)
    if found is None:
        raise NotFound
    return _entity(call, found)


@api.post("/api/v1/tokens/{id}/invalidate", auth=WRITE, returns=TokenInfo)
async def invalidate_token(call: Call, params: TokenId) -> TokenInfo:
    """Take a token back: the app that has it can't use the account by it any more."""
    return _entity(
        call, await actions.invalidate_token(call.tx, call.services.bus, call.account_id, params.id)
    )


@api.post("/api/rostra/v1/tokens/invalidate_others", auth=WRITE, returns=Count)
async def invalidate_others(call: Call, params: NoParams) -> Count:
    """Take all tokens back but the one of this request."""
    assert call.viewer is not None
    bus = call.services.bus
    return Count(await actions.invalidate_others(call.tx, bus, call.account_id, call.viewer.token_id))


def _entity(call: Call, row: MemberToken) -> TokenInfo:
    return TokenInfo(
        id=str(row.id),
        created_at=timestamp(row.created_at),
        last_used=timestamp(row.last_used_at) if row.last_used_at else None,
        scope=" ".join(row.scopes),
        application=TokenApplication(row.name, row.website),
        account_id=str(row.account_id),
        member_id=str(row.member_id) if row.member_id else None,
        current=call.viewer is not None and call.viewer.token_id == row.id,
    )
