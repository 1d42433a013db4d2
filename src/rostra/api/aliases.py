"""Other accounts of the same person, which may move here: an extension (docs/api-extensions.md)."""

import msgspec

from rostra.accounts import aliases
from rostra.api.http import Call, Endpoints
from rostra.api.own import READ, WRITE, Confirmed, confirm
from rostra.api.params import Id, NoParams
from rostra.core.clock import timestamp

api = Endpoints("aliases")

HERE = "/api/rostra/v1/aliases"


class NewAlias(Confirmed, kw_only=True):
    """A handle, such as `alice@other.example`."""

    acct: str


class AliasId(Confirmed, kw_only=True):
    """An alias in the path, and the password."""

    id: Id


class Alias(msgspec.Struct, kw_only=True):
    """Another account of the same person; `uri` null: its server has not been asked yet."""

    id: str
    acct: str
    uri: str | None
    created_at: str


@api.get(HERE, auth=READ, returns=list[Alias])
async def get_aliases(call: Call, params: NoParams) -> list[Alias]:
    """See one's aliases, the oldest first."""
    return await _entities(call)


@api.post(HERE, auth=WRITE, returns=list[Alias])
async def add_alias(call: Call, params: NewAlias) -> list[Alias]:
    """Name another account as one's own: it may move here."""
    await confirm(call, call.tx, params.password)
    await aliases.add(call.tx, call.settings, call.account_id, params.acct)
    return await _entities(call)


@api.post(HERE + "/{id}/remove", auth=WRITE, returns=list[Alias])
async def remove_alias(call: Call, params: AliasId) -> list[Alias]:
    """No longer name another account as one's own."""
    await confirm(call, call.tx, params.password)
    await aliases.remove(call.tx, call.account_id, params.id)
    return await _entities(call)


async def _entities(call: Call) -> list[Alias]:
    return [
        Alias(id=str(row.id), acct=row.acct, uri=row.uri, created_at=timestamp(row.created_at))
        for row in await aliases.of_member(call.tx, call.account_id)
    ]
