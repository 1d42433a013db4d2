"""The channels that a stream can follow (https://docs.joinmastodon.org/methods/streaming/#streams)."""

from collections.abc import Iterator

import msgspec

from rostra.core.errors import BadRequest
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
    }
)
SCOPES = {"user:notification": "read:notifications"}
"""What a channel needs, where it is not `read:statuses`."""


class Channel(msgspec.Struct, frozen=True):
    """A channel by name, with its hashtag if it has one."""

    name: str
    tag: str = ""

    @property
    def label(self) -> list[str]:
        """Its name on the wire."""
        return [self.name, self.tag] if self.tag else [self.name]

    @property
    def scope(self) -> str:
        """The scope that a token needs for it."""
        return SCOPES.get(self.name, "read:statuses")


def parse(name: str, *, tag: str = "", only_media: bool = False) -> Channel:
    """The channel that a client asks for.

    Raises:
        BadRequest: there is none such.
    """
    if only_media and name.startswith("public") and not name.endswith(":media"):
        name += ":media"
    if name not in NAMES:
        raise BadRequest("Unknown stream type")
    if not name.startswith("hashtag"):
        return Channel(name)
    normalized = normalize_hashtag(tag)
    if not normalized:
        raise BadRequest("Missing tag name parameter")
    return Channel(name, normalized)


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
