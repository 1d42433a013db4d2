"""Statuses in lists, as HTML: rendered once for each version of a status and each language.

A fragment's key holds all that it shows, so nothing has to be invalidated; who may see a status was
decided when its frame was read, each time anew. Only what is missing is loaded and rendered.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence

from markupsafe import Markup
from starlette.requests import Request

from rostra.core import clock
from rostra.core.db import Tx
from rostra.emojis.cache import Emojis
from rostra.pages import i18n
from rostra.pages.emojis import emojis_of, pictured_by
from rostra.pages.loading import load_statuses
from rostra.pages.render import environment, services_of
from rostra.pages.views import StatusView
from rostra.statuses.reading import Frame

CACHE_CHARACTERS = 6_000_000
_Key = tuple[str | int | bool, ...]


class Fragments:
    """The fragments that one process keeps; the least recently used go first."""

    def __init__(self, limit: int = CACHE_CHARACTERS) -> None:
        self._items: OrderedDict[_Key, Markup] = OrderedDict()
        self._limit = limit
        self._size = 0

    def get(self, key: _Key) -> Markup | None:
        """The fragment, if it is kept."""
        html = self._items.get(key)
        if html is not None:
            self._items.move_to_end(key)
        return html

    def put(self, key: _Key, html: Markup) -> None:
        """Keep a fragment."""
        self._size += len(html) - len(self._items.pop(key, ""))
        self._items[key] = html
        while self._size > self._limit:
            self._size -= len(self._items.popitem(last=False)[1])


async def status_list(
    request: Request, tx: Tx, frames: Sequence[Frame], *, pinned: bool = False
) -> list[Markup]:
    """The statuses of `frames` as HTML, in order; `pinned` says so above each."""
    kept: Fragments = request.app.state.fragments
    t, emojis = i18n.translator(i18n.negotiate(request)), emojis_of(request)
    await emojis.ready(tx)
    keys = {frame: _key(frame, t.language, pinned, emojis.number) for frame in frames}
    found = {frame: kept.get(key) for frame, key in keys.items()}
    missing = [frame for frame, html in found.items() if html is None]
    if missing:
        render = _macro(t, emojis)
        for frame, view in (await load_statuses(services_of(request).settings, tx, missing)).items():
            html = found[frame] = render(view, pinned)
            if not frame.has_poll:  # votes don't make a new version
                kept.put(keys[frame], html)
    return [html for html in found.values() if html is not None]


def _macro(t: i18n.Translator, emojis: Emojis) -> Callable[[StatusView, bool], Markup]:
    values = {"t": t, "pictured": pictured_by(emojis)}
    module = environment().get_template("parts/status.html").make_module(values)
    return vars(module)["status_in_list"]


def _key(frame: Frame, language: str, pinned: bool, emojis: int) -> _Key:
    year = clock.now().year  # dates of this year are shown without it
    shown = (frame.id, frame.version, frame.account_id, frame.account_version)
    original = (frame.o_id, frame.o_version, frame.o_account_version)
    counts = (frame.replies_count, frame.reblogs_count, frame.favourites_count)
    return (language, pinned, year, emojis, *shown, *original, *counts)
