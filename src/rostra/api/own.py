"""What is a member's alone: no token of those who look after a shared account reaches it, and what a thief
would change first needs the password again, as on the pages (pages/auth_session.py)."""

from typing import Annotated

import msgspec
from msgspec import Meta

from rostra.accounts.sessions import actions
from rostra.accounts.sessions.model import WrongCredentials
from rostra.api.auth import user
from rostra.api.http import Call
from rostra.core.db import Tx
from rostra.core.errors import Invalid

READ = user("read:accounts").by("owner")
WRITE = user("write:accounts").by("owner")
Password = Annotated[str, Meta(max_length=4096)]


class Confirmed(msgspec.Struct, kw_only=True):
    """Parameters of what needs the member's password."""

    password: Password


async def confirm(call: Call, tx: Tx, password: str, field: str = "password") -> None:
    """Let pass who knows the password. `tx` must not be in a transaction: tries are counted.

    Raises:
        Invalid: it is wrong; `field` is the parameter that had it.
        TooMany: too many tries.
    """
    try:
        await actions.check_password(tx, call.settings, call.account_id, password)
    except WrongCredentials:
        raise Invalid("Password is wrong", {field: [("ERR_INVALID", "is wrong")]}) from None
