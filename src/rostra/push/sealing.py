"""Access tokens that pushes name, sealed.

Mastodon's pushes carry the access token of the app that they are for; apps with several accounts
know by it whose it is. But of tokens the database has only hashes, so that whoever reads it can't act
as a member. So a subscription keeps its token sealed under a key that is a file in the data folder.
Where that file is missing or another one (a standby that took over, a worker on another machine), pushes
go out without a token until the app subscribes again, which apps do when they are started.
"""

import contextlib
import os
import secrets
from functools import cache
from pathlib import Path

import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rostra.core.settings import Settings

_NONCE_BYTES = 12
log = structlog.get_logger()


def seal(settings: Settings, token: str, token_id: int) -> bytes | None:
    """`token`, unreadable without our key; None when there is no place for a key."""
    try:
        key = _key(settings.data / "keys" / "push.key")
    except OSError as error:
        log.warning("push.no_key_file", error=type(error).__name__)
        return None
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, token.encode(), str(token_id).encode())


def unseal(settings: Settings, sealed: bytes | None, token_id: int) -> str:
    """What `seal` was given; empty when another key sealed it."""
    path = settings.data / "keys" / "push.key"
    if sealed is None or not path.exists():
        return ""
    try:
        nonce, data = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        return AESGCM(_key(path)).decrypt(nonce, data, str(token_id).encode()).decode()
    except (OSError, InvalidTag, ValueError):
        return ""


@cache
def _key(path: Path) -> bytes:
    """The key in the file, which is made if there is none; of two who make it at once, one wins."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(AESGCM.generate_key(256))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(fresh)
        fresh.unlink()
    return path.read_bytes()
