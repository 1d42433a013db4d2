"""Random tokens that we hand out, and what we keep of them: only a hash.

Tokens have 256 random bits, so a plain SHA-256 is enough (nobody can guess the input);
passwords go through argon2 instead (accounts/passwords.py).
"""

import hashlib
import secrets


def new_token() -> str:
    """A fresh token of 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """What the database keeps of `token`: 32 bytes."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
