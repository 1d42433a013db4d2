"""The key pair by which push services know us (VAPID, RFC 8292).

It lies in the database, so that it is there wherever the database goes: to a standby, to another host.
Apps subscribe for this key; with another one every subscription would be dead.
"""

import base64
import time

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey
from yarl import URL

from rostra.core.db import Tx, execute, fetch_value
from rostra.core.settings import Settings

LIFETIME = 12 * 3600
"""Seconds that a signature is valid: at most a day (RFC 8292, 2)."""
_SELECT = "select private_key from push_keys"


class Keys(msgspec.Struct, frozen=True):
    """The key pair."""

    private: bytes
    """32 bytes: the scalar."""

    @property
    def key(self) -> ec.EllipticCurvePrivateKey:
        """The private key."""
        return ec.derive_private_key(int.from_bytes(self.private), ec.SECP256R1())

    @property
    def public(self) -> bytes:
        """65 bytes: the uncompressed point."""
        return point(self.key.public_key())

    @property
    def public_text(self) -> str:
        """The public key as apps get it: base64url with its padding, as Mastodon has it."""
        return base64.urlsafe_b64encode(self.public).decode()

    def sign(self, settings: Settings, endpoint: str) -> str:
        """A token that tells the push service of `endpoint` who we are, and whom to write to about us."""
        claims = {
            "aud": str(URL(endpoint).origin()),
            "exp": int(time.time()) + LIFETIME,
            "sub": f"mailto:{settings.contact_email}" if settings.contact_email else settings.base_url,
        }
        return jwt.encode({"typ": "JWT", "alg": "ES256"}, claims, ECKey.import_key(self._jwk()))

    def _jwk(self) -> dict[str, str | list[str]]:
        public = self.public
        parts = {"x": public[1:33], "y": public[33:], "d": self.private}
        return {"kty": "EC", "crv": "P-256", **{name: unpadded(part) for name, part in parts.items()}}


async def get(tx: Tx) -> Keys:
    """The network's keys; the first who asks makes them."""
    found: bytes | None = await fetch_value(tx, _SELECT)
    if found is None:
        fresh = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value.to_bytes(32)
        await execute(
            tx,
            "insert into push_keys (private_key) values (%(key)s) on conflict do nothing",
            {"key": fresh},
        )
        found = await fetch_value(tx, _SELECT)
    assert found is not None
    return Keys(bytes(found))


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as an uncompressed point."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def unpadded(data: bytes) -> str:
    """Base64url without padding (RFC 7515, 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
