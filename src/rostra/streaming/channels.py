"""The channels that a stream can follow (https://docs.joinmastodon.org/methods/streaming/#streams)."""

from collections.abc import Iterator

import msgspec

from rostra.core.errors import BadRequest
from rostra.core.ids import MAX_ID
from rostra.core.text import normalize_hashtag
from rostra.streaming.audience import Facts

NAMES = frozenset(
    {
        "user",
        "user:notification",
        "public",
        "public:media",
        "public:local",
        "public:local:media",
        "public:remote",
        "public:remote:media",
        "hashtag",
        "hashtag:local",
        "direct",
        "list",
    }
)
SCOPES = {"user:notification": "read:notifications"}
"""What a channel needs, where it is not `read:statuses`."""


class Channel(msgspec.Struct, frozen=True):
    """A channel by name, with its hashtag or list if it has one."""

    name: str
    tag: str = ""
    list_id: int | None = None

    @property
    def label(self) -> list[str]:
        """Its name on the wire."""
        if self.list_id is not None:
            return [self.name, str(self.list_id)]
        return [self.name, self.tag] if self.tag else [self.name]

    @property
    def scope(self) -> str:
        """The scope that a token needs for it."""
        return SCOPES.get(self.name, "read:statuses")


def parse(name: str, *, tag: str = "", list_id: str = "", only_media: bool = False) -> Channel:
    """The channel that a client asks for. Whether a list is theirs is not known here.

    Raises:
        BadRequest: there is none such.
    """
    if only_media and name.startswith("public") and not name.endswith(":media"):
        name += ":media"
    if name not in NAMES:
        raise BadRequest("Unknown stream type")
    if name == "list":
        return Channel(name, list_id=_id(list_id))
    if not name.startswith("hashtag"):
        return Channel(name)
    normalized = normalize_hashtag(tag)
    if not normalized:
        raise BadRequest("Missing tag name parameter")
    return Channel(name, normalized)


def _id(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= MAX_ID):
        raise BadRequest("Missing list parameter")
    return int(text)


def public_channels(facts: Facts) -> Iterator[Channel]:
    """The channels, beside home feeds, that a status belongs to."""
    if facts.is_public:
        for name in ("public", "public:local" if facts.local else "public:remote"):
            yield Channel(name)
            if facts.has_media:
                yield Channel(f"{name}:media")
    if facts.is_tagged:
        for tag in facts.tags:
            yield Channel("hashtag", tag)
            if facts.local:
                yield Channel("hashtag:local", tag)
