"""SQL of lists (who may see them is in access.py)."""

from collections.abc import Sequence
from typing import LiteralString

from rostra.accounts.access import present
from rostra.accounts.lists.model import Change, List
from rostra.accounts.relations.lists import Listed
from rostra.core.db import Tx, execute, fetch_all, fetch_tuples, fetch_value, fetch_values
from rostra.core.ids import new_id
from rostra.core.paging import Bounds

_COLUMNS: LiteralString = "l.id, l.account_id, l.title, l.replies_policy, l.exclusive"


async def of_account(tx: Tx, account_id: int) -> list[List]:
    """All lists of a member, the oldest first."""
    return await fetch_all(
        tx,
        List,
        "select " + _COLUMNS + " from lists l where l.account_id = %(account_id)s order by l.id",
        {"account_id": account_id},
    )


async def holding(tx: Tx, owner_id: int, account_id: int) -> list[List]:
    """Those lists of `owner_id` that hold `account_id`, the oldest first."""
    return await fetch_all(
        tx,
        List,
        "select "
        + _COLUMNS
        + """
        from list_members m join lists l on l.id = m.list_id
        where m.account_id = %(account_id)s and m.owner_id = %(owner_id)s order by l.id
        """,
        {"account_id": account_id, "owner_id": owner_id},
    )


async def count(tx: Tx, account_id: int) -> int:
    """How many lists a member has."""
    return await fetch_value(
        tx, "select count(*) from lists where account_id = %(account_id)s", {"account_id": account_id}
    )


async def insert(tx: Tx, account_id: int, change: Change) -> List:
    """Add a list."""
    made = List(
        id=new_id(),
        account_id=account_id,
        title=change.title or "",
        replies_policy=change.replies_policy or "list",
        exclusive=bool(change.exclusive),
    )
    await execute(
        tx,
        """
        insert into lists (id, account_id, title, replies_policy, exclusive)
        values (%(id)s, %(account_id)s, %(title)s, %(replies_policy)s, %(exclusive)s)
        """,
        {
            "id": made.id,
            "account_id": account_id,
            "title": made.title,
            "replies_policy": made.replies_policy,
            "exclusive": made.exclusive,
        },
    )
    return made


async def update(tx: Tx, list_id: int, change: Change) -> None:
    """Change what `change` names."""
    await execute(
        tx,
        """
        update lists set title = coalesce(%(title)s, title),
                         replies_policy = coalesce(%(replies_policy)s, replies_policy),
                         exclusive = coalesce(%(exclusive)s, exclusive)
        where id = %(id)s
        """,
        {
            "id": list_id,
            "title": change.title,
            "replies_policy": change.replies_policy,
            "exclusive": change.exclusive,
        },
    )


async def delete(tx: Tx, list_id: int) -> None:
    """Remove a list with all that belongs to it."""
    await execute(tx, "delete from lists where id = %(id)s", {"id": list_id})


async def accounts(tx: Tx, list_id: int, bounds: Bounds) -> list[Listed]:
    """Whom a list holds, the last added first."""
    sql: LiteralString = """
        select a.*, m.id as cursor from list_members m join accounts a on a.id = m.account_id
        where m.list_id = %(list_id)s and """ + present("a")
    rows = await fetch_all(tx, Listed, bounds.apply(sql, "m.id"), {"list_id": list_id, **bounds.params()})
    return rows[::-1] if bounds.upwards else rows


async def account_ids(tx: Tx, list_id: int) -> list[int]:
    """Ids of all whom a list holds."""
    return await fetch_values(
        tx, "select account_id from list_members where list_id = %(list_id)s", {"list_id": list_id}
    )


async def insert_accounts(tx: Tx, made: List, ids: Sequence[int]) -> list[int]:
    """Put accounts into a list; returns those that were not in it yet."""
    return await fetch_values(
        tx,
        """
        insert into list_members (id, list_id, owner_id, account_id)
        select m.id, %(list_id)s, %(owner_id)s, m.account_id
        from unnest(%(member_ids)s::bigint[], %(ids)s::bigint[]) as m(id, account_id)
        on conflict (list_id, account_id) do nothing returning account_id
        """,
        {
            "list_id": made.id,
            "owner_id": made.account_id,
            "ids": list(ids),
            "member_ids": [new_id() for _ in ids],
        },
    )


async def delete_accounts(tx: Tx, list_id: int, ids: Sequence[int]) -> list[int]:
    """Take accounts out of a list; returns those that were in it."""
    return await fetch_values(
        tx,
        """
        delete from list_members where list_id = %(list_id)s and account_id = any(%(ids)s)
        returning account_id
        """,
        {"list_id": list_id, "ids": list(ids)},
    )


async def delete_between(tx: Tx, owner_id: int, account_id: int) -> list[int]:
    """Take `account_id` out of all lists of `owner_id`; returns the ids of those that held them."""
    return await fetch_values(
        tx,
        """
        delete from list_members where owner_id = %(owner_id)s and account_id = %(account_id)s
        returning list_id
        """,
        {"owner_id": owner_id, "account_id": account_id},
    )


async def delete_uninvited(tx: Tx, account_id: int) -> list[tuple[int, int]]:
    """Take a locked account out of the lists of those who neither follow it nor ask to.

    Returns:
        list id and owner of each; none for an account that is not locked.
    """
    rows = await fetch_tuples(
        tx,
        """
        delete from list_members m using accounts a
        where a.id = %(account_id)s and a.locked and m.account_id = a.id and m.owner_id <> a.id
          and not exists (select from follows f where f.account_id = m.owner_id and f.target_id = a.id)
          and not exists (select from follow_requests r
                          where r.account_id = m.owner_id and r.target_id = a.id)
        returning m.list_id, m.owner_id
        """,
        {"account_id": account_id},
    )
    return [(list_id, owner_id) for list_id, owner_id in rows]
