"""Settings, for the staff: what is announced to all members. Times are entered, and shown, in UTC."""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.accounts.sessions.model import SignedIn
from rostra.announcements import actions, queries
from rostra.announcements.model import TEXT_LENGTH, Announcement, Draft
from rostra.core.errors import Invalid, NotFound
from rostra.pages.auth_forms import Errors, Form, form_page, problems, read_form, translator_of
from rostra.pages.auth_session import for_staff, see_other
from rostra.pages.paging import parse_id
from rostra.pages.render import services_of

HERE = "/settings/announcements"
_TIMES = ("starts_at", "ends_at", "scheduled_at")
_EMPTY: dict[str, str] = dict.fromkeys(("text", "all_day", *_TIMES), "")


@for_staff
async def show_announcements(request: Request, member: SignedIn) -> Response:
    """All announcements, and a form for another one."""
    return await _list_page(request, {}, _EMPTY)


@for_staff
async def write_announcement(request: Request, member: SignedIn) -> Response:
    """Keep a new one; publish it at once, at its time, or not yet."""
    form, services = await read_form(request), services_of(request)
    try:
        draft = _draft(form)
        async with services.db.connection() as tx:
            await actions.write(tx, services.settings, draft, publish=form.text("action") == "publish")
    except Invalid as error:
        return await _list_page(request, problems(translator_of(request), error), _values(form))
    return see_other(HERE)


@for_staff
async def show_announcement(request: Request, member: SignedIn) -> Response:
    """One announcement, to be changed."""
    found = await _get(request)
    return _edit_page(request, found, {}, _values_of(found))


@for_staff
async def change_announcement(request: Request, member: SignedIn) -> Response:
    """Change it, publish it, withdraw it, or delete it."""
    form, services = await read_form(request), services_of(request)
    announcement_id = parse_id(request.path_params["id"])
    try:
        async with services.db.connection() as tx:
            match form.text("action"):
                case "delete":
                    await actions.delete(tx, announcement_id)
                case "withdraw":
                    await actions.withdraw(tx, announcement_id)
                case action:
                    await actions.edit(tx, services.settings, announcement_id, _draft(form))
                    if action == "publish":
                        await actions.publish(tx, announcement_id)
    except Invalid as error:
        errors = problems(translator_of(request), error)
        return _edit_page(request, await _get(request), errors, _values(form))
    return see_other(HERE)


async def _list_page(request: Request, errors: Errors, values: dict[str, str]) -> Response:
    async with services_of(request).db.connection() as tx:
        found = await queries.for_staff(tx)
    return form_page(
        request,
        "settings/announcements.html",
        errors=errors,
        announcements=found,
        values=values,
        most=TEXT_LENGTH,
    )


def _edit_page(request: Request, found: Announcement, errors: Errors, values: dict[str, str]) -> Response:
    return form_page(
        request,
        "settings/announcement.html",
        errors=errors,
        announcement=found,
        values=values,
        most=TEXT_LENGTH,
    )


async def _get(request: Request) -> Announcement:
    async with services_of(request).db.connection() as tx:
        found = await queries.get(tx, parse_id(request.path_params["id"]))
    if found is None:
        raise NotFound
    return found


def _draft(form: Form) -> Draft:
    """What was filled in.

    Raises:
        Invalid: a time is none.
    """
    times = {name: _time(form, name) for name in _TIMES}
    return Draft(text=form.text("text", 2 * TEXT_LENGTH), all_day=form.ticked("all_day"), **times)


def _time(form: Form, name: str) -> datetime | None:
    text = form.text(name, 40)
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        raise Invalid(f"{name} is no time", {name: [("ERR_INVALID", "is not a time")]}) from None


def _values(form: Form) -> dict[str, str]:
    """The form once more, as it was sent."""
    times = {name: form.text(name, 40) for name in _TIMES}
    return {
        "text": form.text("text", 2 * TEXT_LENGTH),
        "all_day": "1" if form.ticked("all_day") else "",
        **times,
    }


def _values_of(found: Announcement) -> dict[str, str]:
    """An announcement as the form has it."""
    times = {name: getattr(found, name) for name in _TIMES}
    return {
        "text": found.text,
        "all_day": "1" if found.all_day else "",
        **{name: time.strftime("%Y-%m-%dT%H:%M") if time else "" for name, time in times.items()},
    }


routes = [
    Route(HERE, show_announcements, methods=["GET"]),
    Route(HERE, write_announcement, methods=["POST"]),
    Route(HERE + "/{id}", show_announcement, methods=["GET"]),
    Route(HERE + "/{id}", change_announcement, methods=["POST"]),
]
