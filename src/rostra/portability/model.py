"""Files that members take along and bring along: formats, limits, and what happens to an import. No I/O.

The formats are Mastodon's (https://docs.joinmastodon.org/user/moving/#export): the columns have the names
that its exports and its import know.
"""

from datetime import datetime
from typing import Literal, get_args

import msgspec

from rostra.core.db import Row
from rostra.core.events import Event

Kind = Literal["follows", "blocks", "mutes", "domain_blocks", "lists", "bookmarks", "filters"]
"""What a file may hold that is brought along."""
KINDS: tuple[Kind, ...] = get_args(Kind)

COLUMNS: dict[Kind, tuple[str, ...]] = {
    "follows": ("Account address", "Show boosts", "Notify on new posts", "Languages"),
    "blocks": ("Account address",),
    "mutes": ("Account address", "Hide notifications"),
    "domain_blocks": ("#domain",),
    "lists": ("List name", "Account address"),
    "bookmarks": ("#uri",),
    "filters": ("filter",),
}
"""The cells of a row, in order. A filter, which comes as JSON, has one cell with its object."""
PEOPLE: frozenset[Kind] = frozenset({"follows", "blocks", "mutes", "lists"})
"""Kinds whose rows name accounts."""

ROWS = 20_000
"""Most rows of a file (as Mastodon's `ROWS_PROCESSING_LIMIT`)."""
FILE_BYTES = 10 * 1024 * 1024
CELL_LENGTH = 2_048
"""Longest cell that is kept, in characters; nothing that has a longer one can be imported."""
KEY_BYTES = 2_048
"""Longest address of a post, in UTF-8: what an index takes."""
FILTER_LENGTH = 512 * 1024
"""The same for a filter with all its keywords and posts."""
FILE_NAME_LENGTH = 100
KEPT = 10
"""Most imports of a member that are kept to be looked at, the newest."""

State = Literal["unconfirmed", "clearing", "running", "done"]
"""`clearing`: what is not in the file is being removed, before the first row is imported."""

Failure = Literal["invalid", "unknown", "elsewhere", "self", "forbidden", "limit"]
"""Why a row was not imported: it can't be read; there is no such thing, or not for this member; it belongs
to another server and nobody here has met it yet; it is the member's own account; one of the two blocks the
other, or the account has moved; the member has as many as one may have."""
FAILURES: tuple[Failure, ...] = get_args(Failure)


class FileRow(msgspec.Struct, frozen=True):
    """A row of a file. `key` is what it names, as the network writes it; None when it names nothing."""

    line: int
    key: str | None
    cells: list[str]


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A file, read."""

    kind: Kind
    name: str
    rows: list[FileRow]
    looks_like: Kind | None = None
    """What it seems to hold, by its name and its header; None: nobody can tell."""


class Import(Row, frozen=True):
    """A row of `imports`."""

    id: int
    account_id: int
    kind: Kind
    overwrite: bool
    file_name: str
    state: State
    total: int
    imported: int
    failed: int
    removed: int
    created_at: datetime
    finished_at: datetime | None

    @property
    def is_running(self) -> bool:
        """Whether it was begun and is not done."""
        return self.state in ("clearing", "running")


class Waiting(Row, frozen=True):
    """A row of `import_rows`."""

    line: int
    key: str | None
    cells: list[str]
    failure: Failure | None


class Preview(Row, frozen=True):
    """What an import will do, as far as it can be foreseen."""

    found: int
    """Rows that name something that is known here."""
    present: int
    """Those of them that hold already."""
    removed: int
    """What holds now and is not in the file."""
    unreadable: int
    """Rows that name nothing."""


class ImportDue(Event, frozen=True):
    """The next rows of an import are to be worked through."""

    import_id: int
