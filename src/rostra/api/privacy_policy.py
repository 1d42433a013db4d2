"""The privacy policy and the terms of service (https://docs.joinmastodon.org/methods/instance/)."""

from datetime import date

import msgspec

from rostra.about import terms, texts
from rostra.about.markdown import to_html
from rostra.about.terms import Version
from rostra.api.auth import public
from rostra.api.http import Call, Endpoints
from rostra.api.params import NoParams
from rostra.core.clock import timestamp
from rostra.core.errors import NotFound
from rostra.pages.i18n import negotiate

api = Endpoints("instance")


class PrivacyPolicy(msgspec.Struct):
    """HTML (https://docs.joinmastodon.org/entities/PrivacyPolicy/)."""

    updated_at: str
    content: str


class TermsOfService(msgspec.Struct):
    """HTML, and when it holds (https://docs.joinmastodon.org/entities/TermsOfService/)."""

    effective_date: str
    effective: bool
    content: str
    succeeded_by: str | None


class TermsDate(msgspec.Struct):
    """A date in the path."""

    date: str


@api.get("/api/v1/instance/privacy_policy", auth=public(), returns=PrivacyPolicy)
async def get_privacy_policy(call: Call, params: NoParams) -> PrivacyPolicy:
    """See what is kept of members, in German or English."""
    page = await texts.privacy_policy(call.tx, call.settings, negotiate(call.request))
    return PrivacyPolicy(timestamp(page.updated_at), page.html)


@api.get("/api/v1/instance/terms_of_service", auth=public(), returns=TermsOfService)
async def get_terms(call: Call, params: NoParams) -> TermsOfService:
    """See the terms of service that hold, or else will first."""
    return _terms(await terms.current(call.tx))


@api.get("/api/v1/instance/terms_of_service/{date}", auth=public(), returns=TermsOfService)
async def get_terms_of_date(call: Call, params: TermsDate) -> TermsOfService:
    """See the terms of service that hold from a date on."""
    try:
        wanted = date.fromisoformat(params.date)
    except ValueError:
        raise NotFound from None
    return _terms(await terms.of_date(call.tx, wanted))


def _terms(found: Version | None) -> TermsOfService:
    if found is None:
        raise NotFound
    return TermsOfService(
        effective_date=found.effective_date.isoformat(),
        effective=found.effective,
        content=to_html(found.text),
        succeeded_by=found.succeeded_by.isoformat() if found.succeeded_by else None,
    )
