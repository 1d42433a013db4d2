"""The network itself (https://docs.joinmastodon.org/methods/instance/)."""

from collections.abc import Mapping
from functools import cache
from html import escape
from typing import cast

import msgspec
from babel import Locale

from rostra.about import rules, server_blocks, site, terms, texts
from rostra.about.server_blocks import ServerBlock
from rostra.api.auth import public
from rostra.api.entities.instance import Instance, instance_entity
from rostra.api.entities.instance_v1 import InstanceV1, Stats, instance_v1_entity
from rostra.api.entities.rule import Rule, rule_entity
from rostra.api.http import Call, Endpoints
from rostra.api.kept import Kept
from rostra.api.params import NoParams
from rostra.core.clock import timestamp
from rostra.core.errors import NotFound, Unauthorized
from rostra.core.text.language import LANGUAGES, UNNAMED
from rostra.pages.i18n import negotiate
from rostra.push import keys
from rostra.statuses import numbers
from rostra.statuses.translation import actions as translations

api = Endpoints("instance")

kept_numbers = Kept(numbers.numbers, seconds=60)
kept_peers = Kept(numbers.peers, seconds=3600)
_kept_weeks = Kept(numbers.weeks, seconds=3600)


class Activity(msgspec.Struct):
    """What happened in a week. All values are numbers as text; `week` is when it began, in Unix seconds."""

    week: str
    statuses: str
    logins: str
    registrations: str


class DomainBlock(msgspec.Struct):
    """Another server (https://docs.joinmastodon.org/entities/DomainBlock/)."""

    domain: str
    digest: str
    severity: str
    comment: str | None


class Language(msgspec.Struct, frozen=True):
    """A language: its BCP 47 tag, and what it is called in English."""

    code: str
    name: str


class ExtendedDescription(msgspec.Struct):
    """HTML on what happens here (https://docs.joinmastodon.org/entities/ExtendedDescription/)."""

    updated_at: str
    content: str


@api.get("/api/v2/instance", auth=public(), returns=Instance)
async def get_instance(call: Call, params: NoParams) -> Instance:
    """See what this network is, and its limits."""
    found = await kept_numbers.get(call)
    rules, ours = await _rules(call), await keys.get(call.tx)
    has_terms = await terms.current(call.tx) is not None
    return instance_entity(
        call.settings, found.active_month, await _contact(call), rules, ours, has_terms=has_terms
    )


@api.get("/api/v1/instance", auth=public(), returns=InstanceV1)
async def get_instance_v1(call: Call, params: NoParams) -> InstanceV1:
    """See what this network is, and its limits (deprecated: use v2)."""
    found = await kept_numbers.get(call)
    stats = Stats(found.members, found.statuses, len(await kept_peers.get(call)))
    return instance_v1_entity(call.settings, stats, await _contact(call), await _rules(call))


@api.get("/api/v1/instance/rules", auth=public(), returns=list[Rule])
async def get_rules(call: Call, params: NoParams) -> list[Rule]:
    """See the rules that hold here."""
    return await _rules(call)


@api.get("/api/v1/instance/extended_description", auth=public(), returns=ExtendedDescription)
async def get_extended_description(call: Call, params: NoParams) -> ExtendedDescription:
    """See what happens here: what the operator wrote about it, else the description in one sentence."""
    written = await texts.about(call.tx, negotiate(call.request))
    if written is not None:
        return ExtendedDescription(timestamp(written.updated_at), written.html)
    since = (await kept_numbers.get(call)).since
    description = call.settings.description
    return ExtendedDescription(timestamp(since), f"<p>{escape(description)}</p>" if description else "")


@api.get("/api/v1/instance/peers", auth=public(), returns=list[str])
async def get_peers(call: Call, params: NoParams) -> list[str]:
    """See which other servers this one knows."""
    return await kept_peers.get(call)


@api.get("/api/v1/instance/activity", auth=public(), returns=list[Activity])
async def get_activity(call: Call, params: NoParams) -> list[Activity]:
    """See how much happened in each of the last 12 weeks."""
    return [
        Activity(
            week=str(int(week.begins.timestamp())),
            statuses=str(week.statuses),
            logins=str(week.active),
            registrations=str(week.sign_ups),
        )
        for week in await _kept_weeks.get(call)
    ]


@api.get("/api/v1/instance/domain_blocks", auth=public(), returns=list[DomainBlock])
async def get_domain_blocks(call: Call, params: NoParams) -> list[DomainBlock]:
    """See which other servers are kept out or limited, if the operator lets it be seen."""
    shown_to = call.settings.show_domain_blocks
    if shown_to == "disabled":
        raise NotFound
    if shown_to == "users" and call.viewer_id is None:
        raise Unauthorized("This method requires an authenticated user")
    with_comments = call.settings.show_domain_block_reasons
    shown = with_comments == "all" or (with_comments == "users" and call.viewer_id is not None)
    return [_block(row, shown) for row in await server_blocks.server_blocks(call.tx)]


def _block(row: ServerBlock, with_comment: bool) -> DomainBlock:
    comment = row.public_comment or None
    return DomainBlock(row.shown_domain, row.digest, row.severity, comment if with_comment else None)


@api.get("/api/v1/instance/languages", auth=public(), returns=list[Language], db=False)
async def get_languages(call: Call, params: NoParams) -> list[Language]:
    """See which languages a status can be in, by their English names."""
    return _languages()


@cache
def _languages() -> list[Language]:
    return sorted((Language(code, _name(code)) for code in LANGUAGES), key=lambda each: each.name.casefold())


def _name(code: str) -> str:
    names = cast("Mapping[str, str]", Locale("en").languages)
    if code in UNNAMED or code in names:
        return UNNAMED.get(code) or names[code]
    return Locale.parse(code, sep="-").get_display_name("en") or code  # one with a region


@api.get("/api/v1/instance/translation_languages", auth=public(), returns=dict[str, list[str]], db=False)
async def get_translation_languages(call: Call, params: NoParams) -> dict[str, list[str]]:
    """See what can be translated into what; `und` is a language that nobody named."""
    return await translations.languages(call.services)


async def _rules(call: Call) -> list[Rule]:
    return [rule_entity(row) for row in await rules.rules(call.tx)]


async def _contact(call: Call) -> msgspec.Raw | None:
    person = await site.contact(call.tx)
    return call.hydrator.account(person) if person else None
