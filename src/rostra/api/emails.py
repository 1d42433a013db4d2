"""Mail addresses that are to be confirmed (https://docs.joinmastodon.org/methods/emails/).

Only an app in which somebody signed up holds a token of theirs before the address is confirmed, so
the token itself shows that it is the app of the sign-up.
"""

import msgspec

from rostra.accounts import queries, signup
from rostra.api.auth import newcomer
from rostra.api.http import Call, Endpoints
from rostra.api.params import NoParams

api = Endpoints("emails")


class Resend(msgspec.Struct):
    """Parameters of a new confirmation mail."""

    email: str | None = None


@api.post("/api/v1/emails/confirmations", auth=newcomer("write:accounts").by("owner"))
async def resend_confirmation(call: Call, params: Resend) -> object:
    """Send the confirmation mail once more, to a corrected address if one is given."""
    await signup.resend_confirmation(
        call.tx, call.settings, call.account_id, call.address, params.email or None
    )
    return {}


@api.get("/api/v1/emails/check_confirmation", auth=newcomer("read:accounts"), returns=bool)
async def check_confirmation(call: Call, params: NoParams) -> object:
    """See whether the address is confirmed."""
    user = await queries.user(call.tx, call.account_id)
    return user is not None and user.confirmed_at is not None
