"""One's own profile, for editing (https://docs.joinmastodon.org/methods/profile/)."""

from rostra.accounts import queries
from rostra.accounts.profile import Profile as Change
from rostra.accounts.profile import update_profile
from rostra.api import credentials
from rostra.api.auth import user
from rostra.api.entities.credential_account import CredentialAccount
from rostra.api.entities.profile import Profile, profile_entity
from rostra.api.http import Call, Endpoints
from rostra.api.params import NoParams
from rostra.api.profile_params import BODY_LIMIT, SECONDS, ProfileParams, change_profile

api = Endpoints("profile")


@api.get("/api/v1/profile", auth=user("profile", "read:accounts"), returns=Profile)
async def get_profile(call: Call, params: NoParams) -> Profile:
    """See one's profile, as one wrote it."""
    (account,) = await queries.by_ids(call.tx, [call.account_id])
    return profile_entity(call.settings, account)


@api.patch(
    "/api/v1/profile",
    auth=user("write:accounts").by("manager"),
    returns=Profile,
    body_limit=BODY_LIMIT,
    timeout=SECONDS,
    db=False,
)
async def update(call: Call, params: ProfileParams) -> Profile:
    """Change one's profile."""
    return profile_entity(call.settings, await change_profile(call, params))


@api.delete("/api/v1/profile/avatar", auth=user("write:accounts").by("manager"), returns=CredentialAccount)
async def delete_avatar(call: Call, params: NoParams) -> CredentialAccount:
    """Remove one's avatar."""
    await update_profile(call.tx, call.account_id, Change(avatar_key="", avatar_description=""))
    return await credentials.show(call, call.tx)


@api.delete("/api/v1/profile/header", auth=user("write:accounts").by("manager"), returns=CredentialAccount)
async def delete_header(call: Call, params: NoParams) -> CredentialAccount:
    """Remove one's header."""
    await update_profile(call.tx, call.account_id, Change(header_key="", header_description=""))
    return await credentials.show(call, call.tx)
