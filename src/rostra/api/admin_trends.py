"""Trends, reviewed by staff (https://docs.joinmastodon.org/methods/admin/trends/)."""

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from rostra.api.entities.status import Status
from rostra.api.entities.tag import Tag, days_of, tag_entities
from rostra.api.http import Call, Endpoints
from rostra.api.params import Id, NoParams
from rostra.api.staff import STAFF_READ, STAFF_WRITE
from rostra.api.trends import TrendsLink
from rostra.core.clock import timestamp
from rostra.core.errors import NotFound
from rostra.statuses import reading
from rostra.trends import actions, queries
from rostra.trends.model import LinkReview, PublisherReview, StatusReview, TagReview

api = Endpoints("admin/trends")

HERE = "/api/v1/admin/trends"
T = TypeVar("T")
AUTHORS = "/api/rostra/v1/admin/trends/authors"


class SubjectId(msgspec.Struct):
    """Whatever is decided about, in the path."""

    id: Id


class AdminTag(Tag, kw_only=True):
    """A hashtag that trends or would."""

    trendable: bool
    usable: bool
    listable: bool
    requires_review: bool


class AdminTrendsLink(TrendsLink, kw_only=True):
    """A link that trends or would; `trendable` null: neither of it nor of its publisher was anything said."""

    id: str
    publisher_id: str
    trendable: bool | None
    requires_review: bool


class AdminTrendsStatus(Status, kw_only=True):
    """A status that trends or would; `trendable` null: neither of it nor of its author was anything said."""

    trendable: bool | None
    requires_review: bool


class Publisher(msgspec.Struct, kw_only=True):
    """A website whose links trend or would."""

    id: str
    domain: str
    trendable: bool | None
    reviewed_at: str | None
    requires_review: bool


@api.get(HERE + "/tags", auth=STAFF_READ, returns=list[AdminTag])
async def get_tags(call: Call, params: NoParams) -> list[AdminTag]:
    """See which hashtags trend or would, undecided ones first."""
    return await _tags(call, await queries.tag_reviews(call.tx))


@api.post(HERE + "/tags/{id}/approve", auth=STAFF_WRITE, returns=AdminTag)
async def approve_tag(call: Call, params: SubjectId) -> AdminTag:
    """Let a hashtag trend."""
    return await _decide_tag(call, params.id, trendable=True)


@api.post(HERE + "/tags/{id}/reject", auth=STAFF_WRITE, returns=AdminTag)
async def reject_tag(call: Call, params: SubjectId) -> AdminTag:
    """Don't let a hashtag trend."""
    return await _decide_tag(call, params.id, trendable=False)


@api.get(HERE + "/links", auth=STAFF_READ, returns=list[AdminTrendsLink])
async def get_links(call: Call, params: NoParams) -> list[msgspec.Raw]:
    """See which links trend or would, undecided ones first."""
    return await _links(call, await queries.link_reviews(call.tx))


@api.post(HERE + "/links/{id}/approve", auth=STAFF_WRITE, returns=AdminTrendsLink)
async def approve_link(call: Call, params: SubjectId) -> msgspec.Raw:
    """Let a link trend, whatever was said of its publisher."""
    return await _decide_link(call, params.id, trendable=True)


@api.post(HERE + "/links/{id}/reject", auth=STAFF_WRITE, returns=AdminTrendsLink)
async def reject_link(call: Call, params: SubjectId) -> msgspec.Raw:
    """Don't let a link trend, whatever was said of its publisher."""
    return await _decide_link(call, params.id, trendable=False)


@api.get(HERE + "/links/publishers", auth=STAFF_READ, returns=list[Publisher])
async def get_publishers(call: Call, params: NoParams) -> list[Publisher]:
    """See whose links trend or would, undecided ones first."""
    return [_publisher(row) for row in await queries.publisher_reviews(call.tx)]


@api.post(HERE + "/links/publishers/{id}/approve", auth=STAFF_WRITE, returns=Publisher)
async def approve_publisher(call: Call, params: SubjectId) -> Publisher:
    """Let all links of a website trend of which nothing else was said."""
    return await _decide_publisher(call, params.id, trendable=True)


@api.post(HERE + "/links/publishers/{id}/reject", auth=STAFF_WRITE, returns=Publisher)
async def reject_publisher(call: Call, params: SubjectId) -> Publisher:
    """Let no link of a website trend of which nothing else was said."""
    return await _decide_publisher(call, params.id, trendable=False)


@api.get(HERE + "/statuses", auth=STAFF_READ, returns=list[AdminTrendsStatus])
async def get_statuses(call: Call, params: NoParams) -> list[msgspec.Raw]:
    """See which statuses trend or would, undecided ones first."""
    return await _statuses(call, await queries.status_reviews(call.tx))


@api.post(HERE + "/statuses/{id}/approve", auth=STAFF_WRITE, returns=AdminTrendsStatus)
async def approve_status(call: Call, params: SubjectId) -> msgspec.Raw:
    """Let a status trend, whatever was said of its author."""
    return await _decide_status(call, params.id, trendable=True)


@api.post(HERE + "/statuses/{id}/reject", auth=STAFF_WRITE, returns=AdminTrendsStatus)
async def reject_status(call: Call, params: SubjectId) -> msgspec.Raw:
    """Don't let a status trend, whatever was said of its author."""
    return await _decide_status(call, params.id, trendable=False)


@api.post(AUTHORS + "/{id}/approve", auth=STAFF_WRITE, returns=dict[str, str])
async def approve_author(call: Call, params: SubjectId) -> dict[str, str]:
    """Let all statuses of an account trend of which nothing else was said."""
    await actions.decide(call.tx, "author", params.id, trendable=True)
    return {}


@api.post(AUTHORS + "/{id}/reject", auth=STAFF_WRITE, returns=dict[str, str])
async def reject_author(call: Call, params: SubjectId) -> dict[str, str]:
    """Let no status of an account trend of which nothing else was said."""
    await actions.decide(call.tx, "author", params.id, trendable=False)
    return {}


async def _decide_tag(call: Call, tag_id: int, *, trendable: bool) -> AdminTag:
    await actions.decide(call.tx, "tag", tag_id, trendable=trendable)
    return _first(await _tags(call, await queries.tag_reviews(call.tx, tag_id)))


async def _decide_publisher(call: Call, publisher_id: int, *, trendable: bool) -> Publisher:
    await actions.decide(call.tx, "publisher", publisher_id, trendable=trendable)
    return _publisher(_first(await queries.publisher_reviews(call.tx, publisher_id)))


async def _decide_link(call: Call, card_id: int, *, trendable: bool) -> msgspec.Raw:
    _first(await queries.link_reviews(call.tx, card_id))  # what does not trend is not decided about here
    await actions.decide(call.tx, "link", card_id, trendable=trendable)
    return _first(await _links(call, await queries.link_reviews(call.tx, card_id)))


async def _decide_status(call: Call, status_id: int, *, trendable: bool) -> msgspec.Raw:
    _first(await queries.status_reviews(call.tx, status_id))
    await actions.decide(call.tx, "status", status_id, trendable=trendable)
    return _first(await _statuses(call, await queries.status_reviews(call.tx, status_id)))


async def _tags(call: Call, rows: Sequence[TagReview]) -> list[AdminTag]:
    entities = await tag_entities(call.tx, call.settings, call.viewer_id, rows)
    return [
        AdminTag(
            **{name: getattr(entity, name) for name in entity.__struct_fields__},
            trendable=bool(row.trendable),
            usable=row.usable,
            listable=row.listable,
            requires_review=row.trendable is None,
        )
        for row, entity in zip(rows, entities, strict=True)
    ]


async def _links(call: Call, rows: Sequence[LinkReview]) -> list[msgspec.Raw]:
    ids = [row.id for row in rows]
    found = await queries.links_named(call.tx, ids) if ids else []
    days = days_of(await queries.link_history(call.tx, ids) if ids else [])
    cards = dict(zip([link.id for link in found], await call.hydrator.cards(call.tx, found), strict=True))
    return [
        _with(
            cards[row.id],
            history=days(row.id),
            id=str(row.id),
            publisher_id=str(row.publisher_id),
            **_decided(row.trendable, row.publisher_trendable),
        )
        for row in rows
        if row.id in cards
    ]


async def _statuses(call: Call, rows: Sequence[StatusReview]) -> list[msgspec.Raw]:
    """Statuses that staff may see: who blocks somebody of the staff isn't judged by them."""
    frames = await reading.read_ids(call.tx, call.viewer_id, [row.id for row in rows])
    entities = await call.hydrator.by_id(call.tx, call.viewer_id, frames)
    return [
        _with(bytes(entities[row.id]), **_decided(row.trendable, row.author_trendable))
        for row in rows
        if row.id in entities
    ]


def _decided(own: bool | None, of_source: bool | None) -> dict[str, bool | None]:
    trendable = of_source if own is None else own
    return {"trendable": trendable, "requires_review": trendable is None}


def _with(encoded: bytes, **more: object) -> msgspec.Raw:
    """An encoded entity with more fields."""
    return msgspec.Raw(encoded[:-1] + b"," + msgspec.json.encode(more)[1:])


def _publisher(row: PublisherReview) -> Publisher:
    return Publisher(
        id=str(row.id),
        domain=row.domain,
        trendable=row.trendable,
        reviewed_at=timestamp(row.reviewed_at) if row.reviewed_at else None,
        requires_review=row.trendable is None,
    )


def _first(items: Sequence[T]) -> T:
    if not items:
        raise NotFound
    return items[0]
