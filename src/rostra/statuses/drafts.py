"""Drafts: what a member writes and has not published, the same on all their devices.

A draft may be unfinished: only its size is checked. Each change raises its version, and who changes
an older version than there is learns that instead of overwriting what another device wrote.
"""

from datetime import datetime

import msgspec

from rostra.core import clock
from rostra.core.db import Row, Tx, execute, fetch_all, fetch_one, fetch_value
from rostra.core.errors import Conflict, Invalid, NotFound
from rostra.core.ids import new_id
from rostra.core.paging import Bounds
from rostra.core.settings import Settings
from rostra.statuses import holds, queries
from rostra.statuses.model import DRAFT_OPTION, DRAFT_OPTIONS, DRAFTS, Draft

_COLUMNS = "id, account_id, version, draft::text as draft, scheduled_at, error, created_at, updated_at"


class Saved(Row, frozen=True):
    """A row of `drafts`."""

    id: int
    account_id: int
    version: int
    draft: str
    scheduled_at: datetime | None
    error: str | None
    created_at: datetime
    updated_at: datetime

    def read(self) -> Draft:
        """What it says."""
        return msgspec.json.decode(self.draft, type=Draft)


async def create(
    tx: Tx, settings: Settings, author_id: int, draft: Draft, scheduled_at: datetime | None
) -> Saved:
    """Keep a draft. A retry with the same idempotency key returns what the first call kept.

    Raises:
        Invalid: it is too large, its uploads can't be attached, or there are enough already.
    """
    _check(settings, draft)
    async with tx.transaction():
        await queries.lock_for(tx, "drafts", author_id)
        if draft.idempotency_key:
            earlier = await fetch_one(
                tx,
                Saved,
                f"select {_COLUMNS} from drafts where account_id = %(account)s and idempotency_key = %(key)s",
                {"account": author_id, "key": draft.idempotency_key},
            )
            if earlier is not None:
                return earlier
        count: int = await fetch_value(
            tx, "select count(*) from drafts where account_id = %(id)s", {"id": author_id}
        )
        if count >= DRAFTS:
            raise Invalid(f"You have exceeded the limit of {DRAFTS} drafts")
        saved = await _insert(tx, author_id, draft, scheduled_at, None)
        await holds.hold_for_draft(tx, saved.id, author_id, draft.media_ids)
    return saved


async def change(
    tx: Tx,
    settings: Settings,
    author_id: int,
    draft_id: int,
    version: int,
    draft: Draft,
    scheduled_at: datetime | None,
) -> Saved:
    """Replace what a draft says, if it still is at `version`.

    Raises:
        Conflict: it was changed elsewhere since.
        Invalid: it is too large, or its uploads can't be attached.
        NotFound: it is somebody else's, or there is none.
    """
    _check(settings, draft)
    async with tx.transaction():
        before = await get(tx, author_id, draft_id, version)
        saved = await fetch_one(
            tx,
            Saved,
            f"""
            update drafts set draft = %(draft)s::jsonb, scheduled_at = %(scheduled_at)s, error = null,
                              version = version + 1, updated_at = %(now)s
            where id = %(id)s returning {_COLUMNS}
            """,
            {
                "id": draft_id,
                "draft": _encode(draft),
                "scheduled_at": scheduled_at,
                "now": clock.now(),
            },
        )
        assert saved is not None
        if before.read().media_ids != draft.media_ids:
            await holds.hold_for_draft(tx, draft_id, author_id, draft.media_ids)
    return saved


async def delete(tx: Tx, author_id: int, draft_id: int, version: int | None = None) -> Saved:
    """Take a draft away; its uploads can be attached for another day. Returns what it was.

    Raises:
        Conflict: `version` is given, and it was changed elsewhere since.
        NotFound: it is somebody else's, or there is none.
    """
    async with tx.transaction():
        saved = await get(tx, author_id, draft_id, version)
        await holds.let_go_of_draft(tx, draft_id)
        await execute(tx, "delete from drafts where id = %(id)s", {"id": draft_id})
    return saved


async def keep_failed(tx: Tx, author_id: int, draft: Draft, at: datetime, error: str) -> int:
    """Make a draft of what could not be published at its time; returns its id. It counts for no limit."""
    media = await holds.media(tx, author_id, draft.media_ids)
    kept = tuple(media_id for media_id in draft.media_ids if media_id in media)
    kept = tuple(media_id for media_id in kept if media[media_id].status_id is None)
    draft = msgspec.structs.replace(draft, media_ids=kept)
    saved = await _insert(tx, author_id, draft, at, error)
    await holds.hold_for_draft(tx, saved.id, author_id, kept)
    return saved.id


async def get(tx: Tx, author_id: int, draft_id: int, version: int | None = None) -> Saved:
    """A draft of `author_id`; in a transaction it stays as it is.

    Raises:
        Conflict: `version` is given, and it was changed elsewhere since.
        NotFound: it is somebody else's, or there is none.
    """
    saved = await fetch_one(
        tx,
        Saved,
        f"select {_COLUMNS} from drafts where id = %(id)s and account_id = %(account)s for update",
        {"id": draft_id, "account": author_id},
    )
    if saved is None:
        raise NotFound()
    if version is not None and saved.version != version:
        raise Conflict(f"The draft was changed elsewhere: it is at version {saved.version}")
    return saved


async def read(tx: Tx, author_id: int, bounds: Bounds) -> list[Saved]:
    """A page of a member's drafts, the newest first."""
    sql = bounds.apply(f"select {_COLUMNS} from drafts where account_id = %(account)s", "id")
    rows = await fetch_all(tx, Saved, sql, {"account": author_id, **bounds.params()})
    return rows[::-1] if bounds.upwards else rows


async def _insert(
    tx: Tx, author_id: int, draft: Draft, scheduled_at: datetime | None, error: str | None
) -> Saved:
    saved = await fetch_one(
        tx,
        Saved,
        f"""
        insert into drafts (id, account_id, draft, scheduled_at, error, idempotency_key,
                            created_at, updated_at)
        values (%(id)s, %(account)s, %(draft)s::jsonb, %(scheduled_at)s, %(error)s, %(key)s,
                %(now)s, %(now)s)
        returning {_COLUMNS}
        """,
        {
            "id": new_id(),
            "account": author_id,
            "draft": _encode(draft),
            "scheduled_at": scheduled_at,
            "error": error,
            "key": draft.idempotency_key if error is None else None,
            "now": clock.now(),
        },
    )
    assert saved is not None
    return saved


def _encode(draft: Draft) -> str:
    return msgspec.json.encode(msgspec.structs.replace(draft, idempotency_key=None)).decode()


def longest(settings: Settings) -> int:
    """Characters that an unfinished text may have: more than what is published, so that it can be cut."""
    return settings.status_characters * 4


def _check(settings: Settings, draft: Draft) -> None:
    """Raises `Invalid` for what is far too large; all else is checked when it is published."""
    if len(draft.text) + len(draft.spoiler_text) > longest(settings):
        raise Invalid(f"Text character limit of {longest(settings)} exceeded")
    if draft.poll is not None:
        options = draft.poll.options
        if len(options) > DRAFT_OPTIONS or any(len(option) > DRAFT_OPTION for option in options):
            raise Invalid("Options are too many, or too long")
