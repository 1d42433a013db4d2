"""Which of a viewer's filters match statuses: `filtered` of a Status.

Matched is what Mastodon looks at: warning, text, poll options, descriptions of media. The text is made
ready once per version of a status, and only for those who filter anything.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from rostra.accounts.filters.cache import Filters
from rostra.accounts.filters.matching import folded, match
from rostra.api.entities.cache import Cache
from rostra.api.entities.filter import result_entity
from rostra.core.bus import Bus
from rostra.core.clock import now
from rostra.core.db import Tx
from rostra.core.text import plain_text
from rostra.statuses.reading import Frame

NOTHING = b"[]"
CACHE_BYTES = 8 * 1024 * 1024


class _Media(msgspec.Struct):
    description: str | None


class _Said(msgspec.Struct):
    """The part of an encoded status that is matched."""

    spoiler_text: str
    content: str
    media_attachments: list[_Media]


class Filtered:
    """The filters and texts that one process keeps."""

    def __init__(self, bus: Bus) -> None:
        self._filters = Filters(bus)
        self._texts = Cache[int](CACHE_BYTES)

    def forget(self, account_id: int) -> None:
        """Look at the database again for this member."""
        self._filters.forget(account_id)

    async def filters_anything(self, tx: Tx, viewer_id: int | None) -> bool:
        """Whether a viewer does; asks the database only the first time."""
        return viewer_id is not None and bool(await self._filters.of(tx, viewer_id))

    async def who_filters(self, tx: Tx, viewer_ids: Iterable[int]) -> set[int]:
        """Those who filter anything, in one query at most."""
        found = await self._filters.of_many(tx, viewer_ids)
        return {viewer_id for viewer_id, rules in found.items() if rules}

    async def results(
        self,
        tx: Tx,
        viewer_id: int | None,
        frames: Sequence[Frame],
        bodies: Mapping[int, bytes],
        options: Mapping[int, Sequence[str]],
    ) -> dict[int, bytes]:
        """Encoded results for those of `frames` that some filter matches, by status id.

        Args:
            bodies: encoded statuses by id, without their closing brace (see entities/status.py).
            options: what polls ask, by the id of their status.
        """
        rules = await self._filters.of(tx, viewer_id) if viewer_id is not None else ()
        if not rules:
            return {}
        found: dict[int, bytes] = {}
        at = now()
        for frame in frames:
            body = bodies.get(frame.o_id)
            if body is None:
                continue
            text = self._text(frame.o_id, frame.o_version, body)
            if frame.o_id in options:
                text += b"\n" + folded("\n".join(options[frame.o_id]))
            ids = (frame.id, frame.o_id) if frame.is_boost else (frame.id,)
            if matches := match(rules, text, ids, at):
                found[frame.id] = msgspec.json.encode([result_entity(item) for item in matches])
        return found

    def _text(self, status_id: int, version: int, body: bytes) -> bytes:
        found, _ = self._texts.find({status_id: version})
        text = found.get(status_id)
        if text is None:
            said = msgspec.json.decode(body + b"}", type=_Said)
            parts = [said.spoiler_text, plain_text(said.content)]
            parts += [item.description for item in said.media_attachments if item.description]
            text = folded("\n".join(parts))
            self._texts.put(status_id, version, text)
        return text
