"""Jobs: what happens after an action, in the background, at least once, whatever dies meanwhile.

- A **reaction** runs for each event of its type: `reactions.py` is the table.
- A **schedule** runs by the clock, whether or not anything happened.
- `enqueue_at` puts an event off until a moment.

Jobs are idempotent and in no order. One that fails is tried 8 times within a day, then parked with
its error until somebody looks (`failed`, `requeue`). One that waits for other servers is marked `apart`,
and raises `TryAgain` when they don't answer. A worker leases the jobs that it runs; when it
is killed, its leases end and others run them (docs/decisions/0003-jobs.md).
"""

from rostra.core.jobs.queue import (
    Backlog,
    FailedJob,
    backlog,
    drop_failed,
    enqueue_at,
    failed,
    requeue,
)
from rostra.core.jobs.runner import Limits, Runner, drain
from rostra.core.jobs.work import Reaction, ReactionTable, Schedule, TryAgain, Work, apart

__all__ = [
    "Backlog",
    "FailedJob",
    "Limits",
    "Reaction",
    "ReactionTable",
    "Runner",
    "Schedule",
    "TryAgain",
    "Work",
    "apart",
    "backlog",
    "drain",
    "drop_failed",
    "enqueue_at",
    "failed",
    "requeue",
]
