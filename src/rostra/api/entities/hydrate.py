"""From rows to JSON, N at a time, in a fixed number of queries.

Bodies of statuses and accounts are kept encoded, under their id and version: a change makes a new
version, so nothing has to be invalidated. A page whose bodies are all known costs no query at all. Whole
statuses are kept, too, each with the frame that it was made for, where they look the same to many.
Custom emojis are filled in each time (custom_emoji.py).
"""

from collections.abc import Iterable, Sequence

import msgspec

from rostra.accounts import access as account_access
from rostra.accounts import queries as account_queries
from rostra.accounts.model import Account as AccountRow
from rostra.api.entities.account import account_entity, account_shortcodes
from rostra.api.entities.cache import Cache, Passing
from rostra.api.entities.card import card_entity, credit
from rostra.api.entities.custom_emoji import Pictures, WithNames, with_names
from rostra.api.entities.filtered import NOTHING, Filtered
from rostra.api.entities.poll import Poll, poll_entity
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
from rostra.emojis.cache import Emojis
from rostra.emojis.model import shortcodes
from rostra.statuses import access, bodies, polls, quotes, reading
from rostra.statuses.cards.model import StatusCard
from rostra.statuses.polls import Poll as PollRow
from rostra.statuses.quotes import View
from rostra.statuses.reading import Frame

CACHE_BYTES = 12 * 1024 * 1024
WHOLE_BYTES = 24 * 1024 * 1024


class _Page(msgspec.Struct, frozen=True):
    """Frames with the bodies that they show."""

    frames: Sequence[Frame]
    accounts: dict[int, bytes]
    bodies: dict[int, bytes]

    def asides(self) -> list[Aside]:
        """Those of its statuses that have one."""
        return [body.aside for body in self.bodies.values() if isinstance(body, WithAside)]

    def looks_alike(self, frame: Frame) -> bool:
        """Whether all who see this frame see the same. Bodies that are more than bytes may change."""
        shown = (
            self.bodies[frame.o_id],
            self.accounts[frame.o_account_id],
            self.accounts.get(frame.account_id),
        )
        is_personal = frame.is_touched or frame.has_poll or frame.posted_by_id is not None
        return not is_personal and all(type(body) is bytes for body in shown if body)


class Hydrator:
    """The encoded bodies that one process keeps."""

    def __init__(self, settings: Settings, bus: Bus, emojis: Emojis) -> None:
        self.settings = settings
        self.pictures = Pictures(settings, emojis)
        self.filtered = Filtered(bus)
        self._statuses = Cache[int](CACHE_BYTES)
        self._accounts = Cache[int](CACHE_BYTES // 2)
        self._to_members = Cache[Frame](WHOLE_BYTES)
        self._to_nobody = Cache[Frame](WHOLE_BYTES // 4)
        self._moved: dict[int, int] = {}
        """Where those of the kept accounts have moved to that have."""

    async def statuses(self, tx: Tx, viewer_id: int | None, frames: Sequence[Frame]) -> list[msgspec.Raw]:
        """Status entities for `frames`, in order; without those deleted in this very moment."""
        return list((await self.by_id(tx, viewer_id, frames)).values())

    async def by_id(self, tx: Tx, viewer_id: int | None, frames: Sequence[Frame]) -> dict[int, msgspec.Raw]:
        """Status entities for `frames`, in order, by status id."""
        if await self.filtered.filters_anything(tx, viewer_id):
            return await self._make(tx, viewer_id, frames)
        kept = self._to_nobody if viewer_id is None else self._to_members
        found, missing = kept.find({frame.id: frame for frame in frames})
        if not missing:
            return {key: msgspec.Raw(entity) for key, entity in found.items()}
        made = await self._make(tx, viewer_id, [frame for frame in frames if frame.id not in found], kept)
        entities: dict[int, msgspec.Raw] = {}
        for frame in frames:
            if frame.id in found:
                entities[frame.id] = msgspec.Raw(found[frame.id])
            elif frame.id in made:
                entities[frame.id] = made[frame.id]
        return entities

    async def _make(
        self, tx: Tx, viewer_id: int | None, frames: Sequence[Frame], keep: Cache[Frame] | None = None
    ) -> dict[int, msgspec.Raw]:
        page = await self._load(tx, frames)
        asides = page.asides()
        seen = await self._surroundings(tx, viewer_id, asides) if asides else None
        entities = await self._join(tx, viewer_id, page, seen)
        if keep is not None:
            for frame in frames:
                if frame.id in entities and page.looks_alike(frame):
                    keep.put(frame.id, frame, bytes(entities[frame.id]))
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
        encoded_polls = {sid: msgspec.json.encode(self.poll(row, viewer_id)) for sid, row in rows.items()}
        options = {sid: row.options for sid, row in rows.items()}
        for sid in options.keys() & bodies.keys():
            bodies[sid] = self._with_options(bodies[sid], options[sid])
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
            entity = join(frame, body, account, poll, b"null", results, fields, frame.marks)
            if frame.id != frame.o_id:
                wrapper = bodies.get(frame.id)
                booster = accounts.get(frame.account_id)
                if wrapper is None or booster is None:
                    continue
                fields = usual if seen is None else seen.fields_of_boost(body)
                marks = frame.marks & ~reading.PINNED
                entity = join(frame, wrapper, booster, b"null", entity, results, fields, marks)
            entities[frame.id] = msgspec.Raw(entity)
        return entities

    async def status(self, tx: Tx, viewer_id: int | None, frame: Frame) -> msgspec.Raw:
        """One status entity."""
        return (await self.statuses(tx, viewer_id, [frame]))[0]

    def account(self, row: AccountRow) -> msgspec.Raw:
        """One account entity, without where it may have moved to; see `people`."""
        encoded = self._account_body(row)
        return msgspec.Raw(self.pictures.filled(encoded) if isinstance(encoded, WithNames) else encoded)

    def _account_body(self, row: AccountRow) -> bytes:
        found, _ = self._accounts.find({row.id: row.version})
        encoded = found.get(row.id)
        if encoded is None:
            encoded = with_names(
                msgspec.json.encode(account_entity(self.settings, row)), account_shortcodes(row)
            )
            if row.moved_to_id is not None and row.suspended_at is None:
                self._moved[row.id] = row.moved_to_id
            else:
                self._moved.pop(row.id, None)
            self._accounts.put(row.id, row.version, encoded)
        return encoded

    def poll(self, row: PollRow, viewer_id: int | None) -> Poll:
        """A poll as its viewer sees it."""
        return poll_entity(row, viewer_id, self.pictures.of(*row.options))

    def _fill(self, found: dict[int, bytes]) -> None:
        for key, body in found.items():
            if isinstance(body, WithNames):
                found[key] = self.pictures.filled(body)

    def _with_options(self, body: bytes, options: Sequence[str]) -> bytes:
        """A status with the emojis that the options of its poll name."""
        if not shortcodes(*options):
            return body
        added = self.pictures.added(body, options)
        return WithAside(added, body.aside) if isinstance(body, WithAside) else added

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
                bodies[account_id] = Passing(bodies[account_id][:-1] + b',"moved":' + target + b"}")
            else:  # may come back
                bodies[account_id] = Passing(bodies[account_id])

    async def _account_bodies(self, tx: Tx, wanted: dict[int, int]) -> dict[int, bytes]:
        """Encoded accounts by id: the version of `wanted`, or one that has come since."""
        found, missing = self._accounts.find(wanted)
        if missing:
            for row in await account_queries.by_ids(tx, missing):
                found[row.id] = self._account_body(row)
        self._fill(found)
        await self._add_moved(tx, found)
        return found

    async def _status_bodies(self, tx: Tx, wanted: dict[int, int]) -> dict[int, bytes]:
        """Encoded bodies of statuses by id, as `_account_bodies`."""
        found, missing = self._statuses.find(wanted)
        if missing:
            loaded = await bodies.load(tx, missing)
            authors = await account_queries.by_ids(tx, [body.status.account_id for body in loaded.values()])
            author_by_id = {author.id: author for author in authors}
            for body in loaded.values():
                author = author_by_id.get(body.status.account_id)
                encoded = encode_body(self.settings, body, author.username if author else "")
                is_ours = author is not None and author.domain is None
                names = shortcodes(body.status.content, body.status.spoiler_text) if is_ours else ()
                encoded = with_names(encoded, names, aside_of(body))
                self._statuses.put(body.status.id, body.status.version, encoded)
                found[body.status.id] = encoded
        self._fill(found)
        return await credit(found, lambda ids: self._authors(tx, ids))

    async def cards(self, tx: Tx, cards: Sequence[StatusCard]) -> list[bytes]:
        """Encoded cards, in order, with the accounts of their authors: at most a query more."""
        bodies = {card.id: msgspec.json.encode(card_entity(self.settings, card)) for card in cards}
        credited = await credit(bodies, lambda ids: self._authors(tx, ids))
        return [credited[card.id] for card in cards]

    async def _authors(self, tx: Tx, ids: list[int]) -> dict[int, bytes]:
        """Encoded accounts of those of `ids` that are not suspended: authors of what cards show."""
        rows = await account_queries.by_ids(tx, ids)
        return {row.id: bytes(self.account(row)) for row in rows if row.suspended_at is None}
