"""CustomEmoji (https://docs.joinmastodon.org/entities/CustomEmoji/), and how entities come to theirs.

Encoded bodies know the shortcodes that they name (`WithNames`), not what those stand for: that is filled in
whenever they are shown, so that an emoji that is added, replaced or disabled is there at once. Most texts
name none, and cost a look at their type.
"""

from collections.abc import Iterable

import msgspec

from rostra.api.entities.cache import Passing
from rostra.api.entities.surroundings import Aside, WithAside
from rostra.core.settings import Settings
from rostra.emojis.cache import Emojis
from rostra.emojis.model import Emoji, shortcodes

_LIST = b'"emojis":['
"""Where an entity's own list begins: the first such in it. In texts of JSON quotes are escaped."""

_LIST_END = b'],"card":'
"""And, in a status, where it ends."""


class CustomEmoji(msgspec.Struct, kw_only=True):
    """A picture that stands for a word between colons."""

    shortcode: str
    url: str
    static_url: str
    visible_in_picker: bool
    category: str | None


class WithNames(bytes):
    """An encoded entity that names shortcodes, and the aside that it may have; others are plain bytes."""

    names: tuple[str, ...]
    aside: Aside | None

    def __new__(cls, encoded: bytes, names: tuple[str, ...], aside: Aside | None = None) -> "WithNames":
        """`encoded`, whose list of emojis is empty."""
        made = super().__new__(cls, encoded)
        made.names, made.aside = names, aside
        return made


class Pictures:
    """Our emojis as one process encodes them: once for each change."""

    def __init__(self, settings: Settings, emojis: Emojis) -> None:
        self.emojis = emojis
        self._settings = settings
        self._encoded: dict[str, bytes] = {}
        self._all = b"[]"
        self._number = -1

    def named(self, names: Iterable[str]) -> list[msgspec.Raw]:
        """Those of `names` that we have, encoded."""
        known = self._known()
        return [msgspec.Raw(known[name]) for name in names if name in known]

    def of(self, *texts: str) -> list[msgspec.Raw]:
        """What `texts` name, encoded."""
        names = shortcodes(*texts)
        return self.named(names) if names else []

    def entities(self, names: Iterable[str]) -> list[CustomEmoji]:
        """Those of `names` that we have."""
        known = self.emojis.by_name
        return [entity(self._settings, known[name]) for name in names if name in known]

    def all(self) -> msgspec.Raw:
        """The list of all."""
        self._known()
        return msgspec.Raw(self._all)

    def filled(self, body: WithNames) -> bytes:
        """`body` with the emojis that it names."""
        known = self._known()
        found = [known[name] for name in body.names if name in known]
        encoded = Passing(_with(body, found)) if found else body
        return encoded if body.aside is None else WithAside(encoded, body.aside)

    def added(self, body: bytes, texts: Iterable[str]) -> bytes:
        """`body`, an encoded status, and the emojis that `texts` name besides its own."""
        known, start = self._known(), body.index(_LIST) + len(_LIST)
        end = body.index(_LIST_END, start)
        found = [known[name] for name in shortcodes(*texts) if name in known]
        more = [each for each in found if each not in body[start:end]]
        comma = b"," if more and start < end else b""
        return b"".join((body[:end], comma, b",".join(more), body[end:]))

    def _known(self) -> dict[str, bytes]:
        if self._number != self.emojis.number:
            rows = self.emojis.by_name.items()
            self._encoded = {name: msgspec.json.encode(entity(self._settings, row)) for name, row in rows}
            self._all = b"[%b]" % b",".join(self._encoded.values())
            self._number = self.emojis.number
        return self._encoded


def entity(settings: Settings, row: Emoji) -> CustomEmoji:
    """`row` as apps see it."""
    return CustomEmoji(
        shortcode=row.shortcode,
        url=settings.url(f"/media/{row.blob_key}"),
        static_url=settings.url(f"/media/{row.static_key}"),
        visible_in_picker=row.visible_in_picker,
        category=row.category,
    )


def with_names(encoded: bytes, names: tuple[str, ...], aside: Aside | None = None) -> bytes:
    """`encoded` as it is kept."""
    if names:
        return WithNames(encoded, names, aside)
    return encoded if aside is None else WithAside(encoded, aside)


def _with(body: bytes, found: list[bytes]) -> bytes:
    start = body.index(_LIST) + len(_LIST)
    return b"".join((body[:start], b",".join(found), body[start:]))
