"""Aliases: other accounts of the same person. Only an account that names another as its alias can be
moved to from there (ActivityPub's `alsoKnownAs`), so that nobody moves to somebody who does not agree."""

from datetime import datetime

from rostra.core import events
from rostra.core.db import Row, Tx, execute, fetch_all, fetch_value
from rostra.core.errors import Invalid
from rostra.core.events import Event
from rostra.core.ids import new_id
from rostra.core.settings import Settings
from rostra.core.text import parse_handle

MOST = 20


class Alias(Row, frozen=True):
    """Another account of the same person; `uri` None: that server has not been asked yet."""

    id: int
    acct: str
    uri: str | None
    created_at: datetime


class AliasesChanged(Event, frozen=True):
    """A member added or removed an alias: other servers are to hear of it."""

    account_id: int


async def of_member(tx: Tx, account_id: int) -> list[Alias]:
    """A member's aliases, the oldest first."""
    return await fetch_all(
        tx,
        Alias,
        "select id, acct, uri, created_at from account_aliases where account_id = %(id)s order by id",
        {"id": account_id},
    )


async def add(tx: Tx, settings: Settings, account_id: int, written: str) -> None:
    """Name the account with the handle `written` as another one of this member; again: nothing happens.

    Raises:
        Invalid: it is no handle, nobody's here, the member's own, or there are too many.
    """
    handle = parse_handle(written)
    if handle is None:
        raise _invalid("ERR_INVALID", "Alias is not a handle")
    domain = None if handle.domain == settings.local_domain.lower() else handle.domain
    async with tx.transaction():
        await execute(
            tx, "select from accounts where id = %(id)s for no key update", {"id": account_id}
        )  # two at once must not both be the last that fits
        other = await fetch_all(
            tx,
            _Known,
            """
            select id, uri from accounts
            where lower(username) = lower(%(username)s)
              and coalesce(lower(domain), '') = coalesce(%(domain)s::text, '')
            """,
            {"username": handle.username, "domain": domain},
        )
        if other and other[0].id == account_id:
            raise _invalid("ERR_SELF", "Alias cannot be the current account")
        if not other and domain is None:
            raise _invalid("ERR_UNKNOWN", "Alias does not exist")
        if await fetch_value(
            tx,
            "select count(*) >= %(most)s from account_aliases where account_id = %(id)s",
            {"id": account_id, "most": MOST},
        ):
            raise _invalid("ERR_TOO_MANY", f"Too many aliases (maximum is {MOST})")
        acct = handle.username.lower() + (f"@{domain}" if domain else "")
        added = await execute(
            tx,
            """
            insert into account_aliases (id, account_id, acct, uri)
            values (%(id)s, %(account)s, %(acct)s, %(uri)s) on conflict do nothing
            """,
            {"id": new_id(), "account": account_id, "acct": acct, "uri": other[0].uri if other else None},
        )
        if added:
            await events.record(tx, AliasesChanged(account_id=account_id))


async def remove(tx: Tx, account_id: int, alias_id: int) -> None:
    """No longer name an alias; one that is not the member's stays."""
    async with tx.transaction():
        gone = await execute(
            tx,
            "delete from account_aliases where account_id = %(account)s and id = %(id)s",
            {"account": account_id, "id": alias_id},
        )
        if gone:
            await events.record(tx, AliasesChanged(account_id=account_id))


class _Known(Row, frozen=True):
    id: int
    uri: str


def _invalid(code: str, message: str) -> Invalid:
    return Invalid(message, {"alias": [(code, message)]})
