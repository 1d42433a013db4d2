"""How a member stands to others: follow, block, mute (https://docs.joinmastodon.org/methods/accounts/)."""

from datetime import timedelta

import msgspec

from rostra.accounts import access
from rostra.accounts.relations import actions, personal, queries
from rostra.accounts.relations.model import FollowOptions
from rostra.api.auth import user
from rostra.api.entities.relationship import Relationship, relationship_entity
from rostra.api.http import Call, Endpoints
from rostra.api.params import Id
from rostra.core.errors import Invalid
from rostra.core.text import clean, language_tag

api = Endpoints("accounts")

MAX_IDS = 200
"""Most relationships that are looked up at once; the rest of `id[]` is ignored."""


class AccountId(msgspec.Struct):
    """An account in the path."""

    id: Id


class AccountIds(msgspec.Struct):
    """Accounts in the query."""

    id: list[Id] = []


class Follow(msgspec.Struct, kw_only=True):
    """Parameters of a follow."""

    id: Id
    reblogs: bool | None = None
    notify: bool | None = None
    languages: list[str] | None = None

    def options(self) -> FollowOptions:
        """As the use case wants it.

        Raises:
            Invalid: a language isn't one.
        """
        languages = None
        if self.languages is not None:
            tags = [language_tag(written) for written in self.languages if written]
            languages = sorted({tag for tag in tags if tag is not None})
            if None in tags:
                raise Invalid("Languages is invalid")
        return FollowOptions(reblogs=self.reblogs, notify=self.notify, languages=languages)


class Mute(msgspec.Struct, kw_only=True):
    """Parameters of a mute; `duration` in seconds, 0 for ever."""

    id: Id
    notifications: bool = True
    duration: int = 0


@api.get("/api/v1/accounts/relationships", auth=user("read:follows"), returns=list[Relationship])
async def get_relationships(call: Call, params: AccountIds) -> list[Relationship]:
    """See how one stands to some accounts."""
    rows = await queries.relationships(call.tx, call.account_id, params.id[:MAX_IDS])
    return [relationship_entity(row) for row in rows]


@api.post("/api/v1/accounts/{id}/follow", auth=user("write:follows"), returns=Relationship)
async def follow(call: Call, params: Follow) -> Relationship:
    """Follow an account, or ask to; again: change what one sees of it."""
    await actions.follow(call.tx, call.account_id, params.id, params.options())
    return await show(call, params.id)


@api.post("/api/v1/accounts/{id}/unfollow", auth=user("write:follows"), returns=Relationship)
async def unfollow(call: Call, params: AccountId) -> Relationship:
    """Stop following an account, or asking to."""
    await access.get_known(call.tx, params.id)
    await actions.unfollow(call.tx, call.account_id, params.id)
    return await show(call, params.id)


@api.post("/api/v1/accounts/{id}/remove_from_followers", auth=user("write:follows"), returns=Relationship)
async def remove_from_followers(call: Call, params: AccountId) -> Relationship:
    """End an account's follow of oneself."""
    await access.get_known(call.tx, params.id)
    await actions.remove_follower(call.tx, call.account_id, params.id)
    return await show(call, params.id)


@api.post("/api/v1/accounts/{id}/block", auth=user("write:blocks"), returns=Relationship)
async def block(call: Call, params: AccountId) -> Relationship:
    """Block an account."""
    await access.get_known(call.tx, params.id)
    await actions.block(call.tx, call.account_id, params.id)
    return await show(call, params.id)


@api.post("/api/v1/accounts/{id}/unblock", auth=user("write:blocks"), returns=Relationship)
async def unblock(call: Call, params: AccountId) -> Relationship:
    """No longer block an account."""
    await access.get_known(call.tx, params.id)
    await actions.unblock(call.tx, call.account_id, params.id)
    return await show(call, params.id)


@api.post("/api/v1/accounts/{id}/mute", auth=user("write:mutes"), returns=Relationship)
async def mute(call: Call, params: Mute) -> Relationship:
    """Mute an account, for a time or until unmuted."""
    await access.get_known(call.tx, params.id)
    duration = timedelta(seconds=min(params.duration, 10**9)) if params.duration > 0 else None
    await actions.mute(call.tx, call.account_id, params.id, params.notifications, duration)
    return await show(call, params.id)


@api.post("/api/v1/accounts/{id}/unmute", auth=user("write:mutes"), returns=Relationship)
async def unmute(call: Call, params: AccountId) -> Relationship:
    """No longer mute an account."""
    await access.get_known(call.tx, params.id)
    await actions.unmute(call.tx, call.account_id, params.id)
    return await show(call, params.id)


class Note(msgspec.Struct, kw_only=True):
    """A private note about an account; empty: none any more."""

    id: Id
    comment: str = ""


@api.post("/api/v1/accounts/{id}/note", auth=user("write:accounts"), returns=Relationship)
async def write_note(call: Call, params: Note) -> Relationship:
    """Keep a note about an account that nobody else sees."""
    await personal.write_note(call.tx, call.account_id, params.id, clean(params.comment).strip())
    return await show(call, params.id)


async def endorse(call: Call, params: AccountId) -> Relationship:
    """Show somebody whom one follows on one's profile."""
    await personal.endorse(call.tx, call.account_id, params.id)
    return await show(call, params.id)


async def unendorse(call: Call, params: AccountId) -> Relationship:
    """No longer show somebody on one's profile."""
    await personal.unendorse(call.tx, call.account_id, params.id)
    return await show(call, params.id)


for word in ("endorse", "pin"):  # the second is what older apps know
    api.post(f"/api/v1/accounts/{{id}}/{word}", auth=user("write:accounts"), returns=Relationship)(endorse)
    api.post(f"/api/v1/accounts/{{id}}/un{word}", auth=user("write:accounts"), returns=Relationship)(
        unendorse
    )


async def show(call: Call, account_id: int) -> Relationship:
    """How the member stands to one account, which exists."""
    (row,) = await queries.relationships(call.tx, call.account_id, [account_id])
    return relationship_entity(row)
