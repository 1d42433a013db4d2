"""The privacy policy: what this software keeps (https://docs.joinmastodon.org/methods/instance/)."""

from datetime import UTC, datetime
from functools import cache
from html import escape
from pathlib import Path

import msgspec

from rostra.accounts import queries
from rostra.api.auth import public
from rostra.api.http import Call, Endpoints
from rostra.api.params import NoParams
from rostra.core.clock import timestamp
from rostra.pages.i18n import negotiate

api = Endpoints("instance")

FOLDER = Path(__file__).parent / "texts"
WRITTEN = datetime(2026, 11, 23, tzinfo=UTC)
"""When the texts were last changed."""


class PrivacyPolicy(msgspec.Struct):
    """HTML (https://docs.joinmastodon.org/entities/PrivacyPolicy/)."""

    updated_at: str
    content: str


@api.get("/api/v1/instance/privacy_policy", auth=public(), returns=PrivacyPolicy)
async def get_privacy_policy(call: Call, params: NoParams) -> PrivacyPolicy:
    """See what is kept of members, in German or English."""
    text = _text(negotiate(call.request))
    return PrivacyPolicy(timestamp(WRITTEN), text.replace("{contact}", await _contact(call)))


async def _contact(call: Call) -> str:
    """The operator's mail address and account, as far as there are any."""
    mail, owner = escape(call.settings.contact_email), await queries.owner(call.tx)
    ways = [f'<a href="mailto:{mail}">{mail}</a>'] if mail else []
    if owner is not None:
        ways.append(f'<a href="{call.settings.url(f"/@{owner.username}")}">@{owner.username}</a>')
    return ", ".join(ways) or escape(call.settings.local_domain)


@cache
def _text(language: str) -> str:
    return (FOLDER / f"privacy.{language}.html").read_text("utf-8")
