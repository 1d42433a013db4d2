"""Trends (https://docs.joinmastodon.org/methods/trends/)."""

import msgspec

from rostra.api.auth import public
from rostra.api.entities.card import PreviewCard
from rostra.api.entities.status import Status
from rostra.api.entities.tag import Tag, TagHistory, days_of, tag_entities
from rostra.api.http import Call, Endpoints
from rostra.trends import queries

api = Endpoints("trends")

MOST_OFFSET = 10_000


class Part(msgspec.Struct):
    """A part of a ranking."""

    limit: int | None = None
    offset: int = 0

    def size(self, default: int) -> int:
        """How many: `default`, where nobody says; at most twice as many."""
        return max(1, min(self.limit if self.limit is not None else default, 2 * default))

    @property
    def start(self) -> int:
        """How many are passed over."""
        return max(0, min(self.offset, MOST_OFFSET))


class TrendsLink(PreviewCard, kw_only=True):
    """A link with how it was used lately."""

    history: list[TagHistory]


@api.get("/api/v1/trends/tags", auth=public(), returns=list[Tag])
async def trending_tags(call: Call, params: Part) -> object:
    """See which hashtags many use now."""
    if not call.settings.trends:
        return []
    rows = await queries.tags(call.tx, call.settings, params.size(10), params.start)
    return await tag_entities(call.tx, call.settings, call.viewer_id, rows)


@api.get("/api/v1/trends", auth=public(), returns=list[Tag])
async def trending_tags_of_old(call: Call, params: Part) -> object:
    """The same, for apps from before Mastodon 3.5."""
    return await trending_tags(call, params)


@api.get("/api/v1/trends/statuses", auth=public(), returns=list[Status])
async def trending_statuses(call: Call, params: Part) -> object:
    """See which statuses many favourite and boost now."""
    if not call.settings.trends:
        return []
    frames = await queries.statuses(call.tx, call.settings, call.viewer_id, params.size(20), params.start)
    return await call.hydrator.statuses(call.tx, call.viewer_id, frames)


@api.get("/api/v1/trends/links", auth=public(), returns=list[TrendsLink])
async def trending_links(call: Call, params: Part) -> object:
    """See which links many share now."""
    if not call.settings.trends:
        return []
    rows = await queries.links(call.tx, call.settings, params.size(10), params.start)
    days = days_of(await queries.link_history(call.tx, [row.id for row in rows]) if rows else [])
    return [
        msgspec.Raw(card[:-1] + b',"history":' + msgspec.json.encode(days(row.id)) + b"}")
        for row, card in zip(rows, await call.hydrator.cards(call.tx, rows), strict=True)
    ]
