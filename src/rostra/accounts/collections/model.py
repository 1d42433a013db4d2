"""Collections: people whom a member recommends to others, their limits, and what happens to them. No I/O.

https://docs.joinmastodon.org/client/collections/
"""

from datetime import datetime
from typing import Literal

import msgspec

from rostra.core.db import Row
from rostra.core.errors import Invalid
from rostra.core.events import Event

COLLECTIONS = 10
"""Most collections of a member (Mastodon's default of `collection_limit`)."""
ITEMS = 25
"""Most people in a collection (as Mastodon's `MAX_ITEMS`)."""
NAME_LENGTH = 40
DESCRIPTION_LENGTH = 100

ItemState = Literal["pending", "accepted", "rejected", "revoked"]
"""Members here are in at once; `revoked`: they took themselves out, and can't be put in again."""


class Collection(Row, frozen=True):
    """A row of `collections`, with its hashtag."""

    id: int
    account_id: int
    name: str
    description: str
    language: str | None
    sensitive: bool
    discoverable: bool
    created_at: datetime
    updated_at: datetime
    tag: str | None
    """Normalised."""
    tag_name: str | None
    """As it was written first."""


class Item(Row, frozen=True):
    """A row of `collection_items`."""

    id: int
    collection_id: int
    account_id: int
    state: ItemState
    created_at: datetime


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What a collection is to be; None leaves it as it is. Texts have been through `core.text.clean`."""

    name: str | None = None
    description: str | None = None
    language: str | None = None
    """A code as `core.text.language_tag` gives it; empty: none."""
    tag_id: int | None = None
    """0: none."""
    sensitive: bool | None = None
    discoverable: bool | None = None

    def check(self) -> None:
        """Raises `Invalid` when it can't be that."""
        if self.name is not None and not self.name.strip():
            raise refused("name", "ERR_BLANK", "can't be blank")
        _check_length("name", self.name, NAME_LENGTH)
        _check_length("description", self.description, DESCRIPTION_LENGTH)


class AddedToCollection(Event, frozen=True):
    """Somebody was put into a collection."""

    item_id: int


class RemovedFromCollection(Event, frozen=True):
    """Somebody is no longer in a collection, by their own wish or its owner's."""

    collection_id: int
    account_id: int


class CollectionUpdated(Event, frozen=True):
    """A collection says something else about itself than before."""

    collection_id: int


def refused(field: str, code: str, why: str) -> Invalid:
    """The error for a field that can't be like that, in Mastodon's words."""
    name = field.replace("_", " ").capitalize()
    return Invalid(why if field == "base" else f"{name} {why}", {field: [(code, why)]})


def _check_length(field: str, text: str | None, most: int) -> None:
    if text is not None and len(text) > most:
        raise refused(field, "ERR_TOO_LONG", f"is too long (maximum is {most} characters)")
