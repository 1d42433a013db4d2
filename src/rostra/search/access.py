"""Which of the statuses that somebody may see they may also *find* by words: the only place.

Public ones whose author agreed to be found (`indexable`), and what one wrote, was named in,
favourited, boosted or bookmarked oneself. Mastodon's rule, so that nobody is found against their will.
"""

from typing import LiteralString

_FINDABLE: LiteralString = """(
    {s}.account_id = %(viewer)s
    or ({s}.visibility = 'public' and exists (
        select from accounts fa where fa.id = {s}.account_id and fa.indexable and fa.limited_at is null))
    or exists (select from status_mentions x where x.status_id = {s}.id and x.account_id = %(viewer)s)
    or exists (select from favourites x where x.status_id = {s}.id and x.account_id = %(viewer)s)
    or exists (select from bookmarks x where x.status_id = {s}.id and x.account_id = %(viewer)s)
    or exists (select from statuses x where x.reblog_of_id = {s}.id and x.account_id = %(viewer)s)
)"""


def findable(alias: LiteralString) -> LiteralString:
    """Statuses that `viewer` may find; together with `statuses.access.visible`."""
    return _FINDABLE.replace("{s}", alias)
