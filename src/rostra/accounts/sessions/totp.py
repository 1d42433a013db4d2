"""Codes from an authenticator app (RFC 6238). A code works once."""

import hmac
import io
import re

import pyotp
from pyotp.totp import TOTP

from rostra.accounts.sessions.model import WrongCode
from rostra.core import clock
from rostra.core.db import Tx, execute, fetch_tuples

_SECONDS = 30
_DRIFT = 1  # codes of the step before and the step after are taken, too


async def begin(tx: Tx, user_id: int) -> str:
    """The secret for an authenticator app, in base32: what was begun before, else a fresh one.

    It counts only after `confirm`.

    Raises:
        WrongCode: a confirmed one is there already.
    """
    rows = await fetch_tuples(
        tx,
        """
        update users set totp_secret = coalesce(totp_secret, %(secret)s)
        where account_id = %(id)s and totp_confirmed_at is null
        returning totp_secret
        """,
        {"id": user_id, "secret": pyotp.random_base32()},
    )
    if not rows:
        raise WrongCode
    return rows[0][0]


async def confirm(tx: Tx, user_id: int, code: str) -> bool:
    """Turn TOTP on, if `code` shows that the app has the secret."""
    rows = await fetch_tuples(
        tx,
        "select totp_secret from users where account_id = %(id)s and totp_confirmed_at is null for update",
        {"id": user_id},
    )
    step = _step_of(rows[0][0], code) if rows and rows[0][0] else None
    if step is None:
        return False
    return bool(
        await execute(
            tx,
            """
            update users set totp_confirmed_at = now(), totp_last_step = %(step)s where account_id = %(id)s
            """,
            {"id": user_id, "step": step},
        )
    )


async def use_code(tx: Tx, user_id: int, code: str) -> bool:
    """Whether `code` is right, and was not used before, nor one after it."""
    rows = await fetch_tuples(
        tx,
        "select totp_secret from users where account_id = %(id)s and totp_confirmed_at is not null",
        {"id": user_id},
    )
    step = _step_of(rows[0][0], code) if rows else None
    if step is None:
        return False
    return bool(
        await execute(
            tx,
            """
            update users set totp_last_step = %(step)s
            where account_id = %(id)s and (totp_last_step is null or totp_last_step < %(step)s)
            """,
            {"id": user_id, "step": step},
        )
    )


async def remove(tx: Tx, user_id: int) -> int:
    """Turn TOTP off."""
    return await execute(
        tx,
        """
        update users set totp_secret = null, totp_confirmed_at = null, totp_last_step = null
        where account_id = %(id)s and totp_confirmed_at is not null
        """,
        {"id": user_id},
    )


def uri(secret: str, account: str, issuer: str) -> str:
    """What the QR code says (https://github.com/google/google-authenticator/wiki/Key-Uri-Format)."""
    return TOTP(secret).provisioning_uri(name=account, issuer_name=issuer.replace(":", " "))


def qr_code(text: str) -> str:
    """`text` as a QR code: an SVG element without styles or scripts, dark on light."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=False, border=4, dark="#000", light="#fff", omitsize=True
    )
    return out.getvalue().decode()


def _step_of(secret: str, code: str) -> int | None:
    """The time step that `code` belongs to, if it is near."""
    digits = re.sub(r"[\s-]", "", code)
    if not re.fullmatch(r"[0-9]{6}", digits):
        return None
    now = int(clock.now().timestamp()) // _SECONDS
    otp = TOTP(secret)
    fitting = [
        step
        for step in range(now - _DRIFT, now + _DRIFT + 1)
        if hmac.compare_digest(otp.generate_otp(step), digits)
    ]
    return max(fitting, default=None)
