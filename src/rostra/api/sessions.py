"""Browsers in which a member is signed in on the server's pages: an extension (docs/api-extensions.md)."""

import msgspec

from rostra.accounts.sessions import queries
from rostra.accounts.sessions.devices import device
from rostra.api.http import Call, Endpoints
from rostra.api.own import READ, WRITE
from rostra.api.params import Id, NoParams
from rostra.core.clock import timestamp
from rostra.core.errors import NotFound

api = Endpoints("sessions")


class SessionId(msgspec.Struct):
    """A session in the path."""

    id: Id


class Session(msgspec.Struct, kw_only=True):
    """A browser. `device` is what it is, in short (`Firefox, Linux`); empty where nobody can tell."""

    id: str
    device: str
    user_agent: str
    created_at: str
    last_used_at: str


class Count(msgspec.Struct):
    """How many it was done to."""

    count: int


@api.get("/api/rostra/v1/sessions", auth=READ, returns=list[Session])
async def get_sessions(call: Call, params: NoParams) -> list[Session]:
    """See in which browsers one is signed in, the last used first."""
    return [
        Session(
            id=str(row.id),
            device=device(row.user_agent),
            user_agent=row.user_agent,
            created_at=timestamp(row.created_at),
            last_used_at=timestamp(row.last_used_at),
        )
        for row in await queries.sessions(call.tx, call.account_id)
    ]


@api.delete("/api/rostra/v1/sessions/{id}", auth=WRITE, returns=Count)
async def end_session(call: Call, params: SessionId) -> Count:
    """Sign out in one browser."""
    if not await queries.delete_session(call.tx, call.account_id, params.id):
        raise NotFound
    return Count(1)


@api.delete("/api/rostra/v1/sessions", auth=WRITE, returns=Count)
async def end_sessions(call: Call, params: NoParams) -> Count:
    """Sign out in all browsers. Apps, and so this token, go on: see `/api/v1/tokens`."""
    return Count(await queries.delete_sessions(call.tx, call.account_id))
