"""Old notifications go: a member keeps so many, the newest (setting `notifications_kept`)."""

from datetime import timedelta

from rostra.core import clock
from rostra.core.db import Database, execute
from rostra.core.ids import first_id

RECENTLY = timedelta(hours=3)
"""Only members who heard something in this time can have more than before: the others cost nothing. Longer
than from one run to the next, so that one that is missed does no harm."""
AT_ONCE = 5_000


async def trim(db: Database, kept: int) -> int:
    """Delete what is beyond the newest `kept` of each member, also of what is held back; returns how many.

    0 keeps all.
    """
    if not kept:
        return 0
    deleted = 0
    while True:
        async with db.transaction() as tx:
            some = await execute(
                tx,
                """
                delete from notifications where id = any(array(
                    select old.id
                    from (select distinct account_id as id from notifications where id > %(since)s) member
                    cross join lateral (
                        select n.id from notifications n where n.account_id = member.id
                        order by n.id desc offset %(kept)s limit %(limit)s
                    ) old
                    limit %(limit)s
                ))
                """,
                {"since": first_id(clock.now() - RECENTLY), "kept": kept, "limit": AT_ONCE},
            )
        deleted += some
        if some < AT_ONCE:
            return deleted
