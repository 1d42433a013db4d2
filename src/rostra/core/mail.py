"""Mail: by SMTP when `smtp_url` is set, else each mail becomes a file in `<data>/mail`."""

import re
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

import aiosmtplib
import structlog

from rostra.core.ids import new_id
from rostra.core.settings import Settings

TIMEOUT = 20  # seconds
log = structlog.get_logger()


class Mailer:
    """Sends plain-text mails."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def send(self, to: str, subject: str, text: str) -> None:
        """Hand one mail over.

        Raises:
            aiosmtplib.SMTPException: the mail server refused it or did not answer (jobs retry).
        """
        mail = self._compose(to, subject, text)
        if self._settings.smtp_url:
            await self._send_by_smtp(mail)
        else:
            self._write_file(mail)

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
