"""Telling staff of somebody (https://docs.joinmastodon.org/methods/reports/)."""

import msgspec

from rostra.api.auth import user
from rostra.api.entities.report import Report, report_entities
from rostra.api.http import Call, Endpoints
from rostra.api.params import Id
from rostra.core.errors import NotFound
from rostra.moderation import actions
from rostra.moderation.model import Category, NewReport

api = Endpoints("reports")


class ReportParams(msgspec.Struct, kw_only=True):
    """What to report."""

    account_id: Id | None = None
    status_ids: list[Id] = []
    comment: str = ""
    forward: bool = False
    category: Category | None = None
    rule_ids: list[Id] = []
    collection_ids: list[Id] = []


@api.post("/api/v1/reports", auth=user("write:reports"), returns=Report, limit="reports")
async def file_report(call: Call, params: ReportParams) -> object:
    """Report an account to the staff."""
    if params.account_id is None:
        raise NotFound
    new = NewReport(
        target_id=params.account_id,
        category=params.category or "other",
        comment=params.comment,
        status_ids=params.status_ids,
        rule_ids=params.rule_ids,
        collection_ids=params.collection_ids,
        forward=params.forward,
    )
    report = await actions.file(call.tx, call.account_id, new)
    return (await report_entities(call.tx, call.hydrator, [report]))[report.id]
