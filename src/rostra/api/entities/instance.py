"""Instance (https://docs.joinmastodon.org/entities/Instance/)."""

from collections.abc import Sequence

import msgspec

from rostra.about.markdown import to_html
from rostra.api.entities.account import Account
from rostra.api.entities.instance_limits import (
    AccountLimits,
    CollectionLimits,
    FilterLimits,
    ListLimits,
    MediaLimits,
    PollLimits,
    StatusLimits,
    media_limits,
    status_limits,
)
from rostra.api.entities.rule import Rule
from rostra.api.version import MASTODON_API, VERSION
from rostra.core.settings import Registration, Settings
from rostra.pages import static
from rostra.push.keys import Keys
from rostra.statuses.translation.actions import is_enabled
from rostra.yearly.model import current_campaign

LANGUAGES = ("de", "en")
"""What the pages speak."""
ICONS = {"32x32": "prow-32.png", "180x180": "prow-180.png"}
THUMBNAIL = "card.png"


class Icon(msgspec.Struct):
    """The sign of the network in one size."""

    src: str
    size: str


class Thumbnail(msgspec.Struct):
    """A picture for the network."""

    url: str
    versions: dict[str, str]
    blurhash: str | None = None
    description: str = ""


class ActiveUsers(msgspec.Struct):
    """Members who were here within four weeks."""

    active_month: int


class Usage(msgspec.Struct):
    """How much is going on."""

    users: ActiveUsers


class Urls(msgspec.Struct, kw_only=True):
    """Where else to go."""

    streaming: str
    about: str
    privacy_policy: str | None = None
    terms_of_service: str | None = None
    status: str | None = None


FEATURES = (
    "admin_health",
    "admin_site",
    "client_settings",
    "drafts",
    "editing",
    "interaction_policy",
    "interaction_requests",
    "invites",
    "local_only",
    "own_account",
    "portability",
    "previews",
    "quote_posting",
    "resumable_streaming",
    "shared_accounts",
)
"""Names of extensions."""


class Translation(msgspec.Struct):
    """Whether statuses can be translated."""

    enabled: bool


class FeedAccess(msgspec.Struct):
    """Who may read a kind of feed."""

    local: str = "public"
    remote: str = "public"


class TimelinesAccess(msgspec.Struct):
    """Who may read what everybody writes."""

    live_feeds: FeedAccess = msgspec.field(default_factory=FeedAccess)
    hashtag_feeds: FeedAccess = msgspec.field(default_factory=FeedAccess)
    trending_link_feeds: FeedAccess = msgspec.field(default_factory=FeedAccess)


class Vapid(msgspec.Struct):
    """What an app names when it asks its push service for a subscription."""

    public_key: str


class Configuration(msgspec.Struct, kw_only=True):
    """Addresses and limits."""

    urls: Urls
    vapid: Vapid
    accounts: AccountLimits
    statuses: StatusLimits
    media_attachments: MediaLimits
    polls: PollLimits
    lists: ListLimits
    collections: CollectionLimits
    filters: FilterLimits
    translation: Translation
    timelines_access: TimelinesAccess
    limited_federation: bool


class Features(msgspec.Struct):
    """What there is beyond Mastodon's API (docs/api-extensions.md)."""

    features: list[str] = msgspec.field(default_factory=lambda: list(FEATURES))


class Extensions(msgspec.Struct):
    """What there is beyond Mastodon's API, announced where Pleroma and Akkoma do."""

    metadata: Features = msgspec.field(default_factory=Features)


class Registrations(msgspec.Struct, kw_only=True):
    """Whether and how one can sign up."""

    enabled: bool
    approval_required: bool
    reason_required: bool
    message: str | None
    url: str | None
    min_age: int | None = None


class Contact(msgspec.Struct):
    """Who runs the network."""

    email: str
    account: Account | msgspec.Raw | None


class Instance(msgspec.Struct, kw_only=True):
    """The network, as apps see it."""

    domain: str
    title: str
    version: str
    source_url: str
    description: str
    usage: Usage
    thumbnail: Thumbnail
    icon: list[Icon]
    languages: list[str]
    configuration: Configuration
    registrations: Registrations
    api_versions: dict[str, int]
    contact: Contact
    rules: list[Rule]
    wrapstodon: str | None = None
    pleroma: Extensions = msgspec.field(default_factory=Extensions)


def instance_entity(
    settings: Settings,
    active_month: int,
    person: msgspec.Raw | None,
    rules: Sequence[Rule],
    keys: Keys,
    *,
    has_terms: bool,
) -> Instance:
    """The network with these settings; `person` to turn to; `has_terms`: there are terms of service."""
    card = settings.url(static.url(THUMBNAIL))
    return Instance(
        domain=settings.local_domain,
        title=settings.title,
        version=VERSION,
        source_url=settings.url("/about"),
        description=settings.description,
        usage=Usage(ActiveUsers(active_month)),
        thumbnail=Thumbnail(card, {"@1x": card, "@2x": card}),
        icon=[Icon(settings.url(static.url(name)), size) for size, name in ICONS.items()],
        languages=list(LANGUAGES),
        configuration=Configuration(
            urls=_urls(settings, has_terms),
            vapid=Vapid(keys.public_text),
            accounts=AccountLimits(),
            statuses=status_limits(settings),
            media_attachments=media_limits(settings),
            polls=PollLimits(),
            lists=ListLimits(),
            collections=CollectionLimits(),
            filters=FilterLimits(),
            translation=Translation(enabled=is_enabled(settings)),
            timelines_access=TimelinesAccess(),
            limited_federation=False,
        ),
        registrations=_registrations(settings),
        api_versions={"mastodon": MASTODON_API},
        contact=Contact(settings.contact_email, person),
        rules=list(rules),
        wrapstodon=str(year) if (year := current_campaign(settings)) else None,
    )


def _urls(settings: Settings, has_terms: bool) -> Urls:
    return Urls(
        streaming=streaming_url(settings),
        about=settings.url("/about"),
        privacy_policy=settings.url("/privacy-policy"),
        terms_of_service=settings.url("/terms-of-service") if has_terms else None,
        status=settings.status_url or None,
    )


def streaming_url(settings: Settings) -> str:
    """Where WebSockets go: `wss://…`, or `ws://…` without HTTPS."""
    return settings.base_url.replace("http", "ws", 1)


_REASONS: dict[Registration, str] = {
    "invitation": "<p>You need an invitation from a member to sign up here.</p>",
    "closed": "<p>This network takes no new members at the moment.</p>",
}


def _reason(settings: Settings) -> str:
    return to_html(settings.registration_message) or _REASONS[settings.registration]


def _registrations(settings: Settings) -> Registrations:
    is_open = settings.registration in ("open", "approval")
    return Registrations(
        enabled=is_open,
        approval_required=settings.registration == "approval",
        reason_required=settings.registration == "approval",
        message=None if is_open else _reason(settings),
        url=None,
    )
