"""How the network is, for those who run it: an extension, described in docs/api-extensions.md."""

import msgspec

from rostra.accounts import throttles
from rostra.api.http import Call, Endpoints
from rostra.api.params import NoParams
from rostra.api.staff import ADMIN_READ, ADMIN_WRITE
from rostra.core.operating.state import State, state
from rostra.pages import auth_mails

api = Endpoints("admin/health")


class MailSent(msgspec.Struct):
    """Where a mail went. With `method` `folder` nobody gets it: it is a file in the data folder."""

    to: str
    method: str


@api.get("/api/rostra/v1/admin/health", auth=ADMIN_READ, returns=State)
async def get_health(call: Call, params: NoParams) -> State:
    """See how the network is, and what is amiss."""
    return await state(call.tx, call.settings)


@api.post("/api/rostra/v1/admin/mail/test", auth=ADMIN_WRITE, returns=MailSent, db=False)
async def send_test_mail(call: Call, params: NoParams) -> MailSent:
    """Send oneself a mail, now, to see whether mails go out."""
    async with call.services.db.connection() as tx:
        await throttles.hit(tx, call.settings, throttles.TEST_MAIL, call.account_id)
    to = await auth_mails.send_test(call.services, call.account_id)
    return MailSent(to, "smtp" if call.settings.smtp_url else "folder")
