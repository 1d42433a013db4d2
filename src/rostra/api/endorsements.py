"""Endorsements (https://docs.joinmastodon.org/methods/endorsements/) and familiar followers."""

from typing import Any

import msgspec

from rostra.accounts import access
from rostra.accounts.relations import familiar, lists
from rostra.api import account_lists
from rostra.api.auth import public, user
from rostra.api.entities.account import Account
from rostra.api.http import Call, Endpoints, Page
from rostra.api.params import Id, PageParams

api = Endpoints("accounts")

MAX_IDS = 40
"""Most accounts whose familiar followers are looked up at once; the rest of `id[]` is ignored."""


class AccountPage(PageParams, kw_only=True):
    """An account in the path, and a part of a list of people."""

    id: Id


class AccountIds(msgspec.Struct):
    """Accounts in the query."""

    id: list[Id] = []


class AccountId(msgspec.Struct):
    """An account in the path."""

    id: Id


class FamiliarFollowers(msgspec.Struct):
    """https://docs.joinmastodon.org/entities/FamiliarFollowers/. `accounts` are entities, encoded or not."""

    id: str
    accounts: list[Account | msgspec.Raw]


class IdentityProof(msgspec.Struct):
    """https://docs.joinmastodon.org/entities/IdentityProof/: of a service that is gone."""

    provider: str
    provider_username: str
    updated_at: str
    proof_url: str
    profile_url: str


@api.get("/api/v1/endorsements", auth=user("read:accounts"), returns=list[Account])
async def get_endorsements(call: Call, params: PageParams) -> Page:
    """See whom one shows on one's profile."""
    account = await access.get_known(call.tx, call.account_id)
    rows = await lists.endorsed(call.tx, call.account_id, account, account_lists.bounds(params))
    return await account_lists.page(call, rows)


@api.get("/api/v1/accounts/{id}/endorsements", auth=public("read:accounts"), returns=list[Account])
async def get_endorsements_of(call: Call, params: AccountPage) -> Page:
    """See whom an account shows on its profile."""
    account = await access.get_known(call.tx, params.id)
    rows = await lists.endorsed(call.tx, call.viewer_id, account, account_lists.bounds(params))
    return await account_lists.page(call, rows)


@api.get("/api/v1/accounts/familiar_followers", auth=user("read:follows"), returns=list[FamiliarFollowers])
async def get_familiar_followers(call: Call, params: AccountIds) -> list[FamiliarFollowers]:
    """See who of those whom one follows follows some accounts, too."""
    found = await familiar.followers(call.tx, call.account_id, params.id[:MAX_IDS])
    everybody = [row for rows in found.values() for row in rows]
    entities = await call.hydrator.people(call.tx, everybody)
    by_id: dict[int, Any] = {row.id: entity for row, entity in zip(everybody, entities, strict=True)}
    return [FamiliarFollowers(str(one), [by_id[row.id] for row in rows]) for one, rows in found.items()]


@api.get("/api/v1/accounts/{id}/identity_proofs", auth=public("read:accounts"), returns=list[IdentityProof])
async def get_identity_proofs(call: Call, params: AccountId) -> list[IdentityProof]:
    """See proofs of identity by a service that is gone: none, for the apps that still ask."""
    await access.get_known(call.tx, params.id)
    return []
