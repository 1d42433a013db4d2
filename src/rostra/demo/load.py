"""Fills an empty network with the demo content: people, what they wrote, and what others did with it."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog

from rostra.accounts import actions as accounts
from rostra.accounts import profile
from rostra.accounts.model import Field
from rostra.accounts.profile import Defaults, Profile
from rostra.accounts.relations import actions as relations
from rostra.accounts.relations.model import FollowOptions
from rostra.core import clock, events
from rostra.core.db import Tx
from rostra.core.ids import new_id
from rostra.core.secrets import new_token
from rostra.core.services import Services
from rostra.core.text import clean
from rostra.demo import content, pictures, queries
from rostra.demo.content import Person, Written
from rostra.media import actions as media
from rostra.media.actions import Changes
from rostra.statuses import actions as statuses
from rostra.statuses import interactions, polls
from rostra.statuses import queries as status_queries
from rostra.statuses.actions import uri_of
from rostra.statuses.model import POLL_LONGEST, Draft, PollDraft, Status, StatusPublished

PAINTERS = 2
"""Pictures that are drawn at the same time."""
BOOST_AFTER = timedelta(minutes=38)
"""Time from a status to its first boost, and from each boost to the next."""

log = structlog.get_logger()


async def load(services: Services) -> None:
    """Fill the network, if nobody wrote anything yet; otherwise do nothing.

    What was written comes in one transaction at the end, so a start that was cut short is made good by
    the next one: the accounts that it left are taken as they are.

    Raises:
        Invalid: somebody else has one of the names.
    """
    async with services.db.connection() as tx:
        if await queries.has_statuses(tx):
            log.info("demo.skipped", reason="the network is not empty")
            return
        everybody = content.people()
        ids = {person.name: await _join(tx, services, person) for person in everybody}
        for person in everybody:
            for name in person.follows:
                await relations.follow(tx, ids[person.name], ids[name], FollowOptions())
    written = content.statuses(clock.now())
    attached = await _draw_everything(services, ids, written)
    async with services.db.transaction() as tx:
        status_ids: dict[str, int] = {}
        for at, status in written:
            draft = _draft(at, status, status_ids, attached.get(status.key, ()))
            published = await statuses.publish_status(tx, services.settings, ids[status.by], draft)
            status_ids[status.key] = published.id
            await _react(tx, services, ids, published, status)
    log.info("demo.loaded", people=len(ids), statuses=len(written))


async def _join(tx: Tx, services: Services, person: Person) -> int:
    """The account of `person`, made if need be. Nobody knows its password."""
    email = f"{person.name}@demo.invalid"
    account_id = await queries.account_of(tx, email)
    if account_id is None:
        new = accounts.NewAccount(
            username=person.name,
            email=email,
            password=new_token(),
            display_name=person.display_name,
            locale=person.locale,
            confirmed=True,
        )
        account_id = await accounts.create_account(tx, services.settings, new)
    await queries.set_joined(tx, account_id, clock.now() - timedelta(days=person.joined_days_ago))
    about = Profile(
        note=clean(person.note),
        fields=[Field(name=field.name, value=field.value) for field in person.fields],
    )
    await profile.update_profile(tx, account_id, about, Defaults(language=person.locale))
    return account_id


async def _draw_everything(
    services: Services, ids: Mapping[str, int], written: list[tuple[datetime, Written]]
) -> dict[str, tuple[int, ...]]:
    """Avatars, headers and attachments; returns the attachments' ids for each status's key."""
    painters = asyncio.Semaphore(PAINTERS)
    attached: dict[str, tuple[int, ...]] = {}

    async def dress(person: Person) -> None:
        async with painters:
            avatar = await asyncio.to_thread(pictures.draw_avatar, person.avatar or person.name)
            header = await asyncio.to_thread(pictures.draw_header, person.header)
            avatar_key = await media.store_avatar(services, avatar)
            header_key = await media.store_header(services, header)
        look = Profile(avatar_key=avatar_key, header_key=header_key)
        async with services.db.connection() as tx:
            await profile.update_profile(tx, ids[person.name], look)

    async def attach(status: Written) -> None:
        async with painters:
            uploads: list[int] = []
            for picture in status.pictures:
                drawn = await asyncio.to_thread(pictures.draw, picture.picture)
                upload = await media.upload(services, ids[status.by], drawn, Changes(description=picture.alt))
                uploads.append(upload.id)
            attached[status.key] = tuple(uploads)

    async with asyncio.TaskGroup() as tasks:
        for person in content.people():
            tasks.create_task(dress(person))
        for _, status in written:
            if status.pictures:
                tasks.create_task(attach(status))
    return attached


def _draft(at: datetime, status: Written, status_ids: Mapping[str, int], media_ids: tuple[int, ...]) -> Draft:
    # Open until all have voted, since nobody can vote later: `_react` gives the poll its real end.
    poll = status.poll and PollDraft(options=status.poll.options, expires_in=POLL_LONGEST)
    return Draft(
        text=clean(status.text),
        spoiler_text=status.warning,
        sensitive=bool(status.warning),
        visibility=status.visibility,
        language=status.lang,
        in_reply_to_id=status_ids[status.reply_to] if status.reply_to else None,
        media_ids=media_ids,
        poll=poll,
        created_at=at,
    )


async def _react(
    tx: Tx, services: Services, ids: Mapping[str, int], published: Status, status: Written
) -> None:
    """What others did with a status: favourites, boosts, votes; and what its author pinned."""
    for name in status.favourites:
        await interactions.favourite(tx, ids[name], published.id)
    for number, name in enumerate(status.boosts):
        at = min(published.created_at + BOOST_AFTER * (number + 1), clock.now())
        await _boost(tx, services, ids[name], published.id, at)
    if status.poll:
        poll = (await polls.of_statuses(tx, None, [published.id]))[published.id]
        for name, choices in status.poll.votes.items():
            await polls.vote(tx, ids[name], poll.id, choices)
        await queries.set_poll_end(tx, poll.id, published.created_at + timedelta(hours=status.poll.hours))
    if status.pinned:
        await interactions.pin(tx, ids[status.by], published.id)


async def _boost(tx: Tx, services: Services, account_id: int, status_id: int, at: datetime) -> None:
    """A boost in the past, for which there is no use case."""
    boost_id = new_id(at)
    uri = uri_of(services.settings, account_id, boost_id)
    if await status_queries.insert_boost(tx, account_id, uri, boost_id, status_id, "public", at):
        await status_queries.count(tx, status_id, reblogs=1)
        await status_queries.count_author(tx, account_id, at)
        await events.record(tx, StatusPublished(status_id=boost_id))
