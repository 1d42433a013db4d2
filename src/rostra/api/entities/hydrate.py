"""From rows to JSON, N at a time, in a fixed number of queries.

Bodies of statuses and accounts are kept encoded, under their id and version: a change makes a new
version, so nothing has to be invalidated. A page whose bodies are all known costs no query at all.
"""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

import msgspec

from rostra.accounts import queries as account_queries
from rostra.accounts.model import Account as AccountRow
from rostra.api.entities.account import account_entity
from rostra.api.entities.interaction_policy import policy_entity
from rostra.api.entities.poll import poll_entity
from rostra.api.entities.quote import Ref, encode_approval, encode_quote, encode_shallow, ref_of
from rostra.api.entities.status import encode_body, join
from rostra.core.db import Tx
from rostra.core.settings import Settings
from rostra.statuses import access, bodies, polls, quotes, reading
from rostra.statuses.model import QuotePolicy
from rostra.statuses.policies import Policy, Stance
from rostra.statuses.quotes import View
from rostra.statuses.reading import Frame

CACHE_BYTES = 24 * 1024 * 1024
NO_STANCE = Stance()


class Encoded(msgspec.Struct, frozen=True, gc=False):
    """A status's viewer-neutral JSON, and what of it decides how somebody sees the rest."""

    json: bytes
    quote: Ref | None
    quote_policy: QuotePolicy
    direct: bool
    policy: Policy | None
    addressed: frozenset[int]
    """Whom it names or answers; only where it has a policy."""

    def __len__(self) -> int:
        return len(self.json)


V = TypeVar("V", bytes, Encoded)


class _Cache(Generic[V]):
    """Encoded bodies by id, each with its version.

    Two generations instead of an order of use: what is asked for moves to the younger one, and when that
    holds half of `limit` bytes, the older one goes. A hit costs two look-ups and no bookkeeping.
    """

    def __init__(self, limit: int) -> None:
        self._young: dict[int, tuple[int, V]] = {}
        self._old: dict[int, tuple[int, V]] = {}
        self._limit = limit // 2
        self._size = 0

    def find(self, wanted: dict[int, int]) -> tuple[dict[int, V], list[int]]:
        """Bodies for `wanted` (version by id) by id, and the ids of those that are not known."""
        found: dict[int, V] = {}
        missing: list[int] = []
        young = self._young
        for key, version in wanted.items():
            entry = young.get(key) or self._revive(key)
            if entry is not None and entry[0] == version:
                found[key] = entry[1]
            else:
                missing.append(key)
        return found, missing

    def put(self, key: int, version: int, body: V) -> None:
        self._young[key] = (version, body)
        self._size += len(body)
        if self._size > self._limit:
            self._young, self._old, self._size = {}, self._young, 0

    def _revive(self, key: int) -> tuple[int, V] | None:
        entry = self._old.pop(key, None)
        if entry is not None:
            self.put(key, *entry)
        return entry


class _Page(msgspec.Struct, frozen=True):
    """Frames with the bodies that they show."""

    frames: Sequence[Frame]
    accounts: dict[int, bytes]
    bodies: dict[int, Encoded]

    def quoted_ids(self) -> list[int]:
        """What its statuses quote and show, perhaps."""
        return list(
            {
                body.quote.quoted_id
                for body in self.bodies.values()
                if body.quote is not None and body.quote.quoted_id and body.quote.state == "accepted"
            }
        )

    def choosy(self) -> list[int]:
        """Authors who let only some do what can be done to what stands here."""
        return [
            frame.o_account_id
            for frame in self.frames
            if (body := self.bodies.get(frame.o_id))
            and (body.quote_policy == "followers" or body.policy is not None)
        ]


class _Surroundings(msgspec.Struct, frozen=True):
    """What decides how a viewer sees a page: what it quotes and they see of it, how they stand to authors."""

    quoted: _Page | None
    views: dict[int, View]
    stances: dict[int, Stance]

    def quote(self, ref: Ref, quoted: dict[int, bytes] | None) -> bytes:
        """A quote: whole, or shallow where `quoted` is None."""
        return encode_shallow(ref, self.views) if quoted is None else encode_quote(ref, self.views, quoted)

    def quote_approval(self, frame: Frame, body: Encoded, viewer_id: int | None) -> bytes:
        """Who may quote a status, and whether the viewer may."""
        allowed = (
            viewer_id is not None
            and not body.direct
            and (
                body.quote_policy == "public"
                or frame.o_account_id == viewer_id
                or (body.quote_policy == "followers" and self.stance(frame).follows)
            )
        )
        return encode_approval(body.quote_policy, allowed=allowed)

    def stance(self, frame: Frame) -> Stance:
        """How the viewer stands to the author of a status."""
        return self.stances.get(frame.o_account_id, NO_STANCE)

    def policy(self, frame: Frame, body: Encoded, viewer_id: int | None) -> bytes:
        """Who may do what to a status, if its author said so, as a field of JSON."""
        if body.policy is None:
            return b""
        stance = None
        if viewer_id is not None and viewer_id != frame.o_account_id:
            stance = msgspec.structs.replace(self.stance(frame), mentioned=viewer_id in body.addressed)
        entity = policy_entity(body.policy, stance, is_author=viewer_id == frame.o_account_id)
        return b',"interaction_policy":' + msgspec.json.encode(entity)


class Hydrator:
    """The encoded bodies that one process keeps."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._statuses: _Cache[Encoded] = _Cache(CACHE_BYTES)
        self._accounts: _Cache[bytes] = _Cache(CACHE_BYTES // 4)

    async def statuses(self, tx: Tx, viewer_id: int | None, frames: Sequence[Frame]) -> list[msgspec.Raw]:
        """Status entities for `frames`, in order; without those deleted in this very moment."""
        return list((await self.by_id(tx, viewer_id, frames)).values())

    async def by_id(self, tx: Tx, viewer_id: int | None, frames: Sequence[Frame]) -> dict[int, msgspec.Raw]:
        """Status entities for `frames`, in order, by status id."""
        page = await self._load(tx, frames)
        seen = await self._surroundings(tx, viewer_id, page)
        quoted = await self._joined(tx, viewer_id, seen.quoted, seen, None) if seen.quoted is not None else {}
        joined = await self._joined(tx, viewer_id, page, seen, quoted)
        return {status_id: msgspec.Raw(entity) for status_id, entity in joined.items()}

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

    async def _surroundings(self, tx: Tx, viewer_id: int | None, page: _Page) -> _Surroundings:
        """What else the viewer sees with `page`. A page without quotes costs no query here."""
        ids = page.quoted_ids()
        quoted, views = None, dict[int, View]()
        if ids:
            quoted = await self._load(tx, await reading.read_ids(tx, viewer_id, ids))
            views = await quotes.views(tx, viewer_id, [*ids, *quoted.quoted_ids()])
        authors = page.choosy() + (quoted.choosy() if quoted is not None else [])
        stances = await access.stances(tx, viewer_id, authors) if authors and viewer_id else {}
        return _Surroundings(quoted, views, stances)

    async def _joined(
        self,
        tx: Tx,
        viewer_id: int | None,
        page: _Page,
        seen: _Surroundings,
        quoted: dict[int, bytes] | None,
    ) -> dict[int, bytes]:
        """Entities of `page` by status id; `quoted`: those of what it quotes (None: quotes are shallow)."""
        asked = [f.o_id for f in page.frames if f.has_poll]
        rows = await polls.of_statuses(tx, viewer_id, asked) if asked else {}
        encoded_polls = {sid: msgspec.json.encode(poll_entity(row, viewer_id)) for sid, row in rows.items()}
        entities: dict[int, bytes] = {}
        for frame in page.frames:
            body = page.bodies.get(frame.o_id)
            account = page.accounts.get(frame.o_account_id)
            if body is None or account is None:
                continue  # deleted in this very moment
            approval = seen.quote_approval(frame, body, viewer_id)
            entity = join(
                frame,
                body.json,
                account,
                poll=encoded_polls.get(frame.o_id, b"null"),
                quote=b"null" if body.quote is None else seen.quote(body.quote, quoted),
                quote_approval=approval,
                policy=seen.policy(frame, body, viewer_id),
                reblog=b"null",
                pinned=frame.pinned,
            )
            if frame.id != frame.o_id:
                wrapper = page.bodies.get(frame.id)
                booster = page.accounts.get(frame.account_id)
                if wrapper is None or booster is None:
                    continue
                entity = join(
                    frame,
                    wrapper.json,
                    booster,
                    poll=b"null",
                    quote=b"null",
                    quote_approval=approval,
                    policy=b"",
                    reblog=entity,
                    pinned=False,
                )
            entities[frame.id] = entity
        return entities

    async def status(self, tx: Tx, viewer_id: int | None, frame: Frame) -> msgspec.Raw:
        """One status entity."""
        return (await self.statuses(tx, viewer_id, [frame]))[0]

    def account(self, row: AccountRow) -> msgspec.Raw:
        """One account entity."""
        found, _ = self._accounts.find({row.id: row.version})
        encoded = found.get(row.id)
        if encoded is None:
            encoded = msgspec.json.encode(account_entity(self._settings, row))
            self._accounts.put(row.id, row.version, encoded)
        return msgspec.Raw(encoded)

    def accounts(self, rows: Iterable[AccountRow]) -> list[msgspec.Raw]:
        """Account entities, in order."""
        return [self.account(row) for row in rows]

    async def _account_bodies(self, tx: Tx, wanted: dict[int, int]) -> dict[int, bytes]:
        """Encoded accounts by id: the version of `wanted`, or one that has come since."""
        found, missing = self._accounts.find(wanted)
        if missing:
            for row in await account_queries.by_ids(tx, missing):
                found[row.id] = bytes(self.account(row))
        return found

    async def _status_bodies(self, tx: Tx, wanted: dict[int, int]) -> dict[int, Encoded]:
        """Encoded bodies of statuses by id, as `_account_bodies`."""
        found, missing = self._statuses.find(wanted)
        if missing:
            loaded = await bodies.load(tx, missing)
            authors = await account_queries.by_ids(tx, [body.status.account_id for body in loaded.values()])
            names = {author.id: author.username for author in authors}
            for body in loaded.values():
                row = body.status
                encoded = Encoded(
                    encode_body(self._settings, body, names.get(row.account_id, "")),
                    ref_of(row),
                    row.quote_policy,
                    row.visibility == "direct",
                    row.policy,
                    _addressed(body) if row.interaction_policy else frozenset(),
                )
                self._statuses.put(row.id, row.version, encoded)
                found[row.id] = encoded
        return found


def _addressed(body: bodies.Body) -> frozenset[int]:
    return frozenset({mention.id for mention in body.mentions} | {body.status.in_reply_to_account_id or 0})
