"""Uploads that wait with what is not published yet.

Nobody clears them away meanwhile, and those of a scheduled status can't be attached to another one.
"""

from collections.abc import Sequence
from typing import LiteralString

from rostra.core.db import Tx, execute, fetch_all, fetch_values
from rostra.core.errors import Invalid
from rostra.media.model import Attachment
from rostra.statuses.model import MEDIA_ATTACHMENTS


async def hold_for_scheduled(tx: Tx, scheduled_id: int, account_id: int, media_ids: Sequence[int]) -> None:
    """Keep uploads of `account_id` for a scheduled status.

    Raises:
        Invalid: one isn't theirs, is in use, or is not processed yet.
    """
    await check(tx, account_id, media_ids, ready=True)
    await execute(
        tx,
        "insert into media_holds (media_id, scheduled_id) select unnest(%(ids)s::bigint[]), %(scheduled)s",
        {"ids": list(media_ids), "scheduled": scheduled_id},
    )


async def hold_for_draft(tx: Tx, draft_id: int, account_id: int, media_ids: Sequence[int]) -> None:
    """Keep uploads of `account_id` for a draft, and no others any more.

    Raises:
        Invalid: one isn't theirs, or is in use.
    """
    await check(tx, account_id, media_ids, ready=False)
    await let_go_of_draft(tx, draft_id, but=media_ids)
    await execute(
        tx,
        """
        insert into media_holds (media_id, draft_id) select unnest(%(ids)s::bigint[]), %(draft)s
        on conflict do nothing
        """,
        {"ids": list(media_ids), "draft": draft_id},
    )


_RENEW: LiteralString = """
    with gone as (delete from media_holds where {holder} returning media_id)
    update media_attachments set created_at = now()
    where id in (select media_id from gone) and status_id is null
"""


async def let_go_of_draft(tx: Tx, draft_id: int, but: Sequence[int] = ()) -> None:
    """Keep uploads for a draft no longer; they can be attached for another day."""
    sql = _RENEW.replace("{holder}", "draft_id = %(id)s and media_id <> all(%(but)s)")
    await execute(tx, sql, {"id": draft_id, "but": list(but)})


async def let_go_of_scheduled(tx: Tx, scheduled_id: int) -> None:
    """Keep uploads for a scheduled status no longer; they can be attached for another day."""
    await execute(tx, _RENEW.replace("{holder}", "scheduled_id = %(id)s"), {"id": scheduled_id})


async def check(tx: Tx, account_id: int, media_ids: Sequence[int], *, ready: bool) -> None:
    """Raises `Invalid` unless these are uploads of `account_id` that nothing has yet."""
    if len(media_ids) > MEDIA_ATTACHMENTS:
        raise Invalid(f"Cannot attach more than {MEDIA_ATTACHMENTS} files")
    if not media_ids:
        return
    free = await fetch_values(
        tx,
        """
        select m.id from media_attachments m
        where m.id = any(%(ids)s) and m.account_id = %(account)s and m.status_id is null
          and m.state = any(%(states)s)
          and not exists (select from media_holds h where h.media_id = m.id and h.scheduled_id is not null)
        for update
        """,
        {
            "ids": list(media_ids),
            "account": account_id,
            "states": ["ready"] if ready else ["ready", "processing"],
        },
    )
    missing = [str(media_id) for media_id in media_ids if media_id not in free]
    if missing:
        raise Invalid(
            f"Media {', '.join(missing)} not found, not processed yet or already attached to another post"
        )


async def media(tx: Tx, account_id: int, media_ids: Sequence[int]) -> dict[int, Attachment]:
    """Those of `media_ids` that are uploads of `account_id`, by id."""
    if not media_ids:
        return {}
    rows = await fetch_all(
        tx,
        Attachment,
        "select * from media_attachments where id = any(%(ids)s) and account_id = %(account)s",
        {"ids": list(media_ids), "account": account_id},
    )
    return {row.id: row for row in rows}
