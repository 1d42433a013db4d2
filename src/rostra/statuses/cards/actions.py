"""Giving statuses the cards of their links: noticing a link, fetching what it leads to, cleaning up.

However many statuses link to an address, one job has it, and fetches it once for all of them.
"""

import random
from datetime import timedelta

from rostra.core import clock, events, jobs
from rostra.core.blobs import BlobsDropped
from rostra.core.db import Tx
from rostra.core.http import HttpError, Unreachable
from rostra.core.services import Services
from rostra.core.settings import Settings
from rostra.core.text import parse_handle
from rostra.statuses.cards import crawling, queries
from rostra.statuses.cards.crawling import Fetched
from rostra.statuses.cards.model import Card, CardDue, Found, link_of, normalised

REFETCH = timedelta(days=14)
AFTER_FAILURE = timedelta(days=1)
"""How soon an address where nobody was at home is tried again, when somebody links to it then."""
PAUSES = (60, 600, 3600)
"""Seconds between tries, while nobody is at home."""
SPREAD = 60
"""Seconds over which servers that get a status at the same time spread their visits to its link."""
UNUSED_KEPT = timedelta(days=2)
TOLD = 200
"""Most statuses that open streams show anew at once: the newest."""


async def notice(tx: Tx, settings: Settings, status_id: int) -> bool:
    """See what a status links to, now that it has new content; returns whether it shows another card.

    What has to be fetched is, by the event `CardDue`. In a transaction.
    """
    status = await queries.lock_status(tx, status_id)
    if status is None:
        return False
    url = link_of(status.content, frozenset({settings.local_domain.lower()}))
    before = await queries.of_statuses(tx, [status_id])
    if url is None:
        changed = await queries.unlink(tx, status_id)
    else:
        card_id = await queries.lock_card(tx, normalised(url))
        changed = await queries.link(tx, status_id, card_id, url)
        if await queries.claim(tx, card_id):
            await _queue(tx, card_id, at_once=status.local)
    if not changed or before == await queries.of_statuses(tx, [status_id]):
        return False
    await queries.show(tx, status_id)
    return True


async def _queue(tx: Tx, card_id: int, *, at_once: bool) -> None:
    if at_once:
        await events.record(tx, CardDue(card_id))
    else:
        wait = timedelta(seconds=random.uniform(0, SPREAD))  # noqa: S311 (nobody gains by guessing it)
        await jobs.enqueue_at(tx, clock.now() + wait, CardDue(card_id))


async def fetch(services: Services, event: CardDue) -> list[int]:
    """Fetch what a card shows; returns the newest statuses that show something else now.

    Raises:
        TryAgain: nobody was at home.
    """
    async with services.db.connection() as tx:
        queued = await queries.queued(tx, event.card_id)
    if queued is None:
        return []
    if queued.new_image_key:  # of one who died while writing it
        await services.blobs.delete([queued.new_image_key])
    try:
        fetched = await crawling.fetch(services, queued.url)
    except Unreachable as error:
        await _put_off(services, event.card_id, str(error))
        return []
    except HttpError:
        fetched = Fetched(url=queued.url)
    changed = await _keep(services, event.card_id, fetched)
    ids = await _show(services, event.card_id) if changed or queued.unshown else []
    async with services.db.connection() as tx:
        await queries.finish(tx, event.card_id, clock.now() + REFETCH * random.uniform(0.9, 1.1))  # noqa: S311
    return ids


async def delete_unused(services: Services) -> None:
    """Delete cards that no status has any more. To be scheduled."""
    async with services.db.transaction() as tx:
        keys = await queries.delete_unused(tx, UNUSED_KEPT)
        if keys:
            await events.record(tx, BlobsDropped(tuple(keys)))


async def _put_off(services: Services, card_id: int, why: str) -> None:
    """Remember that nobody was at home: an old card stays, and after some tries it is left alone.

    Raises:
        TryAgain: the next try.
    """
    async with services.db.transaction() as tx:
        failures = await queries.count_failure(tx, card_id)
        if not 0 < failures <= len(PAUSES):
            await queries.finish(tx, card_id, clock.now() + AFTER_FAILURE)
            return
    pause = PAUSES[failures - 1] * random.uniform(0.8, 1.2)  # noqa: S311
    raise jobs.TryAgain(why, after=pause)


async def _keep(services: Services, card_id: int, fetched: Fetched) -> bool:
    """Write what was found; returns whether that is new. A picture that is the same stays as it is."""
    picture = None
    if fetched.picture is not None:
        picture = crawling.named(fetched.picture)
        async with services.db.connection() as tx:
            await queries.name_new_image(tx, card_id, picture.key)
        main = fetched.picture.main
        await services.blobs.put(picture.key, main.data, main.content_type)
    found = fetched.found
    async with services.db.transaction() as tx:
        author_id = await _author(tx, services.settings, found, fetched.url) if found else None
        before = await queries.current(tx, card_id)
        same = _is_same(before, found, author_id, picture)
        if same:
            await queries.name_new_image(tx, card_id, None)
            dropped = picture.key if picture else None
        else:
            await queries.write(tx, card_id, found, author_id, picture)
            dropped = before.image_key if before else None
        if dropped:
            await events.record(tx, BlobsDropped((dropped,)))
    return not same


def _is_same(
    before: Card | None, found: Found | None, author_id: int | None, picture: queries.Picture | None
) -> bool:
    """Whether a card shows already what was found."""
    if before is None or found is None:
        return before is None and found is None
    shown = {name: getattr(before, name, None) for name in Found.__struct_fields__}
    told = {name: getattr(found, name) for name in Found.__struct_fields__}
    for neither in ("creator", "image_url"):
        del shown[neither], told[neither]
    image = (before.image_width, before.image_height, before.blurhash) if before.image_key else None
    seen = (picture.width, picture.height, picture.blurhash) if picture else None
    return (shown, before.author_account_id, image) == (told, author_id, seen)


async def _author(tx: Tx, settings: Settings, found: Found, url: str) -> int | None:
    """The account that a page names as its author, if that account agrees."""
    handle = parse_handle(found.creator or "")
    if handle is None or handle.domain is None:
        return None
    ours = handle.domain == settings.local_domain.lower()
    return await queries.find_author(
        tx, handle.username, None if ours else handle.domain, crawling.host_of(url)
    )


async def _show(services: Services, card_id: int) -> list[int]:
    """Let all statuses with a card show what it says now; returns the newest of them."""
    newest, after = list[int](), 0
    while True:
        async with services.db.connection() as tx:
            ids = await queries.show_everywhere(tx, card_id, after)
        newest = [*newest, *ids][-TOLD:]
        if len(ids) < queries.BATCH:
            return newest
        after = ids[-1]
