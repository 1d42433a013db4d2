"""Markers (https://docs.joinmastodon.org/methods/markers/)."""

import msgspec

from rostra.accounts import markers
from rostra.api.auth import user
from rostra.api.entities.marker import Marker, marker_entity
from rostra.api.http import Call, Endpoints
from rostra.api.params import Id

api = Endpoints("markers")


class Which(msgspec.Struct):
    """Names of timelines; unknown ones have no markers."""

    timeline: list[str] = []


class Position(msgspec.Struct, kw_only=True):
    """How far one has read; `version`, an extension: the one that this is to replace."""

    last_read_id: Id | None = None
    version: int | None = None


class Positions(msgspec.Struct, kw_only=True):
    """How far one has read, by timeline."""

    home: Position | None = None
    notifications: Position | None = None


@api.get("/api/v1/markers", auth=user("read:statuses"), returns=dict[str, Marker])
async def get_markers(call: Call, params: Which) -> dict[str, Marker]:
    """See how far one has read."""
    rows = await markers.of_account(call.tx, call.account_id, params.timeline)
    return {row.timeline: marker_entity(row) for row in rows}


@api.post("/api/v1/markers", auth=user("write:statuses"), returns=dict[str, Marker])
async def set_markers(call: Call, params: Positions) -> dict[str, Marker]:
    """Say how far one has read."""
    moved: dict[str, Marker] = {}
    async with call.tx.transaction():
        for timeline in markers.TIMELINES:
            position: Position | None = getattr(params, timeline)
            if position is not None and position.last_read_id is not None:
                row = await markers.set_marker(
                    call.tx, call.account_id, timeline, position.last_read_id, position.version
                )
                moved[timeline] = marker_entity(row)
    return moved
