"""`/tags/{name}`: public statuses with a hashtag."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from rostra.core.errors import NotFound
from rostra.core.text import find_hashtags, normalize_hashtag, tag_path
from rostra.pages import cards, i18n, queries
from rostra.pages.fragments import status_list
from rostra.pages.paging import PAGE_SIZE, page_bounds, page_links
from rostra.pages.render import page, services_of
from rostra.timelines.public import Only, read_tagged

LONGEST = 200


def parse_tag(name: str) -> str:
    """The normalised form of the hashtag `name`.

    Raises:
        NotFound: no hashtag can be called so.
    """
    if len(name) > LONGEST or find_hashtags(f"#{name}") != [name]:
        raise NotFound
    return normalize_hashtag(name)


async def show_tag(request: Request) -> Response:
    """A hashtag's newest statuses, or older ones by `?max_id=`. Other spellings lead to the normalised one.

    Raises:
        NotFound: no hashtag can be called so.
    """
    services, name = services_of(request), request.path_params["name"]
    tag, bounds = parse_tag(name), page_bounds(request)
    if tag != name:
        return RedirectResponse(tag_path(tag), 301)
    async with services.db.connection() as tx:
        shown = await queries.tag_name(tx, tag) or name
        frames = await read_tagged(tx, None, [tag], bounds, Only())
        statuses = await status_list(request, tx, frames[:PAGE_SIZE])
    t = i18n.translator(i18n.negotiate(request))
    older, newest = page_links(f"/tags/{tag}", frames, bounds)
    title = t("tag-title", name=shown)
    return page(
        request,
        "tag.html",
        caching="shared",
        tag=shown,
        tag_path=tag_path(tag),
        statuses=statuses,
        older=older,
        newest=newest,
        card=cards.site_card(
            services.settings,
            tag_path(tag),
            title,
            t("tag-text"),
            indexable=bool(statuses) and bounds.max_id is None,
        ),
    )


routes = [Route("/tags/{name}", show_tag)]
