"""From rows to JSON, N at a time, in a fixed number of queries.

Bodies of statuses and accounts are kept encoded, under their id and version: a change makes a new
version, so nothing has to be invalidated. A page whose bodies are all known costs no query at all.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from rostra.accounts import queries as account_queries
from rostra.accounts.model import Account as AccountRow
from rostra.api.entities.account import account_entity
from rostra.api.entities.poll import poll_entity
from rostra.api.entities.status import encode_body, join
from rostra.core.db import Tx
from rostra.core.settings import Settings
from rostra.statuses import bodies, polls
from rostra.statuses.reading import Frame

CACHE_BYTES = 24 * 1024 * 1024
_Key = tuple[int, int]


class _Cache:
    """Encoded bodies by (id, version): the least recently used go first."""

    def __init__(self, limit: int) -> None:
        self._items: OrderedDict[_Key, bytes] = OrderedDict()
        self._limit = limit
        self._size = 0

    def get(self, key: _Key) -> bytes | None:
        value = self._items.get(key)
        if value is not None:
            self._items.move_to_end(key)
        return value

    def put(self, key: _Key, value: bytes) -> None:
        self._size += len(value) - len(self._items.pop(key, b""))
        self._items[key] = value
        while self._size > self._limit:
            self._size -= len(self._items.popitem(last=False)[1])


class Hydrator:
    """The encoded bodies that one process keeps."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._statuses = _Cache(CACHE_BYTES)
        self._accounts = _Cache(CACHE_BYTES // 4)

    async def statuses(self, tx: Tx, viewer_id: int | None, frames: Sequence[Frame]) -> list[msgspec.Raw]:
        """Status entities for `frames`, in order; without those deleted in this very moment."""
        return list((await self.by_id(tx, viewer_id, frames)).values())

    async def by_id(self, tx: Tx, viewer_id: int | None, frames: Sequence[Frame]) -> dict[int, msgspec.Raw]:
        """Status entities for `frames`, in order, by status id."""
        accounts = await self._account_bodies(
            tx,
            {(f.o_account_id, f.o_account_version) for f in frames}
            | {(f.account_id, f.account_version) for f in frames},
        )
        found = await self._status_bodies(
            tx, {(f.o_id, f.o_version) for f in frames} | {(f.id, f.version) for f in frames}
        )
        asked = [f.o_id for f in frames if f.has_poll]
        rows = await polls.of_statuses(tx, viewer_id, asked) if asked else {}
        encoded_polls = {sid: msgspec.json.encode(poll_entity(row, viewer_id)) for sid, row in rows.items()}
        entities: dict[int, msgspec.Raw] = {}
        for frame in frames:
            body = found.get((frame.o_id, frame.o_version))
            account = accounts.get((frame.o_account_id, frame.o_account_version))
            if body is None or account is None:
                continue  # deleted in this very moment
            poll = encoded_polls.get(frame.o_id, b"null")
            entity = join(frame, body, account, poll, b"null", pinned=frame.pinned)
            if frame.is_boost:
                wrapper = found.get((frame.id, frame.version))
                booster = accounts.get((frame.account_id, frame.account_version))
                if wrapper is None or booster is None:
                    continue
                entity = join(frame, wrapper, booster, b"null", entity, pinned=False)
            entities[frame.id] = msgspec.Raw(entity)
        return entities

    async def status(self, tx: Tx, viewer_id: int | None, frame: Frame) -> msgspec.Raw:
        """One status entity."""
        return (await self.statuses(tx, viewer_id, [frame]))[0]

    def account(self, row: AccountRow) -> msgspec.Raw:
        """One account entity."""
        key = (row.id, row.version)
        encoded = self._accounts.get(key)
        if encoded is None:
            encoded = msgspec.json.encode(account_entity(self._settings, row))
            self._accounts.put(key, encoded)
        return msgspec.Raw(encoded)

    def accounts(self, rows: Iterable[AccountRow]) -> list[msgspec.Raw]:
        """Account entities, in order."""
        return [self.account(row) for row in rows]

    async def _account_bodies(self, tx: Tx, keys: set[_Key]) -> dict[_Key, bytes]:
        found, missing = _look_up(self._accounts, keys)
        if missing:
            asked = _keys_by_id(missing)
            for row in await account_queries.by_ids(tx, list(asked)):
                encoded = bytes(self.account(row))
                found.update(dict.fromkeys(asked[row.id], encoded))
        return found

    async def _status_bodies(self, tx: Tx, keys: set[_Key]) -> dict[_Key, bytes]:
        found, missing = _look_up(self._statuses, keys)
        if missing:
            asked = _keys_by_id(missing)
            loaded = await bodies.load(tx, list(asked))
            authors = await account_queries.by_ids(tx, [body.status.account_id for body in loaded.values()])
            names = {author.id: author.username for author in authors}
            for body in loaded.values():
                encoded = encode_body(self._settings, body, names.get(body.status.account_id, ""))
                self._statuses.put((body.status.id, body.status.version), encoded)
                found.update(dict.fromkeys(asked[body.status.id], encoded))
        return found


def _look_up(cache: _Cache, keys: set[_Key]) -> tuple[dict[_Key, bytes], set[_Key]]:
    found = {key: value for key in keys if (value := cache.get(key)) is not None}
    return found, keys - found.keys()


def _keys_by_id(keys: set[_Key]) -> defaultdict[int, list[_Key]]:
    """A row that changed in this very moment is asked for under its old version, and may stand for both."""
    by_id: defaultdict[int, list[_Key]] = defaultdict(list)
    for key in keys:
        by_id[key[0]].append(key)
    return by_id
