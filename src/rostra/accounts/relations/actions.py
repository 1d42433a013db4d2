"""Use cases of follows, blocks and mutes: each is one transaction and records at most one event.

All of them may be repeated: what holds already is left as it is, and nothing is recorded. What
follows (feeds, notifications) is in reactions.py.
"""

import contextlib
from datetime import timedelta

from rostra.accounts import access
from rostra.accounts import queries as account_queries
from rostra.accounts.model import Account
from rostra.accounts.relations import queries
from rostra.accounts.relations.model import (
    FOLLOWING_PER_FOLLOWER,
    MAX_FOLLOWING,
    Blocked,
    FollowAccepted,
    FollowChanged,
    Followed,
    FollowerRemoved,
    FollowOptions,
    FollowRejected,
    FollowRequested,
    FollowRequestWithdrawn,
    Muted,
    Unblocked,
    Unfollowed,
    Unmuted,
)
from rostra.core import clock, events
from rostra.core.db import Tx
from rostra.core.errors import Forbidden, Invalid, NotFound

LONGEST_MUTE = timedelta(days=3660)
BATCH = 200


async def follow(tx: Tx, account_id: int, target_id: int, options: FollowOptions) -> None:
    """Follow `target_id`, or ask to when they decide by hand; of a follow that is there, change the options.

    Raises:
        Forbidden: one of the two blocks the other, or the target has moved away.
        Invalid: the account follows too many already.
        NotFound: the target doesn't exist for others, or is the account itself.
    """
    if account_id == target_id:
        raise NotFound()  # Mastodon's answer, too
    async with tx.transaction():
        accounts = await queries.lock(tx, account_id, target_id)
        target = await access.get_present(tx, target_id)
        if target.moved_to_id is not None or await queries.is_blocked_between(tx, account_id, target_id):
            raise Forbidden()
        if await queries.update_follow(tx, account_id, target_id, options):
            await events.record(tx, FollowChanged(account_id=account_id, target_id=target_id))
            return
        follower = accounts[account_id]
        _check_number(follower)
        if target.locked or target.domain is not None or follower.limited_at is not None:
            if await queries.insert_request(tx, account_id, target_id, options):
                await events.record(tx, FollowRequested(account_id=account_id, target_id=target_id))
            else:
                await queries.update_request(tx, account_id, target_id, options)
            return
        await queries.delete_request(tx, account_id, target_id)
        await queries.insert_follow(tx, account_id, target_id, options)
        await events.record(tx, Followed(account_id=account_id, target_id=target_id))


def _check_number(follower: Account) -> None:
    most = max(MAX_FOLLOWING, int(follower.followers_count * FOLLOWING_PER_FOLLOWER))
    if follower.following_count >= most:
        raise Invalid(f"You cannot follow more than {most} people")


async def unfollow(tx: Tx, account_id: int, target_id: int) -> None:
    """Stop following `target_id`, or asking to."""
    async with tx.transaction():
        await queries.lock(tx, account_id, target_id)
        if await queries.delete_follow(tx, account_id, target_id):
            await events.record(tx, Unfollowed(account_id=account_id, target_id=target_id))
        elif await queries.delete_request(tx, account_id, target_id):
            await events.record(tx, FollowRequestWithdrawn(account_id=account_id, target_id=target_id))


async def remove_follower(tx: Tx, account_id: int, follower_id: int) -> None:
    """End the follow of `follower_id`, who follows `account_id`."""
    async with tx.transaction():
        await queries.lock(tx, account_id, follower_id)
        if await queries.delete_follow(tx, follower_id, account_id):
            await events.record(tx, FollowerRemoved(account_id=follower_id, target_id=account_id))


async def accept_request(tx: Tx, account_id: int, follower_id: int) -> None:
    """Let `follower_id`, who asks to, follow `account_id`.

    Raises:
        NotFound: they don't ask (any more).
    """
    async with tx.transaction():
        await queries.lock(tx, account_id, follower_id)
        if not await queries.accept_request(tx, follower_id, account_id):
            raise NotFound()
        await events.record(tx, FollowAccepted(account_id=follower_id, target_id=account_id))


async def accept_all_if_open(tx: Tx, account_id: int) -> None:
    """Let in everybody who still asks to follow an account that no longer decides by hand.

    Each request is a transaction of its own: there may be thousands. Nothing happens to a locked account.
    """
    while True:
        waiting = await queries.requesters(tx, account_id, BATCH)
        if not waiting or any(account.locked for account in await account_queries.by_ids(tx, [account_id])):
            return
        for follower_id in waiting:
            with contextlib.suppress(NotFound):  # withdrawn in this very moment
                await accept_request(tx, account_id, follower_id)


async def reject_request(tx: Tx, account_id: int, follower_id: int) -> None:
    """Don't let `follower_id`, who asks to, follow `account_id`.

    Raises:
        NotFound: they don't ask (any more).
    """
    async with tx.transaction():
        await queries.lock(tx, account_id, follower_id)
        if not await queries.delete_request(tx, follower_id, account_id):
            raise NotFound()
        await events.record(tx, FollowRejected(account_id=follower_id, target_id=account_id))


async def block(tx: Tx, account_id: int, target_id: int) -> None:
    """Block `target_id`: follows and requests end, in both directions.

    Oneself: nothing happens, as in Mastodon.
    """
    if account_id == target_id:
        return
    async with tx.transaction():
        await queries.lock(tx, account_id, target_id)
        for one, other in ((account_id, target_id), (target_id, account_id)):
            await queries.delete_follow(tx, one, other)
            await queries.delete_request(tx, one, other)
        if await queries.insert_block(tx, account_id, target_id):
            await events.record(tx, Blocked(account_id=account_id, target_id=target_id))


async def unblock(tx: Tx, account_id: int, target_id: int) -> None:
    """No longer block `target_id`."""
    async with tx.transaction():
        await queries.lock(tx, account_id, target_id)
        if await queries.delete_block(tx, account_id, target_id):
            await events.record(tx, Unblocked(account_id=account_id, target_id=target_id))


async def mute(
    tx: Tx, account_id: int, target_id: int, hide_notifications: bool, duration: timedelta | None
) -> None:
    """Mute `target_id`, with or without notifications from them, for `duration` (None: until unmuted).

    Oneself: nothing happens, as in Mastodon.
    """
    if account_id == target_id:
        return
    expires_at = clock.now() + min(duration, LONGEST_MUTE) if duration else None
    async with tx.transaction():
        await queries.upsert_mute(tx, account_id, target_id, hide_notifications, expires_at)
        await events.record(tx, Muted(account_id=account_id, target_id=target_id))


async def unmute(tx: Tx, account_id: int, target_id: int) -> None:
    """No longer mute `target_id`."""
    async with tx.transaction():
        if await queries.delete_mute(tx, account_id, target_id):
            await events.record(tx, Unmuted(account_id=account_id, target_id=target_id))
