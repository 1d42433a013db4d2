"""The custom emojis of this network, as one process keeps them.

Texts are kept encoded under their version, and no version is raised when an emoji comes or goes: what
texts name is looked up here each time they are shown, in memory. A change reaches all processes by the
bus; the next request loads all anew, in one query.
"""

from collections.abc import Mapping

from rostra.core.bus import Bus
from rostra.core.db import Tx
from rostra.emojis import queries
from rostra.emojis.model import Emoji

TOPIC = "emojis"
"""Topic of the bus that tells that some changed."""


class Emojis:
    """Those of ours that can be used, by shortcode, in alphabetical order."""

    def __init__(self, bus: Bus) -> None:
        self.by_name: Mapping[str, Emoji] = {}
        self.number = 0
        """Counts the times that all were loaded, for those who keep something made of them."""
        self.fresh = False
        """Whether nothing is known to have changed since."""
        self._forgotten = 0
        bus.on(TOPIC, lambda data: self.forget())
        bus.on_reset(self.forget)

    def forget(self) -> None:
        """Look at the database again. Until then the old ones are shown."""
        self._forgotten += 1
        self.fresh = False

    async def ready(self, tx: Tx) -> None:
        """Load all if something changed: a query at most, mostly none."""
        if self.fresh:
            return
        forgotten = self._forgotten
        rows = await queries.usable(tx)
        self.by_name = {row.shortcode: row for row in rows}
        self.number += 1
        self.fresh = forgotten == self._forgotten  # else what was loaded may be out of date
