"""Public ids: 64-bit, time-ordered, not to be enumerated.

The layout is the field's (Mastodon's `timestamp_id`): 48 bits of Unix milliseconds, then 16 random
bits. Apps that read the time out of an id keep working. Ids travel as decimal strings.
"""

import secrets
import time
from datetime import UTC, datetime

MAX_ID = 2**63 - 1
_RANDOM_BITS = 16
_last: list[int] = [0]


def new_id(at: datetime | None = None) -> int:
    """A fresh id for now, or for the moment `at` (imports, demo content).

    Within one process ids for now never repeat and never go back.
    """
    if at is not None:
        return (int(at.timestamp() * 1000) << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
    fresh = (time.time_ns() // 1_000_000 << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
    if fresh <= _last[0]:
        fresh = _last[0] + 1 + secrets.randbits(8)
    _last[0] = fresh
    return fresh


def first_id(at: datetime) -> int:
    """The lowest id that the moment `at` can have: a bound for "since then"."""
    return int(at.timestamp() * 1000) << _RANDOM_BITS


def time_of(public_id: int) -> datetime:
    """The moment that `public_id` was made for, to the millisecond, in UTC."""
    return datetime.fromtimestamp((public_id >> _RANDOM_BITS) / 1000, UTC)
