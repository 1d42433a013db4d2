"""Terms of service: versions that hold from a date on, published ahead and never changed after."""

from datetime import date, datetime
from typing import LiteralString

import msgspec

from rostra.core import clock, events
from rostra.core.db import Row, Tx, execute, fetch_all, fetch_one, fetch_value
from rostra.core.errors import Invalid, NotFound
from rostra.core.events import Event
from rostra.core.ids import new_id
from rostra.core.text import clean

LENGTH = 50_000
CHANGES_LENGTH = 2_000
"""Characters."""
MOST = 200

_COLUMNS: LiteralString = "select id, text, changes, effective_date, published_at from terms_of_service "
_SUCCESSOR: LiteralString = """
    select min(effective_date) from terms_of_service
    where published_at is not null and effective_date > %(date)s
"""


class Terms(Row, frozen=True):
    """A version. Drafts have no `published_at`, and perhaps no date yet."""

    id: int
    text: str
    changes: str
    effective_date: date | None
    published_at: datetime | None


class Version(msgspec.Struct, frozen=True):
    """A published version: from when on it holds, whether it does, and from when on another one will."""

    id: int
    text: str
    changes: str
    effective_date: date
    effective: bool
    succeeded_by: date | None


class Draft(msgspec.Struct, frozen=True):
    """What the operator writes: `text` in Markdown, `changes` in a few words."""

    text: str
    changes: str = ""
    effective_date: date | None = None


class TermsPublished(Event, frozen=True):
    """Terms will hold from a date on: members are to hear of it."""

    terms_id: int


async def current(tx: Tx) -> Version | None:
    """The version that holds; before any does, the one that will first."""
    sql: LiteralString = (
        _COLUMNS
        + """
        where published_at is not null
        order by effective_date <= %(today)s desc,
                 case when effective_date <= %(today)s then effective_date end desc,
                 effective_date
        limit 1
        """
    )
    return await _version(tx, await fetch_one(tx, Terms, sql, {"today": clock.now().date()}))


async def of_date(tx: Tx, effective_date: date) -> Version | None:
    """The published version that holds from `effective_date` on."""
    sql: LiteralString = _COLUMNS + " where published_at is not null and effective_date = %(date)s"
    return await _version(tx, await fetch_one(tx, Terms, sql, {"date": effective_date}))


async def all_versions(tx: Tx) -> list[Terms]:
    """All versions and drafts, the newest first."""
    sql: LiteralString = _COLUMNS + " order by effective_date desc nulls first, id desc limit %(limit)s"
    return await fetch_all(tx, Terms, sql, {"limit": MOST})


async def published(tx: Tx) -> list[date]:
    """From when on each published version holds, the newest first."""
    return [
        each.effective_date
        for each in await all_versions(tx)
        if each.published_at is not None and each.effective_date is not None
    ]


async def get(tx: Tx, terms_id: int, *, lock: bool = False) -> Terms | None:
    """One version or draft."""
    sql: LiteralString = _COLUMNS + " where id = %(id)s" + (" for update" if lock else "")
    return await fetch_one(tx, Terms, sql, {"id": terms_id})


async def keep(tx: Tx, draft: Draft, terms_id: int | None = None, *, publish: bool = False) -> int:
    """Keep a draft, a new one or `terms_id`, or publish it; returns its id.

    Raises:
        Invalid: something is missing, too long, or the date has passed or is another version's.
        NotFound: there is no such draft (any more): what was published can't be changed.
    """
    draft = _checked(draft, publish=publish)
    async with tx.transaction():
        await execute(tx, "lock table terms_of_service in share row exclusive mode")
        await _check_date(tx, draft, terms_id)
        kept_id = terms_id or new_id()
        params = {
            "id": kept_id,
            "text": draft.text,
            "changes": draft.changes,
            "date": draft.effective_date,
            "publish": publish,
        }
        if terms_id is None:
            await execute(tx, _INSERT, params)
        elif not await execute(tx, _UPDATE, params):
            raise NotFound
        if publish:
            await events.record(tx, TermsPublished(kept_id))
    return kept_id


async def mark_announced(tx: Tx, terms_id: int) -> date | None:
    """From when on they hold; None if members have heard of them already. Counts as announced from now on."""
    return await fetch_value(
        tx,
        """
        update terms_of_service set announced_at = now()
        where id = %(id)s and published_at is not null and announced_at is null
        returning effective_date
        """,
        {"id": terms_id},
    )


async def drop_draft(tx: Tx, terms_id: int) -> None:
    """Delete a draft; what was published stays."""
    await execute(
        tx, "delete from terms_of_service where id = %(id)s and published_at is null", {"id": terms_id}
    )


_INSERT: LiteralString = """
    insert into terms_of_service (id, text, changes, effective_date, published_at)
    values (%(id)s, %(text)s, %(changes)s, %(date)s, case when %(publish)s then now() end)
"""
_UPDATE: LiteralString = """
    update terms_of_service set text = %(text)s, changes = %(changes)s, effective_date = %(date)s,
        published_at = case when %(publish)s then now() end
    where id = %(id)s and published_at is null
"""


async def _version(tx: Tx, row: Terms | None) -> Version | None:
    if row is None or row.effective_date is None:
        return None
    return Version(
        row.id,
        row.text,
        row.changes,
        row.effective_date,
        row.effective_date <= clock.now().date(),
        await fetch_value(tx, _SUCCESSOR, {"date": row.effective_date}),
    )


def _checked(draft: Draft, *, publish: bool) -> Draft:
    text, changes = clean(draft.text), clean(draft.changes)
    if not text:
        raise Invalid("Text can't be blank", {"text": [("ERR_BLANK", "can't be blank")]})
    for name, value, most in (("text", text, LENGTH), ("changes", changes, CHANGES_LENGTH)):
        if len(value) > most:
            problem = f"is too long (maximum is {most} characters)"
            raise Invalid(f"{name} {problem}", {name: [("ERR_TOO_LONG", problem)]})
    if publish and draft.effective_date is None:
        raise Invalid("Date can't be blank", {"effective_date": [("ERR_BLANK", "can't be blank")]})
    if publish and draft.effective_date is not None and draft.effective_date < clock.now().date():
        raise Invalid("Date has passed", {"effective_date": [("ERR_INVALID", "has passed")]})
    return Draft(text, changes, draft.effective_date)


async def _check_date(tx: Tx, draft: Draft, terms_id: int | None) -> None:
    taken = await fetch_value(
        tx,
        """
        select exists (select from terms_of_service
                       where effective_date = %(date)s and id is distinct from %(id)s::bigint)
        """,
        {"date": draft.effective_date, "id": terms_id},
    )
    if taken:
        raise Invalid("Date is another version's", {"effective_date": [("ERR_TAKEN", "is taken")]})
