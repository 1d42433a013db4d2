"""Settings, for the staff: what many talk about, before others see it."""

from typing import get_args

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.accounts.sessions.model import SignedIn
from rostra.core.errors import NotFound
from rostra.core.text import plain_text, tag_path
from rostra.pages.auth_forms import form_page, read_form
from rostra.pages.auth_session import for_staff, see_other
from rostra.pages.paging import parse_id
from rostra.pages.render import services_of
from rostra.pages.views import shorten
from rostra.trends import actions, queries
from rostra.trends.model import LinkReview, StatusReview, Subject, TagReview

HERE = "/settings/trends"
EXCERPT = 200
"""Characters of a status."""
_SUBJECTS: dict[str, Subject] = {each: each for each in get_args(Subject)}


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """Something that trends or would, and whose it is."""

    subject: Subject
    id: int
    name: str
    path: str
    trendable: bool | None
    accounts: int | None = None
    """How many people used it within a day."""
    source: str = ""
    """Its publisher or author."""
    source_subject: Subject | None = None
    source_id: int = 0
    source_trendable: bool | None = None

    @property
    def decided(self) -> bool | None:
        """Whether others see it; None: nobody said."""
        return self.source_trendable if self.trendable is None else self.trendable


@for_staff
async def show_trends(request: Request, member: SignedIn) -> Response:
    """All that trends or would, undecided things first."""
    services = services_of(request)
    async with services.db.connection() as tx:
        found = await queries.reviews(tx)
    sections = [
        ("trends-tags", [_tag(each) for each in found.tags]),
        ("trends-links", [_link(each) for each in found.links]),
        ("trends-statuses", [_status(each) for each in found.statuses]),
    ]
    return form_page(
        request,
        "settings/trends.html",
        sections=[(name, items) for name, items in sections if items],
        review=services.settings.trends_review,
        on=services.settings.trends,
    )


@for_staff
async def decide(request: Request, member: SignedIn) -> Response:
    """Let something be seen, or not."""
    form = await read_form(request)
    subject, subject_id = _SUBJECTS.get(form.text("subject")), parse_id(form.text("id"))
    if subject is None or form.text("decision") not in ("show", "hide"):
        raise NotFound
    async with services_of(request).db.connection() as tx:
        await actions.decide(tx, subject, subject_id, trendable=form.text("decision") == "show")
    return see_other(HERE)


def _tag(row: TagReview) -> Item:
    return Item(
        subject="tag",
        id=row.id,
        name=f"#{row.display_name}",
        path=tag_path(row.name),
        trendable=row.trendable,
        accounts=row.accounts,
    )


def _link(row: LinkReview) -> Item:
    return Item(
        subject="link",
        id=row.id,
        name=shorten(row.title, EXCERPT),
        path=row.url,
        trendable=row.trendable,
        source=row.domain,
        source_subject="publisher",
        source_id=row.publisher_id,
        source_trendable=row.publisher_trendable,
    )


def _status(row: StatusReview) -> Item:
    handle = f"@{row.username}@{row.domain}" if row.domain else f"@{row.username}"
    return Item(
        subject="status",
        id=row.id,
        name=shorten(plain_text(row.content), EXCERPT) or handle,
        path=f"/{handle}/{row.id}",
        trendable=row.trendable,
        source=handle,
        source_subject="author",
        source_id=row.account_id,
        source_trendable=row.author_trendable,
    )


routes = [
    Route(HERE, show_trends, methods=["GET"]),
    Route(HERE, decide, methods=["POST"]),
]
