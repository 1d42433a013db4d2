"""Messages that only the device can read: RFC 8291, and the draft before it, which older apps read."""

import secrets
from typing import Any, cast

import http_ece  # pyright: ignore[reportMissingTypeStubs]
from cryptography.hazmat.primitives.asymmetric import ec

from rostra.core.settings import Settings
from rostra.push.keys import Keys, point, unpadded
from rostra.push.model import Subscription

RECORD = 4096
"""Bytes of a message that every push service takes (RFC 8030, 7.2), all of it in one record."""
OVERHEAD = 86 + 16 + 1
"""Bytes of it that are not the text: header with our key, tag, and the delimiter (RFC 8188, 2)."""
MOST_BYTES = RECORD - OVERHEAD
"""Longest text that can be sent."""


def encrypt(
    settings: Settings, keys: Keys, subscription: Subscription, text: bytes
) -> tuple[bytes, dict[str, str]]:
    """`text` for the device of `subscription`: the body, and headers on how to read it and who sends it."""
    ours = ec.generate_private_key(ec.SECP256R1())  # a fresh one for each message
    salt = secrets.token_bytes(16)
    version = "aes128gcm" if subscription.standard else "aesgcm"
    body = cast(
        "bytes",
        cast("Any", http_ece).encrypt(
            text,
            salt=salt,
            private_key=ours,
            dh=subscription.p256dh,
            auth_secret=subscription.auth,
            rs=RECORD,
            version=version,
        ),
    )
    token, public = keys.sign(settings, subscription.endpoint), unpadded(keys.public)
    headers = {"Content-Type": "application/octet-stream", "Content-Encoding": version}
    if subscription.standard:
        return body, {**headers, "Authorization": f"vapid t={token}, k={public}"}
    return body, {
        **headers,
        "Authorization": f"WebPush {token}",
        "Encryption": f"salt={unpadded(salt)}",
        "Crypto-Key": f"dh={unpadded(point(ours.public_key()))};p256ecdsa={public}",
    }
