"""`/@name/{id}`: a status with what it answers and what answers it."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from rostra.core.db import Tx
from rostra.core.errors import BadRequest, NotFound
from rostra.pages import cards, i18n
from rostra.pages.emojis import emojis_of
from rostra.pages.loading import load_statuses
from rostra.pages.paging import parse_id
from rostra.pages.profiles import get_account
from rostra.pages.render import page, services_of, with_query
from rostra.pages.views import StatusView
from rostra.statuses import reading
from rostra.statuses.reading import Frame
from rostra.statuses.threads import PUBLIC, context


async def show_thread(request: Request) -> Response:
    """A status in its thread; the address of a boost leads to what it boosts.

    Raises:
        NotFound: there is none by this author that everybody may see.
        Gone: its author is suspended.
    """
    services = services_of(request)
    async with services.db.connection() as tx:
        account = await get_account(tx, services.settings, request.path_params["name"])
        frame = await find_status(tx, account.id, request.path_params["id"])
        if frame.is_boost:
            boosted = await load_statuses(services.settings, tx, [frame])
            return RedirectResponse(boosted[frame].path, 302)
        thread = await context(tx, None, frame.id)
        await emojis_of(request).ready(tx)
        loaded = await load_statuses(services.settings, tx, [*thread.ancestors, frame, *thread.descendants])
    focus = loaded[frame]
    return page(
        request,
        "thread.html",
        caching="shared",
        focus=focus,
        ancestors=[loaded[above] for above in thread.ancestors if above in loaded],
        replies=with_depths([loaded[below] for below in thread.descendants if below in loaded]),
        is_cut=len(thread.ancestors) >= PUBLIC.ancestors or len(thread.descendants) >= PUBLIC.descendants,
        oembed=services.settings.url(with_query("/api/oembed", {"url": services.settings.url(focus.path)})),
        card=cards.status_card(services.settings, focus, _title(request, focus)),
    )


async def find_status(tx: Tx, account_id: int, status_id: str) -> Frame:
    """The status in a path, by this author.

    Raises:
        NotFound: there is none that everybody may see.
    """
    try:
        frames = await reading.read_ids(tx, None, [parse_id(status_id)])
    except BadRequest:
        raise NotFound from None
    if not frames or frames[0].account_id != account_id:
        raise NotFound
    return frames[0]


def with_depths(replies: Sequence[StatusView]) -> list[tuple[int, StatusView]]:
    """`replies`, which come depth first, each with how deep it stands.

    A reply to something that is not to be seen stands at the top.
    """
    depths: dict[int, int] = {}
    for reply in replies:
        depths[reply.id] = depths.get(reply.in_reply_to_id or 0, -1) + 1
    return [(depths[reply.id], reply) for reply in replies]


def _title(request: Request, status: StatusView) -> str:
    t, excerpt = i18n.translator(i18n.negotiate(request)), status.excerpt(cards.TITLE)
    if not excerpt:
        return t("status-by", name=status.author.name)
    return t("thread-title", name=status.author.name, excerpt=excerpt)


routes = [Route("/@{name}/{id}", show_thread)]
