"""Events: what has happened, written down in the transaction in which it happened.

A use case records its event beside its data, so that either both are committed or none (the
"transactional outbox"). What follows from an event is not known here: `reactions.py` lists it, and
`core/jobs` carries it out.
"""

from collections.abc import Sequence
from typing import LiteralString

import msgspec

from rostra.core.bus import CHANNEL
from rostra.core.db import Tx, execute

TOPIC = "events"
"""Topic of the bus that tells workers: there are new events."""

RECORD: LiteralString = """
    with recorded as (
        insert into events (type, data)
        select * from unnest(%(types)s::text[], %(data)s::jsonb[])
    )
    select pg_notify(%(channel)s, %(message)s)
"""


class Event(msgspec.Struct, frozen=True):
    """Base of all events. A subclass stands in a feature's `model.py` and has ids, not content:

    its reactions load what is true when they run, which may be much later.
    """


def encode(event: Event) -> tuple[str, str]:
    """The type and the JSON of `event`, as the table of events has them."""
    return type(event).__name__, msgspec.json.encode(event).decode()


async def record(tx: Tx, *events: Event) -> None:
    """Write `events` down in the transaction of `tx`, and wake a worker when it commits."""
    await record_encoded(tx, [encode(event) for event in events])


async def record_encoded(tx: Tx, events: Sequence[tuple[str, str]]) -> None:
    """The same for events that `encode` has made ready."""
    if not events:
        return
    types, data = zip(*events, strict=True)
    message = msgspec.json.encode((TOPIC, None)).decode()
    await execute(
        tx, RECORD, {"types": list(types), "data": list(data), "channel": CHANNEL, "message": message}
    )
