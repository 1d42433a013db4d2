"""Reporting somebody, and what staff do about it."""

from rostra.about import rules
from rostra.accounts import access as accounts
from rostra.accounts.collections import queries as collections
from rostra.core import events
from rostra.core.db import Tx
from rostra.core.errors import Invalid, NotFound
from rostra.moderation import queries
from rostra.moderation.model import Action, NewReport, Report, ReportFiled
from rostra.statuses import reading


async def file(tx: Tx, account_id: int, new: NewReport) -> Report:
    """Report an account, with those of its statuses and collections that the reporter may see.

    Raises:
        NotFound: there is no such account, status or collection.
        Invalid: see `NewReport.checked`; or it is about oneself, or rules that do not hold.
    """
    new = new.checked()
    target = await accounts.get_known(tx, new.target_id)
    if target.id == account_id:
        raise Invalid("You can't report yourself")
    made = await collections.by_ids(tx, account_id, new.collection_ids) if new.collection_ids else []
    if {each.id for each in made if each.account_id == target.id} != set(new.collection_ids):
        raise NotFound
    if await rules.that_hold(tx, new.rule_ids) != set(new.rule_ids):
        raise Invalid("Rule ids does not reference valid rules")
    frames = await reading.read_ids(tx, account_id, new.status_ids)
    if {frame.id for frame in frames if frame.account_id == target.id} != set(new.status_ids):
        raise NotFound
    async with tx.transaction():
        report_id = await queries.insert(tx, account_id, new)
        await events.record(tx, ReportFiled(report_id))
    return (await queries.by_ids(tx, [report_id]))[0]


async def act(tx: Tx, staff_id: int, report_id: int, action: Action) -> None:
    """Resolve a report, or take it up again; what is so already stays as it is.

    Raises:
        NotFound: there is none such, or it is about the one who acts.
    """
    async with tx.transaction():
        report = await queries.lock(tx, report_id, staff_id)
        if report is None:
            raise NotFound
        if (report.resolved_at is not None) != (action == "resolve"):
            await queries.append(tx, report_id, staff_id, action)
