"""Finding hashtags by their beginnings."""

from rostra.core.db import Tx, fetch_all
from rostra.core.text import normalize_hashtag
from rostra.statuses.tags.model import Tag

LOOKED_AT = 2_000
"""Hashtags with a beginning that are looked at for a page."""
LAST = "\U0010ffff"


async def find_tags(tx: Tx, prefix: str, limit: int, offset: int = 0, *, reviewed: bool = False) -> list[Tag]:
    """Hashtags that begin with `prefix`, the shortest first.

    Only those of statuses that everybody may see: the words of private ones are nobody else's business.

    Args:
        reviewed: only those that staff has looked at, and the one that is called so, as in Mastodon.
    """
    name = normalize_hashtag(prefix)
    if not name:
        return []
    return await fetch_all(
        tx,
        Tag,
        """
        select id, name, display_name from (
            select id, name, display_name from (
                select id, name, display_name from tags
                where name ~>=~ %(first)s and name ~<~ %(last)s and listable
                  and (not %(reviewed)s or reviewed_at is not null or name = %(first)s)
                order by name using ~<~ limit %(looked_at)s
            ) b order by length(name), name
        ) t
        where exists (
            select from status_tags st
            join statuses s on s.id = st.status_id
            join accounts a on a.id = s.account_id
            where st.tag_id = t.id and s.visibility in ('public', 'unlisted') and not s.held
              and not s.local_only and a.suspended_at is null offset 0)
        order by length(name), name limit %(limit)s offset %(offset)s
        """,
        {
            "first": name,
            "last": name + LAST,
            "looked_at": LOOKED_AT,
            "limit": limit,
            "offset": offset,
            "reviewed": reviewed,
        },
    )
