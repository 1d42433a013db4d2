"""Mail: by SMTP when `smtp_url` is set, else each mail becomes a file in `<data>/mail`."""

import contextlib
import re
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

import aiosmtplib
import psycopg
import structlog

from rostra.core.db import Database, execute
from rostra.core.errors import Unavailable
from rostra.core.ids import new_id
from rostra.core.settings import Settings

TIMEOUT = 20  # seconds
ERROR_LENGTH = 300
log = structlog.get_logger()


class NotSent(Unavailable):
    """A mail was not taken, and why."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The mail could not be sent: {reason}")


class Mailer:
    """Sends plain-text mails, and writes down for operators how the last ones went."""

    def __init__(self, settings: Settings, db: Database) -> None:
        self._settings = settings
        self._db = db

    async def send(self, to: str, subject: str, text: str) -> None:
        """Hand one mail over.

        Raises:
            NotSent: the mail server refused it or did not answer, or the file could not be written.
        """
        mail = self._compose(to, subject, text)
        try:
            if self._settings.smtp_url:
                await self._send_by_smtp(mail)
            else:
                self._write_file(mail)
        except (aiosmtplib.SMTPException, OSError) as error:
            reason = _reason(error, to)
            await self._record(reason)
            raise NotSent(reason) from error
        await self._record(None)

    async def _record(self, error: str | None) -> None:
        """Write down how a mail went; without a database, nobody hears of it."""
        with contextlib.suppress(psycopg.Error, Unavailable):
            async with self._db.connection() as tx:
                await execute(
                    tx,
                    """
                    update mail_record set
                        sent_at = case when %(error)s::text is null then now() else sent_at end,
                        failed_at = case when %(error)s::text is null then failed_at else now() end,
                        error = coalesce(%(error)s::text, error)
                    """,
                    {"error": error},
                )

    def _compose(self, to: str, subject: str, text: str) -> EmailMessage:
        host = self._settings.local_domain.split(":")[0]
        mail = EmailMessage()
        mail["From"] = self._settings.mail_from or f"rostra@{host}"
        mail["To"] = to
        mail["Subject"] = re.sub(r"\s+", " ", subject)
        mail["Date"] = formatdate()
        mail["Message-ID"] = make_msgid(domain=host)
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(text)
        return mail

    async def _send_by_smtp(self, mail: EmailMessage) -> None:
        url = urlsplit(self._settings.smtp_url)
        implicit = url.scheme == "smtps"
        await aiosmtplib.send(
            mail,
            hostname=url.hostname,
            port=url.port or (465 if implicit else 587),
            username=unquote(url.username) if url.username else None,
            password=unquote(url.password) if url.password else None,
            use_tls=implicit,
            timeout=TIMEOUT,
        )

    def _write_file(self, mail: EmailMessage) -> None:
        folder = self._settings.data / "mail"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"{new_id()}.eml"
        path.write_bytes(bytes(mail))
        path.chmod(0o600)
        log.info("mail.written", folder=str(folder))


def _reason(error: Exception, to: str) -> str:
    """What went wrong, in one line, without the address of whom it was for."""
    text = re.sub(r"\s+", " ", f"{type(error).__name__}: {error}".replace(to, "…").replace("\0", ""))
    return text[:ERROR_LENGTH].encode("utf-8", "replace").decode()
