"""What tests of statuses share: uploads without the picture machinery, and a look into the database."""

from collections.abc import Sequence
from typing import Any, LiteralString

import msgspec

from rostra.core import clock
from rostra.core.blobs import new_key
from rostra.core.db import fetch_tuples
from rostra.core.ids import new_id
from rostra.media import queries as media_queries
from rostra.media.model import Attachment
from rostra.statuses import actions
from rostra.statuses.model import Draft
from tests.network import Network, Person

GONE = {"error": "Record not found"}


async def upload(person: Person, description: str | None = None, **values: Any) -> str:
    """The id of an upload of `person` that is ready to be attached."""
    attachment = Attachment(
        id=new_id(),
        account_id=person.account_id,
        status_id=None,
        position=None,
        kind="image",
        state="ready",
        blob_key=new_key("image/webp"),
        preview_key=new_key("image/webp"),
        content_type="image/webp",
        bytes=1000,
        width=60,
        height=40,
        preview_width=60,
        preview_height=40,
        focus_x=0,
        focus_y=0,
        blurhash=None,
        description=description,
        created_at=clock.now(),
    )
    async with person.network.services.db.connection() as tx:
        await media_queries.insert(tx, msgspec.structs.replace(attachment, **values))
    return str(attachment.id)


async def publish_many(person: Person, count: int, **draft: Any) -> list[str]:
    """Ids of `count` statuses of `person`, oldest first; what follows from them is not run."""
    async with person.network.services.db.connection() as tx:
        statuses = [
            await actions.publish_status(
                tx, person.network.settings, person.account_id, Draft(text=f"number {number}", **draft)
            )
            for number in range(count)
        ]
    return [str(status.id) for status in statuses]


async def rows(network: Network, sql: LiteralString, **params: Any) -> Sequence[tuple[Any, ...]]:
    """What `sql` finds."""
    async with network.services.db.connection() as tx:
        return await fetch_tuples(tx, sql, params)


async def act(person: Person, status: Any, action: str, expect: int = 200, **options: Any) -> Any:
    """POST /api/v1/statuses/{id}/{action}; the answer."""
    return await person.post(f"/api/v1/statuses/{status['id']}/{action}", expect, **options)


async def look(client: Any, status: Any, part: str = "", expect: int = 200, **options: Any) -> Any:
    """GET /api/v1/statuses/{id}{part}; the answer."""
    return await client.get(f"/api/v1/statuses/{status['id']}{part}", expect, **options)
