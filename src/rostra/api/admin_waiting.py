"""What waits for staff: an extension (docs/api-extensions.md)."""

import msgspec

from rostra.accounts import approval
from rostra.api.http import Call, Endpoints
from rostra.api.params import NoParams
from rostra.api.staff import STAFF_READ
from rostra.core import jobs
from rostra.moderation import queries as moderation
from rostra.trends import queries as trends

api = Endpoints("admin/waiting")


class Waiting(msgspec.Struct, kw_only=True):
    """How many of each wait. Failed jobs are for those who run the network; others can only tell them."""

    sign_ups: int
    reports: int
    trends: int
    failed_jobs: int


@api.get("/api/rostra/v1/admin/waiting", auth=STAFF_READ, returns=Waiting)
async def get_waiting(call: Call, params: NoParams) -> Waiting:
    """See how much waits for staff."""
    return Waiting(
        sign_ups=await approval.count_pending(call.tx),
        reports=await moderation.count_open(call.tx, call.account_id),
        trends=await trends.count_waiting(call.tx) if call.settings.trends else 0,
        failed_jobs=(await jobs.backlog(call.tx)).failed,
    )
