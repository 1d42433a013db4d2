"""Jobs that were given up, for those who run the network: an extension (docs/api-extensions.md)."""

import msgspec

from rostra.api.http import Call, Endpoints
from rostra.api.params import Id, NoParams
from rostra.api.staff import ADMIN_READ, ADMIN_WRITE
from rostra.core import jobs
from rostra.core.clock import timestamp
from rostra.core.errors import NotFound
from rostra.core.jobs import FailedJob

api = Endpoints("admin/jobs")

LIMIT = 40


class JobId(msgspec.Struct):
    """A job in the path."""

    id: Id


class JobsPart(msgspec.Struct):
    """How many of them are wanted."""

    limit: int | None = None


class Job(msgspec.Struct, kw_only=True):
    """A job that was given up. `data` names what it was about, by ids; `error` is for programmers."""

    id: str
    kind: str
    data: msgspec.Raw
    tries: int
    error: str
    failed_at: str


class Count(msgspec.Struct):
    """How many it was done to."""

    count: int


@api.get("/api/rostra/v1/admin/jobs/failed", auth=ADMIN_READ, returns=list[Job])
async def get_failed_jobs(call: Call, params: JobsPart) -> list[Job]:
    """See which jobs were given up last, and why."""
    wanted = LIMIT if params.limit is None else max(1, min(params.limit, 5 * LIMIT))
    return [_job(row) for row in await jobs.failed(call.tx, wanted)]


@api.post("/api/rostra/v1/admin/jobs/failed/retry", auth=ADMIN_WRITE, returns=Count)
async def retry_all_jobs(call: Call, params: NoParams) -> Count:
    """Try all jobs again that were given up."""
    return Count(await jobs.requeue(call.tx))


@api.post("/api/rostra/v1/admin/jobs/failed/{id}/retry", auth=ADMIN_WRITE, returns=Count)
async def retry_job(call: Call, params: JobId) -> Count:
    """Try a job again that was given up."""
    return _one(await jobs.requeue(call.tx, [params.id]))


@api.delete("/api/rostra/v1/admin/jobs/failed/{id}", auth=ADMIN_WRITE, returns=Count)
async def drop_job(call: Call, params: JobId) -> Count:
    """Drop a job that was given up: what it was to do is never done."""
    return _one(await jobs.drop_failed(call.tx, [params.id]))


def _one(count: int) -> Count:
    if not count:
        raise NotFound
    return Count(count)


def _job(row: FailedJob) -> Job:
    return Job(
        id=str(row.id),
        kind=row.kind,
        data=msgspec.Raw(row.data.encode()),
        tries=row.tries,
        error=row.error,
        failed_at=timestamp(row.failed_at),
    )
