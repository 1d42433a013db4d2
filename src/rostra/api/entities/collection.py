"""Collection, CollectionItem (https://docs.joinmastodon.org/entities/Collection/)."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from rostra.accounts.collections import queries
from rostra.accounts.collections.model import Collection as CollectionRow
from rostra.accounts.collections.model import Item, ItemState
from rostra.api.entities.account import Account
from rostra.core.clock import timestamp
from rostra.core.db import Tx
from rostra.core.settings import Settings
from rostra.core.text import tag_path


class ShallowTag(msgspec.Struct):
    """A hashtag and its page."""

    name: str
    url: str


class CollectionItem(msgspec.Struct):
    """Somebody in a collection."""

    id: str
    account_id: str
    state: ItemState
    created_at: str


class Collection(msgspec.Struct, kw_only=True):
    """People whom a member recommends. What it has, and how much, is what the viewer gets to see."""

    id: str
    account_id: str
    uri: str
    url: str
    name: str
    description: str
    language: str | None
    local: bool
    sensitive: bool
    discoverable: bool
    tag: ShallowTag | None
    item_count: int
    items: list[CollectionItem]
    created_at: str
    updated_at: str


class WrappedCollection(msgspec.Struct):
    """One collection."""

    collection: Collection


class Collections(msgspec.Struct):
    """Some collections."""

    collections: list[Collection]


class CollectionWithAccounts(msgspec.Struct):
    """A collection, whose it is and, after them, who is in it."""

    collection: Collection
    accounts: list[Account | msgspec.Raw]


class WrappedCollectionItem(msgspec.Struct):
    """One item."""

    collection_item: CollectionItem


async def collection_entities(
    tx: Tx, settings: Settings, viewer_id: int | None, rows: Sequence[CollectionRow]
) -> list[Collection]:
    """`rows`, which the viewer may see, with what they get to see of them, in one query more."""
    items: defaultdict[int, list[Item]] = defaultdict(list)
    for item in await queries.items(tx, viewer_id, [row.id for row in rows]) if rows else []:
        items[item.collection_id].append(item)
    return [_entity(settings, row, items[row.id]) for row in rows]


async def collections_by_id(
    tx: Tx, settings: Settings, viewer_id: int, ids: Sequence[int | None]
) -> dict[int, Collection]:
    """Entities of those of `ids` that the viewer may see; without any, no query."""
    wanted = [collection_id for collection_id in ids if collection_id is not None]
    rows = await queries.by_ids(tx, viewer_id, wanted) if wanted else []
    entities = await collection_entities(tx, settings, viewer_id, rows)
    return {row.id: entity for row, entity in zip(rows, entities, strict=True)}


def item_entity(item: Item) -> CollectionItem:
    """`item` as apps see it."""
    return CollectionItem(
        id=str(item.id),
        account_id=str(item.account_id),
        state=item.state,
        created_at=timestamp(item.created_at),
    )


def _entity(settings: Settings, row: CollectionRow, items: Sequence[Item]) -> Collection:
    tag = None
    if row.tag is not None:
        tag = ShallowTag(row.tag_name or row.tag, settings.url(tag_path(row.tag)))
    return Collection(
        id=str(row.id),
        account_id=str(row.account_id),
        uri=settings.url(f"/ap/users/{row.account_id}/collections/{row.id}"),
        url=settings.url(f"/collections/{row.id}"),
        name=row.name,
        description=row.description,
        language=row.language,
        local=True,
        sensitive=row.sensitive,
        discoverable=row.discoverable,
        tag=tag,
        item_count=len(items),
        items=[item_entity(item) for item in items],
        created_at=timestamp(row.created_at),
        updated_at=timestamp(row.updated_at),
    )
