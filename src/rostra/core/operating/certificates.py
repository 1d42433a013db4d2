"""The certificate that Caddy holds for our name (docs/operating): until when it is good."""

import asyncio
from datetime import datetime
from pathlib import Path

import msgspec

from rostra.core.clock import timestamp
from rostra.core.settings import Settings


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate: whose name it is for, who gave it, until when it is good."""

    name: str
    issuer: str
    expires_at: str


async def certificate(settings: Settings) -> tuple[Certificate, datetime] | None:
    """Ours, and when it ends; None where Caddy has none: somebody else's proxy may have one."""
    if not settings.is_public or settings.https == "off":
        return None
    return await asyncio.to_thread(_read, settings.data / "caddy", settings.domain.split(":")[0])


def _read(home: Path, name: str) -> tuple[Certificate, datetime] | None:
    from cryptography import x509  # only where somebody asks: it takes memory

    found: list[tuple[Certificate, datetime]] = []
    for path in home.glob(f"certificates/*/{name}/{name}.crt"):
        try:
            read = x509.load_pem_x509_certificate(path.read_bytes())
        except (OSError, ValueError):
            continue
        ends = read.not_valid_after_utc
        issuer = read.issuer.rfc4514_string()
        found.append((Certificate(name=name, issuer=issuer, expires_at=timestamp(ends)), ends))
    return max(found, key=lambda each: each[1], default=None)
