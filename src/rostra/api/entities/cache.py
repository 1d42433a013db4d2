"""What is encoded once per version and kept: a change makes a new version, so nothing is invalidated."""

from collections.abc import Mapping
from typing import Generic, TypeVar

Version = TypeVar("Version")


class Passing(bytes):
    """An encoded body that holds what may change without a new version: never to be kept."""


class Cache(Generic[Version]):
    """Encoded bodies by id, each with its version: whatever differs when the body does.

    Two generations instead of an order of use: what is asked for moves to the younger one, and when that
    holds half of `limit` bytes, the older one goes. A hit costs two look-ups and no bookkeeping.
    """

    def __init__(self, limit: int) -> None:
        self._young: dict[int, tuple[Version, bytes]] = {}
        self._old: dict[int, tuple[Version, bytes]] = {}
        self._limit = limit // 2
        self._size = 0

    def find(self, wanted: Mapping[int, Version]) -> tuple[dict[int, bytes], list[int]]:
        """Bodies for `wanted` (version by id) by id, and the ids of those that are not known."""
        found: dict[int, bytes] = {}
        missing: list[int] = []
        young = self._young
        for key, version in wanted.items():
            entry = young.get(key) or self._revive(key)
            if entry is not None and entry[0] == version:
                found[key] = entry[1]
            else:
                missing.append(key)
        return found, missing

    def put(self, key: int, version: Version, body: bytes) -> None:
        """Keep a body."""
        self._young[key] = (version, body)
        self._size += len(body)
        if self._size > self._limit:
            self._young, self._old, self._size = {}, self._young, 0

    def _revive(self, key: int) -> tuple[Version, bytes] | None:
        entry = self._old.pop(key, None)
        if entry is not None:
            self.put(key, *entry)
        return entry
