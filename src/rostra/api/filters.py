"""Filters (https://docs.joinmastodon.org/methods/filters/#v2). What old apps use is in filters_v1.py."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta

import msgspec

from rostra.accounts.filters import actions, queries
from rostra.accounts.filters.model import Action, Change, Context, KeywordChange
from rostra.api.auth import user
from rostra.api.entities.filter import (
    Filter,
    FilterKeyword,
    FilterStatus,
    filter_entity,
    filter_status_entity,
    keyword_entity,
)
from rostra.api.http import Call, Endpoints
from rostra.api.params import Id, NoParams
from rostra.core.errors import Invalid
from rostra.core.text import clean
from rostra.statuses import access

api = Endpoints("filters")

ExpiresIn = int | str | msgspec.UnsetType | None
"""Seconds; blank or null: never; not given: as before."""


class FilterId(msgspec.Struct):
    """A filter, or something of one, in the path."""

    id: Id


class OfFilter(msgspec.Struct):
    """A filter in the path."""

    filter_id: Id


class KeywordParams(msgspec.Struct, kw_only=True):
    """A keyword of a filter."""

    id: Id | None = None
    keyword: str | None = None
    whole_word: bool | None = None
    destroy: bool = msgspec.field(name="_destroy", default=False)

    def change(self) -> KeywordChange:
        """As the use case wants it."""
        keyword = None if self.keyword is None else clean(self.keyword)
        return KeywordChange(id=self.id, keyword=keyword, whole_word=self.whole_word, remove=self.destroy)


class FilterParams(msgspec.Struct, kw_only=True):
    """What a filter is to be."""

    title: str | None = None
    context: list[Context] | None = None
    filter_action: Action | None = None
    expires_in: ExpiresIn = msgspec.UNSET
    keywords_attributes: list[KeywordParams] = []

    def change(self) -> Change:
        """As the use case wants it."""
        return Change(
            title=None if self.title is None else clean(self.title).strip(),
            contexts=None if self.context is None else list(dict.fromkeys(self.context)),
            action=self.filter_action,
            expires_in=duration(self.expires_in),
            keywords=[item.change() for item in self.keywords_attributes],
        )


class FilterUpdate(FilterParams, kw_only=True):
    """A filter in the path, and what it is to be."""

    id: Id


class NewKeyword(KeywordParams, kw_only=True):
    """A filter in the path, and a keyword for it."""

    filter_id: Id


class NewStatus(msgspec.Struct, kw_only=True):
    """A filter in the path, and a status for it."""

    filter_id: Id
    status_id: Id


def duration(given: ExpiresIn) -> timedelta | msgspec.UnsetType | None:
    """`given` as a span of time, None for ever; what is over already is over at once.

    Raises:
        Invalid: it is no number.
    """
    if given is msgspec.UNSET or given is None:
        return given
    try:
        seconds = int(given) if given != "" else None
    except ValueError:
        raise Invalid("Expires in is not a number") from None
    return None if seconds is None else timedelta(seconds=max(0, min(seconds, 10**10)))


@asynccontextmanager
async def changing(call: Call) -> AsyncGenerator[None]:
    """What changes filters: this process sees it at once, the others by the bus."""
    yield
    call.hydrator.filtered.forget(call.account_id)


@api.get("/api/v2/filters", auth=user("read:filters"), returns=list[Filter])
async def get_filters(call: Call, params: NoParams) -> list[Filter]:
    """See one's filters, also those whose time is over."""
    return [filter_entity(rules) for rules in await queries.of_account(call.tx, call.account_id)]


@api.post("/api/v2/filters", auth=user("write:filters"), returns=Filter)
async def create_filter(call: Call, params: FilterParams) -> Filter:
    """Make a filter."""
    async with changing(call):
        made = await actions.create(call.tx, call.services.bus, call.account_id, params.change())
    return filter_entity(made)


@api.get("/api/v2/filters/{id}", auth=user("read:filters"), returns=Filter)
async def get_filter(call: Call, params: FilterId) -> Filter:
    """See one filter."""
    return filter_entity(await actions.get(call.tx, call.account_id, params.id))


@api.put("/api/v2/filters/{id}", auth=user("write:filters"), returns=Filter)
async def update_filter(call: Call, params: FilterUpdate) -> Filter:
    """Change a filter and its keywords."""
    async with changing(call):
        changed = await actions.update(
            call.tx, call.services.bus, call.account_id, params.id, params.change()
        )
    return filter_entity(changed)


@api.delete("/api/v2/filters/{id}", auth=user("write:filters"), returns=dict[str, str])
async def delete_filter(call: Call, params: FilterId) -> dict[str, str]:
    """Delete a filter."""
    async with changing(call):
        await actions.delete(call.tx, call.services.bus, call.account_id, params.id)
    return {}


@api.get("/api/v2/filters/{filter_id}/keywords", auth=user("read:filters"), returns=list[FilterKeyword])
async def get_keywords(call: Call, params: OfFilter) -> list[FilterKeyword]:
    """See the keywords of a filter."""
    rules = await actions.get(call.tx, call.account_id, params.filter_id)
    return [keyword_entity(row) for row in rules.keywords]


@api.post("/api/v2/filters/{filter_id}/keywords", auth=user("write:filters"), returns=FilterKeyword)
async def add_keyword(call: Call, params: NewKeyword) -> FilterKeyword:
    """Add a keyword to a filter."""
    change = msgspec.structs.replace(params.change(), id=None, remove=False)
    async with changing(call):
        added = await actions.add_keyword(
            call.tx, call.services.bus, call.account_id, params.filter_id, change
        )
    return keyword_entity(added)


@api.get("/api/v2/filters/keywords/{id}", auth=user("read:filters"), returns=FilterKeyword)
async def get_keyword(call: Call, params: FilterId) -> FilterKeyword:
    """See one keyword."""
    return keyword_entity(await actions.get_keyword(call.tx, call.account_id, params.id))


@api.put("/api/v2/filters/keywords/{id}", auth=user("write:filters"), returns=FilterKeyword)
async def update_keyword(call: Call, params: KeywordParams) -> FilterKeyword:
    """Change a keyword."""
    if params.keyword is None:
        raise Invalid("Keyword can't be blank")
    async with changing(call):
        changed, _ = await actions.update_keyword(
            call.tx, call.services.bus, call.account_id, params.id or 0, params.change()
        )
    return keyword_entity(changed)


@api.delete("/api/v2/filters/keywords/{id}", auth=user("write:filters"), returns=dict[str, str])
async def delete_keyword(call: Call, params: FilterId) -> dict[str, str]:
    """Delete a keyword."""
    async with changing(call):
        await actions.delete_keyword(call.tx, call.services.bus, call.account_id, params.id)
    return {}


@api.get("/api/v2/filters/{filter_id}/statuses", auth=user("read:filters"), returns=list[FilterStatus])
async def get_statuses(call: Call, params: OfFilter) -> list[FilterStatus]:
    """See the statuses in a filter."""
    rules = await actions.get(call.tx, call.account_id, params.filter_id)
    return [filter_status_entity(row) for row in rules.statuses]


@api.post("/api/v2/filters/{filter_id}/statuses", auth=user("write:filters"), returns=FilterStatus)
async def add_status(call: Call, params: NewStatus) -> FilterStatus:
    """Add a status to a filter."""
    async with changing(call), call.tx.transaction():
        status = await access.get_visible(call.tx, call.account_id, params.status_id)
        added = await actions.add_status(
            call.tx, call.services.bus, call.account_id, params.filter_id, status.id
        )
    return filter_status_entity(added)


@api.get("/api/v2/filters/statuses/{id}", auth=user("read:filters"), returns=FilterStatus)
async def get_status(call: Call, params: FilterId) -> FilterStatus:
    """See one status in a filter."""
    return filter_status_entity(await actions.get_status(call.tx, call.account_id, params.id))


@api.delete("/api/v2/filters/statuses/{id}", auth=user("write:filters"), returns=FilterStatus)
async def delete_status(call: Call, params: FilterId) -> FilterStatus:
    """Take a status out of its filter."""
    async with changing(call):
        gone = await actions.delete_status(call.tx, call.services.bus, call.account_id, params.id)
    return filter_status_entity(gone)
