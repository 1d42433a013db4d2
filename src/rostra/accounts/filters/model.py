"""Filters: what they are, their limits, and what happens to them. No I/O.

A filter names what a member does not want to meet: keywords and single statuses. As in Mastodon the
network only says which filters match a status (`filtered`), whatever the context; apps do the rest.
"""

from datetime import datetime, timedelta
from typing import Literal

import msgspec

from rostra.core.db import Row
from rostra.core.errors import Invalid
from rostra.core.events import Event

FILTERS = 100
"""Most filters of a member."""
KEYWORDS = 500
"""Most keywords of a member, in all filters together: each is looked for in every status of a page."""
STATUSES = 1_000
"""Most statuses of a member, in all filters together."""
TITLE_LENGTH = 256
KEYWORD_LENGTH = 512
LONGEST = timedelta(days=36_500)

Context = Literal["home", "notifications", "public", "thread", "account"]
Action = Literal["warn", "hide", "blur"]


class Filter(Row, frozen=True):
    """A row of `filters`."""

    id: int
    account_id: int
    title: str
    contexts: list[Context]
    action: Action
    expires_at: datetime | None


class Keyword(Row, frozen=True):
    """A row of `filter_keywords`."""

    id: int
    filter_id: int
    keyword: str
    whole_word: bool


class FilteredStatus(Row, frozen=True):
    """A row of `filter_statuses`."""

    id: int
    filter_id: int
    status_id: int


class Rules(msgspec.Struct, frozen=True):
    """A filter with all that it names."""

    filter: Filter
    keywords: list[Keyword]
    statuses: list[FilteredStatus]


class KeywordChange(msgspec.Struct, frozen=True, kw_only=True):
    """A keyword to add, or (`id`) to change or remove. None leaves it as it is."""

    id: int | None = None
    keyword: str | None = None
    whole_word: bool | None = None
    remove: bool = False

    def check(self) -> None:
        """Raises `Invalid` when it can't be one."""
        if self.keyword is None:
            if self.id is None and not self.remove:
                raise Invalid("Keyword can't be blank")
            return
        if not self.keyword.strip():
            raise Invalid("Keyword can't be blank")
        if len(self.keyword) > KEYWORD_LENGTH:
            raise Invalid(f"Keyword is too long (maximum is {KEYWORD_LENGTH} characters)")


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What a filter is to be; None leaves it as it is."""

    title: str | None = None
    contexts: list[Context] | None = None
    action: Action | None = None
    expires_in: timedelta | msgspec.UnsetType | None = msgspec.UNSET
    """None: never."""
    keywords: list[KeywordChange] = []

    def check(self) -> None:
        """Raises `Invalid`, in Mastodon's words, when it can't be that."""
        if self.title is not None and not self.title.strip():
            raise Invalid("Title can't be blank")
        if self.title is not None and len(self.title) > TITLE_LENGTH:
            raise Invalid(f"Title is too long (maximum is {TITLE_LENGTH} characters)")
        if self.contexts is not None and not self.contexts:
            raise Invalid("Context can't be blank, Context None or invalid context supplied")
        for keyword in self.keywords:
            keyword.check()


class FiltersChanged(Event, frozen=True):
    """A member has other filters than before."""

    account_id: int
