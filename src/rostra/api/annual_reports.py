"""What a member's year was like (https://docs.joinmastodon.org/methods/annual_reports/)."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from starlette.responses import Response

from rostra.accounts import queries as account_queries
from rostra.api.async_refreshes import point_to
from rostra.api.auth import user
from rostra.api.entities.account import Account
from rostra.api.entities.status import Status
from rostra.api.http import Call, Endpoints, json_response
from rostra.api.params import NoParams
from rostra.core.errors import NotFound
from rostra.core.ids import MAX_ID
from rostra.statuses import reading
from rostra.yearly import actions, queries
from rostra.yearly.model import AnnualReport as AnnualReportRow

api = Endpoints("annual_reports")


class Year(msgspec.Struct):
    """A year in the path."""

    year: Annotated[int, msgspec.Meta(ge=2000, le=9998)]


class AnnualReport(msgspec.Struct, kw_only=True):
    """A member's year (https://docs.joinmastodon.org/entities/AnnualReport/)."""

    year: int
    data: dict[str, Any]
    schema_version: int
    share_url: str | None
    account_id: str


class WrappedAnnualReports(msgspec.Struct, kw_only=True):
    """Reports, and what they name. Accounts and statuses are entities, encoded or not."""

    annual_reports: list[AnnualReport]
    accounts: list[Account | msgspec.Raw]
    statuses: list[Status | msgspec.Raw]


class ReportState(msgspec.Struct):
    """How a report stands."""

    state: str


@api.get("/api/v1/annual_reports", auth=user("read:accounts"), returns=WrappedAnnualReports)
async def get_reports(call: Call, params: NoParams) -> object:
    """See the reports that one has not looked at yet."""
    return await _wrapped(call, await queries.unread(call.tx, call.account_id))


@api.get("/api/v1/annual_reports/{year}", auth=user("read:accounts"), returns=WrappedAnnualReports)
async def get_report(call: Call, params: Year) -> object:
    """See one's report of a year."""
    found = await queries.get(call.tx, call.account_id, params.year)
    if found is None:
        raise NotFound
    return await _wrapped(call, [found])


@api.get("/api/v1/annual_reports/{year}/state", auth=user("read:accounts"), returns=ReportState)
async def get_state(call: Call, params: Year) -> object:
    """See whether there is a report of a year, or can be."""
    state, running = await actions.state(call.tx, call.settings, call.account_id, params.year)
    if running is not None:
        point_to(call, running)
    return ReportState(state)


@api.post("/api/v1/annual_reports/{year}/generate", auth=user("write:accounts"), returns=dict[str, Any])
async def generate(call: Call, params: Year) -> Response:
    """Have a report of a year made."""
    running = await actions.request(call.tx, call.settings, call.account_id, params.year)
    if running is None:
        return json_response({})
    point_to(call, running)
    return json_response({}, 202)


@api.post("/api/v1/annual_reports/{year}/read", auth=user("write:accounts"), returns=dict[str, Any])
async def mark_read(call: Call, params: Year) -> object:
    """Mark one's report of a year as read."""
    if not await queries.mark_read(call.tx, call.account_id, params.year):
        raise NotFound
    return {}


async def _wrapped(call: Call, rows: Sequence[AnnualReportRow]) -> WrappedAnnualReports:
    """`rows`, which are the viewer's own, in a fixed number of queries."""
    accounts = await account_queries.by_ids(call.tx, [call.account_id]) if rows else []
    frames = await reading.read_ids(call.tx, call.account_id, _status_ids(rows))
    return WrappedAnnualReports(
        annual_reports=[
            AnnualReport(
                year=row.year,
                data=row.data,
                schema_version=row.schema_version,
                share_url=None,
                account_id=str(row.account_id),
            )
            for row in rows
        ],
        accounts=list(call.hydrator.accounts(accounts)),
        statuses=list(await call.hydrator.statuses(call.tx, call.account_id, frames)),
    )


def _status_ids(rows: Sequence[AnnualReportRow]) -> list[int]:
    named = [each for row in rows for each in row.data["top_statuses"].values() if each is not None]
    return [status_id for status_id in map(int, named) if status_id <= MAX_ID]
