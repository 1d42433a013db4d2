"""Settings, for the staff: the emojis of this network."""

from collections.abc import Sequence
from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.accounts.sessions.model import SignedIn
from rostra.core.errors import Invalid, NotFound
from rostra.emojis import actions, packs, queries
from rostra.emojis.actions import Imported, Options
from rostra.emojis.model import CATEGORY_LENGTH, SHORTCODE_LENGTH, Emoji, Listed
from rostra.media.pictures import UnusableFile
from rostra.pages.auth_forms import (
    Errors,
    form_page,
    problems,
    read_form,
    read_form_with_file,
    translator_of,
)
from rostra.pages.auth_session import for_staff, see_other
from rostra.pages.emojis import emojis_of
from rostra.pages.i18n import Translator
from rostra.pages.paging import parse_id
from rostra.pages.render import services_of

HERE = "/settings/emojis"
ACCEPTED = "image/png, image/apng, image/gif, image/webp, image/jpeg, image/avif"
PACK_BYTES = 64 * 1024 * 1024
"""Largest archive that is taken here; the command line takes any."""
SECONDS = 60
"""How long an archive is worked on; what is left is done when it is sent again."""
SHOWN_FAILURES = 20


@for_staff
async def show_emojis(request: Request, member: SignedIn) -> Response:
    """All of them, by category."""
    return await _list_page(request)


@for_staff
async def show_new(request: Request, member: SignedIn) -> Response:
    """A form for another one."""
    return await _new_page(request, {"shortcode": "", "category": ""}, {})


@for_staff
async def add_emoji(request: Request, member: SignedIn) -> Response:
    """Add one."""
    services, t = services_of(request), translator_of(request)
    limit = services.settings.emoji_bytes + 64 * 1024
    async with read_form_with_file(request, "file", limit) as (form, sent):
        file = sent.file
        values = {"shortcode": form.text("shortcode"), "category": form.text("category")}
        try:
            options = Options(category=values["category"])
            await actions.add(services, values["shortcode"], file.read(), options)
        except Invalid as error:
            return await _new_page(request, values, problems(t, error))
        except UnusableFile as error:
            return await _new_page(request, values, {"file": explain(t, error.reason)})
    emojis_of(request).forget()
    return see_other(HERE)


@for_staff
async def show_import(request: Request, member: SignedIn) -> Response:
    """A form for an archive of many."""
    return await _import_page(request, "", {})


@for_staff
async def import_emojis(request: Request, member: SignedIn) -> Response:
    """Add all pictures of an archive."""
    services, t = services_of(request), translator_of(request)
    async with read_form_with_file(request, "file", PACK_BYTES + 64 * 1024) as (form, sent):
        file = sent.file
        category = form.text("category")
        if not file.read(1):
            return await _import_page(request, category, {"file": t("problem-file-missing")})
        options = Options(category=category, overwrite=form.ticked("overwrite"))
        try:
            result = await actions.import_pack(services, file, options, seconds=SECONDS)
        except Invalid as error:
            return await _import_page(request, category, problems(t, error))
        finally:
            emojis_of(request).forget()
    return await _list_page(request, result)


@for_staff
async def show_emoji(request: Request, member: SignedIn) -> Response:
    """One of them, to be changed."""
    emoji = await _get(request)
    return await _emoji_page(request, emoji, emoji.category or "", {})


@for_staff
async def change_emoji(request: Request, member: SignedIn) -> Response:
    """Change or delete it."""
    form, services, emoji = await read_form(request), services_of(request), await _get(request)
    try:
        async with services.db.connection() as tx:
            if form.text("action") == "delete":
                await actions.delete(tx, services.bus, emoji.id)
            else:
                await actions.change(
                    tx,
                    services.bus,
                    emoji.id,
                    category=form.text("category"),
                    visible_in_picker=form.ticked("visible"),
                    disabled=form.ticked("disabled"),
                )
    except Invalid as error:
        errors = problems(translator_of(request), error)
        return await _emoji_page(request, emoji, form.text("category"), errors)
    emojis_of(request).forget()
    return see_other(HERE)


@for_staff
async def show_category(request: Request, member: SignedIn) -> Response:
    """A category, to be called otherwise."""
    name = request.query_params.get("name", "")
    async with services_of(request).db.connection() as tx:
        if name not in await queries.categories(tx):
            raise NotFound
    return _category_page(request, name, name, {})


@for_staff
async def change_category(request: Request, member: SignedIn) -> Response:
    """Call a category otherwise."""
    form, services = await read_form(request), services_of(request)
    before, after = form.text("before"), form.text("category")
    try:
        async with services.db.connection() as tx:
            await actions.rename_category(tx, services.bus, before, after)
    except Invalid as error:
        return _category_page(request, before, after, problems(translator_of(request), error))
    emojis_of(request).forget()
    return see_other(HERE)


_REASONS = {
    "name": "emoji-file-name",
    "large": "emoji-file-large",
    "empty": "emoji-file-empty",
    "kind": "emoji-file-kind",
    "damaged": "emoji-file-damaged",
}


def explain(t: Translator, why: str) -> str:
    """Why a file can't be an emoji; the reasons are those of media/pictures.py and emojis/actions.py."""
    return t(_REASONS.get(why, "emoji-file-effort"))


async def _list_page(request: Request, result: Imported | None = None) -> Response:
    t = translator_of(request)
    async with services_of(request).db.connection() as tx:
        found = await queries.ours(tx)
    failed = [(each.shortcode, explain(t, each.why)) for each in result.failed] if result else []
    return form_page(
        request,
        "settings/emojis.html",
        groups=_groups(found),
        result=result,
        failed=failed[:SHOWN_FAILURES],
        failed_more=max(0, len(failed) - SHOWN_FAILURES),
    )


def _groups(found: Sequence[Listed]) -> list[tuple[str | None, list[Listed]]]:
    return [(name, list(group)) for name, group in groupby(found, key=lambda emoji: emoji.category)]


async def _new_page(request: Request, values: dict[str, str], errors: Errors) -> Response:
    return form_page(
        request,
        "settings/emoji_new.html",
        errors=errors,
        values=values,
        categories=await _categories(request),
        accepted=ACCEPTED,
        most_kib=services_of(request).settings.emoji_bytes // 1024,
        longest=SHORTCODE_LENGTH,
        longest_category=CATEGORY_LENGTH,
    )


async def _import_page(request: Request, category: str, errors: Errors) -> Response:
    return form_page(
        request,
        "settings/emojis_import.html",
        errors=errors,
        category=category,
        categories=await _categories(request),
        most_kib=services_of(request).settings.emoji_bytes // 1024,
        most_mib=PACK_BYTES // 1024**2,
        most_pictures=packs.PICTURES,
        longest_category=CATEGORY_LENGTH,
    )


async def _emoji_page(request: Request, emoji: Emoji, category: str, errors: Errors) -> Response:
    return form_page(
        request,
        "settings/emoji.html",
        errors=errors,
        emoji=emoji,
        category=category,
        categories=await _categories(request),
        longest_category=CATEGORY_LENGTH,
    )


def _category_page(request: Request, before: str, after: str, errors: Errors) -> Response:
    return form_page(
        request,
        "settings/emoji_category.html",
        errors=errors,
        before=before,
        category=after,
        longest_category=CATEGORY_LENGTH,
    )


async def _categories(request: Request) -> list[str]:
    async with services_of(request).db.connection() as tx:
        return await queries.categories(tx)


async def _get(request: Request) -> Emoji:
    async with services_of(request).db.connection() as tx:
        found = await queries.get(tx, parse_id(request.path_params["id"]))
    if found is None:
        raise NotFound
    return found


routes = [
    Route(HERE, show_emojis, methods=["GET"]),
    Route(HERE + "/new", show_new, methods=["GET"]),
    Route(HERE + "/new", add_emoji, methods=["POST"]),
    Route(HERE + "/import", show_import, methods=["GET"]),
    Route(HERE + "/import", import_emojis, methods=["POST"]),
    Route(HERE + "/category", show_category, methods=["GET"]),
    Route(HERE + "/category", change_category, methods=["POST"]),
    Route(HERE + "/{id}", show_emoji, methods=["GET"]),
    Route(HERE + "/{id}", change_emoji, methods=["POST"]),
]
