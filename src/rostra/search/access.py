"""Which of the statuses that somebody may see they may also *find* by words: the only place.

Public ones whose author agreed to be found (`indexable`), and one's library: what one wrote, was named in,
favourited, boosted, bookmarked or voted on oneself. Mastodon's rule, so that nobody is found against their
will (app/chewy/public_statuses_index.rb; `searchable_by` in app/models/concerns/status/search_concern.rb).
"""

from typing import LiteralString

_INDEXABLE: LiteralString = """(
    {s}.visibility = 'public' and {a}.indexable and {a}.limited_at is null
)"""
_LIBRARY: LiteralString = """(
    {s}.account_id = %(viewer)s
    or exists (select from status_mentions x
               where x.status_id = {s}.id and x.account_id = %(viewer)s offset 0)
    or exists (select from favourites x
               where x.status_id = {s}.id and x.account_id = %(viewer)s offset 0)
    or exists (select from bookmarks x
               where x.status_id = {s}.id and x.account_id = %(viewer)s offset 0)
    or exists (select from statuses x
               where x.reblog_of_id = {s}.id and x.account_id = %(viewer)s offset 0)
    or exists (select from polls p join poll_votes x on x.poll_id = p.id
               where p.status_id = {s}.id and x.account_id = %(viewer)s offset 0)
)"""


def indexable(alias: LiteralString, author: LiteralString) -> LiteralString:
    """Statuses that everybody who may see them may find; `author` is the alias of their authors' accounts."""
    return _INDEXABLE.replace("{s}", alias).replace("{a}", author)


def in_library(alias: LiteralString) -> LiteralString:
    """Statuses that `viewer` has to do with, and so may find, together with `statuses.access.visible`."""
    return _LIBRARY.replace("{s}", alias)


def findable(alias: LiteralString, author: LiteralString) -> LiteralString:
    """Statuses that `viewer` may find, together with `statuses.access.visible`."""
    return "(" + indexable(alias, author) + " or " + in_library(alias) + ")"
