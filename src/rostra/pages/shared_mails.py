"""Reactions that write mails about shared accounts."""

from rostra.accounts.sharing import queries
from rostra.accounts.sharing.model import AccessOffered
from rostra.core.services import Services
from rostra.pages.auth_mails import member_of, send, translator


async def mail_invitation(services: Services, event: AccessOffered) -> None:
    """A member learns that they are invited to look after an account."""
    async with services.db.connection() as tx:
        offered = await queries.get(tx, event.access_id)
    if offered is None or offered.accepted_at is not None:  # taken back, or answered
        return
    user, name = await member_of(services, offered.member_id)
    if user is None or not user.is_active:
        return
    t = translator(user.locale)
    link = services.settings.url("/settings/shared")
    text = t("mail-shared-text", account=offered.account_name, link=link)
    await send(services, t, user.email, name, "mail-shared-subject", text)
