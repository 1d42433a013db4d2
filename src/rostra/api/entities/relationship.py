"""Relationship (https://docs.joinmastodon.org/entities/Relationship/)."""

import msgspec

from rostra.accounts.relations.model import Relationship as RelationshipRow
from rostra.core.clock import timestamp


class Relationship(msgspec.Struct, kw_only=True):
    """How the viewer stands to an account, in both directions."""

    id: str
    following: bool
    showing_reblogs: bool
    notifying: bool
    languages: list[str] | None
    followed_by: bool
    blocking: bool
    blocked_by: bool
    muting: bool
    muting_notifications: bool
    muting_expires_at: str | None
    requested: bool
    requested_by: bool
    domain_blocking: bool
    endorsed: bool
    note: str


def relationship_entity(row: RelationshipRow) -> Relationship:
    """`row` as apps see it."""
    return Relationship(
        id=str(row.id),
        following=row.following,
        showing_reblogs=row.showing_reblogs,
        notifying=row.notifying,
        languages=row.languages,
        followed_by=row.followed_by,
        blocking=row.blocking,
        blocked_by=row.blocked_by,
        muting=row.muting,
        muting_notifications=row.muting_notifications,
        muting_expires_at=timestamp(row.muting_expires_at) if row.muting_expires_at else None,
        requested=row.requested,
        requested_by=row.requested_by,
        domain_blocking=row.domain_blocking,
        endorsed=row.endorsed,
        note=row.note,
    )
