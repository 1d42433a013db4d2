"""SQL of collections (who may see them is in access.py)."""

from collections.abc import Sequence
from typing import LiteralString

from rostra.accounts.collections.access import COLUMNS, ITEM_SHOWN, TABLES, VISIBLE
from rostra.accounts.collections.model import Change, Collection, Item
from rostra.accounts.model import Account
from rostra.core.db import Tx, execute, fetch_all, fetch_one, fetch_value, fetch_values
from rostra.core.ids import new_id

_ITEM: LiteralString = "i.id, i.collection_id, i.account_id, i.state, i.created_at"


async def of_account(
    tx: Tx, viewer_id: int | None, account_id: int, limit: int, offset: int = 0
) -> list[Collection]:
    """A part of an account's collections, the newest first: those that it lists, to itself all of them."""
    return await fetch_all(
        tx,
        Collection,
        "select "
        + COLUMNS
        + " from "
        + TABLES
        + " where c.account_id = %(account)s and (c.discoverable or c.account_id = %(viewer)s) and "
        + VISIBLE
        + " order by c.id desc limit %(limit)s offset %(offset)s",
        {"account": account_id, "viewer": viewer_id, "limit": limit, "offset": offset},
    )


async def holding(tx: Tx, account_id: int, limit: int, offset: int) -> list[Collection]:
    """A part of the collections that `account_id` is in, as they see it, the newest first."""
    return await fetch_all(
        tx,
        Collection,
        "select "
        + COLUMNS
        + " from "
        + TABLES
        + " join collection_items i on i.collection_id = c.id"
        + " where i.account_id = %(viewer)s and i.state = 'accepted' and "
        + VISIBLE
        + " order by c.id desc limit %(limit)s offset %(offset)s",
        {"viewer": account_id, "limit": limit, "offset": offset},
    )


async def by_ids(tx: Tx, viewer_id: int | None, ids: Sequence[int]) -> list[Collection]:
    """Those of `ids` that the viewer may see, in no order."""
    sql: LiteralString = "select " + COLUMNS + " from " + TABLES + " where c.id = any(%(ids)s) and " + VISIBLE
    return await fetch_all(tx, Collection, sql, {"ids": list(ids), "viewer": viewer_id})


async def items(tx: Tx, viewer_id: int | None, collection_ids: Sequence[int]) -> list[Item]:
    """What of some collections the viewer gets to see, in the order in which it was put in."""
    return await fetch_all(
        tx,
        Item,
        "select "
        + _ITEM
        + """
        from collection_items i join collections c on c.id = i.collection_id
        join accounts a on a.id = i.account_id
        where i.collection_id = any(%(ids)s) and """
        + ITEM_SHOWN
        + " order by i.id",
        {"ids": list(collection_ids), "viewer": viewer_id},
    )


async def people(tx: Tx, viewer_id: int | None, collection_id: int) -> list[Account]:
    """Whom of a collection the viewer gets to see, in the order in which they were put in."""
    return await fetch_all(
        tx,
        Account,
        """
        select a.* from collection_items i join collections c on c.id = i.collection_id
        join accounts a on a.id = i.account_id
        where i.collection_id = %(id)s and """
        + ITEM_SHOWN
        + " order by i.id",
        {"id": collection_id, "viewer": viewer_id},
    )


async def item(tx: Tx, item_id: int) -> Item | None:
    """One item. Not an access check."""
    sql: LiteralString = "select " + _ITEM + " from collection_items i where i.id = %(id)s"
    return await fetch_one(tx, Item, sql, {"id": item_id})


async def featured(tx: Tx, collection_id: int) -> list[int]:
    """Everybody who is in a collection."""
    return await fetch_values(
        tx,
        "select account_id from collection_items where collection_id = %(id)s and state = 'accepted'",
        {"id": collection_id},
    )


async def get(tx: Tx, collection_id: int) -> Collection | None:
    """A collection. Not an access check."""
    sql: LiteralString = "select " + COLUMNS + " from " + TABLES + " where c.id = %(id)s"
    return await fetch_one(tx, Collection, sql, {"id": collection_id})


async def count(tx: Tx, account_id: int) -> int:
    """How many collections a member has."""
    return await fetch_value(
        tx, "select count(*) from collections where account_id = %(id)s", {"id": account_id}
    )


async def insert(tx: Tx, account_id: int, change: Change) -> int:
    """Add a collection; returns its id."""
    collection_id = new_id()
    await execute(
        tx,
        """
        insert into collections (id, account_id, name, description, language, tag_id, sensitive, discoverable)
        values (%(id)s, %(account)s, %(name)s, coalesce(%(description)s, ''), nullif(%(language)s, ''),
                nullif(%(tag)s, 0), coalesce(%(sensitive)s, false), coalesce(%(discoverable)s, true))
        """,
        {"id": collection_id, "account": account_id, **_params(change)},
    )
    return collection_id


async def update(tx: Tx, collection_id: int, change: Change) -> None:
    """Change what `change` names."""
    await execute(
        tx,
        """
        update collections
        set name = coalesce(%(name)s, name), description = coalesce(%(description)s, description),
            language = nullif(coalesce(%(language)s, language), ''),
            tag_id = nullif(coalesce(%(tag)s, tag_id), 0), sensitive = coalesce(%(sensitive)s, sensitive),
            discoverable = coalesce(%(discoverable)s, discoverable), updated_at = now()
        where id = %(id)s
        """,
        {"id": collection_id, **_params(change)},
    )


async def delete(tx: Tx, collection_id: int) -> None:
    """Remove a collection with all that is in it."""
    await execute(tx, "delete from collections where id = %(id)s", {"id": collection_id})


async def taken(tx: Tx, collection_id: int) -> dict[int, str]:
    """Who is or was in a collection: account -> state."""
    rows = await tx.execute(
        "select account_id, state from collection_items where collection_id = %(id)s", {"id": collection_id}
    )
    return dict(await rows.fetchall())


async def insert_items(tx: Tx, collection_id: int, account_ids: Sequence[int]) -> list[int]:
    """Put members into a collection; returns the ids of the items, in order."""
    ids = [new_id() for _ in account_ids]
    await execute(
        tx,
        """
        insert into collection_items (id, collection_id, account_id, state)
        select i.id, %(collection)s, i.account_id, 'accepted'
        from unnest(%(ids)s::bigint[], %(accounts)s::bigint[]) as i(id, account_id)
        """,
        {"collection": collection_id, "ids": ids, "accounts": list(account_ids)},
    )
    return ids


async def delete_item(tx: Tx, collection_id: int, item_id: int) -> int | None:
    """Take somebody out who is in; returns whom. Who took themselves out stays written down."""
    return await fetch_value(
        tx,
        """
        delete from collection_items
        where id = %(id)s and collection_id = %(collection)s and state in ('pending', 'accepted')
        returning account_id
        """,
        {"id": item_id, "collection": collection_id},
    )


async def revoke(tx: Tx, account_id: int, collection_id: int, item_id: int) -> bool:
    """Write down that `account_id` does not want to be in; False when they never were."""
    return bool(
        await execute(
            tx,
            """
            update collection_items set state = 'revoked'
            where id = %(id)s and collection_id = %(collection)s and account_id = %(account)s
              and state <> 'rejected'
            """,
            {"id": item_id, "collection": collection_id, "account": account_id},
        )
    )


async def separate(tx: Tx, account_id: int, target_id: int) -> None:
    """`account_id` blocks `target_id`: they leave their collections, and don't come into them again."""
    await execute(
        tx,
        """
        update collection_items i set state = 'revoked' from collections c
        where i.account_id = %(account)s and i.state <> 'rejected'
          and c.id = i.collection_id and c.account_id = %(target)s
        """,
        {"account": account_id, "target": target_id},
    )
    await execute(
        tx,
        """
        delete from collection_items i using collections c
        where i.account_id = %(target)s and i.state in ('pending', 'accepted')
          and c.id = i.collection_id and c.account_id = %(account)s
        """,
        {"account": account_id, "target": target_id},
    )


def _params(change: Change) -> dict[str, object]:
    return {
        "name": change.name,
        "description": change.description,
        "language": change.language,
        "tag": change.tag_id,
        "sensitive": change.sensitive,
        "discoverable": change.discoverable,
    }
