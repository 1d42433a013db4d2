"""Search over statuses and hashtags, in PostgreSQL's full text."""

from typing import LiteralString

from rostra.core.db import Tx, fetch_all
from rostra.core.text import normalize_hashtag
from rostra.search.access import findable
from rostra.statuses import reading
from rostra.statuses.reading import Bounds, Frame
from rostra.statuses.tags.model import Tag

QUERY_LENGTH = 500  # characters


# The words of the index statuses_words. `websearch_to_tsquery` takes any text, and never fails.
# A word that everybody uses matches without end: only so many of those that may be found are looked at.
_MATCHING: LiteralString = """
    select w.id from statuses w
    where w.reblog_of_id is null
      and to_tsvector('simple', w.spoiler_text || ' ' || w.text) @@ websearch_to_tsquery('simple', %(words)s)
      and """ + findable("w")
_LOOKED_AT: LiteralString = " limit 12000"


async def find_statuses(
    tx: Tx, viewer_id: int, words: str, bounds: Bounds, *, offset: int = 0, account_id: int | None = None
) -> list[Frame]:
    """Statuses with `words`, newest first, that the viewer may see and find."""
    candidates = _MATCHING
    if account_id is not None:
        candidates += " and w.account_id = %(account_id)s"
    wider = Bounds(
        limit=bounds.limit + offset, max_id=bounds.max_id, since_id=bounds.since_id, min_id=bounds.min_id
    )
    candidates = "select m.id, m.id as cursor from (" + candidates + wider.window("w.id") + _LOOKED_AT + ") m"
    params = {"words": words[:QUERY_LENGTH], "account_id": account_id}
    return (await reading.read(tx, viewer_id, candidates, wider, params))[offset:]


async def find_tags(tx: Tx, prefix: str, limit: int, offset: int = 0) -> list[Tag]:
    """Hashtags that begin with `prefix`, the shortest first.

    Only those of statuses that everybody may see: the words of private ones are nobody else's business.
    """
    name = normalize_hashtag(prefix)
    if not name:
        return []
    pattern = name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return await fetch_all(
        tx,
        Tag,
        """
        select id, name, display_name from (
            select id, name, display_name from tags where name like %(pattern)s
            order by length(name), name limit %(offset)s + 1000
        ) t
        where exists (
            select from status_tags st join statuses s on s.id = st.status_id
            where st.tag_id = t.id and s.visibility in ('public', 'unlisted') offset 0)
        order by length(name), name limit %(limit)s offset %(offset)s
        """,
        {"pattern": pattern, "limit": limit, "offset": offset},
    )
