"""Filter, FilterKeyword, FilterStatus, FilterResult, V1::Filter (https://docs.joinmastodon.org/entities/Filter/)."""

from datetime import datetime

import msgspec

from rostra.accounts.filters.matching import Match
from rostra.accounts.filters.model import Action, Context, FilteredStatus, Keyword, Rules
from rostra.accounts.filters.model import Filter as FilterRow
from rostra.core.clock import timestamp


class FilterKeyword(msgspec.Struct):
    """A keyword of a filter."""

    id: str
    keyword: str
    whole_word: bool


class FilterStatus(msgspec.Struct):
    """A status in a filter."""

    id: str
    status_id: str


class Filter(msgspec.Struct, kw_only=True):
    """A member's filter. What it names is left out where it is shown beside a status."""

    id: str
    title: str
    context: list[Context]
    expires_at: str | None
    filter_action: Action
    keywords: list[FilterKeyword] | msgspec.UnsetType = msgspec.UNSET
    statuses: list[FilterStatus] | msgspec.UnsetType = msgspec.UNSET


class FilterResult(msgspec.Struct, kw_only=True):
    """A filter that matches a status, and by what."""

    filter: Filter
    keyword_matches: list[str] | None
    status_matches: list[str] | None


class V1Filter(msgspec.Struct, kw_only=True):
    """One keyword, as apps know it that know only filters of one."""

    id: str
    phrase: str
    context: list[Context]
    whole_word: bool
    expires_at: str | None
    irreversible: bool


def keyword_entity(row: Keyword) -> FilterKeyword:
    """`row` as apps see it."""
    return FilterKeyword(str(row.id), row.keyword, row.whole_word)


def filter_status_entity(row: FilteredStatus) -> FilterStatus:
    """`row` as apps see it."""
    return FilterStatus(str(row.id), str(row.status_id))


def filter_entity(rules: Rules) -> Filter:
    """`rules` as apps see them."""
    bare = _bare(rules.filter)
    bare.keywords = [keyword_entity(row) for row in rules.keywords]
    bare.statuses = [filter_status_entity(row) for row in rules.statuses]
    return bare


def result_entity(found: Match) -> FilterResult:
    """`found` as apps see it."""
    return FilterResult(
        filter=_bare(found.filter),
        keyword_matches=found.keywords or None,
        status_matches=[str(status_id) for status_id in found.status_ids] or None,
    )


def v1_entity(keyword: Keyword, of: FilterRow) -> V1Filter:
    """`keyword` of the filter `of` as old apps see it."""
    return V1Filter(
        id=str(keyword.id),
        phrase=keyword.keyword,
        context=of.contexts,
        whole_word=keyword.whole_word,
        expires_at=_time(of.expires_at),
        irreversible=of.action == "hide",
    )


def _bare(row: FilterRow) -> Filter:
    return Filter(
        id=str(row.id),
        title=row.title,
        context=row.contexts,
        expires_at=_time(row.expires_at),
        filter_action=row.action,
    )


def _time(at: datetime | None) -> str | None:
    return timestamp(at) if at is not None else None
