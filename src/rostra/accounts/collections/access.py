"""Who may see and change a collection, and who may be in it."""

from collections.abc import Sequence
from typing import LiteralString

from rostra.accounts.access import present
from rostra.accounts.collections.model import Collection
from rostra.core.db import Tx, fetch_one, fetch_tuples
from rostra.core.errors import Forbidden, NotFound

COLUMNS: LiteralString = """
    c.id, c.account_id, c.name, c.description, c.language, c.sensitive, c.discoverable, c.created_at,
    c.updated_at, t.name as tag, t.display_name as tag_name
"""
TABLES: LiteralString = """
    collections c join accounts o on o.id = c.account_id left join tags t on t.id = c.tag_id
"""

VISIBLE: LiteralString = (
    "("
    + present("o")
    + """ and not exists (
        select from blocks b where b.account_id = c.account_id and b.target_id = %(viewer)s))
    """
)
"""Collections `c` by an account `o` that is there and does not block the viewer. Also unlisted ones: like
statuses, these are for whoever has the address."""

ITEM_SHOWN: LiteralString = (
    "((i.state = 'accepted' or (i.state = 'pending' and c.account_id = %(viewer)s)) and "
    + present("a")
    + """
    and not exists (select from blocks b where b.account_id = a.id and b.target_id = %(viewer)s)
    and not exists (select from blocks b where b.account_id = %(viewer)s and b.target_id = a.id)
    and (a.domain is null or not exists (
        select from account_domain_blocks d where d.account_id = %(viewer)s and d.domain = a.domain)))
    """
)
"""Items `i` of collections `c` whose account `a` the viewer gets to see."""

# As `feature_approval` of accounts says: who wants to be found; who is locked only by their followers.
_FEATURABLE: LiteralString = (
    """
    select a.id, a.domain is null and a.discoverable
        and (not a.locked or a.id = %(owner)s
             or exists (select from follows f where f.account_id = %(owner)s and f.target_id = a.id))
        and not exists (select from blocks b
                        where (b.account_id = a.id and b.target_id = %(owner)s)
                           or (b.account_id = %(owner)s and b.target_id = a.id))
    from accounts a where a.id = any(%(ids)s) and """
    + present("a")
    + " order by a.id for key share of a"
)


async def get_visible(tx: Tx, viewer_id: int | None, collection_id: int) -> Collection:
    """The collection, if `viewer_id` may see it.

    Raises:
        NotFound: they may not, or there is none.
    """
    sql: LiteralString = "select " + COLUMNS + " from " + TABLES + " where c.id = %(id)s and " + VISIBLE
    found = await fetch_one(tx, Collection, sql, {"id": collection_id, "viewer": viewer_id})
    if found is None:
        raise NotFound()
    return found


async def get_own(tx: Tx, account_id: int, collection_id: int) -> Collection:
    """The collection, if it is `account_id`'s; locked until the transaction ends.

    Raises:
        NotFound: they may not see it, or there is none.
        Forbidden: it is somebody else's.
    """
    sql: LiteralString = (
        "select " + COLUMNS + " from " + TABLES + " where c.id = %(id)s and " + VISIBLE + " for update of c"
    )
    found = await fetch_one(tx, Collection, sql, {"id": collection_id, "viewer": account_id})
    if found is None:
        raise NotFound()
    if found.account_id != account_id:
        raise Forbidden()
    return found


async def check_featurable(tx: Tx, owner_id: int, ids: Sequence[int]) -> None:
    """Whether `owner_id` may put accounts into a collection; they stay until the transaction ends.

    Raises:
        NotFound: one of them doesn't exist for others.
        Forbidden: one of them doesn't want to be in collections, or one of the two blocks the other.
    """
    rows = await fetch_tuples(tx, _FEATURABLE, {"owner": owner_id, "ids": list(ids)})
    if {account_id for account_id, _ in rows} != set(ids):
        raise NotFound()
    if not all(featurable for _, featurable in rows):
        raise Forbidden("This account cannot be added to collections")
