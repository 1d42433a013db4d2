"""What staff decides: whether something may trend."""

from typing import LiteralString

from rostra.core.db import Tx, execute
from rostra.core.errors import NotFound
from rostra.trends.model import Subject

_DECIDE: dict[Subject, LiteralString] = {
    "tag": "update tags set trendable = %(trendable)s, reviewed_at = now() where id = %(id)s",
    "link": "update cards set trendable = %(trendable)s, reviewed_at = now() where id = %(id)s",
    "publisher": (
        "update card_publishers set trendable = %(trendable)s, reviewed_at = now() where id = %(id)s"
    ),
    "status": """
        insert into status_reviews (status_id, trendable)
        select id, %(trendable)s from statuses where id = %(id)s and visibility = 'public'
        on conflict (status_id) do update set trendable = excluded.trendable, reviewed_at = now()
    """,
    "author": """
        insert into author_reviews (account_id, trendable)
        select id, %(trendable)s from accounts where id = %(id)s
        on conflict (account_id) do update set trendable = excluded.trendable, reviewed_at = now()
    """,
}


async def decide(tx: Tx, subject: Subject, subject_id: int, *, trendable: bool) -> None:
    """Say whether something may trend. What was said of a link or a status wins over its publisher or author.

    Raises:
        NotFound: there is none.
    """
    if not await execute(tx, _DECIDE[subject], {"id": subject_id, "trendable": trendable}):
        raise NotFound()
