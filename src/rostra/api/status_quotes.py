"""Quotes of statuses (https://docs.joinmastodon.org/methods/statuses/#quotes)."""

from contextlib import suppress

from rostra.api.auth import user
from rostra.api.entities.status import Status
from rostra.api.http import Call, Endpoints, Page
from rostra.api.params import Id, PageParams
from rostra.api.status_params import PolicyParams
from rostra.api.statuses import StatusId, show
from rostra.api.timelines import bounds, page
from rostra.core.errors import Invalid, NotFound
from rostra.statuses import quotes
from rostra.statuses.model import QuotePolicy

api = Endpoints("statuses")


class QuotesOf(PageParams, kw_only=True):
    """A status in the path, and a part of the list of what quotes it."""

    id: Id


class QuoteOf(StatusId):
    """A status in the path, and another that quotes it."""

    quoting_status_id: Id


class InteractionPolicy(StatusId, kw_only=True):
    """A status in the path, who may quote it, and who may do what else to it."""

    quote_approval_policy: QuotePolicy | None = None
    interaction_policy: PolicyParams | None = None


@api.get("/api/v1/statuses/{id}/quotes", auth=user("read:statuses"), returns=list[Status])
async def list_quotes(call: Call, params: QuotesOf) -> Page:
    """See what quotes a status."""
    return await page(call, await quotes.of_status(call.tx, call.account_id, params.id, bounds(params)))


@api.post(
    "/api/v1/statuses/{id}/quotes/{quoting_status_id}/revoke", auth=user("write:statuses"), returns=Status
)
async def revoke_quote(call: Call, params: QuoteOf) -> object:
    """Take back that somebody quotes one's own status; the answer is the status that did.

    It is one's own status where that one can't be seen any more, because its author blocks one.
    """
    await quotes.revoke(call.tx, call.account_id, params.id, params.quoting_status_id)
    with suppress(NotFound):
        return await show(call, params.quoting_status_id)
    return await show(call, params.id)


@api.put("/api/v1/statuses/{id}/interaction_policy", auth=user("write:statuses"), returns=Status)
async def set_interaction_policy(call: Call, params: InteractionPolicy) -> object:
    """Decide anew who may quote, answer, favourite or boost one's status; what was done already stays."""
    if params.quote_approval_policy is None and params.interaction_policy is None:
        raise Invalid("Quote approval policy can't be blank")
    if params.quote_approval_policy is not None:
        await quotes.set_policy(call.tx, call.account_id, params.id, params.quote_approval_policy)
    if params.interaction_policy is not None:
        make = params.interaction_policy.make
        await quotes.set_interaction_policy(call.tx, call.account_id, params.id, make)
    return await show(call, params.id)
