"""What members do with statuses: boost, favourite, bookmark, pin, mute a thread.

Each may be repeated and changes nothing more. What concerns nobody else (bookmarks, pins, muted
threads) records no event. Taking something back asks no access rule: it is one's own.
"""

from contextlib import suppress

from rostra.core import clock, events
from rostra.core.db import Tx, execute, fetch_value
from rostra.core.errors import Invalid, NotFound
from rostra.core.ids import new_id
from rostra.core.settings import Settings
from rostra.statuses import access, queries
from rostra.statuses.actions import delete_status, uri_of
from rostra.statuses.model import (
    PINS,
    Status,
    StatusFavourited,
    StatusPublished,
    StatusUnfavourited,
    Visibility,
)


async def boost(
    tx: Tx,
    settings: Settings,
    account_id: int,
    status_id: int,
    visibility: Visibility,
    posted_by_id: int | None = None,
) -> int:
    """Boost a status; returns the id of the boost. What is followers-only stays so.

    `posted_by_id`: who does it as a shared account.

    Raises:
        NotFound: `account_id` may not see it, or there is none.
        Forbidden: they may not boost it (see `access.check_boost`), or block its author.
    """
    async with tx.transaction():
        original = await access.get_open_to(tx, account_id, status_id, "reblog")
        access.check_boost(original, account_id)
        if original.visibility == "private":
            visibility = "private"
        boost_id, at = new_id(), clock.now()
        uri = uri_of(settings, account_id, boost_id)
        if await queries.insert_boost(
            tx, account_id, uri, boost_id, original.id, visibility, at, posted_by_id
        ):
            await queries.count(tx, original.id, reblogs=1)
            await queries.count_author(tx, account_id, at)
            await events.record(tx, StatusPublished(status_id=boost_id))
            return boost_id
        earlier = await queries.boost_id(tx, account_id, original.id)
    if earlier is None:  # undone in this very moment
        raise NotFound()
    return earlier


async def unboost(tx: Tx, account_id: int, status_id: int) -> int:
    """Take the boost of a status back, if there is one; returns the id of what was boosted.

    Raises:
        NotFound: there is no such status.
    """
    original_id = await queries.original_id(tx, status_id)
    if original_id is None:
        raise NotFound()
    boost_id = await queries.boost_id(tx, account_id, original_id)
    if boost_id is not None:
        with suppress(NotFound):  # undone in this very moment
            await delete_status(tx, account_id, boost_id)
    return original_id


async def favourite(tx: Tx, account_id: int, status_id: int) -> None:
    """Favourite a status.

    Raises:
        NotFound: `account_id` may not see it, or there is none.
        Forbidden: they block its author.
    """
    async with tx.transaction():
        status = await access.get_open_to(tx, account_id, status_id, "favourite")
        added = await execute(
            tx,
            """
            insert into favourites (id, account_id, status_id) values (%(id)s, %(account)s, %(status)s)
            on conflict (account_id, status_id) do nothing
            """,
            {"id": new_id(), "account": account_id, "status": status.id},
        )
        if added:
            await queries.count(tx, status.id, favourites=1)
            await events.record(tx, StatusFavourited(status_id=status.id, account_id=account_id))


async def unfavourite(tx: Tx, account_id: int, status_id: int) -> None:
    """Take a favourite back, if there is one."""
    async with tx.transaction():
        original_id = await queries.lock_original(tx, status_id)
        removed = await execute(
            tx,
            "delete from favourites where account_id = %(account)s and status_id = %(status)s",
            {"account": account_id, "status": original_id},
        )
        if removed and original_id is not None:
            await queries.count(tx, original_id, favourites=-1)
            await events.record(tx, StatusUnfavourited(status_id=original_id, account_id=account_id))


async def bookmark(tx: Tx, account_id: int, status_id: int) -> None:
    """Bookmark a status.

    Raises:
        NotFound: `account_id` may not see it, or there is none.
    """
    async with tx.transaction():
        status = await access.get_original(tx, account_id, status_id, lock=True)
        await execute(
            tx,
            """
            insert into bookmarks (id, account_id, status_id) values (%(id)s, %(account)s, %(status)s)
            on conflict (account_id, status_id) do nothing
            """,
            {"id": new_id(), "account": account_id, "status": status.id},
        )


async def unbookmark(tx: Tx, account_id: int, status_id: int) -> None:
    """Remove a bookmark, if there is one."""
    await execute(
        tx,
        """
        delete from bookmarks
        where account_id = %(account)s
          and status_id = (select coalesce(reblog_of_id, id) from statuses where id = %(status)s)
        """,
        {"account": account_id, "status": status_id},
    )


async def pin(tx: Tx, account_id: int, status_id: int) -> None:
    """Pin one of one's own statuses to the profile.

    Raises:
        NotFound: `account_id` may not see it, or there is none.
        Invalid: it can't be pinned, or enough are.
    """
    async with tx.transaction():
        _check_pin(await access.get_visible(tx, account_id, status_id), account_id)
        status = await access.get_own(tx, account_id, status_id)
        # One after the other, so that together they don't pin too many.
        await execute(tx, "select from accounts where id = %(id)s for no key update", {"id": account_id})
        added = await execute(
            tx,
            """
            insert into status_pins (account_id, status_id)
            select account_id, id from statuses where id = %(status)s on conflict do nothing
            """,
            {"status": status.id},
        )
        pinned: int = await fetch_value(
            tx, "select count(*) from status_pins where account_id = %(id)s", {"id": account_id}
        )
        if added and pinned > PINS:
            raise Invalid("You have already pinned the maximum number of posts")


def _check_pin(status: Status, account_id: int) -> None:
    if status.reblog_of_id is not None:
        raise Invalid("A boost cannot be pinned")
    if status.account_id != account_id:
        raise Invalid("Someone else's post cannot be pinned")
    if status.visibility == "direct":
        raise Invalid("Posts that are only visible to mentioned users cannot be pinned")


async def unpin(tx: Tx, account_id: int, status_id: int) -> None:
    """Take a status off the profile, if it is pinned there."""
    await execute(
        tx,
        "delete from status_pins where account_id = %(account)s and status_id = %(status)s",
        {"account": account_id, "status": status_id},
    )


async def mute_thread(tx: Tx, account_id: int, status_id: int) -> None:
    """Hear no more of the thread that a status belongs to.

    Raises:
        NotFound: `account_id` may not see the status, or there is none.
    """
    status = await access.get_original(tx, account_id, status_id)
    await execute(
        tx,
        """
        insert into thread_mutes (account_id, thread_id) values (%(account)s, %(thread)s)
        on conflict do nothing
        """,
        {"account": account_id, "thread": status.thread_id},
    )


async def unmute_thread(tx: Tx, account_id: int, status_id: int) -> None:
    """Hear of a thread again.

    Raises:
        NotFound: `account_id` may not see the status, or there is none.
    """
    status = await access.get_original(tx, account_id, status_id)
    await execute(
        tx,
        "delete from thread_mutes where account_id = %(account)s and thread_id = %(thread)s",
        {"account": account_id, "thread": status.thread_id},
    )
