"""Paging through a list of statuses by `?max_id=`."""

from collections.abc import Sequence
from urllib.parse import quote

from starlette.requests import Request

from rostra.core.errors import BadRequest
from rostra.core.ids import MAX_ID
from rostra.statuses.reading import Bounds, Frame

PAGE_SIZE = 20


def page_bounds(request: Request) -> Bounds:
    """Which part of a list the reader asks for; one more than a page, to know whether there are older ones.

    Raises:
        BadRequest: `max_id` is no id.
    """
    max_id = request.query_params.get("max_id")
    return Bounds(limit=PAGE_SIZE + 1, max_id=None if max_id is None else parse_id(max_id))


def parse_id(text: str) -> int:
    """A public id.

    Raises:
        BadRequest: `text` is none.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= 19) or int(text) > MAX_ID:
        raise BadRequest("Not an id")
    return int(text)


def page_links(path: str, frames: Sequence[Frame], bounds: Bounds) -> tuple[str, str]:
    """URLs of the older page and of the newest one; empty where this is it."""
    here = quote(path, safe="/@")
    older = f"{here}?max_id={frames[PAGE_SIZE - 1].cursor}" if len(frames) > PAGE_SIZE else ""
    return older, here if bounds.max_id is not None else ""
