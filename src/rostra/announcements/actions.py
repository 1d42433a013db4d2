"""What staff do with announcements, and members with those that are to be seen.

One that is to be seen tells open streams of every change; one whose time is over is withdrawn by itself.
"""

from rostra.announcements import queries
from rostra.announcements.model import (
    REACTIONS,
    Announcement,
    AnnouncementPublished,
    AnnouncementReacted,
    AnnouncementWithdrawn,
    Draft,
    is_emoji,
)
from rostra.core import events
from rostra.core.db import Tx
from rostra.core.errors import Invalid, NotFound
from rostra.core.settings import Settings
from rostra.core.text.entities import Link, find_entities
from rostra.emojis import queries as emojis
from rostra.statuses import content, local_urls


async def write(tx: Tx, settings: Settings, draft: Draft, *, publish: bool) -> int:
    """Keep an announcement, and show it at once or at its time; returns its id.

    Raises:
        Invalid: see `Draft.checked`.
    """
    draft = draft.checked()
    async with tx.transaction():
        announcement_id = await queries.insert(tx, draft, *await _rendered(tx, settings, draft.text))
        if publish:
            await _publish(tx, announcement_id)
    return announcement_id


async def edit(tx: Tx, settings: Settings, announcement_id: int, draft: Draft) -> None:
    """Change an announcement.

    Raises:
        Invalid: see `Draft.checked`.
        NotFound: there is none such.
    """
    draft = draft.checked()
    async with tx.transaction():
        found = await _get(tx, announcement_id)
        await queries.update(tx, announcement_id, draft, *await _rendered(tx, settings, draft.text))
        if found.published_at is not None:
            await events.record(tx, AnnouncementPublished(announcement_id))


async def publish(tx: Tx, announcement_id: int) -> None:
    """Show an announcement.

    Raises:
        NotFound: there is none such.
    """
    async with tx.transaction():
        await _get(tx, announcement_id)
        await _publish(tx, announcement_id)


async def withdraw(tx: Tx, announcement_id: int) -> None:
    """Show it no more, but keep it.

    Raises:
        NotFound: there is none such.
    """
    async with tx.transaction():
        await _get(tx, announcement_id)
        await _withdraw(tx, announcement_id)


async def delete(tx: Tx, announcement_id: int) -> None:
    """Delete it, with all reactions."""
    async with tx.transaction():
        if await queries.delete(tx, announcement_id):
            await events.record(tx, AnnouncementWithdrawn(announcement_id))


async def keep_time(tx: Tx) -> None:
    """Publish what is due, and withdraw what is over. To be scheduled."""
    async with tx.transaction():
        for announcement_id in await queries.due(tx):
            await _publish(tx, announcement_id)
        for announcement_id in await queries.over(tx):
            await _withdraw(tx, announcement_id)


async def dismiss(tx: Tx, account_id: int, announcement_id: int) -> None:
    """Remember that a member has read it.

    Raises:
        NotFound: there is none such to be seen.
    """
    await _get_active(tx, announcement_id)
    await queries.mark_read(tx, announcement_id, account_id)


async def react(tx: Tx, account_id: int, announcement_id: int, name: str) -> None:
    """React with the emoji `name`, or with the custom one of this shortcode; once more changes nothing.

    Raises:
        NotFound: there is none such to be seen.
        Invalid: it is no emoji, or there are as many kinds of reactions as there may be.
    """
    async with tx.transaction():
        await _get_active(tx, announcement_id, lock=True)  # so that the kinds can be counted
        custom_id = None if is_emoji(name) else await emojis.usable_id(tx, name)
        if custom_id is None and not is_emoji(name):
            raise Invalid("Name is not a recognized emoji")
        names = await queries.reaction_names(tx, announcement_id)
        if name not in names and len(names) >= REACTIONS:
            raise Invalid("Limit of different reactions reached")
        if await queries.add_reaction(tx, announcement_id, account_id, name, custom_id):
            await events.record(tx, AnnouncementReacted(announcement_id, name))


async def take_back(tx: Tx, account_id: int, announcement_id: int, name: str) -> None:
    """Take a reaction back.

    Raises:
        NotFound: there is none such.
    """
    async with tx.transaction():
        await _get_active(tx, announcement_id, lock=True)
        if not await queries.delete_reaction(tx, announcement_id, account_id, name):
            raise NotFound
        await events.record(tx, AnnouncementReacted(announcement_id, name))


async def _publish(tx: Tx, announcement_id: int) -> None:
    if await queries.mark_published(tx, announcement_id):
        await events.record(tx, AnnouncementPublished(announcement_id))


async def _withdraw(tx: Tx, announcement_id: int) -> None:
    if await queries.mark_withdrawn(tx, announcement_id):
        await events.record(tx, AnnouncementWithdrawn(announcement_id))


async def _get(tx: Tx, announcement_id: int) -> Announcement:
    found = await queries.get(tx, announcement_id, lock=True)
    if found is None:
        raise NotFound
    return found


async def _get_active(tx: Tx, announcement_id: int, *, lock: bool = False) -> Announcement:
    found = await queries.get_active(tx, announcement_id, lock=lock)
    if found is None:
        raise NotFound
    return found


async def _rendered(tx: Tx, settings: Settings, text: str) -> tuple[str, list[int], list[int], list[str]]:
    """`text` as HTML, whom it names, which of our statuses it links to, and its hashtags."""
    mentions = await content.find_mentioned(tx, settings, text)
    links = [entity.url for entity in find_entities(text) if isinstance(entity, Link)]
    linked = [local_urls.status_id(settings, url) for url in links]
    return (
        content.to_html(settings, text, mentions),
        sorted({row.id for row in mentions.values()}),
        [status_id for status_id in dict.fromkeys(linked) if status_id is not None],
        list(content.find_tags(text)),
    )
