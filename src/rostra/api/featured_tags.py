"""Featured hashtags (https://docs.joinmastodon.org/methods/featured_tags/)."""

import msgspec

from rostra.accounts import access
from rostra.accounts import queries as account_queries
from rostra.accounts.model import Account
from rostra.accounts.relations import queries as relations
from rostra.api.auth import public, user
from rostra.api.entities.tag import FeaturedTag, Tag, featured_entity, tag_entities
from rostra.api.http import Call, Endpoints
from rostra.api.params import Id, NoParams
from rostra.core.errors import Invalid, NotFound
from rostra.statuses.tags import actions, queries

api = Endpoints("featured_tags")


class AccountId(msgspec.Struct):
    """An account in the path."""

    id: Id


class FeaturedId(msgspec.Struct):
    """A featured hashtag in the path."""

    id: Id


class NewFeatured(msgspec.Struct):
    """A hashtag, with or without its sign."""

    name: str = ""


@api.get("/api/v1/featured_tags", auth=user("read:accounts"), returns=list[FeaturedTag])
async def get_own(call: Call, params: NoParams) -> list[FeaturedTag]:
    """See the hashtags on one's profile."""
    (account,) = await account_queries.by_ids(call.tx, [call.account_id])
    return await _of(call, account)


@api.post("/api/v1/featured_tags", auth=user("write:accounts"), returns=FeaturedTag)
async def feature(call: Call, params: NewFeatured) -> FeaturedTag:
    """Show a hashtag on one's profile."""
    name = params.name.strip().removeprefix("#")
    try:
        featured = await actions.feature(call.tx, call.account_id, name)
    except NotFound:
        raise Invalid("Name is not a hashtag" if name else "Name can't be blank") from None
    (account,) = await account_queries.by_ids(call.tx, [call.account_id])
    return featured_entity(call.settings, account, featured)


@api.delete("/api/v1/featured_tags/{id}", auth=user("write:accounts"), returns=dict[str, str])
async def unfeature(call: Call, params: FeaturedId) -> dict[str, str]:
    """No longer show a hashtag on one's profile."""
    await actions.remove_featured(call.tx, call.account_id, params.id)
    return {}


@api.get("/api/v1/featured_tags/suggestions", auth=user("read:accounts"), returns=list[Tag])
async def get_suggestions(call: Call, params: NoParams) -> list[Tag]:
    """See which hashtags one uses most of late and doesn't feature."""
    rows = await queries.often_used(call.tx, call.account_id)
    return await tag_entities(call.tx, call.settings, call.account_id, rows)


@api.get("/api/v1/accounts/{id}/featured_tags", auth=public(), returns=list[FeaturedTag])
async def get_of_account(call: Call, params: AccountId) -> list[FeaturedTag]:
    """See the hashtags on a profile; none for whom it blocks."""
    account = await access.get_known(call.tx, params.id)
    viewer_id = call.viewer_id
    blocked = viewer_id is not None and await relations.is_blocked_by(call.tx, viewer_id, account.id)
    return [] if blocked or account.suspended_at is not None else await _of(call, account)


async def _of(call: Call, account: Account) -> list[FeaturedTag]:
    rows = await queries.featured(call.tx, account.id)
    return [featured_entity(call.settings, account, row) for row in rows]
