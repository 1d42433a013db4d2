"""Pages of lists that are ordered by an id, newest first (https://docs.joinmastodon.org/api/guidelines/#pagination)."""

from typing import LiteralString

import msgspec


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """Which part of a list: cursors below `max_id`, above `since_id`, or the first above `min_id`."""

    limit: int
    max_id: int | None = None
    since_id: int | None = None
    min_id: int | None = None

    @property
    def upwards(self) -> bool:
        """Whether the page is read from its oldest item on, and so comes out of the database upside down."""
        return self.min_id is not None

    def apply(self, sql: LiteralString, cursor: LiteralString) -> LiteralString:
        """`sql`, which ends in a `where`, narrowed to this part of the list that `cursor` orders."""
        return sql + self.window(cursor) + " limit %(limit)s"

    def window(self, cursor: LiteralString) -> LiteralString:
        """The end of a `where`, and the order, for this part of a list: without how much of it is wanted."""
        sql: LiteralString = ""
        if self.max_id is not None:
            sql += " and " + cursor + " < %(max_id)s"
        if self.since_id is not None:
            sql += " and " + cursor + " > %(since_id)s"
        if self.min_id is not None:
            sql += " and " + cursor + " > %(min_id)s"
        return sql + " order by " + cursor + (" asc" if self.upwards else " desc")

    def params(self) -> dict[str, int | None]:
        """The parameters of what `apply` adds."""
        return {
            "max_id": self.max_id,
            "since_id": self.since_id,
            "min_id": self.min_id,
            "limit": self.limit,
        }
