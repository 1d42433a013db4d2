"""What the network says of itself, for those who run it: rules as in GoToSocial, texts and terms as
extensions (docs/api-extensions.md)."""

from datetime import date
from typing import get_args

import msgspec

from rostra.about import rules, terms, texts
from rostra.about.rules import Wording
from rostra.about.terms import Draft
from rostra.about.terms import Terms as TermsRow
from rostra.api.entities.instance import LANGUAGES
from rostra.api.entities.rule import Rule, rule_entity
from rostra.api.http import Call, Endpoints
from rostra.api.params import Id, NoParams
from rostra.api.staff import ADMIN_READ, ADMIN_WRITE
from rostra.core.clock import timestamp
from rostra.core.errors import Invalid, NotFound
from rostra.core.text import language_tag

api = Endpoints("admin/site")

RULES = "/api/v1/admin/instance/rules"
HERE = "/api/rostra/v1/admin"
_NAMES: dict[str, texts.Name] = {name: name for name in get_args(texts.Name)}


class RowId(msgspec.Struct):
    """A rule, or a version of the terms, in the path."""

    id: Id


class Said(msgspec.Struct):
    """What a rule says in a language. An empty text takes the language away."""

    text: str
    hint: str = ""


class NewRule(msgspec.Struct, kw_only=True):
    """A rule, in the network's own language and in others (language -> words)."""

    text: str
    hint: str = ""
    translations: dict[str, Said] = {}


class ChangedRule(RowId, kw_only=True):
    """A rule in other words. What is not said stays."""

    text: str | None = None
    hint: str | None = None
    translations: dict[str, Said] = {}


class Order(msgspec.Struct):
    """All rules, in the order that they are to have."""

    ids: list[Id]


class TextName(msgspec.Struct):
    """One of the texts, in the path: `about` or `privacy_policy`."""

    name: str


class NewTexts(TextName, kw_only=True):
    """A text anew, language -> Markdown. An empty one is taken away; languages that aren't named stay."""

    texts: dict[str, str]


class SiteText(msgspec.Struct):
    """A text in one language, in Markdown."""

    text: str
    updated_at: str


class SiteTexts(msgspec.Struct, kw_only=True):
    """A text in all languages that it was written in."""

    name: str
    texts: dict[str, SiteText]
    languages: list[str]
    max_length: int


class NewTerms(msgspec.Struct, kw_only=True):
    """A version of the terms. What is published holds from its day on and can't be changed any more."""

    text: str
    changes: str = ""
    effective_date: date | None = None
    publish: bool = False


class ChangedTerms(RowId, kw_only=True):
    """A draft of the terms, anew."""

    text: str
    changes: str = ""
    effective_date: date | None = None
    publish: bool = False


class Terms(msgspec.Struct, kw_only=True):
    """A version of the terms, or a draft of one (`published_at` null)."""

    id: str
    text: str
    changes: str
    effective_date: str | None
    published_at: str | None


@api.get(RULES, auth=ADMIN_READ, returns=list[Rule])
async def get_rules(call: Call, params: NoParams) -> list[Rule]:
    """See the rules that hold here, in their order."""
    return [rule_entity(row) for row in await rules.rules(call.tx)]


@api.post(RULES, auth=ADMIN_WRITE, returns=Rule)
async def add_rule(call: Call, params: NewRule) -> Rule:
    """Add a rule at the end."""
    wordings = _wordings(params.translations)
    return await _rule(call, await rules.add(call.tx, (params.text, params.hint), wordings))


@api.get(RULES + "/{id}", auth=ADMIN_READ, returns=Rule)
async def get_rule(call: Call, params: RowId) -> Rule:
    """See one rule."""
    return await _rule(call, params.id)


@api.patch(RULES + "/{id}", auth=ADMIN_WRITE, returns=Rule)
async def change_rule(call: Call, params: ChangedRule) -> Rule:
    """Say a rule in other words."""
    before = await _rule(call, params.id)
    text = before.text if params.text is None else params.text
    hint = before.hint if params.hint is None else params.hint
    await rules.change(call.tx, params.id, (text, hint), _wordings(params.translations))
    return await _rule(call, params.id)


@api.delete(RULES + "/{id}", auth=ADMIN_WRITE, returns=Rule)
async def drop_rule(call: Call, params: RowId) -> Rule:
    """Drop a rule: it does not hold any more. Old reports still name it."""
    dropped = await _rule(call, params.id)
    await rules.drop(call.tx, params.id)
    return dropped


@api.put(HERE + "/rules/order", auth=ADMIN_WRITE, returns=list[Rule])
async def order_rules(call: Call, params: Order) -> list[Rule]:
    """Put the rules in another order."""
    await rules.put_in_order(call.tx, params.ids)
    return [rule_entity(row) for row in await rules.rules(call.tx)]


@api.get(HERE + "/texts/{name}", auth=ADMIN_READ, returns=SiteTexts)
async def get_texts(call: Call, params: TextName) -> SiteTexts:
    """See one of the network's texts, as it was written."""
    return await _texts(call, _text_name(params.name))


@api.put(HERE + "/texts/{name}", auth=ADMIN_WRITE, returns=SiteTexts)
async def write_texts(call: Call, params: NewTexts) -> SiteTexts:
    """Say one of the network's texts anew."""
    name = _text_name(params.name)
    if unknown := sorted(set(params.texts) - set(LANGUAGES)):
        raise Invalid(
            f"Languages are {', '.join(LANGUAGES)}, not {unknown[0][:20]}",
            {"texts": [("ERR_INCLUSION", "has a language that is not included in the list")]},
        )
    await texts.write(call.tx, name, params.texts)
    return await _texts(call, name)


@api.get(HERE + "/terms", auth=ADMIN_READ, returns=list[Terms])
async def get_all_terms(call: Call, params: NoParams) -> list[Terms]:
    """See all versions of the terms of service and drafts of some, the newest first."""
    return [_terms_entity(row) for row in await terms.all_versions(call.tx)]


@api.post(HERE + "/terms", auth=ADMIN_WRITE, returns=Terms)
async def add_terms(call: Call, params: NewTerms) -> Terms:
    """Keep another version of the terms, or publish it."""
    draft = Draft(params.text, params.changes, params.effective_date)
    return await _terms(call, await terms.keep(call.tx, draft, publish=params.publish))


@api.get(HERE + "/terms/{id}", auth=ADMIN_READ, returns=Terms)
async def get_terms(call: Call, params: RowId) -> Terms:
    """See one version of the terms."""
    return await _terms(call, params.id)


@api.put(HERE + "/terms/{id}", auth=ADMIN_WRITE, returns=Terms)
async def change_terms(call: Call, params: ChangedTerms) -> Terms:
    """Change a draft of the terms, or publish it."""
    draft = Draft(params.text, params.changes, params.effective_date)
    return await _terms(call, await terms.keep(call.tx, draft, params.id, publish=params.publish))


@api.delete(HERE + "/terms/{id}", auth=ADMIN_WRITE, returns=dict[str, str])
async def drop_terms(call: Call, params: RowId) -> dict[str, str]:
    """Delete a draft of the terms; what was published stays."""
    if (await _terms(call, params.id)).published_at is not None:
        raise NotFound
    await terms.drop_draft(call.tx, params.id)
    return {}


def _wordings(translations: dict[str, Said]) -> dict[str, Wording]:
    said: dict[str, Wording] = {}
    for language, words in translations.items():
        tag = language_tag(language)
        if tag is None:
            problem = "has a language that is not included in the list"
            raise Invalid(f"Translations {problem}", {"translations": [("ERR_INCLUSION", problem)]})
        said[tag] = (words.text, words.hint)
    return said


async def _rule(call: Call, rule_id: int) -> Rule:
    for row in await rules.rules(call.tx):
        if row.id == rule_id:
            return rule_entity(row)
    raise NotFound


def _text_name(name: str) -> texts.Name:
    if name not in _NAMES:
        raise NotFound
    return _NAMES[name]


async def _texts(call: Call, name: texts.Name) -> SiteTexts:
    written = await texts.written(call.tx, name)
    return SiteTexts(
        name=name,
        texts={language: SiteText(row.text, timestamp(row.updated_at)) for language, row in written.items()},
        languages=list(LANGUAGES),
        max_length=texts.LENGTH,
    )


async def _terms(call: Call, terms_id: int) -> Terms:
    found = await terms.get(call.tx, terms_id)
    if found is None:
        raise NotFound
    return _terms_entity(found)


def _terms_entity(row: TermsRow) -> Terms:
    return Terms(
        id=str(row.id),
        text=row.text,
        changes=row.changes,
        effective_date=row.effective_date.isoformat() if row.effective_date else None,
        published_at=timestamp(row.published_at) if row.published_at else None,
    )
