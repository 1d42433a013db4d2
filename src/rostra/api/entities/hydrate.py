"""From rows to JSON, N at a time, in a fixed number of queries.

Bodies of statuses and accounts are kept encoded, under their id and version: a change makes a new
version, so nothing has to be invalidated. A page whose bodies are all known costs no query at all.
"""

from collections.abc import Iterable, Sequence

import msgspec

from rostra.accounts import access as account_access
from rostra.accounts import queries as account_queries
from rostra.accounts.model import Account as AccountRow
from rostra.api.entities.account import account_entity
from rostra.api.entities.cache import Cache
from rostra.api.entities.card import credit
from rostra.api.entities.filtered import NOTHING, Filtered
from rostra.api.entities.poll import poll_entity
from rostra.api.entities.status import encode_body, join
from rostra.api.entities.surroundings import (
    Aside,
    Surroundings,
    WithAside,
    aside_of,
    choosy_authors,
    ordinary,
    quoted_ids,
)
from rostra.core.bus import Bus
from rostra.core.db import Tx
from rostra.core.settings import Settings
from rostra.statuses import access, bodies, polls, quotes, reading
from rostra.statuses.quotes import View
from rostra.statuses.reading import Frame

CACHE_BYTES = 24 * 1024 * 1024


class _Page(msgspec.Struct, frozen=True):
    """Frames with the bodies that they show."""

    frames: Sequence[Frame]
    accounts: dict[int, bytes]
    bodies: dict[int, bytes]

    def asides(self) -> list[Aside]:
        """Those of its statuses that have one."""
        return [body.aside for body in self.bodies.values() if isinstance(body, WithAside)]


class Hydrator:
    """The encoded bodies that one process keeps."""

    def __init__(self, settings: Settings, bus: Bus) -> None:
        self._settings = settings
        self.filtered = Filtered(bus)
        self._statuses = Cache(CACHE_BYTES)
        self._accounts = Cache(CACHE_BYTES // 4)
        self._moved: dict[int, int] = {}
        """Where those of the kept accounts have moved to that have."""

    async def statuses(self, tx: Tx, viewer_id: int | None, frames: Sequence[Frame]) -> list[msgspec.Raw]:
        """Status entities for `frames`, in order; without those deleted in this very moment."""
        return list((await self.by_id(tx, viewer_id, frames)).values())

    async def by_id(self, tx: Tx, viewer_id: int | None, frames: Sequence[Frame]) -> dict[int, msgspec.Raw]:
        """Status entities for `frames`, in order, by status id."""
        page = await self._load(tx, frames)
        asides = page.asides()
        seen = await self._surroundings(tx, viewer_id, asides) if asides else None
        entities = await self._join(tx, viewer_id, page, seen)
        await self._add_posters(tx, frames, entities)
        return entities

    async def _add_posters(self, tx: Tx, frames: Sequence[Frame], entities: dict[int, msgspec.Raw]) -> None:
        """Show who wrote what on a shared account, to those who look after it: a query if there is any."""
        posters = {f.id: f.posted_by_id for f in frames if f.posted_by_id is not None}
        if not posters:
            return
        rows = await account_queries.by_ids(tx, sorted(set(posters.values())))
        accounts = {row.id: bytes(self.account(row)) for row in rows}
        for status_id, poster_id in posters.items():
            if status_id in entities and poster_id in accounts:
                entity = bytes(entities[status_id])
                entities[status_id] = msgspec.Raw(entity[:-1] + b',"posted_by":' + accounts[poster_id] + b"}")

    async def _load(self, tx: Tx, frames: Sequence[Frame]) -> _Page:
        boosts = [f for f in frames if f.id != f.o_id]
        wanted = {f.o_account_id: f.o_account_version for f in frames}
        accounts = await self._account_bodies(
            tx, wanted | {f.account_id: f.account_version for f in boosts} if boosts else wanted
        )
        wanted = {f.o_id: f.o_version for f in frames}
        found = await self._status_bodies(
            tx, wanted | {f.id: f.version for f in boosts} if boosts else wanted
        )
        return _Page(frames, accounts, found)

    async def _surroundings(self, tx: Tx, viewer_id: int | None, asides: Sequence[Aside]) -> Surroundings:
        """What else the viewer sees with a page that has `asides`, in a fixed number of queries."""
        ids = quoted_ids(asides)
        page, views, within = None, dict[int, View](), list[Aside]()
        if ids:
            page = await self._load(tx, await reading.read_ids(tx, viewer_id, ids))
            within = page.asides()
            views = await quotes.views(tx, viewer_id, [*ids, *quoted_ids(within)])
        authors = choosy_authors([*asides, *within]) if viewer_id is not None else []
        stances = await access.stances(tx, viewer_id, authors) if authors and viewer_id is not None else {}
        inner = Surroundings(viewer_id, views, stances)
        quoted = await self._join(tx, viewer_id, page, inner) if page is not None else {}
        return Surroundings(viewer_id, views, stances, quoted)

    async def _join(
        self, tx: Tx, viewer_id: int | None, page: _Page, seen: Surroundings | None
    ) -> dict[int, msgspec.Raw]:
        """Entities of `page` by status id; `seen` None: all of it is ordinary."""
        frames, bodies, accounts = page.frames, page.bodies, page.accounts
        asked = [f.o_id for f in frames if f.has_poll]
        rows = await polls.of_statuses(tx, viewer_id, asked) if asked else {}
        encoded_polls = {sid: msgspec.json.encode(poll_entity(row, viewer_id)) for sid, row in rows.items()}
        options = {sid: row.options for sid, row in rows.items()}
        filtered = await self.filtered.results(tx, viewer_id, frames, bodies, options)
        usual = ordinary(viewer_id)
        entities: dict[int, msgspec.Raw] = {}
        for frame in frames:
            body = bodies.get(frame.o_id)
            account = accounts.get(frame.o_account_id)
            if body is None or account is None:
                continue  # deleted in this very moment
            fields = usual if seen is None else seen.fields(body)
            poll = encoded_polls.get(frame.o_id, b"null")
            results = filtered.get(frame.id, NOTHING)
            entity = join(frame, body, account, poll, b"null", results, fields, pinned=frame.pinned)
            if frame.id != frame.o_id:
                wrapper = bodies.get(frame.id)
                booster = accounts.get(frame.account_id)
                if wrapper is None or booster is None:
                    continue
                fields = usual if seen is None else seen.fields_of_boost(body)
                entity = join(frame, wrapper, booster, b"null", entity, results, fields, pinned=False)
            entities[frame.id] = msgspec.Raw(entity)
        return entities

    async def status(self, tx: Tx, viewer_id: int | None, frame: Frame) -> msgspec.Raw:
        """One status entity."""
        return (await self.statuses(tx, viewer_id, [frame]))[0]

    def account(self, row: AccountRow) -> msgspec.Raw:
        """One account entity, without where it may have moved to; see `people`."""
        found, _ = self._accounts.find({row.id: row.version})
        encoded = found.get(row.id)
        if encoded is None:
            encoded = msgspec.json.encode(account_entity(self._settings, row))
            if row.moved_to_id is not None and row.suspended_at is None:
                self._moved[row.id] = row.moved_to_id
            else:
                self._moved.pop(row.id, None)
            self._accounts.put(row.id, row.version, encoded)
        return msgspec.Raw(encoded)

    def accounts(self, rows: Iterable[AccountRow]) -> list[msgspec.Raw]:
        """Account entities, in order, as `account`."""
        return [self.account(row) for row in rows]

    async def person(self, tx: Tx, row: AccountRow) -> msgspec.Raw:
        """One account entity, with the one that it has moved to."""
        return (await self.people(tx, [row]))[0]

    async def people(self, tx: Tx, rows: Sequence[AccountRow]) -> list[msgspec.Raw]:
        """Account entities, in order, each with the one that it has moved to."""
        bodies = {row.id: bytes(self.account(row)) for row in rows}
        await self._add_moved(tx, bodies)
        return [msgspec.Raw(bodies[row.id]) for row in rows]

    async def _add_moved(self, tx: Tx, bodies: dict[int, bytes]) -> None:
        """Show in `bodies` (by account id) where those who have moved are now: a query if any has."""
        moved = {one: self._moved[one] for one in bodies if one in self._moved}
        if not moved:
            return
        targets = {row.id: row for row in await account_access.known_by_ids(tx, list(moved.values()))}
        for account_id, target_id in moved.items():
            if target_id in targets and targets[target_id].suspended_at is None:
                target = bytes(self.account(targets[target_id]))
                bodies[account_id] = bodies[account_id][:-1] + b',"moved":' + target + b"}"

    async def _account_bodies(self, tx: Tx, wanted: dict[int, int]) -> dict[int, bytes]:
        """Encoded accounts by id: the version of `wanted`, or one that has come since."""
        found, missing = self._accounts.find(wanted)
        if missing:
            for row in await account_queries.by_ids(tx, missing):
                found[row.id] = bytes(self.account(row))
        await self._add_moved(tx, found)
        return found

    async def _status_bodies(self, tx: Tx, wanted: dict[int, int]) -> dict[int, bytes]:
        """Encoded bodies of statuses by id, as `_account_bodies`."""
        found, missing = self._statuses.find(wanted)
        if missing:
            loaded = await bodies.load(tx, missing)
            authors = await account_queries.by_ids(tx, [body.status.account_id for body in loaded.values()])
            names = {author.id: author.username for author in authors}
            for body in loaded.values():
                encoded = encode_body(self._settings, body, names.get(body.status.account_id, ""))
                aside = aside_of(body)
                encoded = encoded if aside is None else WithAside(encoded, aside)
                self._statuses.put(body.status.id, body.status.version, encoded)
                found[body.status.id] = encoded
        return await credit(found, lambda ids: self._authors(tx, ids))

    async def _authors(self, tx: Tx, ids: list[int]) -> dict[int, bytes]:
        """Encoded accounts of those of `ids` that are not suspended: authors of what cards show."""
        rows = await account_queries.by_ids(tx, ids)
        return {row.id: bytes(self.account(row)) for row in rows if row.suspended_at is None}
