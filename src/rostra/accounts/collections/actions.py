"""Use cases of collections: each is one transaction. Who hears of it is in reactions.py."""

from collections.abc import Sequence

import msgspec

from rostra.accounts import queries as account_queries
from rostra.accounts.collections import access, queries
from rostra.accounts.collections.model import (
    COLLECTIONS,
    ITEMS,
    AddedToCollection,
    Change,
    Collection,
    CollectionUpdated,
    Item,
    RemovedFromCollection,
    refused,
)
from rostra.core import events
from rostra.core.db import Tx
from rostra.core.errors import NotFound


async def create(tx: Tx, account_id: int, change: Change, ids: Sequence[int] = ()) -> Collection:
    """Make a collection, with the accounts `ids` in it: all of them or, when one can't be, none.

    Raises:
        Invalid: it has no name, or can't be like that, or there are too many.
        NotFound: there is no such account.
        Forbidden: one of them may not be in it.
    """
    if change.name is None:
        raise refused("name", "ERR_BLANK", "can't be blank")
    change.check()
    ids = list(dict.fromkeys(ids))
    async with tx.transaction():
        await account_queries.lock_account(tx, account_id)  # two at once can't pass the limit together
        if await queries.count(tx, account_id) >= COLLECTIONS:
            raise refused("base", "ERR_TOO_MANY", f"You can't have more than {COLLECTIONS} collections")
        collection_id = await queries.insert(tx, account_id, change)
        await _add(tx, account_id, collection_id, ids, present=0)
        return await access.get_visible(tx, account_id, collection_id)


async def update(tx: Tx, account_id: int, collection_id: int, change: Change) -> Collection:
    """Change what a collection says about itself.

    Raises:
        Invalid: it can't be like that.
        NotFound: the member may not see it, or there is none.
        Forbidden: it is somebody else's.
    """
    change.check()
    async with tx.transaction():
        before = await access.get_own(tx, account_id, collection_id)
        if all(value is None for value in msgspec.structs.astuple(change)):
            return before
        await queries.update(tx, collection_id, change)
        after = await access.get_visible(tx, account_id, collection_id)
        if (before.name, before.description) != (after.name, after.description):
            await events.record(tx, CollectionUpdated(collection_id=collection_id))
        return after


async def delete(tx: Tx, account_id: int, collection_id: int) -> None:
    """Delete a collection.

    Raises:
        NotFound: the member may not see it, or there is none.
        Forbidden: it is somebody else's.
    """
    async with tx.transaction():
        await access.get_own(tx, account_id, collection_id)
        await queries.delete(tx, collection_id)


async def add(tx: Tx, account_id: int, collection_id: int, featured_id: int) -> Item:
    """Put somebody into a collection.

    Raises:
        Invalid: they are in it, took themselves out, or there are too many.
        NotFound: there is no such collection, or no such account.
        Forbidden: it is somebody else's collection, or the account may not be in it.
    """
    async with tx.transaction():
        await access.get_own(tx, account_id, collection_id)
        taken = await queries.taken(tx, collection_id)
        if featured_id in taken:
            raise refused("account", "ERR_TAKEN", "has already been taken")
        present = sum(state in ("pending", "accepted") for state in taken.values())
        (item_id,) = await _add(tx, account_id, collection_id, [featured_id], present=present)
        item = await queries.item(tx, item_id)
    assert item is not None
    return item


async def _add(tx: Tx, account_id: int, collection_id: int, ids: Sequence[int], *, present: int) -> list[int]:
    if present + len(ids) > ITEMS:
        raise refused("collection_items", "ERR_TOO_MANY", f"can't be more than {ITEMS}")
    await access.check_featurable(tx, account_id, ids)
    item_ids = await queries.insert_items(tx, collection_id, ids)
    await events.record(tx, *(AddedToCollection(item_id=item_id) for item_id in item_ids))
    return item_ids


async def remove(tx: Tx, account_id: int, collection_id: int, item_id: int) -> None:
    """Take somebody out of a collection.

    Raises:
        NotFound: they are not in it, or there is no such collection.
        Forbidden: it is somebody else's.
    """
    async with tx.transaction():
        await access.get_own(tx, account_id, collection_id)
        featured_id = await queries.delete_item(tx, collection_id, item_id)
        if featured_id is None:
            raise NotFound()
        await events.record(tx, RemovedFromCollection(collection_id=collection_id, account_id=featured_id))


async def revoke(tx: Tx, account_id: int, collection_id: int, item_id: int) -> None:
    """Take oneself out of somebody's collection, for good. Also where one may not see it any more.

    Raises:
        NotFound: one is not in it.
    """
    async with tx.transaction():
        if not await queries.revoke(tx, account_id, collection_id, item_id):
            raise NotFound()
        await events.record(tx, RemovedFromCollection(collection_id=collection_id, account_id=account_id))


async def separate(tx: Tx, account_id: int, target_id: int) -> None:
    """Of two of whom one blocks the other, neither stays in the other's collections."""
    async with tx.transaction():
        await queries.separate(tx, account_id, target_id)
