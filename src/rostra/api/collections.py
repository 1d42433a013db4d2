"""Collections (https://docs.joinmastodon.org/methods/collections/)."""

from urllib.parse import quote

import msgspec
from starlette.responses import Response

from rostra.accounts import access as account_access
from rostra.accounts import queries as account_queries
from rostra.accounts.collections import access, actions, queries
from rostra.accounts.collections.model import Change, refused
from rostra.accounts.collections.model import Collection as CollectionRow
from rostra.api.auth import public, user
from rostra.api.entities.collection import (
    Collection,
    Collections,
    CollectionWithAccounts,
    WrappedCollection,
    WrappedCollectionItem,
    collection_entities,
    item_entity,
)
from rostra.api.http import Call, Endpoints, error_body, json_response
from rostra.api.params import Id
from rostra.core.errors import Invalid, NotFound
from rostra.core.text import clean, language_tag
from rostra.statuses.tags import actions as tags

api = Endpoints("collections")

LIMIT = 40
"""Collections on a page, where nobody asks for more or fewer; at most twice as many."""


class CollectionId(msgspec.Struct):
    """A collection in the path."""

    id: Id


class CollectionParams(msgspec.Struct, kw_only=True):
    """What a collection says about itself. An empty language or hashtag: none."""

    name: str | None = None
    description: str | None = None
    language: str | None = None
    tag_name: str | None = None
    sensitive: bool | None = None
    discoverable: bool | None = None

    async def change(self, call: Call) -> Change:
        """As the use case wants it.

        Raises:
            Invalid: the language or the hashtag is none.
        """
        language = None if self.language is None else self.language.strip() and language_tag(self.language)
        if language is None and self.language is not None:
            raise refused("language", "ERR_INVALID", "is invalid")
        return Change(
            name=None if self.name is None else clean(self.name).strip(),
            description=None if self.description is None else clean(self.description).strip(),
            language=language,
            tag_id=await self._tag_id(call),
            sensitive=self.sensitive,
            discoverable=self.discoverable,
        )

    async def _tag_id(self, call: Call) -> int | None:
        if self.tag_name is None:
            return None
        name = clean(self.tag_name).strip().removeprefix("#")
        if not name:
            return 0
        try:
            return (await tags.find_or_add(call.tx, name)).id
        except NotFound:
            raise refused("tag_name", "ERR_UNUSABLE", "is no hashtag") from None


class NewCollection(CollectionParams, kw_only=True):
    """What a collection says about itself, and who is in it at first."""

    account_ids: list[Id] = []


class CollectionUpdate(CollectionParams, kw_only=True):
    """A collection in the path, and what it says about itself."""

    id: Id


class OffsetPage(msgspec.Struct, kw_only=True):
    """An account in the path, and a part of a list that is counted from its beginning."""

    account_id: Id
    limit: int | None = None
    offset: int = 0

    @property
    def size(self) -> int:
        """Rows to return."""
        return max(1, min(self.limit if self.limit is not None else LIMIT, LIMIT * 2))

    @property
    def start(self) -> int:
        """Rows to leave out."""
        return max(0, min(self.offset, 1_000_000))


class NewItem(msgspec.Struct, kw_only=True):
    """A collection in the path, and who is to come into it."""

    collection_id: Id
    account_id: Id | None = None


class ItemId(msgspec.Struct):
    """A collection and something in it, in the path."""

    collection_id: Id
    id: Id


@api.post("/api/v1/collections", auth=user("write:collections"), returns=WrappedCollection)
async def create_collection(call: Call, params: NewCollection) -> object:
    """Make a collection."""
    try:
        change = await params.change(call)
        made = await actions.create(call.tx, call.account_id, change, params.account_ids)
    except Invalid as error:
        return _refusal(error)
    return WrappedCollection(await _one(call, made))


@api.patch("/api/v1/collections/{id}", auth=user("write:collections"), returns=WrappedCollection)
async def update_collection(call: Call, params: CollectionUpdate) -> object:
    """Change what a collection says about itself."""
    try:
        change = await params.change(call)
        changed = await actions.update(call.tx, call.account_id, params.id, change)
    except Invalid as error:
        return _refusal(error)
    return WrappedCollection(await _one(call, changed))


@api.get("/api/v1/collections/{id}", auth=public("read:collections"), returns=CollectionWithAccounts)
async def get_collection(call: Call, params: CollectionId) -> object:
    """See a collection, whose it is and who is in it."""
    found = await access.get_visible(call.tx, call.viewer_id, params.id)
    owner = await account_queries.by_ids(call.tx, [found.account_id])
    people = await queries.people(call.tx, call.viewer_id, found.id)
    others = [account for account in people if account.id != found.account_id]
    accounts = await call.hydrator.people(call.tx, [*owner, *others])
    return CollectionWithAccounts(await _one(call, found), list(accounts))


@api.delete("/api/v1/collections/{id}", auth=user("write:collections"), returns=dict[str, str])
async def delete_collection(call: Call, params: CollectionId) -> dict[str, str]:
    """Delete a collection."""
    await actions.delete(call.tx, call.account_id, params.id)
    return {}


@api.get("/api/v1/accounts/{account_id}/collections", auth=public("read:collections"), returns=Collections)
async def get_collections(call: Call, params: OffsetPage) -> object:
    """See the collections that an account made."""
    await account_access.get_known(call.tx, params.account_id)
    rows = await queries.of_account(call.tx, call.viewer_id, params.account_id, params.size + 1, params.start)
    return await _page(call, params, rows)


@api.get("/api/v1/accounts/{account_id}/in_collections", auth=user("read:collections"), returns=Collections)
async def get_in_collections(call: Call, params: OffsetPage) -> object:
    """See which collections one is in oneself; of others nobody learns it, as in Mastodon."""
    await account_access.get_known(call.tx, params.account_id)
    if params.account_id != call.account_id:
        return Collections([])
    rows = await queries.holding(call.tx, call.account_id, params.size + 1, params.start)
    return await _page(call, params, rows)


@api.post(
    "/api/v1/collections/{collection_id}/items",
    auth=user("write:collections"),
    returns=WrappedCollectionItem,
)
async def add_to_collection(call: Call, params: NewItem) -> object:
    """Put somebody into a collection."""
    await access.get_visible(call.tx, call.account_id, params.collection_id)
    if params.account_id is None:
        return json_response({"error": "`account_id` parameter is missing"}, 422)
    item = await actions.add(call.tx, call.account_id, params.collection_id, params.account_id)
    return WrappedCollectionItem(item_entity(item))


@api.delete(
    "/api/v1/collections/{collection_id}/items/{id}", auth=user("write:collections"), returns=dict[str, str]
)
async def remove_from_collection(call: Call, params: ItemId) -> dict[str, str]:
    """Take somebody out of a collection."""
    await actions.remove(call.tx, call.account_id, params.collection_id, params.id)
    return {}


@api.post(
    "/api/v1/collections/{collection_id}/items/{id}/revoke",
    auth=user("write:collections"),
    returns=dict[str, str],
)
async def leave_collection(call: Call, params: ItemId) -> dict[str, str]:
    """Take oneself out of somebody's collection."""
    await actions.revoke(call.tx, call.account_id, params.collection_id, params.id)
    return {}


def _refusal(error: Invalid) -> Response:
    """What is wrong with a collection: as elsewhere, but one level deeper, as Mastodon has it here."""
    return json_response({"error": error_body(error)}, 422)


async def _one(call: Call, row: CollectionRow) -> Collection:
    return (await collection_entities(call.tx, call.settings, call.viewer_id, [row]))[0]


async def _page(call: Call, params: OffsetPage, rows: list[CollectionRow]) -> Collections:
    """The first `params.size` of `rows`, with links to the parts before and after."""
    start = call.settings.url(quote(call.request.scope["path"]))
    links = list[str]()
    if len(rows) > params.size:
        offset = params.start + params.size
        links.append(f'<{start}?limit={params.size}&offset={offset}>; rel="next"')
    if params.start > 0:
        offset = max(0, params.start - params.size)
        links.append(f'<{start}?limit={params.size}&offset={offset}>; rel="prev"')
    if links:
        call.headers["Link"] = ", ".join(links)
    shown = rows[: params.size]
    return Collections(await collection_entities(call.tx, call.settings, call.viewer_id, shown))
