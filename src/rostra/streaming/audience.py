"""Who, of the members with an open stream, gets to see something: one query for all of them."""

from collections.abc import Sequence
from typing import LiteralString

from rostra.core.db import Row, Tx, fetch_one, fetch_values
from rostra.statuses.access import visible, wanted


class Facts(Row, frozen=True):
    """What decides which channels a status belongs to."""

    id: int
    account_id: int
    visibility: str
    local: bool
    limited: bool
    is_boost: bool
    is_reply_to_other: bool
    has_media: bool
    has_poll: bool
    varies: bool
    """Whether even a new one looks different to each who sees it: it quotes, or is only for some to use."""
    tags: list[str]

    @property
    def is_public(self) -> bool:
        """Whether it belongs to the public channels."""
        return (
            self.visibility == "public"
            and not self.is_boost
            and not self.is_reply_to_other
            and not self.limited
        )

    @property
    def is_tagged(self) -> bool:
        """Whether it belongs to the channels of its hashtags."""
        return self.visibility == "public" and not self.is_boost and not self.limited


async def facts(tx: Tx, status_id: int) -> Facts | None:
    """Facts about a status; None when it is gone."""
    return await fetch_one(
        tx,
        Facts,
        """
        select s.id, s.account_id, s.visibility, s.local, a.limited_at is not null as limited,
               s.reblog_of_id is not null as is_boost,
               s.in_reply_to_id is not null and s.in_reply_to_account_id <> s.account_id as is_reply_to_other,
               exists (select from media_attachments m where m.status_id = s.id and m.position is not null)
                   as has_media,
               exists (select from polls p where p.status_id = s.id) as has_poll,
               s.quote_state is not null or s.quote_policy = 'followers'
                   or s.interaction_policy is not null as varies,
               array(select t.name from status_tags st join tags t on t.id = st.tag_id
                     where st.status_id = s.id) as tags
        from statuses s join accounts a on a.id = s.account_id where s.id = %(id)s
        """,
        {"id": status_id},
    )


_WANTS: LiteralString = (
    visible("s")
    + " and "
    + wanted("s")
    + " and (o.id is null or ("
    + visible("o")
    + " and "
    + wanted("o")
    + "))"
)
_MAY_SEE: LiteralString = """
    select v.id from unnest(%(viewers)s::bigint[]) as v(id)
    join statuses s on s.id = %(status)s
    left join statuses o on o.id = s.reblog_of_id
    where """ + _WANTS.replace("%(viewer)s", "v.id")

_AT_HOME: LiteralString = (
    _MAY_SEE
    + """
    and (exists (select from feed_entries e where e.account_id = v.id and e.status_id = s.id)
         or exists (select from merged_statuses ms where ms.reader_id = v.id and ms.id = s.id))
    """
)

_IN_LISTS: LiteralString = """
    select l.id from list_entries e
    join lists l on l.id = e.list_id
    join statuses s on s.id = e.status_id
    left join statuses o on o.id = s.reblog_of_id
    where e.status_id = %(status)s and e.list_id = any(%(lists)s::bigint[])
      and (e.reply_to_id is null or e.reply_to_id = l.account_id
           or (l.replies_policy = 'followed' and exists (
               select from follows f where f.account_id = l.account_id and f.target_id = e.reply_to_id))
           or (l.replies_policy = 'list' and exists (
               select from list_members m where m.list_id = l.id and m.account_id = e.reply_to_id)))
      and """ + _WANTS.replace("%(viewer)s", "l.account_id")


async def who_may_see(tx: Tx, viewers: Sequence[int], status_id: int) -> set[int]:
    """Those of `viewers` who may, and want to, see a status."""
    if not viewers:
        return set()
    return set(await fetch_values(tx, _MAY_SEE, {"viewers": list(viewers), "status": status_id}))


async def who_has_at_home(tx: Tx, viewers: Sequence[int], status_id: int) -> set[int]:
    """Those of `viewers` who have it in their home feed."""
    if not viewers:
        return set()
    return set(await fetch_values(tx, _AT_HOME, {"viewers": list(viewers), "status": status_id}))


async def which_lists_have(tx: Tx, lists: Sequence[int], status_id: int) -> set[int]:
    """Those of `lists` in whose timeline their owner has a status."""
    if not lists:
        return set()
    return set(await fetch_values(tx, _IN_LISTS, {"lists": list(lists), "status": status_id}))
