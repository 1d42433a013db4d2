"""Settings, for those who run the network: what it says of itself, its rules, and its terms of service."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.about import rules, terms, texts
from rostra.about.rules import Wording
from rostra.about.terms import Terms
from rostra.accounts.sessions.model import SignedIn
from rostra.core.errors import Invalid, NotFound
from rostra.pages.auth_forms import Errors, Form, form_page, problems, read_form, translator_of
from rostra.pages.auth_session import for_admins, see_other
from rostra.pages.i18n import DEFAULT, LANGUAGES
from rostra.pages.paging import parse_id
from rostra.pages.render import services_of

HERE = "/settings/site"
TEXTS: tuple[texts.Name, ...] = ("about", "privacy_policy")
BODY_LIMIT = 1024 * 1024
"""Bytes: what is no ASCII takes up to twelve in a form, for each character."""
_OTHERS = [language for language in LANGUAGES if language != DEFAULT]
"""Languages that rules are translated into."""


@for_admins
async def show_site(request: Request, member: SignedIn) -> Response:
    """Texts, rules and versions of the terms."""
    return await _site_page(request, {})


@for_admins
async def write_texts(request: Request, member: SignedIn) -> Response:
    """Say one of the texts anew, in all languages."""
    name = _text_name(request)
    form = await read_form(request, BODY_LIMIT)
    given = {language: form.text(f"{name}_{language}", 2 * texts.LENGTH) for language in LANGUAGES}
    try:
        async with services_of(request).db.connection() as tx:
            await texts.write(tx, name, given)
    except Invalid as error:
        return await _text_page(request, name, given, problems(translator_of(request), error))
    return see_other(HERE)


@for_admins
async def show_texts(request: Request, member: SignedIn) -> Response:
    """One of the texts, to be changed."""
    name = _text_name(request)
    async with services_of(request).db.connection() as tx:
        found = await texts.written(tx, name)
    return await _text_page(request, name, {key: text.text for key, text in found.items()}, {})


@for_admins
async def add_rule(request: Request, member: SignedIn) -> Response:
    """Add a rule."""
    form = await read_form(request, BODY_LIMIT)
    try:
        async with services_of(request).db.connection() as tx:
            await rules.add(tx, *_wordings(form))
    except Invalid as error:
        return await _site_page(request, problems(translator_of(request), error), _rule_values(form))
    return see_other(HERE)


@for_admins
async def show_rule(request: Request, member: SignedIn) -> Response:
    """One rule, to be changed."""
    async with services_of(request).db.connection() as tx:
        found = await rules.rules(tx)
    wanted = parse_id(request.path_params["id"])
    rule = next((each for each in found if each.id == wanted), None)
    if rule is None:
        raise NotFound
    values = {"text": rule.text, "hint": rule.hint}
    for language in _OTHERS:
        said = rule.translations.get(language, {})
        values |= {f"text_{language}": said.get("text", ""), f"hint_{language}": said.get("hint", "")}
    return form_page(request, "settings/rule.html", values=values, languages_of_rules=_languages())


@for_admins
async def change_rule(request: Request, member: SignedIn) -> Response:
    """Change a rule, move it up, or drop it."""
    form, rule_id = await read_form(request, BODY_LIMIT), parse_id(request.path_params["id"])
    try:
        async with services_of(request).db.connection() as tx:
            match form.text("action"):
                case "drop":
                    await rules.drop(tx, rule_id)
                case "up":
                    await rules.move_up(tx, rule_id)
                case _:
                    await rules.change(tx, rule_id, *_wordings(form))
    except Invalid as error:
        errors = problems(translator_of(request), error)
        values = _rule_values(form)
        return form_page(
            request, "settings/rule.html", errors=errors, values=values, languages_of_rules=_languages()
        )
    return see_other(HERE)


@for_admins
async def show_new_terms(request: Request, member: SignedIn) -> Response:
    """A form for another version, which begins as the newest one."""
    async with services_of(request).db.connection() as tx:
        newest = next((each for each in await terms.all_versions(tx) if each.published_at), None)
    return _terms_page(request, None, {"text": newest.text if newest else "", "changes": "", "date": ""}, {})


@for_admins
async def show_terms(request: Request, member: SignedIn) -> Response:
    """A draft, to be changed."""
    found = await _draft_of(request)
    day = found.effective_date.isoformat() if found.effective_date else ""
    return _terms_page(request, found, {"text": found.text, "changes": found.changes, "date": day}, {})


@for_admins
async def keep_terms(request: Request, member: SignedIn) -> Response:
    """Keep a draft, publish it, or delete it."""
    form = await read_form(request, BODY_LIMIT)
    found = await _draft_of(request) if "id" in request.path_params else None
    action = form.text("action")
    try:
        async with services_of(request).db.connection() as tx:
            if action == "delete" and found is not None:
                await terms.drop_draft(tx, found.id)
            else:
                draft = terms.Draft(_long(form, "text"), _long(form, "changes"), _day(form))
                await terms.keep(tx, draft, found.id if found else None, publish=action == "publish")
    except Invalid as error:
        values = {
            "text": _long(form, "text"),
            "changes": _long(form, "changes"),
            "date": form.text("date", 40),
        }
        return _terms_page(request, found, values, problems(translator_of(request), error))
    return see_other(HERE)


async def _site_page(request: Request, errors: Errors, values: dict[str, str] | None = None) -> Response:
    async with services_of(request).db.connection() as tx:
        return form_page(
            request,
            "settings/site.html",
            errors=errors,
            values=values or dict.fromkeys(_rule_fields(), ""),
            rules=await rules.rules(tx),
            texts={name: list(await texts.written(tx, name)) for name in TEXTS},
            versions=await terms.all_versions(tx),
            languages_of_rules=_languages(),
        )


async def _text_page(request: Request, name: str, values: dict[str, str], errors: Errors) -> Response:
    return form_page(
        request,
        "settings/site_text.html",
        errors=errors,
        name=name,
        values={language: values.get(language, "") for language in LANGUAGES},
        most=texts.LENGTH,
    )


def _terms_page(request: Request, found: Terms | None, values: dict[str, str], errors: Errors) -> Response:
    return form_page(
        request, "settings/terms.html", errors=errors, terms=found, values=values, most=terms.LENGTH
    )


async def _draft_of(request: Request) -> Terms:
    async with services_of(request).db.connection() as tx:
        found = await terms.get(tx, parse_id(request.path_params["id"]))
    if found is None or found.published_at is not None:
        raise NotFound
    return found


def _text_name(request: Request) -> texts.Name:
    for name in TEXTS:
        if request.path_params["name"] == name:
            return name
    raise NotFound


def _languages() -> dict[str, str]:
    """Endings of a rule's fields -> the language that they are in."""
    return {"": LANGUAGES[DEFAULT], **{f"_{language}": LANGUAGES[language] for language in _OTHERS}}


def _rule_fields() -> list[str]:
    return [f"{part}{ending}" for ending in _languages() for part in ("text", "hint")]


def _rule_values(form: Form) -> dict[str, str]:
    return {name: form.text(name) for name in _rule_fields()}


def _wordings(form: Form) -> tuple[Wording, dict[str, Wording]]:
    others = {key: (form.text(f"text_{key}"), form.text(f"hint_{key}")) for key in _OTHERS}
    return (form.text("text"), form.text("hint")), others


def _long(form: Form, name: str) -> str:
    return form.text(name, 2 * terms.LENGTH)


def _day(form: Form) -> date | None:
    """Raises `Invalid`: it is no date."""
    text = form.text("date", 40)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid("No date", {"effective_date": [("ERR_BLANK", "is not a date")]}) from None


routes = [
    Route(HERE, show_site, methods=["GET"]),
    Route(HERE + "/rules", add_rule, methods=["POST"]),
    Route(HERE + "/rules/{id}", show_rule, methods=["GET"]),
    Route(HERE + "/rules/{id}", change_rule, methods=["POST"]),
    Route(HERE + "/terms", show_new_terms, methods=["GET"]),
    Route(HERE + "/terms", keep_terms, methods=["POST"]),
    Route(HERE + "/terms/{id}", show_terms, methods=["GET"]),
    Route(HERE + "/terms/{id}", keep_terms, methods=["POST"]),
    Route(HERE + "/texts/{name}", show_texts, methods=["GET"]),
    Route(HERE + "/texts/{name}", write_texts, methods=["POST"]),
]
