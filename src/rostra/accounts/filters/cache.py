"""The filters of those who read just now: what one process keeps, ready to be matched.

Most members have none, and for them a page costs a look into a dictionary. Changes reach all processes
by the bus, as with tokens.
"""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from rostra.accounts.filters import queries
from rostra.accounts.filters.matching import Rule, needle
from rostra.accounts.filters.model import Filter
from rostra.accounts.filters.queries import Loaded
from rostra.core.bus import Bus
from rostra.core.db import Tx

TOPIC = "filters"
"""Topic of the bus that tells whose filters changed."""

SIZE = 20_000
"""Members whose filters are kept."""


class Filters:
    """Rules by member."""

    def __init__(self, bus: Bus) -> None:
        self._known: dict[int, tuple[Rule, ...]] = {}
        self._forgotten = 0
        bus.on(TOPIC, lambda data: self.forget(msgspec.json.decode(data, type=int)))
        bus.on_reset(self._forget_all)

    async def of(self, tx: Tx, account_id: int) -> tuple[Rule, ...]:
        """What a member filters; mostly nothing."""
        known = self._known.get(account_id)
        return (await self.of_many(tx, [account_id]))[account_id] if known is None else known

    async def of_many(self, tx: Tx, account_ids: Iterable[int]) -> dict[int, tuple[Rule, ...]]:
        """The same for many, in one query at most."""
        found = {account_id: self._known.get(account_id) for account_id in account_ids}
        missing = [account_id for account_id, rules in found.items() if rules is None]
        if not missing:
            return {account_id: rules or () for account_id, rules in found.items()}
        forgotten = self._forgotten
        loaded: defaultdict[int, list[Rule]] = defaultdict(list)
        for row in await queries.in_force(tx, missing):
            loaded[row.account_id].append(_rule(row))
        fresh = {account_id: tuple(loaded[account_id]) for account_id in missing}
        if forgotten == self._forgotten:  # else what was loaded may be out of date
            if len(self._known) + len(fresh) > SIZE:
                self._known.clear()
            self._known.update(fresh)
        return {account_id: fresh.get(account_id) or rules or () for account_id, rules in found.items()}

    def forget(self, account_id: int) -> None:
        """Look at the database again for this member."""
        self._forgotten += 1
        self._known.pop(account_id, None)

    def _forget_all(self) -> None:
        self._forgotten += 1
        self._known.clear()


def _rule(row: Loaded) -> Rule:
    made = Filter(
        id=row.id,
        account_id=row.account_id,
        title=row.title,
        contexts=row.contexts,
        action=row.action,
        expires_at=row.expires_at,
    )
    needles = tuple(needle(*pair) for pair in zip(row.keywords, row.whole_words, strict=True))
    return Rule(made, needles, frozenset(row.status_ids))
