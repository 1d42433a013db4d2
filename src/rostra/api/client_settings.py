"""Settings of clients that follow their members: an extension, described in docs/api-extensions.md."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from rostra.accounts import client_settings
from rostra.accounts.client_settings import ClientSettings as Row
from rostra.api.auth import user
from rostra.api.http import Call, Endpoints
from rostra.core.clock import timestamp

api = Endpoints("client_settings")

BODY_LIMIT = 128 * 1024
"""Bytes: JSON may be written with much air in it."""
MOST_VERSION = 2**31 - 1


class Client(msgspec.Struct):
    """A client in the path: `web`."""

    client: str


class NewSettings(Client, kw_only=True):
    """All settings anew, and the version that they are to replace (0: there is none yet)."""

    settings: dict[str, Any]
    version: Annotated[int, Meta(ge=0, le=MOST_VERSION)]


class ClientSettings(msgspec.Struct, kw_only=True):
    """What a client keeps. Version 0, without a time: nothing yet."""

    client: str
    version: int
    settings: dict[str, Any] | msgspec.Raw
    updated_at: str | None


@api.get("/api/rostra/v1/client_settings/{client}", auth=user("read:accounts"), returns=ClientSettings)
async def get_settings(call: Call, params: Client) -> ClientSettings:
    """See what a client keeps for oneself."""
    return _entity(params.client, await client_settings.get(call.tx, _member(call), params.client))


@api.put(
    "/api/rostra/v1/client_settings/{client}",
    auth=user("write:accounts"),
    returns=ClientSettings,
    limit="drafts",
    body_limit=BODY_LIMIT,
)
async def replace_settings(call: Call, params: NewSettings) -> ClientSettings:
    """Keep other settings, if nobody else has since `version`."""
    text = msgspec.json.encode(params.settings).decode()
    kept = await client_settings.replace(call.tx, _member(call), params.client, params.version, text)
    return _entity(params.client, kept)


@api.delete("/api/rostra/v1/client_settings/{client}", auth=user("write:accounts"), returns=dict[str, str])
async def forget_settings(call: Call, params: Client) -> dict[str, str]:
    """Forget what a client keeps."""
    await client_settings.delete(call.tx, _member(call), params.client)
    return {}


def _member(call: Call) -> int:
    """Whose screen it is: also with a token of a shared account, the settings are the member's own."""
    assert call.viewer is not None
    return call.viewer.member_id or call.account_id


def _entity(client: str, row: Row | None) -> ClientSettings:
    if row is None:
        return ClientSettings(client=client, version=0, settings={}, updated_at=None)
    return ClientSettings(
        client=client,
        version=row.version,
        settings=msgspec.Raw(row.settings.encode()),
        updated_at=timestamp(row.updated_at),
    )
