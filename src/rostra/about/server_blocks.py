"""Other servers that are kept out or limited, as others may know of them."""

import hashlib

from rostra.core.db import Row, Tx, fetch_all

MOST = 100_000


class ServerBlock(Row, frozen=True):
    """A row of `server_blocks`, without what is for staff alone."""

    domain: str
    severity: str
    public_comment: str
    obfuscate: bool

    @property
    def digest(self) -> str:
        """SHA-256 of the domain in hexadecimal, so that those who know it find out."""
        return hashlib.sha256(self.domain.encode()).hexdigest()

    @property
    def shown_domain(self) -> str:
        """The domain, or only its ends: `ex****e.co*`, as Mastodon hides it."""
        if not self.obfuscate:
            return self.domain
        shown = len(self.domain) // 4
        length = len(self.domain)
        return "".join(
            character if character == "." or not shown <= place < length - shown else "*"
            for place, character in enumerate(self.domain)
        )


async def server_blocks(tx: Tx) -> list[ServerBlock]:
    """All that limit what members see, the hardest first."""
    return await fetch_all(
        tx,
        ServerBlock,
        """
        select domain, severity, public_comment, obfuscate from server_blocks
        where severity in ('silence', 'suspend') order by severity desc, domain limit %(limit)s
        """,
        {"limit": MOST},
    )
