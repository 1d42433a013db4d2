"""Who may see and change an upload by itself: its owner, until a status has it. The only place.

Once attached it is shown with its status, under the status's rule. Absent and forbidden answer alike.
"""

from rostra.core.db import Tx, fetch_one
from rostra.core.errors import NotFound
from rostra.media import queries
from rostra.media.model import Attachment, InUse


async def get_unattached(tx: Tx, owner_id: int, attachment_id: int) -> Attachment:
    """The owner's upload, locked when in a transaction.

    Raises:
        NotFound: there is none, it is somebody else's, or a status has it.
    """
    attachment = await _lock_own(tx, owner_id, attachment_id)
    if attachment.status_id is not None:
        raise NotFound()
    return attachment


async def get_deletable(tx: Tx, owner_id: int, attachment_id: int) -> Attachment:
    """The owner's upload, locked when in a transaction.

    Raises:
        NotFound: there is none, or it is somebody else's.
        InUse: a status has it, or it waits with a scheduled status or a draft.
    """
    attachment = await _lock_own(tx, owner_id, attachment_id)
    if attachment.status_id is not None or await queries.is_held(tx, attachment_id):
        raise InUse()
    return attachment


async def _lock_own(tx: Tx, owner_id: int, attachment_id: int) -> Attachment:
    attachment = await fetch_one(
        tx,
        Attachment,
        "select * from media_attachments where id = %(id)s and account_id = %(owner_id)s for update",
        {"id": attachment_id, "owner_id": owner_id},
    )
    if attachment is None:
        raise NotFound()
    return attachment
