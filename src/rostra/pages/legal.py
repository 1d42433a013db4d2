"""`/privacy-policy` and `/terms-of-service`: what the operator and the law have to say, also to strangers."""

from datetime import UTC, date, datetime, time, timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.about import terms, texts
from rostra.about.markdown import to_html
from rostra.announcements.model import Draft
from rostra.core.errors import NotFound
from rostra.core.settings import Settings
from rostra.pages import cards, i18n
from rostra.pages.render import page, services_of
from rostra.pages.views import trusted


async def show_privacy_policy(request: Request) -> Response:
    """The privacy policy."""
    services, language = services_of(request), i18n.negotiate(request)
    async with services.db.connection() as tx:
        found = await texts.privacy_policy(tx, services.settings, language)
    title = i18n.translator(language)("privacy-title")
    return page(
        request,
        "privacy.html",
        caching="shared",
        content=trusted(found.html),
        updated_at=found.updated_at,
        card=cards.site_card(services.settings, "/privacy-policy", title, title),
    )


async def show_terms(request: Request) -> Response:
    """The terms of service that hold, or those that hold from the date in the path on.

    Raises:
        NotFound: none hold from that date on.
    """
    services, language = services_of(request), i18n.negotiate(request)
    wanted = request.path_params.get("date")
    async with services.db.connection() as tx:
        found = await terms.current(tx) if wanted is None else await terms.of_date(tx, _date(wanted))
        dates = await terms.published(tx)
    if found is None and wanted is not None:
        raise NotFound
    title = i18n.translator(language)("terms-title")
    return page(
        request,
        "terms.html",
        caching="shared",
        content=trusted(to_html(found.text)) if found else None,
        version=found,
        others=[each for each in dates if found is None or each != found.effective_date],
        card=cards.site_card(services.settings, request.url.path, title, title),
    )


def terms_announcement(settings: Settings, day: date) -> Draft:
    """What tells members, in all languages, of terms that hold from `day` on; shown until a week after."""
    link = settings.url(f"/terms-of-service/{day}")
    said = [t("terms-announcement", day=t.date(day), link=link) for t in map(i18n.translator, i18n.LANGUAGES)]
    begins = datetime.combine(day, time(), UTC)
    return Draft(text="\n\n".join(said), all_day=True, starts_at=begins, ends_at=begins + timedelta(days=7))


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFound from None


routes = [
    Route("/privacy-policy", show_privacy_policy),
    Route("/terms-of-service", show_terms),
    Route("/terms-of-service/{date}", show_terms),
]
