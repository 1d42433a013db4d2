"""`/@name/{id}/embed`: one status, for a frame on another site. The only page that may stand in one."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.core.errors import NotFound
from rostra.pages.emojis import emojis_of
from rostra.pages.loading import load_statuses
from rostra.pages.profiles import get_account
from rostra.pages.render import page, services_of
from rostra.pages.threads import find_status


async def show_embedded(request: Request) -> Response:
    """A status of a member of ours.

    Raises:
        NotFound: there is none by this author that everybody may see.
        Gone: its author is suspended.
    """
    services = services_of(request)
    async with services.db.connection() as tx:
        account = await get_account(tx, services.settings, request.path_params["name"])
        frame = await find_status(tx, account.id, request.path_params["id"])
        if frame.is_boost or account.domain is not None:
            raise NotFound
        await emojis_of(request).ready(tx)
        loaded = await load_statuses(services.settings, tx, [frame])
    if frame not in loaded:
        raise NotFound
    return page(request, "embed.html", caching="shared", framed=True, status_shown=loaded[frame])


routes = [Route("/@{name}/{id}/embed", show_embedded)]
