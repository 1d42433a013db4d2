"""`/@name`: somebody's profile and what they publish."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote

import msgspec
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from rostra.accounts import access as account_access
from rostra.accounts.collections import queries as collections
from rostra.accounts.collections.model import COLLECTIONS
from rostra.accounts.model import USERNAME, Account
from rostra.core.db import Tx
from rostra.core.errors import NotFound
from rostra.core.settings import Settings
from rostra.core.text import normalize_hashtag, plain_text, render, render_field_value, tag_path
from rostra.pages import cards, i18n, queries
from rostra.pages.errors import Gone
from rostra.pages.fragments import status_list
from rostra.pages.loading import load_people
from rostra.pages.paging import PAGE_SIZE, page_bounds, page_links
from rostra.pages.render import page, services_of
from rostra.pages.views import Person, media_path, person, shorten, trusted
from rostra.statuses.profile import Only, of_account, pinned
from rostra.statuses.reading import Bounds


class FieldView(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a profile."""

    name: str
    value: Markup
    verified_at: datetime | None


class ProfileView(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody, as their own page shows them; counts of follows are None where they keep them private."""

    person: Person
    full_handle: str
    note: Markup
    fields: list[FieldView]
    header_url: str | None
    header_description: str
    bot: bool
    locked: bool
    memorial: bool
    moved_to: Person | None
    created_at: datetime
    statuses_count: int
    following_count: int | None
    followers_count: int | None


class Tab(msgspec.Struct, frozen=True):
    """One of the lists of a profile: the end of its path, and what it shows."""

    path: str
    only: Only


TABS = {
    "posts": Tab("", Only(no_replies=True)),
    "with_replies": Tab("/with_replies", Only()),
    "media": Tab("/media", Only(no_boosts=True, media=True)),
}
PINS = 10


async def get_account(tx: Tx, settings: Settings, name: str) -> Account:
    """The account that a path calls `name`: `alice`, or `alice@` with our own domain.

    Raises:
        NotFound: there is none.
        Gone: it is suspended.
    """
    username, _, domain = name.partition("@")
    if not USERNAME.match(username) or (domain and domain.lower() != settings.local_domain.lower()):
        raise NotFound
    try:
        return await account_access.get_by_handle(tx, username, None)
    except NotFound:
        if await queries.is_suspended(tx, username):
            raise Gone from None
        raise


async def show_posts(request: Request) -> Response:
    """A profile with its newest statuses, or older ones by `?max_id=`."""
    return await _show(request, "posts")


async def show_with_replies(request: Request) -> Response:
    """The same with replies to others."""
    return await _show(request, "with_replies")


async def show_media(request: Request) -> Response:
    """Only what has pictures."""
    return await _show(request, "media")


async def show_tagged(request: Request) -> Response:
    """Only what has a hashtag."""
    tag = normalize_hashtag(request.path_params["tag"])
    if not tag:
        raise NotFound
    return await _show(request, "tagged", Tab(f"/tagged/{quote(tag)}", Only(tag=tag)))


async def _show(request: Request, name_of_tab: str, special: Tab | None = None) -> Response:
    tab = special or TABS[name_of_tab]
    services, name = services_of(request), request.path_params["name"]
    if "@" in name:
        return await _redirect_to_plain_name(request)
    bounds = page_bounds(request)
    async with services.db.connection() as tx:
        account = await get_account(tx, services.settings, name)
        frames = await of_account(tx, None, account.id, tab.only, bounds)
        has_pins = name_of_tab == "posts" and bounds.max_id is None
        pins = await pinned(tx, None, account.id, Bounds(limit=PINS)) if has_pins else []
        pinned_html = await status_list(request, tx, pins, pinned=True)
        statuses = await status_list(request, tx, frames[:PAGE_SIZE])
        made = await collections.of_account(tx, None, account.id, COLLECTIONS) if has_pins else []
        moved_to = await load_people(tx, {account.moved_to_id}) if account.moved_to_id else {}
    profile = profile_view(services.settings, account, moved_to.get(account.moved_to_id or 0))
    path = profile.person.path + tab.path
    older, newest = page_links(path, frames, bounds)
    return page(
        request,
        "profile.html",
        caching="shared",
        p=profile,
        tab=name_of_tab,
        tag=tab.only.tag,
        pinned=pinned_html,
        statuses=statuses,
        collections=made,
        older=older,
        newest=newest,
        card=_card(request, profile, path, is_first=bounds.max_id is None),
    )


def profile_view(settings: Settings, account: Account, moved_to: Person | None) -> ProfileView:
    """`account` as its own page shows it."""
    return ProfileView(
        person=person(account),
        full_handle=f"@{account.username}@{settings.local_domain}",
        note=trusted(render(account.note, {}, tag_path)),
        fields=[_field(field) for field in account.fields],
        header_url=media_path(account.header_static_key or account.header_key),
        header_description=account.header_description,
        bot=account.bot,
        locked=account.locked,
        memorial=account.memorial,
        moved_to=moved_to,
        created_at=account.created_at,
        statuses_count=account.statuses_count,
        following_count=None if account.hide_collections else account.following_count,
        followers_count=None if account.hide_collections else account.followers_count,
    )


def _field(field: Mapping[str, str | None]) -> FieldView:
    verified_at = field.get("verified_at")
    return FieldView(
        name=field["name"] or "",
        value=trusted(render_field_value(field["value"] or "")),
        verified_at=datetime.fromisoformat(verified_at) if verified_at else None,
    )


def _card(request: Request, profile: ProfileView, path: str, *, is_first: bool) -> cards.Card:
    t = i18n.translator(i18n.negotiate(request))
    return cards.profile_card(
        services_of(request).settings,
        profile.person,
        t("profile-title", name=profile.person.name, handle=profile.full_handle),
        shorten(plain_text(profile.note), cards.DESCRIPTION),
        path=path,
        indexable=profile.person.indexable and is_first,
    )


async def _redirect_to_plain_name(request: Request) -> Response:
    """`/@alice@our.domain` is `/@alice`."""
    services = services_of(request)
    async with services.db.connection() as tx:
        account = await get_account(tx, services.settings, request.path_params["name"])
    return RedirectResponse(f"/@{account.username}", 301)


routes = [
    Route("/@{name}/with_replies", show_with_replies),
    Route("/@{name}/media", show_media),
    Route("/@{name}/tagged/{tag}", show_tagged),
    Route("/@{name}", show_posts),
]
