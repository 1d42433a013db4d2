"""Grouped notifications: one entry for all who favourited the same status within some hours.

A group's key is written with each notification (actions.py). A page has each group once, at the place
of its newest notification (its oldest, when the page is read upwards from `min_id`). Older ones of the
same group may come again on the next page, under the same key and with their own `page_min_id`.
"""

from collections.abc import Sequence
from typing import Any, LiteralString

from rostra.core.db import Tx, execute, fetch_all, fetch_tuples, fetch_value
from rostra.core.ids import MAX_ID
from rostra.core.paging import Bounds
from rostra.notifications.model import GROUPED, Group, Notification, ungrouped
from rostra.notifications.queries import FROM_SENDER, SHOWN, TABLES, Wanted

SAMPLE = 8
"""How many senders of a group a page names."""
EXACT = 200
"""Of how many in a group each sender is looked at."""

_KEY: LiteralString = (
    "case when n.group_key is not null and n.type = any(%(grouped)s) then n.group_key"
    " else 'ungrouped-' || n.id end"
)
# One step finds the next notification whose group is not on the page yet. What is cheap to ask is asked
# first, so a group of many thousands is passed over quickly.
_PAGE: LiteralString = """
    with recursive page as (
        (select n.id, array[{key}] as keys {first} order by n.id {direction} limit 1)
        union all
        select step.id, page.keys || step.key
        from page cross join lateral (
            select n.id, {key} as key {next} and {key} <> all(page.keys) order by n.id {direction} limit 1
        ) step
        where cardinality(page.keys) < %(limit)s
    )
"""
_MEMBERS: LiteralString = (
    "from notifications n where head.group_key = g.key and n.account_id = %(viewer)s and n.group_key = g.key"
)
# Whom the viewer mutes does not count; but of very many only the newest are looked at so closely.
_SUMMARIES: LiteralString = (
    """
    select head.id, g.key, head.type, head.status_id,
           coalesce(t.count + rest.count, 1) as count,
           coalesce(t.newest_id, head.id) as newest_id,
           coalesce(t.sender_ids, array[head.from_account_id]) as sender_ids,
           coalesce(oldest.id, head.id) as page_min_id, coalesce(t.newest_at, head.created_at) as newest_at
    from unnest(%(ids)s::bigint[], %(keys)s::text[]) with ordinality as g(id, key, position)
    join notifications head on head.id = g.id
    left join lateral (
        select count(*) as count, max(n.id) as newest_id, max(n.created_at) as newest_at,
               (array_agg(n.from_account_id order by n.id desc))[1:%(sample)s] as sender_ids
        from (select n.* """
    + _MEMBERS
    + """ and n.id <= %(upper)s order by n.id desc limit %(exact)s) n
        join accounts fa on fa.id = n.from_account_id where """
    + FROM_SENDER
    + """
    ) t on t.count > 0
    left join lateral (
        select count(*) as count from (select """
    + _MEMBERS
    + """ and n.id <= %(upper)s order by n.id desc offset %(exact)s) older
    ) rest on true
    left join lateral (select n.id """
    + _MEMBERS
    + """ and n.id >= %(lower)s order by n.id limit 1) oldest on true
    order by g.position
    """
)
_OF_GROUP: LiteralString = " and (n.group_key = %(key)s or (%(id)s::bigint is not null and n.id = %(id)s))"


async def read(
    tx: Tx, account_id: int, bounds: Bounds, wanted: Wanted, grouped: Sequence[str] = tuple(GROUPED)
) -> list[Group]:
    """A page of groups, newest first. Kinds that are not in `grouped` come one by one."""
    sql = _page(bounds, wanted) + " select id, keys[cardinality(keys)] from page"
    found = await fetch_tuples(tx, sql, _params(account_id, bounds, wanted, grouped))
    if not found:
        return []
    if bounds.upwards:
        found.reverse()
    lower, upper = _range(bounds, [row[0] for row in found])
    return await _summaries(tx, account_id, [(row[0], row[1]) for row in found], lower, upper)


async def get(tx: Tx, account_id: int, key: str) -> Group | None:
    """One group; a notification that stands alone is found under `ungrouped-<id>`."""
    sql: LiteralString = "select n.id" + TABLES + SHOWN + _OF_GROUP + " order by n.id desc limit 1"
    newest = await fetch_value(tx, sql, {"viewer": account_id, "key": key, "id": _id_in(key)})
    if newest is None:
        return None
    return (await _summaries(tx, account_id, [(newest, key)], 0, MAX_ID))[0]


async def senders(tx: Tx, account_id: int, key: str, bounds: Bounds) -> list[Notification]:
    """A page of the notifications of a group, newest first: whom they are from."""
    sql: LiteralString = (
        "select n.id, n.account_id, n.type, n.from_account_id, n.status_id, n.created_at"
        + TABLES
        + SHOWN
        + _OF_GROUP
    )
    params = {"viewer": account_id, "key": key, "id": _id_in(key), **bounds.params()}
    rows = await fetch_all(tx, Notification, bounds.apply(sql, "n.id"), params)
    return rows[::-1] if bounds.upwards else rows


async def dismiss(tx: Tx, account_id: int, key: str) -> None:
    """Drop all notifications of a group."""
    await execute(
        tx,
        """
        delete from notifications
        where account_id = %(account)s and (group_key = %(key)s or id = %(id)s)
        """,
        {"account": account_id, "key": key, "id": _id_in(key)},
    )


async def count(tx: Tx, account_id: int, bounds: Bounds, wanted: Wanted, grouped: Sequence[str]) -> int:
    """How many groups a page would have."""
    sql = _page(bounds, wanted) + " select count(*) from page"
    return await fetch_value(tx, sql, _params(account_id, bounds, wanted, grouped))


def _page(bounds: Bounds, wanted: Wanted) -> LiteralString:
    source = wanted.apply(TABLES + SHOWN)
    if bounds.since_id is not None:
        source += " and n.id > %(since_id)s"
    if bounds.upwards and bounds.max_id is not None:
        source += " and n.id < %(max_id)s"
    first = source
    if bounds.upwards:
        first += " and n.id > %(min_id)s"
    elif bounds.max_id is not None:
        first += " and n.id < %(max_id)s"
    direction: LiteralString = "asc" if bounds.upwards else "desc"
    following: LiteralString = source + (" and n.id > page.id" if bounds.upwards else " and n.id < page.id")
    sql = _PAGE.replace("{key}", _KEY).replace("{direction}", direction)
    return sql.replace("{first}", first).replace("{next}", following)


def _params(account_id: int, bounds: Bounds, wanted: Wanted, grouped: Sequence[str]) -> dict[str, Any]:
    kinds = [kind for kind in grouped if kind in GROUPED]
    return {"viewer": account_id, "grouped": kinds, **wanted.params(), **bounds.params()}


def _range(bounds: Bounds, ids: list[int]) -> tuple[int, int]:
    """The ids that belong to a page; one that is not full reaches as far as was asked."""
    lower, upper = ids[-1], ids[0]
    if len(ids) < bounds.limit:
        if bounds.upwards:
            upper = bounds.max_id - 1 if bounds.max_id is not None else MAX_ID
        else:
            lower = bounds.since_id + 1 if bounds.since_id is not None else 0
    return lower, upper


async def _summaries(
    tx: Tx, account_id: int, found: list[tuple[int, str]], lower: int, upper: int
) -> list[Group]:
    params = {
        "viewer": account_id,
        "ids": [notification_id for notification_id, _ in found],
        "keys": [key for _, key in found],
        "sample": SAMPLE,
        "exact": EXACT,
        "lower": lower,
        "upper": upper,
    }
    return await fetch_all(tx, Group, _SUMMARIES, params)


def _id_in(key: str) -> int | None:
    """The notification that is meant by a key as `ungrouped` makes them."""
    number = key.removeprefix(ungrouped(0)[:-1])
    if number == key or not number.isascii() or not number.isdecimal() or len(number) > len(str(MAX_ID)):
        return None
    return int(number) if int(number) <= MAX_ID else None
