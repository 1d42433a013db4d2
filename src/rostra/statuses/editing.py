"""Editing a status: it replaces what the status says, and keeps what it said before."""

import msgspec

from rostra.core import clock, events
from rostra.core.db import Tx
from rostra.core.errors import NotFound
from rostra.core.settings import Settings
from rostra.statuses import access, attached, content, history, polls, queries, quotes
from rostra.statuses.model import Edit, Status, StatusEdited


async def edit_status(tx: Tx, settings: Settings, author_id: int, status_id: int, edit: Edit) -> Status:
    """Replace what a status of `author_id` says by `edit`. An edit that changes nothing is none.

    The first edit also keeps the first version (https://docs.joinmastodon.org/methods/statuses/#edit).

    Raises:
        Invalid: the new content can't be published.
        NotFound: it is somebody else's, a boost, or there is none.
    """
    async with tx.transaction():
        status = await access.get_own(tx, author_id, status_id)
        if status.reblog_of_id is not None:
            raise NotFound()
        edit.check(settings.status_characters, quotes=status.quoted_status_id is not None)
        if edit.quote_policy is not None:
            await quotes.change_policy(tx, status, edit.quote_policy)
        edit = msgspec.structs.replace(edit, language=edit.language or status.language)
        before = await history.current(tx, status)
        if not await _replace_attached(tx, status, edit) and not _says_something_new(status, edit):
            return status
        edited = await _replace_text(tx, settings, status, edit)
        after = await history.current(tx, edited)
        known = await history.has_versions(tx, status.id)
        await history.keep(tx, status, [after] if known else [before, after])
        await events.record(tx, StatusEdited(status_id=status.id))
    return edited


def _says_something_new(status: Status, edit: Edit) -> bool:
    if edit.content_type not in (None, status.content_type):
        return True
    return (status.text, status.spoiler_text, status.sensitive, status.language) != (
        edit.text,
        edit.spoiler_text,
        edit.sensitive,
        edit.language,
    )


async def _replace_attached(tx: Tx, status: Status, edit: Edit) -> bool:
    media_changed = await attached.replace(
        tx, status.id, status.account_id, edit.media_ids, edit.media_changes
    )
    poll_changed = await polls.replace(tx, status.id, edit.poll, clock.now())
    return media_changed or poll_changed


async def _replace_text(tx: Tx, settings: Settings, status: Status, edit: Edit) -> Status:
    kind = edit.content_type or status.content_type
    mentions = await content.find_mentioned(tx, settings, edit.text, kind)
    await content.set_mentions(tx, status.id, mentions.values())
    if status.quoted_status_id is not None and status.quote_state == "accepted":
        await quotes.keep_seen(tx, status)
    await content.set_tags(tx, status.id, content.find_tags(edit.text, kind))
    html = content.to_html(settings, edit.text, mentions, kind)
    has_poll = edit.poll is not None
    return await queries.update_content(tx, status.id, edit, kind, html, clock.now(), has_poll=has_poll)
