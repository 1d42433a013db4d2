"""Marker (https://docs.joinmastodon.org/entities/Marker/)."""

import msgspec

from rostra.accounts.markers import Marker as MarkerRow
from rostra.core.clock import timestamp


class Marker(msgspec.Struct):
    """How far a member has read."""

    last_read_id: str
    version: int
    updated_at: str


def marker_entity(row: MarkerRow) -> Marker:
    """`row` as apps see it."""
    return Marker(str(row.last_read_id), row.version, timestamp(row.updated_at))
