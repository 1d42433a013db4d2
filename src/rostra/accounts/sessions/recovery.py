"""Recovery codes: each opens the second step once, when the phone or the passkey is gone."""

import re
import secrets

from rostra.accounts.sessions.model import RECOVERY_CODES
from rostra.core.db import Tx, execute
from rostra.core.secrets import token_hash

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without what looks alike: 0 and o, 1, i and l
_LENGTH, _GROUP = 16, 4  # 79 random bits: beyond guessing, also for who holds the hashes


async def renew_codes(tx: Tx, user_id: int) -> list[str]:
    """Fresh codes, shown this once; older ones are worthless from now on."""
    codes = [_new_code() for _ in range(RECOVERY_CODES)]
    async with tx.transaction():
        await delete_codes(tx, user_id)
        await execute(
            tx,
            """
            insert into recovery_codes (user_id, code_hash)
            select %(user_id)s, unnest(%(hashes)s::bytea[])
            """,
            {"user_id": user_id, "hashes": [token_hash(_plain(code)) for code in codes]},
        )
    return codes


async def use_code(tx: Tx, user_id: int, code: str) -> bool:
    """Whether `code` is one of theirs that was not used before."""
    plain = _plain(code)
    if len(plain) != _LENGTH:
        return False
    return bool(
        await execute(
            tx,
            """
            update recovery_codes set used_at = now()
            where user_id = %(user_id)s and code_hash = %(hash)s and used_at is null
            """,
            {"user_id": user_id, "hash": token_hash(plain)},
        )
    )


async def delete_codes(tx: Tx, user_id: int) -> None:
    """Make all codes worthless."""
    await execute(tx, "delete from recovery_codes where user_id = %(user_id)s", {"user_id": user_id})


def _new_code() -> str:
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return "-".join(letters[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def _plain(code: str) -> str:
    return re.sub(r"[\s-]", "", code[:64]).lower()
