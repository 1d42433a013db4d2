"""List (https://docs.joinmastodon.org/entities/List/)."""

import msgspec

from rostra.accounts.lists.model import List as ListRow
from rostra.accounts.lists.model import RepliesPolicy


class List(msgspec.Struct, kw_only=True):
    """A member's list of accounts."""

    id: str
    title: str
    replies_policy: RepliesPolicy
    exclusive: bool


def list_entity(row: ListRow) -> List:
    """`row` as apps see it."""
    return List(id=str(row.id), title=row.title, replies_policy=row.replies_policy, exclusive=row.exclusive)
