"""What a client keeps of its own for a member: a document that follows them between devices.

Nobody here looks into it. Its version keeps two devices from overwriting each other unseen.
"""

import re
from datetime import datetime
from typing import LiteralString

from rostra.core.db import Row, Tx, execute, fetch_one
from rostra.core.errors import Conflict, Invalid, NotFound

BYTES = 32 * 1024
"""Most of a document, as JSON."""
MOST = 10
"""Documents of a member."""
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,29}\Z", re.ASCII)


_UPDATE: LiteralString = """
    update client_settings set settings = %(settings)s, version = version + 1, updated_at = now()
    where account_id = %(account)s and client = %(client)s and version = %(version)s
    returning version, settings, updated_at
"""
_INSERT: LiteralString = """
    insert into client_settings (account_id, client, settings)
    select %(account)s, %(client)s, %(settings)s
    where (select count(*) from client_settings where account_id = %(account)s) < %(most)s
    on conflict do nothing
    returning version, settings, updated_at
"""


class ClientSettings(Row, frozen=True):
    """A row of `client_settings`; `settings` is JSON."""

    version: int
    settings: str
    updated_at: datetime


async def get(tx: Tx, account_id: int, client: str) -> ClientSettings | None:
    """A member's document of this client; None if there is none yet.

    Raises:
        NotFound: no client can be called so.
    """
    _check_name(client)
    return await fetch_one(
        tx,
        ClientSettings,
        """
        select version, settings, updated_at from client_settings
        where account_id = %(account)s and client = %(client)s
        """,
        {"account": account_id, "client": client},
    )


async def replace(tx: Tx, account_id: int, client: str, version: int, settings: str) -> ClientSettings:
    """Keep `settings` in place of the document's `version` (0: there is none yet); returns what is kept.

    Raises:
        Conflict: there is another version by now.
        Invalid: it is too large, or there are too many documents.
        NotFound: no client can be called so.
    """
    _check_name(client)
    if len(settings.encode()) > BYTES:
        problem = f"is too long (maximum is {BYTES} bytes)"
        raise Invalid(f"Settings {problem}", {"settings": [("ERR_TOO_LONG", problem)]})
    params = {
        "account": account_id,
        "client": client,
        "version": version,
        "settings": settings,
        "most": MOST,
    }
    async with tx.transaction():
        # Two at once must not both be the last that fits, nor both be the first.
        await execute(tx, "select from users where account_id = %(account)s for no key update", params)
        kept = await fetch_one(tx, ClientSettings, _UPDATE if version else _INSERT, params)
    if kept is not None:
        return kept
    if version == 0 and await get(tx, account_id, client) is None:
        raise Invalid("Too many clients", {"client": [("ERR_TOO_MANY", f"maximum is {MOST}")]})
    raise Conflict("These settings were changed elsewhere: read them again")


async def delete(tx: Tx, account_id: int, client: str) -> None:
    """Forget a document."""
    _check_name(client)
    await execute(
        tx,
        "delete from client_settings where account_id = %(account)s and client = %(client)s",
        {"account": account_id, "client": client},
    )


def _check_name(client: str) -> None:
    if not _NAME.match(client):
        raise NotFound
