"""Use cases of hashtags: follow and feature. Each may be repeated, and is one transaction."""

from rostra.accounts import queries as account_queries
from rostra.core import events
from rostra.core.db import Tx
from rostra.core.errors import Invalid, NotFound
from rostra.core.text import find_hashtags, normalize_hashtag
from rostra.statuses.tags import queries
from rostra.statuses.tags.model import (
    FEATURED,
    FOLLOWED,
    FeaturedTag,
    Tag,
    TagFollowed,
    TagUnfollowed,
)


async def find(tx: Tx, name: str) -> Tag:
    """The hashtag with a name as people write it, or with an id; one that nobody used yet has the id 0.

    Raises:
        NotFound: that can't be a hashtag.
    """
    found = await _look_up(tx, name)
    return found or Tag(id=0, name=normalize_hashtag(name), display_name=name)


async def follow(tx: Tx, account_id: int, name: str) -> Tag:
    """Follow a hashtag.

    Raises:
        Invalid: the member follows too many.
        NotFound: that can't be a hashtag.
    """
    async with tx.transaction():
        await account_queries.lock_account(tx, account_id)
        tag = await find_or_add(tx, name)
        if await queries.insert_follow(tx, account_id, tag.id):
            if await queries.count_followed(tx, account_id) > FOLLOWED:
                raise Invalid(f"You cannot follow more than {FOLLOWED} hashtags")
            await events.record(tx, TagFollowed(account_id=account_id, tag_id=tag.id))
    return tag


async def unfollow(tx: Tx, account_id: int, name: str) -> Tag:
    """No longer follow a hashtag.

    Raises:
        NotFound: that can't be a hashtag.
    """
    async with tx.transaction():
        tag = await find(tx, name)
        if await queries.delete_follow(tx, account_id, tag.id):
            await events.record(tx, TagUnfollowed(account_id=account_id, tag_id=tag.id))
    return tag


async def feature(tx: Tx, account_id: int, name: str) -> FeaturedTag:
    """Show a hashtag on the member's profile.

    Raises:
        Invalid: the member features too many.
        NotFound: that can't be a hashtag.
    """
    async with tx.transaction():
        await account_queries.lock_account(tx, account_id)
        tag = await find_or_add(tx, name)
        featured = await queries.featured_by_tag(tx, account_id, tag.id)
        if featured is not None:
            return featured
        if await queries.count_featured(tx, account_id) >= FEATURED:
            raise Invalid("You have already featured the maximum number of hashtags")
        await queries.insert_featured(tx, account_id, tag.id, tag.display_name if name.isdecimal() else name)
        await queries.count_uses(tx, account_id)
        featured = await queries.featured_by_tag(tx, account_id, tag.id)
    assert featured is not None
    return featured


async def unfeature(tx: Tx, account_id: int, name: str) -> Tag:
    """No longer show a hashtag on the member's profile.

    Raises:
        NotFound: that can't be a hashtag.
    """
    tag = await find(tx, name)
    await queries.delete_featured(tx, account_id, tag.id)
    return tag


async def remove_featured(tx: Tx, account_id: int, featured_id: int) -> None:
    """The same, by the id under which it is featured.

    Raises:
        NotFound: it is somebody else's, or there is none.
    """
    featured = await queries.featured_one(tx, account_id, featured_id)
    if featured is None:
        raise NotFound()
    await queries.delete_featured(tx, account_id, featured.tag_id)


async def recount(tx: Tx, status_id: int) -> None:
    """A status came or changed: its author's featured hashtags may be used more, or less."""
    author_id = await queries.author_with_featured(tx, status_id)
    if author_id is not None:
        await queries.count_uses(tx, author_id)


async def _look_up(tx: Tx, name: str) -> Tag | None:
    if name.isascii() and name.isdecimal():  # no hashtag has digits alone
        found = await queries.by_id(tx, int(name)) if len(name) < 19 else None
        if found is None:
            raise NotFound()
        return found
    if find_hashtags(f"#{name}") != [name]:
        raise NotFound()
    return await queries.by_name(tx, normalize_hashtag(name))


async def find_or_add(tx: Tx, name: str) -> Tag:
    """The hashtag `name`, made if nobody has used it yet.

    Raises:
        NotFound: it can't be one.
    """
    tag = await _look_up(tx, name)
    if tag is None:
        normalized = normalize_hashtag(name)
        await queries.insert(tx, normalized, name)
        tag = await queries.by_name(tx, normalized)
    assert tag is not None
    return tag
