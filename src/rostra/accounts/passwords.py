"""Passwords: argon2id with the library's current defaults, in a thread (it takes tens of milliseconds)."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from rostra.core.errors import Invalid

MIN_LENGTH = 8
MAX_LENGTH = 256
_hasher = PasswordHasher()
_threads = ThreadPoolExecutor(2, "passwords")  # each takes 64 MiB while it works


def check_password(password: str) -> None:
    """Raises `Invalid` unless `password` may be chosen (NIST SP 800-63B: length, no composition rules)."""
    if len(password) < MIN_LENGTH:
        raise Invalid(
            f"Password is too short (minimum is {MIN_LENGTH} characters)",
            {"password": [("ERR_TOO_SHORT", f"is too short (minimum is {MIN_LENGTH} characters)")]},
        )
    if len(password) > MAX_LENGTH:
        raise Invalid(
            f"Password is too long (maximum is {MAX_LENGTH} characters)",
            {"password": [("ERR_TOO_LONG", f"is too long (maximum is {MAX_LENGTH} characters)")]},
        )


async def hash_password(password: str) -> str:
    """What the database keeps of `password`."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _hasher.hash, password)


async def verify_password(password: str, stored: str | None) -> bool:
    """Whether `password` is the one that `stored` came from. Takes as long when there is none."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _verify, password, stored)


def _verify(password: str, stored: str | None) -> bool:
    if len(password) > MAX_LENGTH:
        return False
    try:
        return _hasher.verify(stored or _DUMMY, password) and stored is not None
    except (Argon2Error, InvalidHashError):
        return False


_DUMMY = _hasher.hash("nobody has this password")
