"""SQL of filters. All of it asks for an account's own."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString

from rostra.accounts.filters.model import Change, Filter, FilteredStatus, Keyword, Rules
from rostra.core.db import Row, Tx, execute, fetch_all, fetch_one, fetch_value
from rostra.core.ids import new_id

_FILTERS: LiteralString = """
    select f.id, f.account_id, f.title, f.contexts, f.action, f.expires_at from filters f
    where f.account_id = %(account_id)s
"""
_KEYWORDS: LiteralString = """
    select k.id, k.filter_id, k.keyword, k.whole_word
    from filter_keywords k join filters f on f.id = k.filter_id where f.account_id = %(account_id)s
"""
_STATUSES: LiteralString = """
    select s.id, s.filter_id, s.status_id
    from filter_statuses s join filters f on f.id = s.filter_id where f.account_id = %(account_id)s
"""


class Loaded(Filter, frozen=True):
    """A filter with what it names, to be looked for."""

    keywords: list[str]
    whole_words: list[bool]
    status_ids: list[int]


async def in_force(tx: Tx, account_ids: Sequence[int]) -> list[Loaded]:
    """The filters of some members that name something and are not over, the oldest first."""
    return await fetch_all(
        tx,
        Loaded,
        """
        select f.id, f.account_id, f.title, f.contexts, f.action, f.expires_at,
               array(select k.keyword from filter_keywords k where k.filter_id = f.id order by k.id)
                   as keywords,
               array(select k.whole_word from filter_keywords k where k.filter_id = f.id order by k.id)
                   as whole_words,
               array(select s.status_id from filter_statuses s where s.filter_id = f.id) as status_ids
        from filters f
        where f.account_id = any(%(ids)s) and (f.expires_at is null or f.expires_at > now())
          and (exists (select from filter_keywords k where k.filter_id = f.id)
               or exists (select from filter_statuses s where s.filter_id = f.id))
        order by f.id
        """,
        {"ids": list(account_ids)},
    )


async def of_account(tx: Tx, account_id: int) -> list[Rules]:
    """All filters of a member, the oldest first, also those that are over."""
    params = {"account_id": account_id}
    filters = await fetch_all(tx, Filter, _FILTERS + " order by f.id", params)
    keywords: defaultdict[int, list[Keyword]] = defaultdict(list)
    for keyword in await fetch_all(tx, Keyword, _KEYWORDS + " order by k.id", params):
        keywords[keyword.filter_id].append(keyword)
    statuses: defaultdict[int, list[FilteredStatus]] = defaultdict(list)
    for status in await fetch_all(tx, FilteredStatus, _STATUSES + " order by s.id", params):
        statuses[status.filter_id].append(status)
    return [Rules(row, keywords[row.id], statuses[row.id]) for row in filters]


async def one(tx: Tx, account_id: int, filter_id: int, *, lock: bool = False) -> Filter | None:
    """A filter of the member's."""
    sql: LiteralString = _FILTERS + " and f.id = %(id)s" + (" for update" if lock else "")
    return await fetch_one(tx, Filter, sql, {"account_id": account_id, "id": filter_id})


async def keywords(tx: Tx, account_id: int, filter_id: int) -> list[Keyword]:
    """The keywords of a filter."""
    sql: LiteralString = _KEYWORDS + " and f.id = %(id)s order by k.id"
    return await fetch_all(tx, Keyword, sql, {"account_id": account_id, "id": filter_id})


async def statuses(tx: Tx, account_id: int, filter_id: int) -> list[FilteredStatus]:
    """The statuses of a filter."""
    sql: LiteralString = _STATUSES + " and f.id = %(id)s order by s.id"
    return await fetch_all(tx, FilteredStatus, sql, {"account_id": account_id, "id": filter_id})


async def keyword(tx: Tx, account_id: int, keyword_id: int) -> Keyword | None:
    """A keyword of the member's."""
    sql: LiteralString = _KEYWORDS + " and k.id = %(id)s"
    return await fetch_one(tx, Keyword, sql, {"account_id": account_id, "id": keyword_id})


async def status(tx: Tx, account_id: int, filtered_id: int) -> FilteredStatus | None:
    """A status that the member filters, by the id of that."""
    sql: LiteralString = _STATUSES + " and s.id = %(id)s"
    return await fetch_one(tx, FilteredStatus, sql, {"account_id": account_id, "id": filtered_id})


class Numbers(Row, frozen=True):
    """How much a member filters."""

    filters: int
    keywords: int
    statuses: int


async def numbers(tx: Tx, account_id: int) -> Numbers:
    """How much a member filters."""
    found = await fetch_one(
        tx,
        Numbers,
        """
        select (select count(*) from filters where account_id = %(id)s) as filters,
               (select count(*) from filter_keywords k join filters f on f.id = k.filter_id
                where f.account_id = %(id)s) as keywords,
               (select count(*) from filter_statuses s join filters f on f.id = s.filter_id
                where f.account_id = %(id)s) as statuses
        """,
        {"id": account_id},
    )
    assert found is not None
    return found


async def insert(tx: Tx, account_id: int, change: Change, expires_at: datetime | None) -> int:
    """Add a filter; returns its id."""
    filter_id = new_id()
    await execute(
        tx,
        """
        insert into filters (id, account_id, title, contexts, action, expires_at)
        values (%(id)s, %(account_id)s, %(title)s, %(contexts)s, coalesce(%(action)s, 'warn'), %(expires_at)s)
        """,
        {
            "id": filter_id,
            "account_id": account_id,
            "title": change.title,
            "contexts": list(change.contexts or ()),
            "action": change.action,
            "expires_at": expires_at,
        },
    )
    return filter_id


async def update(tx: Tx, filter_id: int, change: Change, expires_at: datetime | None) -> None:
    """Change what `change` names; `expires_at` is set as it is."""
    await execute(
        tx,
        """
        update filters set title = coalesce(%(title)s, title), contexts = coalesce(%(contexts)s, contexts),
                           action = coalesce(%(action)s, action), expires_at = %(expires_at)s
        where id = %(id)s
        """,
        {
            "id": filter_id,
            "title": change.title,
            "contexts": None if change.contexts is None else list(change.contexts),
            "action": change.action,
            "expires_at": expires_at,
        },
    )


async def delete(tx: Tx, filter_id: int) -> None:
    """Remove a filter with all that it names."""
    await execute(tx, "delete from filters where id = %(id)s", {"id": filter_id})


async def insert_keyword(tx: Tx, filter_id: int, text: str, whole_word: bool) -> int:
    """Add a keyword; returns its id."""
    keyword_id = new_id()
    await execute(
        tx,
        """
        insert into filter_keywords (id, filter_id, keyword, whole_word)
        values (%(id)s, %(filter_id)s, %(keyword)s, %(whole_word)s)
        """,
        {"id": keyword_id, "filter_id": filter_id, "keyword": text, "whole_word": whole_word},
    )
    return keyword_id


async def update_keyword(tx: Tx, keyword_id: int, text: str | None, whole_word: bool | None) -> None:
    """Change a keyword; None leaves it as it is."""
    await execute(
        tx,
        """
        update filter_keywords set keyword = coalesce(%(keyword)s, keyword),
                                   whole_word = coalesce(%(whole_word)s, whole_word)
        where id = %(id)s
        """,
        {"id": keyword_id, "keyword": text, "whole_word": whole_word},
    )


async def delete_keyword(tx: Tx, keyword_id: int) -> None:
    """Remove a keyword."""
    await execute(tx, "delete from filter_keywords where id = %(id)s", {"id": keyword_id})


async def insert_status(tx: Tx, filter_id: int, status_id: int) -> int | None:
    """Add a status to a filter; returns the id of that, None when it is there already."""
    return await fetch_value(
        tx,
        """
        insert into filter_statuses (id, filter_id, status_id) values (%(id)s, %(filter_id)s, %(status_id)s)
        on conflict do nothing returning id
        """,
        {"id": new_id(), "filter_id": filter_id, "status_id": status_id},
    )


async def delete_status(tx: Tx, filtered_id: int) -> None:
    """Take a status out of a filter."""
    await execute(tx, "delete from filter_statuses where id = %(id)s", {"id": filtered_id})


async def delete_if_empty(tx: Tx, filter_id: int) -> None:
    """Remove a filter that names nothing any more."""
    await execute(
        tx,
        """
        delete from filters f
        where f.id = %(id)s and not exists (select from filter_keywords k where k.filter_id = f.id)
          and not exists (select from filter_statuses s where s.filter_id = f.id)
        """,
        {"id": filter_id},
    )
