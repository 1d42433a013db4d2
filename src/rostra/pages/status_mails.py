"""Reactions that write mails about what members wrote."""

from rostra.core.errors import NotFound
from rostra.core.services import Services
from rostra.pages.auth_mails import member_of, send, translator
from rostra.statuses import drafts
from rostra.statuses.model import ScheduledFailed

_EXCERPT = 200


async def mail_failure(services: Services, event: ScheduledFailed) -> None:
    """An author learns that a scheduled status did not come out, and that nothing is lost."""
    user, name = await member_of(services, event.account_id)
    if user is None or not user.is_active:
        return
    async with services.db.connection() as tx:
        try:
            saved = await drafts.get(tx, event.account_id, event.draft_id)
        except NotFound:  # they have seen it, and taken it away
            return
    t = translator(user.locale)
    text = t("mail-unpublished-text", reason=saved.error or "", excerpt=saved.read().text[:_EXCERPT])
    await send(services, t, user.email, name, "mail-unpublished-subject", text)
