"""Who may see and change a list: its owner, and who may be in it."""

from collections.abc import Sequence
from typing import LiteralString

from rostra.accounts.access import present
from rostra.accounts.lists.model import List
from rostra.core.db import Tx, fetch_one, fetch_tuples
from rostra.core.errors import Invalid, NotFound

# Whoever locked their account decides by hand who follows what they write: they are asked first.
_LISTABLE: LiteralString = (
    """
    select a.id, a.id = %(owner)s or (
        not exists (select from blocks b
                    where (b.account_id = a.id and b.target_id = %(owner)s)
                       or (b.account_id = %(owner)s and b.target_id = a.id))
        and (
            (not a.locked and a.domain is null)
            or exists (select from follows f where f.account_id = %(owner)s and f.target_id = a.id)
            or exists (select from follow_requests r where r.account_id = %(owner)s and r.target_id = a.id)
        )
    )
    from accounts a where a.id = any(%(ids)s) and """
    + present("a")
    + " for key share of a"
)


async def get_own(tx: Tx, account_id: int, list_id: int, *, lock: bool = False) -> List:
    """The list, if it belongs to `account_id`.

    Args:
        lock: until the transaction ends.

    Raises:
        NotFound: it is somebody else's, or there is none.
    """
    sql: LiteralString = (
        "select id, account_id, title, replies_policy, exclusive from lists"
        " where id = %(id)s and account_id = %(account_id)s"
    )
    found = await fetch_one(
        tx, List, sql + (" for update" if lock else ""), {"id": list_id, "account_id": account_id}
    )
    if found is None:
        raise NotFound()
    return found


async def check_listable(tx: Tx, owner_id: int, ids: Sequence[int]) -> None:
    """Whether `owner_id` may put accounts into their lists; they stay until the transaction ends.

    One may list oneself, whom one follows or asks to follow, and members of this network whose account
    is not locked.

    Raises:
        NotFound: one of them doesn't exist for others.
        Invalid: one of them may not be listed.
    """
    rows = await fetch_tuples(tx, _LISTABLE, {"owner": owner_id, "ids": list(ids)})
    if {account_id for account_id, _ in rows} != set(ids):
        raise NotFound()
    if not all(listable for _, listable in rows):
        raise Invalid("Account must be followed, or open to everybody")
