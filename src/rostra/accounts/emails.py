"""Mail addresses: which ones we take, how we write them, and the tokens that we send to them."""

from datetime import timedelta
from typing import Literal

from rostra.core.db import Row, Tx, execute, fetch_one
from rostra.core.errors import Invalid
from rostra.core.secrets import new_token, token_hash
from rostra.core.settings import Settings

Purpose = Literal["confirm", "reset", "change"]

LIFETIMES: dict[Purpose, timedelta] = {
    "confirm": timedelta(days=7),
    "reset": timedelta(hours=2),
    "change": timedelta(days=2),
}


class EmailToken(Row, frozen=True):
    """What a link in a mail stands for: that its reader owns `email`."""

    user_id: int
    email: str


def normalize_email(text: str, settings: Settings) -> str:
    """`text` as we keep it: the domain in small ASCII letters.

    Letters outside ASCII are refused before the @: they look like others, and few servers take them.

    Raises:
        Invalid: it is no mail address.
    """
    from email_validator import EmailNotValidError, validate_email  # costs 50 ms, and is needed rarely

    if len(text) > 254:
        raise _invalid()
    try:
        valid = validate_email(
            text.strip(),
            allow_smtputf8=False,
            check_deliverability=False,
            globally_deliverable=settings.is_public,
        )
    except EmailNotValidError:
        raise _invalid() from None
    return (valid.ascii_email or valid.normalized).rpartition("@")[0] + "@" + valid.ascii_domain.lower()


def as_kept(text: str, settings: Settings) -> str:
    """`text` as an address of a member would be kept, to look one up; as it is when it can't be one."""
    try:
        return normalize_email(text, settings)
    except Invalid:
        return text.strip()[:254]


async def new_email_token(tx: Tx, user_id: int, purpose: Purpose, email: str) -> str:
    """A token to be sent to `email`, and nowhere else. Only its hash is kept."""
    token = new_token()
    await execute(
        tx,
        """
        insert into email_tokens (token_hash, user_id, purpose, email, expires_at)
        values (%(hash)s, %(user_id)s, %(purpose)s, %(email)s, now() + %(lifetime)s)
        """,
        {
            "hash": token_hash(token),
            "user_id": user_id,
            "purpose": purpose,
            "email": email,
            "lifetime": LIFETIMES[purpose],
        },
    )
    return token


async def find_email_token(tx: Tx, token: str, purpose: Purpose) -> EmailToken | None:
    """What `token` stands for, if it is still good."""
    return await fetch_one(
        tx,
        EmailToken,
        """
        select user_id, email from email_tokens
        where token_hash = %(hash)s and purpose = %(purpose)s and expires_at > now()
        """,
        {"hash": token_hash(token), "purpose": purpose},
    )


async def delete_email_tokens(tx: Tx, user_id: int, *purposes: Purpose) -> int:
    """Make a member's links worthless; returns how many there were."""
    return await execute(
        tx,
        "delete from email_tokens where user_id = %(user_id)s and purpose = any(%(purposes)s)",
        {"user_id": user_id, "purposes": list(purposes)},
    )


async def delete_old_email_tokens(tx: Tx) -> int:
    """Forget links that have expired."""
    return await execute(tx, "delete from email_tokens where expires_at < now() - interval '1 day'")


def _invalid() -> Invalid:
    return Invalid("Email is invalid", {"email": [("ERR_INVALID", "is invalid")]})
