"""`/collections/{id}`: people whom a member recommends."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.accounts import queries as account_queries
from rostra.accounts.collections import access, queries
from rostra.accounts.collections.model import Collection
from rostra.accounts.model import Account
from rostra.core.errors import BadRequest, NotFound
from rostra.core.settings import Settings
from rostra.core.text import plain_text, tag_path
from rostra.pages import cards, i18n
from rostra.pages.i18n import Translator
from rostra.pages.paging import parse_id
from rostra.pages.render import page, services_of
from rostra.pages.views import Person, person, shorten

NOTE = 160
"""Characters of what somebody says about themselves."""


class Recommended(msgspec.Struct, frozen=True):
    """Somebody in a collection, and the beginning of what they say about themselves."""

    person: Person
    note: str


async def show_collection(request: Request) -> Response:
    """A collection, as everybody sees it.

    Raises:
        NotFound: there is none, or its owner is suspended.
    """
    services = services_of(request)
    try:
        collection_id = parse_id(request.path_params["id"])
    except BadRequest:
        raise NotFound from None
    async with services.db.connection() as tx:
        found = await access.get_visible(tx, None, collection_id)
        (owner,) = await account_queries.by_ids(tx, [found.account_id])
        people = await queries.people(tx, None, found.id)
    t = i18n.translator(i18n.negotiate(request))
    return page(
        request,
        "collection.html",
        caching="shared",
        c=found,
        owner=person(owner),
        people=[_recommended(account) for account in people],
        tag_path=tag_path(found.tag) if found.tag else "",
        card=_card(services.settings, t, found, owner, len(people)),
    )


def _recommended(account: Account) -> Recommended:
    note = plain_text(account.note) if account.domain is not None else account.note
    return Recommended(person(account), shorten(note, NOTE))


def _card(settings: Settings, t: Translator, found: Collection, owner: Account, count: int) -> cards.Card:
    """What a link to it says elsewhere: of one that is sensitive, only whose it is and how many are in it."""
    by = person(owner)
    summary = t("collection-by", name=by.name, count=count)
    return cards.collection_card(
        settings,
        by,
        t("collection") if found.sensitive else found.name,
        summary if found.sensitive or not found.description else f"{found.description} · {summary}",
        path=f"/collections/{found.id}",
        indexable=found.discoverable and not found.sensitive and by.indexable,
    )


routes = [Route("/collections/{id}", show_collection)]
