"""Suggestions (https://docs.joinmastodon.org/methods/suggestions/)."""

import msgspec

from rostra.accounts import suggestions
from rostra.accounts.suggestions import Suggested
from rostra.api.auth import user
from rostra.api.entities.account import Account
from rostra.api.http import Call, Endpoints
from rostra.api.params import Id

api = Endpoints("suggestions")

_OLD_NAMES = {"featured": "staff", "friends_of_friends": "past_interactions"}
"""Reasons as apps from before Mastodon 4.3 know them; all others are `global`."""


class Part(msgspec.Struct):
    """How many."""

    limit: int = 40

    @property
    def size(self) -> int:
        """Within what is sensible."""
        return max(1, min(self.limit, 80))


class AccountId(msgspec.Struct):
    """An account in the path."""

    account_id: Id


class Suggestion(msgspec.Struct):
    """https://docs.joinmastodon.org/entities/Suggestion/. `account` is an entity, encoded or not."""

    source: str
    sources: list[str]
    account: Account | msgspec.Raw


async def _suggested(call: Call, params: Part) -> list[tuple[Suggested, msgspec.Raw]]:
    rows = await suggestions.suggest(call.tx, call.settings, call.account_id, params.size)
    return list(zip(rows, await call.hydrator.people(call.tx, rows), strict=True))


@api.get("/api/v2/suggestions", auth=user("read"), returns=list[Suggestion])
async def get_suggestions(call: Call, params: Part) -> list[Suggestion]:
    """See whom one might want to follow, and why."""
    return [
        Suggestion(_OLD_NAMES.get(row.sources[0], "global"), row.sources, entity)
        for row, entity in await _suggested(call, params)
    ]


@api.get("/api/v1/suggestions", auth=user("read"), returns=list[Account])
async def get_suggested_accounts(call: Call, params: Part) -> list[msgspec.Raw]:
    """See whom one might want to follow, without why."""
    return [entity for _, entity in await _suggested(call, params)]


@api.delete("/api/v1/suggestions/{account_id}", auth=user("read"), returns=dict[str, str])
async def dismiss_suggestion(call: Call, params: AccountId) -> dict[str, str]:
    """Never be suggested an account again."""
    await suggestions.dismiss(call.tx, call.account_id, params.account_id)
    return {}
