"""One's own account (https://docs.joinmastodon.org/methods/accounts/)."""

from typing import Literal

import msgspec

from rostra.accounts import access, queries
from rostra.accounts.profile import Defaults
from rostra.accounts.relations import queries as relation_queries
from rostra.api.auth import user
from rostra.api.entities.credential_account import CredentialAccount, credential_account
from rostra.api.http import Call, Endpoints
from rostra.api.params import NoParams
from rostra.api.profile_params import BODY_LIMIT, SECONDS, ProfileParams, change_profile
from rostra.core.db import Tx
from rostra.core.errors import Invalid
from rostra.core.text import language_tag

api = Endpoints("accounts")


class Source(msgspec.Struct, kw_only=True):
    """What new statuses are like."""

    privacy: Literal["public", "unlisted", "private"] | None = None
    sensitive: bool | None = None
    language: str | None = None
    quote_policy: Literal["public", "followers", "nobody"] | None = None

    def defaults(self) -> Defaults:
        """As the use case wants it.

        Raises:
            Invalid: the language isn't one.
        """
        language = language_tag(self.language) if self.language else self.language
        if self.language and language is None:
            raise Invalid("Language is invalid")
        return Defaults(
            visibility=self.privacy,
            sensitive=self.sensitive,
            language=language,
            quote_policy=self.quote_policy,
        )


class Credentials(ProfileParams, kw_only=True):
    """Changes of a profile and of what new statuses are like."""

    source: Source | None = None


@api.get(
    "/api/v1/accounts/verify_credentials", auth=user("profile", "read:accounts"), returns=CredentialAccount
)
async def verify_credentials(call: Call, params: NoParams) -> CredentialAccount:
    """See one's own account, as one wrote it."""
    return await show(call, call.tx)


@api.patch(
    "/api/v1/accounts/update_credentials",
    auth=user("write:accounts").by("manager"),
    returns=CredentialAccount,
    body_limit=BODY_LIMIT,
    timeout=SECONDS,
    db=False,
)
async def update_credentials(call: Call, params: Credentials) -> CredentialAccount:
    """Change one's profile, and what new statuses are like."""
    await change_profile(call, params, params.source.defaults() if params.source else None)
    async with call.services.db.connection() as tx:
        return await show(call, tx)


async def show(call: Call, tx: Tx) -> CredentialAccount:
    """The member's own account."""
    (account,) = await queries.by_ids(tx, [call.account_id])
    member = await queries.user(tx, account.id)
    assert member is not None
    requests = await relation_queries.count_requests(tx, account.id)
    moved = await access.known_by_ids(tx, [account.moved_to_id]) if account.moved_to_id else []
    present = next((target for target in moved if target.suspended_at is None), None)
    pictures = call.hydrator.pictures
    await pictures.emojis.ready(tx)
    return credential_account(call.settings, pictures, account, member, requests, present)
