"""Reactions that write mails: links to confirm and to reset, and what a member should know of.

A link's token is made here, when the mail is: the database never holds it in plain.
"""

from rostra.accounts import queries
from rostra.accounts.approval import SignUpApproved
from rostra.accounts.emails import Purpose, new_email_token
from rostra.accounts.model import AccountCreated, User
from rostra.accounts.sessions import security
from rostra.accounts.sessions.model import (
    Change,
    EmailChangeRequested,
    PasswordResetRequested,
    SecurityChanged,
)
from rostra.accounts.signup import ConfirmationRequested, EmailConfirmed
from rostra.core.db import Row, fetch_all
from rostra.core.errors import NotFound
from rostra.core.services import Services
from rostra.pages import i18n
from rostra.pages.i18n import Translator

_CHANGES: dict[Change, str] = {
    "password": "mail-changed-password",
    "email": "mail-changed-email",
    "totp_added": "mail-changed-totp-added",
    "totp_removed": "mail-changed-totp-removed",
    "passkey_added": "mail-changed-passkey-added",
    "passkey_removed": "mail-changed-passkey-removed",
    "codes": "mail-changed-codes",
}


class Recipient(Row, frozen=True):
    """Somebody of the staff."""

    email: str
    username: str
    locale: str


async def mail_confirmation(services: Services, event: AccountCreated | ConfirmationRequested) -> None:
    """A newcomer gets the link that confirms their address."""
    user, name = await member_of(services, event.account_id)
    if user is None or user.confirmed_at is not None or user.disabled_at is not None:
        return
    link = await _link(services, user.account_id, "confirm", user.email, "/auth/confirm")
    t = translator(user.locale)
    await send(services, t, user.email, name, "mail-confirm-subject", t("mail-confirm-text", link=link))


async def mail_staff(services: Services, event: AccountCreated | EmailConfirmed) -> None:
    """The staff learn that somebody waits for approval."""
    user, name = await member_of(services, event.account_id)
    if user is None or user.confirmed_at is None or user.approved_at is not None:
        return
    link = services.settings.url("/settings/sign_ups")
    for recipient in await _staff(services):
        t = translator(recipient.locale)
        text = t("mail-staff-text", username=name, link=link)
        await send(services, t, recipient.email, recipient.username, "mail-staff-subject", text)


async def mail_approval(services: Services, event: SignUpApproved) -> None:
    """A newcomer learns that they are in."""
    user, name = await member_of(services, event.account_id)
    if user is None or not user.is_active:
        return
    t = translator(user.locale)
    text = t("mail-approved-text", link=services.settings.url("/auth/sign_in"))
    await send(services, t, user.email, name, "mail-approved-subject", text)


async def mail_password_reset(services: Services, event: PasswordResetRequested) -> None:
    """Somebody who forgot their password gets the link to set another one."""
    user, name = await member_of(services, event.account_id)
    if user is None or user.disabled_at is not None:
        return
    link = await _link(services, user.account_id, "reset", user.email, "/auth/password/new")
    t = translator(user.locale)
    await send(services, t, user.email, name, "mail-reset-subject", t("mail-reset-text", link=link))


async def mail_email_change(services: Services, event: EmailChangeRequested) -> None:
    """A new address gets the link that makes it count."""
    user, name = await member_of(services, event.account_id)
    if user is None:
        return
    async with services.db.connection() as tx:
        email = await security.new_email(tx, user.account_id)
    if email is None:
        return
    link = await _link(services, user.account_id, "change", email, "/auth/email/confirm")
    t = translator(user.locale)
    await send(services, t, email, name, "mail-change-subject", t("mail-change-text", link=link))


async def mail_security_change(services: Services, event: SecurityChanged) -> None:
    """A member learns of what a thief would change first."""
    user, name = await member_of(services, event.account_id)
    if user is None:
        return
    t = translator(user.locale)
    link = services.settings.url("/auth/password")
    text = t(_CHANGES[event.change]) + "\n\n" + t("mail-changed-not-you", link=link)
    await send(services, t, event.email or user.email, name, "mail-changed-subject", text)


async def send_test(services: Services, account_id: int) -> str:
    """Send an operator a mail that says only that mails go out; returns the address.

    Raises:
        NotFound: there is no such member.
        NotSent: mails don't go out.
    """
    user, name = await member_of(services, account_id)
    if user is None:
        raise NotFound
    t = translator(user.locale)
    await send(services, t, user.email, name, "mail-test-subject", t("mail-test-text"))
    return user.email


async def member_of(services: Services, account_id: int | None) -> tuple[User | None, str]:
    """A member, and how to address them."""
    if account_id is None:
        return None, ""
    async with services.db.connection() as tx:
        user = await queries.user(tx, account_id)
        rows = await queries.by_ids(tx, [account_id])
    return user, rows[0].username if rows else ""


async def _staff(services: Services) -> list[Recipient]:
    async with services.db.connection() as tx:
        return await fetch_all(
            tx,
            Recipient,
            """
            select u.email, a.username, u.locale from users u join accounts a on a.id = u.account_id
            where u.role <> 'member' and u.disabled_at is null and u.confirmed_at is not null limit 50
            """,
        )


async def _link(services: Services, user_id: int, purpose: Purpose, email: str, path: str) -> str:
    async with services.db.connection() as tx:
        token = await new_email_token(tx, user_id, purpose, email)
    return services.settings.url(f"{path}?token={token}")


async def send(services: Services, t: Translator, to: str, name: str, subject: str, text: str) -> None:
    """Send a mail to a member called `name`; `subject` is a message's key."""
    title, url = services.settings.title, services.settings.url("/")
    body = "\n\n".join((t("mail-hello", name=name), text, t("mail-end", title=title, url=url)))
    await services.mailer.send(to, t(subject, title=title), body + "\n")


def translator(locale: str) -> Translator:
    """The texts in a member's language."""
    language = locale.partition("-")[0]
    return i18n.translator(language if language in i18n.LANGUAGES else i18n.DEFAULT)
