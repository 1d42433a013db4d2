"""Use cases of filters: each is one transaction, and tells all processes that keep the member's filters."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime

import msgspec

from rostra.accounts import queries as account_queries
from rostra.accounts.filters import cache, queries
from rostra.accounts.filters.model import (
    FILTERS,
    KEYWORDS,
    LONGEST,
    STATUSES,
    Change,
    Filter,
    FilteredStatus,
    FiltersChanged,
    Keyword,
    KeywordChange,
    Rules,
)
from rostra.core import clock, events
from rostra.core.bus import Bus
from rostra.core.db import Tx
from rostra.core.errors import Invalid, NotFound


async def get(tx: Tx, account_id: int, filter_id: int) -> Rules:
    """A filter of `account_id`, with all that it names.

    Raises:
        NotFound: it is somebody else's, or there is none.
    """
    found = await queries.one(tx, account_id, filter_id)
    if found is None:
        raise NotFound()
    keywords = await queries.keywords(tx, account_id, filter_id)
    return Rules(found, keywords, await queries.statuses(tx, account_id, filter_id))


async def get_keyword(tx: Tx, account_id: int, keyword_id: int) -> Keyword:
    """A keyword of `account_id`.

    Raises:
        NotFound: it is somebody else's, or there is none.
    """
    found = await queries.keyword(tx, account_id, keyword_id)
    if found is None:
        raise NotFound()
    return found


async def get_status(tx: Tx, account_id: int, filtered_id: int) -> FilteredStatus:
    """A status that `account_id` filters.

    Raises:
        NotFound: it is somebody else's, or there is none.
    """
    found = await queries.status(tx, account_id, filtered_id)
    if found is None:
        raise NotFound()
    return found


async def create(tx: Tx, bus: Bus, account_id: int, change: Change) -> Rules:
    """Make a filter.

    Raises:
        Invalid: it can't be one, or the member filters too much.
        NotFound: a keyword has an id.
    """
    if change.title is None:
        raise Invalid("Title can't be blank")
    if change.contexts is None:
        raise Invalid("Context can't be blank, Context None or invalid context supplied")
    change.check()
    async with _changing(tx, bus, account_id):
        filter_id = await queries.insert(tx, account_id, change, _expiry(change, None))
        await _change_keywords(tx, account_id, filter_id, change.keywords)
        await _check_numbers(tx, account_id)
        return await get(tx, account_id, filter_id)


async def update(tx: Tx, bus: Bus, account_id: int, filter_id: int, change: Change) -> Rules:
    """Change a filter and its keywords.

    Raises:
        Invalid: it can't be that, or the member filters too much.
        NotFound: it, or one of the keywords, is somebody else's, or there is none.
    """
    change.check()
    async with _changing(tx, bus, account_id):
        before = await _get_locked(tx, account_id, filter_id)
        await queries.update(tx, filter_id, change, _expiry(change, before.expires_at))
        await _change_keywords(tx, account_id, filter_id, change.keywords)
        await _check_numbers(tx, account_id)
        return await get(tx, account_id, filter_id)


async def delete(tx: Tx, bus: Bus, account_id: int, filter_id: int) -> None:
    """Delete a filter.

    Raises:
        NotFound: it is somebody else's, or there is none.
    """
    async with _changing(tx, bus, account_id):
        await _get_locked(tx, account_id, filter_id)
        await queries.delete(tx, filter_id)


async def add_keyword(tx: Tx, bus: Bus, account_id: int, filter_id: int, change: KeywordChange) -> Keyword:
    """Add a keyword to a filter.

    Raises:
        Invalid: it can't be one, or the member has too many.
        NotFound: the filter is somebody else's, or there is none.
    """
    change.check()
    async with _changing(tx, bus, account_id):
        await _get_locked(tx, account_id, filter_id)
        keyword_id = await _add_keyword(tx, filter_id, change)
        await _check_numbers(tx, account_id)
        return await get_keyword(tx, account_id, keyword_id)


async def update_keyword(
    tx: Tx, bus: Bus, account_id: int, keyword_id: int, change: KeywordChange, context: Change | None = None
) -> tuple[Keyword, Filter]:
    """Change a keyword, and, for apps that know filters of one keyword only, its filter (`context`).

    Raises:
        Invalid: it can't be that, or `context` would change what concerns other keywords, too.
        NotFound: it is somebody else's, or there is none.
    """
    msgspec.structs.replace(change, id=keyword_id).check()
    async with _changing(tx, bus, account_id):
        keyword = await get_keyword(tx, account_id, keyword_id)
        before = await _get_locked(tx, account_id, keyword.filter_id)
        await queries.update_keyword(tx, keyword_id, change.keyword, change.whole_word)
        if context is not None:
            await _change_around(tx, before, context)
        after = await queries.one(tx, account_id, before.id)
        return await get_keyword(tx, account_id, keyword_id), after or before


async def _change_around(tx: Tx, before: Filter, change: Change) -> None:
    """Change a filter by way of its only keyword; of one with more of them nothing but that."""
    change.check()
    shared = len(await queries.keywords(tx, before.account_id, before.id)) > 1
    if shared:
        change = msgspec.structs.replace(change, title=before.title)
    await queries.update(tx, before.id, change, _expiry(change, before.expires_at))
    if shared and await queries.one(tx, before.account_id, before.id) != before:
        raise Invalid("These parameters concern more than one keyword: use a newer app to change them")


async def delete_keyword(
    tx: Tx, bus: Bus, account_id: int, keyword_id: int, *, with_filter: bool = False
) -> None:
    """Delete a keyword; and (`with_filter`) its filter, when that names nothing else.

    Raises:
        NotFound: it is somebody else's, or there is none.
    """
    async with _changing(tx, bus, account_id):
        keyword = await get_keyword(tx, account_id, keyword_id)
        await _get_locked(tx, account_id, keyword.filter_id)
        await queries.delete_keyword(tx, keyword_id)
        if with_filter:
            await queries.delete_if_empty(tx, keyword.filter_id)


async def add_status(tx: Tx, bus: Bus, account_id: int, filter_id: int, status_id: int) -> FilteredStatus:
    """Add a status, which the member may see, to a filter.

    Raises:
        Invalid: it is in the filter, or the member has too many.
        NotFound: the filter is somebody else's, or there is none.
    """
    async with _changing(tx, bus, account_id):
        await _get_locked(tx, account_id, filter_id)
        filtered_id = await queries.insert_status(tx, filter_id, status_id)
        if filtered_id is None:
            raise Invalid("Status has already been taken")
        await _check_numbers(tx, account_id)
        return await get_status(tx, account_id, filtered_id)


async def delete_status(tx: Tx, bus: Bus, account_id: int, filtered_id: int) -> FilteredStatus:
    """Take a status out of its filter; returns what that was.

    Raises:
        NotFound: it is somebody else's, or there is none.
    """
    async with _changing(tx, bus, account_id):
        gone = await get_status(tx, account_id, filtered_id)
        await queries.delete_status(tx, filtered_id)
        return gone


@asynccontextmanager
async def _changing(tx: Tx, bus: Bus, account_id: int) -> AsyncGenerator[None]:
    """A transaction that changes what a member filters; one at a time, so that limits hold."""
    async with tx.transaction():
        await account_queries.lock_account(tx, account_id)
        yield
        await events.record(tx, FiltersChanged(account_id=account_id))
        await bus.publish(tx, cache.TOPIC, account_id)


async def _get_locked(tx: Tx, account_id: int, filter_id: int) -> Filter:
    found = await queries.one(tx, account_id, filter_id, lock=True)
    if found is None:
        raise NotFound()
    return found


async def _check_numbers(tx: Tx, account_id: int) -> None:
    numbers = await queries.numbers(tx, account_id)
    if numbers.filters > FILTERS:
        raise Invalid(f"You cannot have more than {FILTERS} filters")
    if numbers.keywords > KEYWORDS:
        raise Invalid(f"You cannot filter more than {KEYWORDS} keywords")
    if numbers.statuses > STATUSES:
        raise Invalid(f"You cannot filter more than {STATUSES} posts")


async def _change_keywords(tx: Tx, account_id: int, filter_id: int, changes: list[KeywordChange]) -> None:
    if len(changes) > KEYWORDS:
        raise Invalid(f"You cannot filter more than {KEYWORDS} keywords")
    present = {keyword.id for keyword in await queries.keywords(tx, account_id, filter_id)}
    for change in changes:
        if change.id is None:
            if not change.remove:
                await _add_keyword(tx, filter_id, change)
        elif change.id not in present:
            raise NotFound()
        elif change.remove:
            await queries.delete_keyword(tx, change.id)
        else:
            await queries.update_keyword(tx, change.id, change.keyword, change.whole_word)


async def _add_keyword(tx: Tx, filter_id: int, change: KeywordChange) -> int:
    whole_word = True if change.whole_word is None else change.whole_word
    return await queries.insert_keyword(tx, filter_id, change.keyword or "", whole_word)


def _expiry(change: Change, before: datetime | None) -> datetime | None:
    if change.expires_in is msgspec.UNSET:
        return before
    return None if change.expires_in is None else clock.now() + min(change.expires_in, LONGEST)
