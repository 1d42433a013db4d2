"""Statuses on other sites (https://docs.joinmastodon.org/methods/oembed/, https://oembed.com)."""

from html import escape

import msgspec
from starlette.responses import Response

from rostra.accounts import queries as account_queries
from rostra.api.auth import public
from rostra.api.http import Call, Endpoints, json_response
from rostra.core.errors import BadRequest, NotFound
from rostra.statuses import local_urls, reading

api = Endpoints("oembed")

WIDTH, WIDEST = 400, 1000
HEIGHT = 400
"""Pixels; the height is of frames whose asker names none."""
CACHE_SECONDS = 24 * 3600


class OEmbedParams(msgspec.Struct):
    """What to embed, and how large it may become in pixels."""

    url: str = ""
    maxwidth: int | None = None
    maxheight: int | None = None
    format: str = "json"


class OEmbedResponse(msgspec.Struct, kw_only=True):
    """How to show a status."""

    type: str = "rich"
    version: str = "1.0"
    title: str
    author_name: str
    author_url: str
    provider_name: str
    provider_url: str
    cache_age: int = CACHE_SECONDS
    html: str
    width: int
    height: int | None


@api.get("/api/oembed", auth=public(), returns=OEmbedResponse)
async def get_oembed(call: Call, params: OEmbedParams) -> object:
    """Learn how to show a status on another site."""
    if params.format != "json":
        raise BadRequest("Only the format json is supported")
    if not params.url:
        raise BadRequest("The parameter url is missing")
    status_id = local_urls.status_id(call.settings, params.url)
    frames = await reading.read_ids(call.tx, None, [status_id] if status_id is not None else [])
    authors = await account_queries.by_ids(call.tx, [frame.account_id for frame in frames])
    if not authors or authors[0].domain is not None or frames[0].is_boost:
        raise NotFound
    author, url = authors[0], call.settings.url
    width = min(params.maxwidth, WIDEST) if params.maxwidth and params.maxwidth > 0 else WIDTH
    height = params.maxheight if params.maxheight and params.maxheight > 0 else None
    name = author.display_name or author.username
    return _kept(
        OEmbedResponse(
            title=f"Post by {name}",
            author_name=name,
            author_url=url(f"/@{author.username}"),
            provider_name=call.settings.local_domain,
            provider_url=url("/"),
            html=_frame(url(f"/@{author.username}/{status_id}/embed"), name, width, height or HEIGHT),
            width=width,
            height=height,
        )
    )


def _kept(entity: OEmbedResponse) -> Response:
    response = json_response(entity)
    response.headers["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
    return response


def _frame(source: str, name: str, width: int, height: int) -> str:
    return (
        f'<iframe src="{escape(source)}" title="{escape(name)}" class="mastodon-embed"'
        f' style="max-width: 100%; border: 0" width="{width}" height="{height}" loading="lazy"'
        ' sandbox="allow-popups allow-popups-to-escape-sandbox" allowfullscreen="allowfullscreen"></iframe>'
    )
