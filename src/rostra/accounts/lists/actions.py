"""Use cases of lists: each is one transaction. What follows for feeds is in reactions.py."""

from collections.abc import Sequence

import msgspec

from rostra.accounts import queries as account_queries
from rostra.accounts.lists import access, queries
from rostra.accounts.lists.model import (
    ACCOUNTS,
    LISTS,
    Change,
    List,
    ListAccountsAdded,
    ListAccountsRemoved,
    ListExclusivityChanged,
)
from rostra.core import events
from rostra.core.db import Tx
from rostra.core.errors import Invalid


async def create(tx: Tx, account_id: int, change: Change) -> List:
    """Make a list.

    Raises:
        Invalid: it has no title, or the member has too many lists.
    """
    change.check()
    if change.title is None:
        raise Invalid("Title can't be blank")
    async with tx.transaction():
        await account_queries.lock_account(tx, account_id)  # two at once can't pass the limit together
        if await queries.count(tx, account_id) >= LISTS:
            raise Invalid("You have reached the maximum number of lists")
        return await queries.insert(tx, account_id, change)


async def update(tx: Tx, account_id: int, list_id: int, change: Change) -> List:
    """Change a list.

    Raises:
        Invalid: the title can't be one.
        NotFound: it is somebody else's, or there is none.
    """
    change.check()
    async with tx.transaction():
        before = await access.get_own(tx, account_id, list_id, lock=True)
        await queries.update(tx, list_id, change)
        if change.exclusive is not None and change.exclusive != before.exclusive:
            await _record_exclusivity(tx, before)
        changed = {name: value for name, value in msgspec.structs.asdict(change).items() if value is not None}
        return msgspec.structs.replace(before, **changed)


async def delete(tx: Tx, account_id: int, list_id: int) -> None:
    """Delete a list.

    Raises:
        NotFound: it is somebody else's, or there is none.
    """
    async with tx.transaction():
        gone = await access.get_own(tx, account_id, list_id, lock=True)
        if gone.exclusive:
            await _record_exclusivity(tx, gone)
        await queries.delete(tx, list_id)


async def add_accounts(tx: Tx, account_id: int, list_id: int, ids: Sequence[int]) -> None:
    """Put accounts into a list: all of them or, when one can't be, none.

    Raises:
        Invalid: one of them may not be listed, or is in the list, or there are too many.
        NotFound: there is no such list, or no such account.
    """
    ids = list(dict.fromkeys(ids))
    async with tx.transaction():
        grown = await access.get_own(tx, account_id, list_id, lock=True)
        present = await queries.account_ids(tx, list_id)
        if not set(ids).isdisjoint(present):
            raise Invalid("Account has already been taken")
        if len(present) + len(ids) > ACCOUNTS:
            raise Invalid(f"A list can't hold more than {ACCOUNTS} accounts")
        await access.check_listable(tx, account_id, ids)
        added = await queries.insert_accounts(tx, grown, ids)
        if added:
            await events.record(
                tx, ListAccountsAdded(list_id=list_id, account_id=account_id, account_ids=added)
            )


async def remove_accounts(tx: Tx, account_id: int, list_id: int, ids: Sequence[int]) -> None:
    """Take accounts out of a list; those that are not in it don't matter.

    Raises:
        NotFound: it is somebody else's, or there is none.
    """
    async with tx.transaction():
        await access.get_own(tx, account_id, list_id, lock=True)
        await _record_removed(tx, list_id, account_id, await queries.delete_accounts(tx, list_id, ids))


async def separate(tx: Tx, owner_id: int, account_id: int) -> None:
    """Take `account_id`, who does not want to be followed by `owner_id` any more, out of their lists."""
    async with tx.transaction():
        for list_id in await queries.delete_between(tx, owner_id, account_id):
            await _record_removed(tx, list_id, owner_id, [account_id])


async def remove_uninvited(tx: Tx, account_id: int) -> None:
    """Take an account that is locked now out of the lists of those who don't follow it."""
    async with tx.transaction():
        for list_id, owner_id in await queries.delete_uninvited(tx, account_id):
            await _record_removed(tx, list_id, owner_id, [account_id])


async def _record_removed(tx: Tx, list_id: int, owner_id: int, ids: list[int]) -> None:
    if ids:
        await events.record(tx, ListAccountsRemoved(list_id=list_id, account_id=owner_id, account_ids=ids))


async def _record_exclusivity(tx: Tx, changed: List) -> None:
    ids = await queries.account_ids(tx, changed.id)
    if ids:
        await events.record(tx, ListExclusivityChanged(account_id=changed.account_id, account_ids=ids))
