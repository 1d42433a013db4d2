"""V1::Instance (https://docs.joinmastodon.org/entities/V1_Instance/): how apps asked before Mastodon 4."""

from collections.abc import Sequence

import msgspec

from rostra.api.entities.account import Account
from rostra.api.entities.instance import LANGUAGES, THUMBNAIL, streaming_url
from rostra.api.entities.instance_limits import (
    AccountLimits,
    MediaLimits,
    PollLimits,
    StatusLimits,
    media_limits,
    status_limits,
)
from rostra.api.entities.rule import Rule
from rostra.api.version import VERSION
from rostra.core.settings import Settings
from rostra.pages import static
from rostra.statuses.model import CONTENT_TYPES


class Stats(msgspec.Struct):
    """How large the network is; `domain_count`: other servers that it knows."""

    user_count: int
    status_count: int
    domain_count: int


class Urls(msgspec.Struct):
    """Where else to go."""

    streaming_api: str


class Configuration(msgspec.Struct):
    """Limits."""

    accounts: AccountLimits
    statuses: StatusLimits
    media_attachments: MediaLimits
    polls: PollLimits


class PleromaMetadata(msgspec.Struct, frozen=True):
    """What apps for Pleroma look for."""

    post_formats: tuple[str, ...] = CONTENT_TYPES


class Pleroma(msgspec.Struct, frozen=True):
    """What apps for Pleroma ask for: how texts may be written. An extension: docs/api-extensions.md."""

    metadata: PleromaMetadata = PleromaMetadata()


class InstanceV1(msgspec.Struct, kw_only=True):
    """The network, as older apps see it."""

    uri: str
    title: str
    short_description: str
    description: str
    email: str
    version: str
    urls: Urls
    stats: Stats
    thumbnail: str
    languages: list[str]
    registrations: bool
    approval_required: bool
    invites_enabled: bool
    configuration: Configuration
    contact_account: Account | msgspec.Raw | None
    rules: list[Rule]
    pleroma: Pleroma = Pleroma()


def instance_v1_entity(
    settings: Settings, stats: Stats, person: msgspec.Raw | None, rules: Sequence[Rule]
) -> InstanceV1:
    """The network with these settings; `person`: to turn to."""
    return InstanceV1(
        uri=settings.local_domain,
        title=settings.title,
        short_description=settings.description,
        description=settings.description,
        email=settings.contact_email,
        version=VERSION,
        urls=Urls(streaming_url(settings)),
        stats=stats,
        thumbnail=settings.url(static.url(THUMBNAIL)),
        languages=list(LANGUAGES),
        registrations=settings.registration in ("open", "approval"),
        approval_required=settings.registration == "approval",
        invites_enabled=settings.registration != "closed",
        configuration=Configuration(
            AccountLimits(), status_limits(settings), media_limits(settings), PollLimits()
        ),
        contact_account=person,
        rules=list(rules),
    )
