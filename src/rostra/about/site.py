"""What the operator changes of the settings in the running network (core/site.py keeps what is in effect).

The settings file stays the default: what is None here is as it says. All changes are written down.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Literal, LiteralString, get_args

from rostra.accounts import queries
from rostra.accounts.model import Account
from rostra.core import settings_checks, site
from rostra.core.bus import Bus
from rostra.core.db import Row, Tx, execute, fetch_all, fetch_one, fetch_tuples
from rostra.core.errors import Invalid
from rostra.core.ids import new_id
from rostra.core.settings import Registration, Settings
from rostra.core.text import clean, parse_handle

Name = Literal[
    "title", "description", "contact_email", "contact_account", "registration", "registration_message"
]
NAMES: tuple[Name, ...] = get_args(Name)
REGISTRATIONS: tuple[Registration, ...] = get_args(Registration)
LENGTHS: dict[Name, int] = {
    "title": 100,
    "description": 500,
    "contact_email": 254,
    "contact_account": 400,
    "registration": 20,
    "registration_message": 2000,
}
"""Most characters of each."""
EVENTS = 40
"""So many of the last changes are shown."""

_Problems = dict[str, list[tuple[str, str]]]
Values = Mapping[Name, str | None]


class Change(Row, frozen=True):
    """What somebody (None: they are gone) changed: name -> what was said before, and what after."""

    id: int
    account_id: int | None
    changes: dict[Name, tuple[str | None, str | None]]
    created_at: datetime


async def changed(tx: Tx) -> dict[Name, str]:
    """What is otherwise than the settings file says; of the contact account its username."""
    return {name: value for name, value in (await _row(tx)).items() if value is not None}


async def change(tx: Tx, bus: Bus, settings: Settings, by_id: int, wishes: Values) -> None:
    """Change settings of the network at once, in all its processes. None: as the settings file says again.

    Raises:
        Invalid: with all problems at once: too long, of the wrong form, not an account of ours.
    """
    async with tx.transaction():
        before = await _row(tx, lock=True)
        after = {**before, **await _checked(tx, settings, wishes)}
        changes = {name: (before[name], after[name]) for name in NAMES if before[name] != after[name]}
        if not changes:
            return
        await execute(tx, _UPDATE, after)
        await execute(
            tx,
            """
            insert into site_settings_events (id, account_id, changes)
            values (%(id)s, %(account_id)s, %(changes)s::jsonb)
            """,
            {"id": new_id(), "account_id": by_id, "changes": json.dumps(changes)},
        )
        await bus.publish(tx, site.TOPIC, None)


async def changes(tx: Tx) -> list[Change]:
    """The last changes, the newest first."""
    return await fetch_all(
        tx,
        Change,
        """
        select id, account_id, changes, created_at from site_settings_events order by id desc limit %(limit)s
        """,
        {"limit": EVENTS},
    )


async def contact(tx: Tx) -> Account | None:
    """Whom everybody may turn to: who was named, else the operator; None before they have signed up."""
    return await fetch_one(
        tx,
        Account,
        """
        select a.* from (
            select 0 as place, contact_account_id as id from site_settings
            union all
            select 1, account_id from users where role = 'owner'
        ) named join accounts a on a.id = named.id
        where a.suspended_at is null order by named.place, a.id limit 1
        """,
    )


_UPDATE: LiteralString = """
    update site_settings set
        version = version + 1, title = %(title)s, description = %(description)s,
        contact_email = %(contact_email)s, registration = %(registration)s,
        registration_message = %(registration_message)s,
        contact_account_id = (
            select id from accounts
            where lower(username) = lower(%(contact_account)s) and coalesce(lower(domain), '') = ''
        )
"""


async def _row(tx: Tx, *, lock: bool = False) -> dict[Name, str | None]:
    sql: LiteralString = """
        select s.title, s.description, s.contact_email, a.username, s.registration, s.registration_message
        from site_settings s left join accounts a on a.id = s.contact_account_id
    """
    row = (await fetch_tuples(tx, sql + ("for update of s" if lock else "")))[0]
    return dict(zip(NAMES, row, strict=True))


async def _checked(tx: Tx, settings: Settings, wishes: Values) -> dict[Name, str | None]:
    """`wishes` as they are kept."""
    problems: _Problems = {}
    kept: dict[Name, str | None] = {}
    for name, wish in wishes.items():
        value = None if wish is None or (name == "contact_account" and not wish) else clean(wish)
        problem = _problem(name, value) if value is not None else None
        if value is not None and problem is None and name == "contact_account":
            value = await _username(tx, settings, value)
            problem = None if value else ("ERR_NOT_FOUND", "is not an account of this network")
        if problem:
            problems[name] = [problem]
        kept[name] = value
    if problems:
        words = [f"{name.replace('_', ' ').capitalize()} {each[0][1]}" for name, each in problems.items()]
        raise Invalid(f"Validation failed: {', '.join(words)}", problems)
    return kept


def _problem(name: Name, value: str) -> tuple[str, str] | None:
    if len(value) > LENGTHS[name]:
        return "ERR_TOO_LONG", f"is too long (maximum is {LENGTHS[name]} characters)"
    if name == "title" and not value:
        return "ERR_BLANK", "can't be blank"
    if name == "title" and "\n" in value:
        return "ERR_INVALID", "must be one line"
    if name == "registration" and value not in REGISTRATIONS:
        return "ERR_INCLUSION", f"must be one of {', '.join(REGISTRATIONS)}"
    if name == "contact_email" and value and (wanted := settings_checks.mail_address(value)):
        return "ERR_INVALID", f"must be {wanted}"
    return None


async def _username(tx: Tx, settings: Settings, written: str) -> str | None:
    """The username of ours whose handle is `written`; None: there is none such, or they are suspended."""
    handle = parse_handle(written)
    if handle is None or handle.domain not in (None, "", settings.local_domain.lower()):
        return None
    account = await queries.local_by_username(tx, handle.username)
    return account.username if account and account.suspended_at is None else None
