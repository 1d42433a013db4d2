"""`/` and `/about`: what this network is, its rules, how to take part. And robots.txt."""

import time

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from rostra.about import texts
from rostra.core.db import Tx
from rostra.core.settings import Settings
from rostra.pages import cards, i18n, queries, static
from rostra.pages.auth_session import see_other
from rostra.pages.fragments import status_list
from rostra.pages.render import app_home, member_of, page, secure, services_of
from rostra.pages.views import trusted
from rostra.statuses import numbers
from rostra.statuses.numbers import Numbers
from rostra.statuses.reading import Bounds
from rostra.timelines.public import Only, read_public

STATUSES = 15
NUMBERS_SECONDS = 60
ROBOTS = """\
# Profiles and posts whose authors don't want to be found by search engines say so with "noindex".
User-agent: *
Disallow: /api/
Disallow: /oauth/
Disallow: /settings
"""


async def show_landing(request: Request) -> Response:
    """The start page; for members the web app takes its place, where there is one."""
    services = services_of(request)
    app = app_home(services.settings)
    if app and member_of(request):
        return see_other(app)
    language = i18n.negotiate(request)
    async with services.db.connection() as tx:
        frames = await read_public(tx, None, Bounds(limit=STATUSES), Only(local=True))
        statuses = await status_list(request, tx, frames)
        rules = await queries.rules(tx, language)
        size = await current_numbers(request, tx)
    return page(
        request,
        "landing.html",
        caching="private" if member_of(request) else "shared",
        statuses=statuses,
        rules=rules,
        members_count=size.members,
        statuses_count=size.statuses,
        card=cards.site_card(
            services.settings, "/", services.settings.title, _description(request, services.settings)
        ),
    )


async def show_about(request: Request) -> Response:
    """What this network is, its rules, how to connect an app, whom to ask."""
    services = services_of(request)
    language = i18n.negotiate(request)
    async with services.db.connection() as tx:
        rules = await queries.rules(tx, language)
        size = await current_numbers(request, tx)
        written = await texts.about(tx, language)
    settings = services.settings
    title = i18n.translator(language)("about-title", title=settings.title)
    return page(
        request,
        "about.html",
        caching="shared",
        rules=rules,
        members_count=size.members,
        statuses_count=size.statuses,
        about=trusted(written.html) if written else None,
        card=cards.site_card(settings, "/about", title, _description(request, settings)),
    )


async def current_numbers(request: Request, tx: Tx) -> Numbers:
    """How large the network is, at most a minute ago: counting takes a while."""
    kept: tuple[float, Numbers] | None = getattr(request.app.state, "numbers", None)
    if kept is None or kept[0] < time.monotonic():
        kept = request.app.state.numbers = (time.monotonic() + NUMBERS_SECONDS, await numbers.numbers(tx))
    return kept[1]


def _description(request: Request, settings: Settings) -> str:
    return settings.description or i18n.translator(i18n.negotiate(request))("landing-description")


async def robots(request: Request) -> Response:
    """What crawlers need not ask for (RFC 9309)."""
    response = PlainTextResponse(ROBOTS)
    secure(response, "shared")
    return response


async def favicon(request: Request) -> Response:
    """For readers that look for the icon in the old place."""
    return RedirectResponse(static.url("prow-32.png"), 302)


routes = [
    Route("/", show_landing),
    Route("/about", show_about),
    Route("/robots.txt", robots),
    Route("/favicon.ico", favicon),
]
