"""A reaction that writes mails: staff learn of a report."""

from rostra.accounts import queries as accounts
from rostra.core.services import Services
from rostra.moderation import queries
from rostra.moderation.model import ReportFiled
from rostra.pages import auth_mails


async def mail_report(services: Services, event: ReportFiled) -> None:
    """All the staff whom it is not about."""
    async with services.db.connection() as tx:
        reports = await queries.by_ids(tx, [event.report_id])
        recipients = await queries.staff(tx, event.report_id)
        targets = await accounts.by_ids(tx, [report.target_id for report in reports])
    if not targets:
        return
    link = services.settings.url("/settings/reports")
    for recipient in recipients:
        t = auth_mails.translator(recipient.locale)
        text = t("mail-report-text", username=targets[0].username, link=link)
        await auth_mails.send(services, t, recipient.email, recipient.username, "mail-report-subject", text)
