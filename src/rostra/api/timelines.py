"""Timelines (https://docs.joinmastodon.org/methods/timelines/)."""

from collections.abc import Sequence

from rostra.accounts.lists import access as lists
from rostra.api.auth import public, user
from rostra.api.entities.status import Status
from rostra.api.http import Call, Endpoints, Page
from rostra.api.params import Id, PageParams
from rostra.core.errors import NotFound
from rostra.statuses.reading import Bounds, Frame
from rostra.timelines import home
from rostra.timelines import lists as list_timelines
from rostra.timelines.public import Only, read_linked, read_public, read_tagged
from rostra.trends import queries as trends

api = Endpoints("timelines")

MOST_TAGS = 20


def bounds(params: PageParams, default: int = 20) -> Bounds:
    """The part of a list that `params` ask for."""
    return Bounds(
        limit=params.size(default), max_id=params.max_id, since_id=params.since_id, min_id=params.min_id
    )


async def page(call: Call, frames: Sequence[Frame]) -> Page:
    """A page of statuses, with links to the ones before and after."""
    items = await call.hydrator.statuses(call.tx, call.viewer_id, frames)
    return Page(items, frames[0].cursor, frames[-1].cursor) if frames else Page(items)


class PublicParams(PageParams, kw_only=True):
    """What a public timeline is narrowed to."""

    local: bool = False
    remote: bool = False
    only_media: bool = False

    def only(self) -> Only:
        """As the timelines want it."""
        return Only(local=self.local, remote=self.remote, media=self.only_media)


class TagParams(PublicParams, kw_only=True):
    """A hashtag in the path, and more of them."""

    hashtag: str
    any: list[str] = []
    all: list[str] = []
    none: list[str] = []


class LinkParams(PageParams, kw_only=True):
    """What statuses link to."""

    url: str


class ListParams(PageParams, kw_only=True):
    """A list in the path."""

    list_id: Id


@api.get("/api/v1/timelines/home", auth=user("read:statuses"), returns=list[Status])
async def home_timeline(call: Call, params: PageParams) -> Page:
    """What the people whom the member follows wrote and boosted."""
    return await page(call, await home.read(call.tx, call.account_id, bounds(params)))


@api.get("/api/v1/timelines/public", auth=public("read:statuses"), returns=list[Status])
async def public_timeline(call: Call, params: PublicParams) -> Page:
    """What everybody writes for everybody, here (`local`) or elsewhere (`remote`)."""
    return await page(call, await read_public(call.tx, call.viewer_id, bounds(params), params.only()))


@api.get("/api/v1/timelines/tag/{hashtag}", auth=public("read:statuses"), returns=list[Status])
async def hashtag_timeline(call: Call, params: TagParams) -> Page:
    """Public statuses with a hashtag."""
    frames = await read_tagged(
        call.tx,
        call.viewer_id,
        [params.hashtag, *params.any[:MOST_TAGS]],
        bounds(params),
        params.only(),
        with_all=params.all[:MOST_TAGS],
        with_none=params.none[:MOST_TAGS],
    )
    return await page(call, frames)


@api.get("/api/v1/timelines/link", auth=public("read:statuses"), returns=list[Status])
async def link_timeline(call: Call, params: LinkParams) -> Page:
    """Public statuses that link to an address which trends; no other address can be looked up."""
    card_id = await trends.find_link(call.tx, call.settings, params.url) if call.settings.trends else None
    if card_id is None:
        raise NotFound()
    return await page(call, await read_linked(call.tx, call.viewer_id, card_id, bounds(params)))


@api.get("/api/v1/timelines/list/{list_id}", auth=user("read:lists"), returns=list[Status])
async def list_timeline(call: Call, params: ListParams) -> Page:
    """What the accounts in one's list wrote and boosted."""
    read_list = await lists.get_own(call.tx, call.account_id, params.list_id)
    return await page(call, await list_timelines.read(call.tx, read_list, bounds(params)))
