"""Answers that are the same for everybody and costly to find: kept for a while."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from rostra.api.http import Call
from rostra.core.db import Database, Tx

T = TypeVar("T")


@dataclass(slots=True)
class _Entry(Generic[T]):
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    until: float = 0
    value: T | None = None


class Kept(Generic[T]):
    """What `load` finds, per database, for `seconds`. Of many who ask at once only one loads it."""

    def __init__(self, load: Callable[[Tx], Awaitable[T]], seconds: float) -> None:
        self._load = load
        self._seconds = seconds
        self._entries: WeakKeyDictionary[Database, _Entry[T]] = WeakKeyDictionary()

    async def get(self, call: Call) -> T:
        """The value, at most that old."""
        entry = self._entries.setdefault(call.services.db, _Entry())
        async with entry.lock:
            if entry.value is None or entry.until < time.monotonic():
                entry.value = await self._load(call.tx)
                entry.until = time.monotonic() + self._seconds
            return entry.value
