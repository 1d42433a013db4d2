"""What a member keeps about others: private notes, and whom they endorse on their profile."""

from rostra.accounts import access
from rostra.accounts.relations import queries
from rostra.core.db import Tx, execute, fetch_value
from rostra.core.errors import Invalid
from rostra.core.ids import new_id

NOTE_LENGTH = 2000
"""Longest private note, in characters (as in Mastodon)."""


async def write_note(tx: Tx, account_id: int, target_id: int, comment: str) -> None:
    """Keep `comment` about `target_id`, for oneself alone; an empty one takes the note away.

    Raises:
        Invalid: it is too long.
        NotFound: nobody may have heard of the target.
    """
    if len(comment) > NOTE_LENGTH:
        raise Invalid(f"Comment is too long (maximum is {NOTE_LENGTH} characters)")
    await access.get_known(tx, target_id)
    params = {"account": account_id, "target": target_id, "comment": comment}
    if not comment:
        await execute(
            tx,
            "delete from account_notes where account_id = %(account)s and target_id = %(target)s",
            params,
        )
        return
    await execute(
        tx,
        """
        insert into account_notes (account_id, target_id, comment)
        values (%(account)s, %(target)s, %(comment)s)
        on conflict (account_id, target_id) do update set comment = excluded.comment, updated_at = now()
        """,
        params,
    )


async def endorse(tx: Tx, account_id: int, target_id: int) -> None:
    """Show `target_id`, whom the member follows, on their profile; it ends with the follow.

    Raises:
        Invalid: the member does not follow them.
        NotFound: the target does not exist for others.
    """
    async with tx.transaction():
        await queries.lock(tx, account_id, target_id)  # so that an unfollow comes before or after
        await access.get_present(tx, target_id)
        follows = await fetch_value(
            tx,
            "select exists (select from follows where account_id = %(account)s and target_id = %(target)s)",
            {"account": account_id, "target": target_id},
        )
        if not follows:
            raise Invalid("You must be already following the person you want to endorse")
        await execute(
            tx,
            """
            insert into endorsements (id, account_id, target_id) values (%(id)s, %(account)s, %(target)s)
            on conflict do nothing
            """,
            {"id": new_id(), "account": account_id, "target": target_id},
        )


async def unendorse(tx: Tx, account_id: int, target_id: int) -> None:
    """No longer show `target_id` on the member's profile.

    Raises:
        NotFound: nobody may have heard of the target.
    """
    await access.get_known(tx, target_id)
    await queries.delete_endorsement(tx, account_id, target_id)
