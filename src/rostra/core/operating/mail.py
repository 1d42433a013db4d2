"""How mail goes out, and how the last ones went."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from rostra.core.clock import timestamp
from rostra.core.db import Row, Tx, fetch_one
from rostra.core.operating.queues import JobKind
from rostra.core.settings import Settings

MARK = ".mail_"
"""What the kinds of jobs have in their names that write mails: `AccountCreated.mail_confirmation`."""


class MailState(msgspec.Struct, frozen=True, kw_only=True):
    """Mail. `server` is where it is handed over, None where it becomes files in the data folder.

    `waiting` and `failed` are mails that were not written yet, and that were given up.
    """

    method: Literal["smtp", "folder"]
    server: str | None
    sender: str
    waiting: int
    failed: int
    last_sent_at: str | None
    last_failed_at: str | None
    last_error: str | None


class MailRecord(Row, frozen=True):
    """The row of `mail_record`."""

    sent_at: datetime | None
    failed_at: datetime | None
    error: str | None

    @property
    def fails(self) -> bool:
        """Whether the last mail did not go out."""
        return self.failed_at is not None and (self.sent_at is None or self.failed_at > self.sent_at)


async def record(tx: Tx) -> MailRecord:
    """How the last mails went."""
    found = await fetch_one(tx, MailRecord, "select sent_at, failed_at, error from mail_record")
    return found or MailRecord(sent_at=None, failed_at=None, error=None)


def mail(settings: Settings, found: MailRecord, kinds: Sequence[JobKind]) -> MailState:
    """The state of mail, given the jobs of all kinds."""
    jobs = [kind for kind in kinds if MARK in kind.kind]
    url = urlsplit(settings.smtp_url)
    host = settings.local_domain.split(":")[0]
    return MailState(
        method="smtp" if settings.smtp_url else "folder",
        server=f"{url.hostname}:{url.port or (465 if url.scheme == 'smtps' else 587)}"
        if url.hostname
        else None,
        sender=settings.mail_from or f"rostra@{host}",
        waiting=sum(kind.waiting + kind.running + kind.later for kind in jobs),
        failed=sum(kind.failed for kind in jobs),
        last_sent_at=timestamp(found.sent_at) if found.sent_at else None,
        last_failed_at=timestamp(found.failed_at) if found.failed_at else None,
        last_error=found.error,
    )
