"""Publishing and deleting statuses: each use case is one transaction and records one event.

What follows is in reactions.py. Edits are in editing.py, boosts, favourites and the like in interactions.py.
"""

import msgspec

from rostra.core import clock, events
from rostra.core.db import Tx
from rostra.core.errors import Invalid
from rostra.core.ids import new_id
from rostra.core.settings import Settings
from rostra.statuses import access, attached, content, polls, queries, quotes
from rostra.statuses.model import Draft, ReplyHeld, Status, StatusDeleted, StatusPublished


async def publish_status(tx: Tx, settings: Settings, author_id: int, draft: Draft) -> Status:
    """Publish `draft` as `author_id`. Feeds, notifications and delivery follow in reactions.py.

    A retry with the same idempotency key returns the status that the first call made.

    Raises:
        Invalid: the draft can't be published.
        NotFound: it replies to something that its author may not see, or quotes what they may not quote.
        Forbidden: it replies to somebody whom its author blocks.
    """
    draft.check(settings.status_characters, quotes=draft.quoted_status_id is not None)
    async with tx.transaction():
        if draft.idempotency_key:
            earlier = await queries.claim_idempotency_key(tx, author_id, draft.idempotency_key)
            if earlier.status_id is not None:
                return await access.get_own(tx, author_id, earlier.status_id)
        parent, quoted = await referred(tx, author_id, draft)
        if quoted is not None and quoted.visibility == "private" and draft.visibility != "direct":
            draft = msgspec.structs.replace(draft, visibility="private")
        held = parent is not None and await access.permission(tx, author_id, parent, "reply") == "manual"
        status = await _insert(tx, settings, author_id, draft, parent, quoted, held=held)
        if draft.idempotency_key:
            await queries.keep_idempotency_key(tx, author_id, draft.idempotency_key, status.id)
        if parent is not None and held:
            await queries.ask_leave(
                tx, account_id=parent.account_id, from_id=author_id, status_id=parent.id, reply_id=status.id
            )
        await events.record(
            tx, ReplyHeld(status_id=status.id) if held else StatusPublished(status_id=status.id)
        )
    return status


async def referred(tx: Tx, author_id: int, draft: Draft) -> tuple[Status | None, Status | None]:
    """What `draft` answers and what it quotes; both stay until the transaction ends.

    Raises:
        NotFound, Forbidden: see `publish_status`.
    """
    parent = quoted = None
    # In the order of their ids, as a deletion locks them.
    if draft.quoted_status_id is not None and draft.quoted_status_id < (draft.in_reply_to_id or 0):
        quoted = await quotes.get_quotable(tx, author_id, draft.quoted_status_id)
    if draft.in_reply_to_id is not None:
        parent = await access.get_open_to(tx, author_id, draft.in_reply_to_id, "reply")
    if draft.quoted_status_id is not None and quoted is None:
        quoted = await quotes.get_quotable(tx, author_id, draft.quoted_status_id)
    return parent, quoted


async def _insert(
    tx: Tx,
    settings: Settings,
    author_id: int,
    draft: Draft,
    parent: Status | None,
    quoted: Status | None,
    *,
    held: bool,
) -> Status:
    at = draft.created_at or clock.now()
    status_id = new_id(draft.created_at)
    mentions = await content.find_mentioned(tx, settings, draft.text, draft.content_type)
    if quoted is not None and draft.visibility == "direct":
        _check_addressed(author_id, quoted, {mentioned.id for mentioned in mentions.values()})
    status = await queries.insert(
        tx,
        status_id,
        author_id,
        draft,
        uri=uri_of(settings, author_id, status_id),
        content=content.to_html(settings, draft.text, mentions, draft.content_type),
        parent=parent,
        quoted=quoted,
        held=held,
        at=at,
    )
    if mentions:
        await content.set_mentions(tx, status_id, mentions.values())
    if tags := content.find_tags(draft.text, draft.content_type):
        await content.set_tags(tx, status_id, tags)
    if draft.media_ids:
        await attached.attach(tx, status_id, author_id, draft.media_ids)
    if draft.poll is not None:
        await polls.insert(tx, status_id, draft.poll, at)
    await _count(tx, status, parent, quoted)
    return status


async def _count(tx: Tx, status: Status, parent: Status | None, quoted: Status | None) -> None:
    if quoted is not None:
        if quoted.account_id != status.account_id:
            await content.let_see(tx, status.id, quoted.account_id)
        await queries.count(tx, quoted.id, quotes=1)
    if parent is not None and status.is_listed and not status.held:
        await queries.count(tx, parent.id, replies=1)
    if status.visibility != "direct":
        await queries.count_author(tx, status.account_id, status.created_at)


def _check_addressed(author_id: int, quoted: Status, addressed: set[int]) -> None:
    """Who is quoted in a message is one of those whom it goes to: nobody is talked about unseen."""
    if quoted.account_id not in {author_id, *addressed}:
        raise Invalid("Cannot quote a non-mentioned user in a Private Mention post.")


async def delete_status(tx: Tx, account_id: int, status_id: int, *, delete_media: bool = False) -> None:
    """Delete a status, or a boost, of `account_id` with its boosts; replies to it stay.

    Its media can be attached to a new status for a day, for those who redraft, unless `delete_media`.

    Raises:
        NotFound: it is somebody else's, or there is none.
    """
    async with tx.transaction():
        await queries.lock_with_relatives(tx, account_id, status_id)
        status = await access.get_own(tx, account_id, status_id)
        deleted = StatusDeleted(
            status_id=status.id,
            account_id=account_id,
            visibility=status.visibility,
            reblog_of_id=status.reblog_of_id,
            boost_ids=await queries.boosts_of(tx, status.id),
            tags=await content.tag_names(tx, status.id),
            recipient_ids=await content.mentioned_ids(tx, status.id),
            blob_keys=await attached.detach(tx, status.id, delete=delete_media),
        )
        if status.reblog_of_id is not None:
            await queries.count(tx, status.reblog_of_id, reblogs=-1)
        elif status.in_reply_to_id is not None and status.is_listed and not status.held:
            await queries.count(tx, status.in_reply_to_id, replies=-1)
        if status.quoted_status_id is not None and status.quote_state == "accepted":
            await queries.count(tx, status.quoted_status_id, quotes=-1)
        await queries.uncount_authors(tx, status.id)
        await queries.delete(tx, status.id)
        await events.record(tx, deleted)


def uri_of(settings: Settings, account_id: int, status_id: int) -> str:
    """What names one of our statuses to other servers."""
    return settings.url(f"/ap/users/{account_id}/statuses/{status_id}")
