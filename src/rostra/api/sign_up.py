"""Sign-up in an app (https://docs.joinmastodon.org/methods/accounts/#create)."""

import msgspec

from rostra.accounts import signup
from rostra.accounts.oauth import actions, queries
from rostra.accounts.signup import SignUp
from rostra.api.auth import app
from rostra.api.entities.application import Token, token_entity
from rostra.api.http import Call, Endpoints
from rostra.core.errors import Unauthorized

api = Endpoints("accounts")


class NewMember(msgspec.Struct):
    """Parameters of a sign-up."""

    username: str = ""
    email: str = ""
    password: str = ""
    agreement: bool = False
    locale: str = "en"
    reason: str = ""
    invite_code: str = ""


@api.post("/api/v1/accounts", auth=app("write:accounts"), returns=Token)
async def create_account(call: Call, params: NewMember) -> object:
    """Sign up; the token can be used once the account can."""
    application_id = call.viewer.application_id if call.viewer else None
    application = await queries.application(call.tx, application_id) if application_id else None
    if application is None:
        raise Unauthorized
    wish = SignUp(
        username=params.username,
        email=params.email,
        password=params.password,
        agreement=params.agreement,
        locale=params.locale,
        reason=params.reason,
        invite_code=params.invite_code,
    )
    account_id = await signup.sign_up(call.tx, call.settings, wish, call.address)
    token = await actions.issue_sign_up_token(call.tx, application, account_id)
    call.headers["Cache-Control"] = "no-store"
    return token_entity(token)
