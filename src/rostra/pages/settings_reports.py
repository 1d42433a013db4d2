"""Settings, for the staff: what members report."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.about import rules
from rostra.accounts.sessions.model import SignedIn
from rostra.core.db import Tx
from rostra.core.text import plain_text
from rostra.moderation import actions, queries
from rostra.moderation.model import Report
from rostra.pages.auth_forms import form_page, read_form
from rostra.pages.auth_session import for_staff, see_other
from rostra.pages.loading import load_people
from rostra.pages.paging import parse_id
from rostra.pages.render import services_of
from rostra.pages.views import Person, shorten
from rostra.statuses import bodies

HERE = "/settings/reports"
EXCERPT = 300
"""Characters of a reported status."""


class ReportView(msgspec.Struct, frozen=True, kw_only=True):
    """A report as the list shows it. People are None when they are gone or suspended."""

    report: Report
    target: Person | None
    reporter: Person | None
    rules: list[str]
    statuses: list[tuple[str, str]]
    """Paths, and beginnings."""


@for_staff
async def show_reports(request: Request, member: SignedIn) -> Response:
    """All reports, the open ones first."""
    async with services_of(request).db.connection() as tx:
        found = await _load(tx, await queries.for_staff(tx, member.account_id))
    return form_page(request, "settings/reports.html", reports=found)


@for_staff
async def act(request: Request, member: SignedIn) -> Response:
    """Resolve a report, or take it up again."""
    form = await read_form(request)
    action = "reopen" if form.text("action") == "reopen" else "resolve"
    async with services_of(request).db.connection() as tx:
        await actions.act(tx, member.account_id, parse_id(form.text("report")), action)
    return see_other(HERE)


async def _load(tx: Tx, reports: list[Report]) -> list[ReportView]:
    """`reports` with all that they name, in a fixed number of queries.

    Statuses are shown whoever may see them: the reporter may, and shows them to staff.
    """
    people = await load_people(tx, {r.target_id for r in reports} | {r.account_id or 0 for r in reports})
    found = await bodies.load(tx, list({each for r in reports for each in r.status_ids}))
    texts = await rules.texts_of(tx, [each for r in reports for each in r.rule_ids])
    views: list[ReportView] = []
    for report in reports:
        target = people.get(report.target_id)
        shown = [found[each] for each in report.status_ids if each in found]
        statuses = [
            (
                f"{target.path}/{body.status.id}" if target else "",
                shorten(plain_text(body.status.content), EXCERPT),
            )
            for body in shown
        ]
        views.append(
            ReportView(
                report=report,
                target=target,
                reporter=people.get(report.account_id or 0),
                rules=[texts[each] for each in report.rule_ids if each in texts],
                statuses=statuses,
            )
        )
    return views


routes = [
    Route(HERE, show_reports, methods=["GET"]),
    Route(HERE, act, methods=["POST"]),
]
