"""What there is to do: the kinds of jobs, each with the function that does it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec
from cronsim import CronSim, CronSimError

from rostra.core import events
from rostra.core.events import Event
from rostra.core.services import Services

E = TypeVar("E", bound=Event)

Reaction = Callable[[Services, E], Awaitable[None]]
"""What follows from an event. It may run more than once, and long after the event."""

ReactionTable = Mapping[type[Event], Sequence[Reaction[Any]]]
"""Every event type with all that follows from it."""

RETRY_AFTER = (2, 30, 180, 900, 3600, 14400, 64800)
"""Seconds between one failed try and the next: 8 tries within 23 hours."""

RETRY_SCHEDULED_AFTER = (2, 30)
"""The same for schedules, which come again by themselves."""

LATER = "later"
"""Kind of the jobs that record an event which was put off."""


class TryAgain(Exception):
    """Raised by a job that found nobody at home: run it again later. That is no error of ours.

    A job that raises it at its last try is done. It may wait in vain, so it decides how long it goes on.
    """

    def __init__(self, message: str, after: float | None = None) -> None:
        """`after`: seconds; None leaves it to the kind of the job."""
        super().__init__(message)
        self.after = after


class PutOff(msgspec.Struct, frozen=True):
    """Data of a job of kind `LATER`: an event, as in the table of events."""

    type: str
    data: msgspec.Raw


@dataclass(frozen=True, slots=True)
class Schedule:
    """Work by the clock."""

    cron: str
    """Minute, hour, day of month, month, day of week, in UTC: `*/5 * * * *`."""
    run: Callable[[Services], Awaitable[None]]

    @property
    def name(self) -> str:
        """Its name in the database: that of the function."""
        return self.run.__name__

    def next_after(self, moment: datetime) -> datetime:
        """When it is due after `moment` (UTC)."""
        return next(CronSim(self.cron, moment.astimezone(UTC)))


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of jobs."""

    run: Callable[[Services, bytes], Awaitable[None]]
    """Does the work for a job's data (JSON)."""
    retry_after: tuple[int, ...] = RETRY_AFTER
    at_once: int | None = None
    """Most that run at the same time in a worker, beside all others; None: they share its slots."""
    seconds: float | None = None
    """Longest that one try may take; None: the worker's own limit."""


R = TypeVar("R", bound=Callable[..., Awaitable[None]])


def apart(at_once: int, seconds: float | None = None) -> Callable[[R], R]:
    """Mark a reaction that takes long, such as one that waits for other servers.

    In slots of its own it keeps no others waiting. `seconds` is the longest that one try may take.
    """

    def mark(reaction: R) -> R:
        reaction.__dict__.update(at_once=at_once, seconds=seconds)
        return reaction

    return mark


class Work:
    """All kinds of jobs that a process can do: built from the table of reactions and the schedules."""

    def __init__(self, reactions: ReactionTable, schedules: Sequence[Schedule] = ()) -> None:
        """Raises ValueError when two functions would have the same name, or a schedule can't be read."""
        self.kinds: dict[str, Kind] = {LATER: Kind(_record)}
        self.event_types = [event.__name__ for event in reactions]
        self.routes = [
            (event.__name__, self._add(f"{event.__name__}.{reaction.__name__}", _reacting(event, reaction)))
            for event, followers in reactions.items()
            for reaction in followers
        ]
        """Pairs of an event's type and the kind of one of the jobs that follow."""
        self.schedules = tuple(schedules)
        for schedule in schedules:
            try:  # a mistake shows at the start, not at midnight
                schedule.next_after(datetime.now(UTC))
            except CronSimError as error:
                raise ValueError(f"The schedule {schedule.name} can't be read: {error}") from error
            self._add(scheduled(schedule.name), _ticking(schedule))
        shared = [name for name, kind in self.kinds.items() if kind.at_once is None]
        alone = [(kind.at_once, [name]) for name, kind in self.kinds.items() if kind.at_once is not None]
        self.lanes: list[tuple[int | None, list[str]]] = [(None, shared), *alone]
        """Kinds of jobs with the slots that they share; None: a worker's own number."""

    def _add(self, name: str, kind: Kind) -> str:
        if name in self.kinds:
            raise ValueError(f"Two jobs are called {name}")
        self.kinds[name] = kind
        return name


def scheduled(name: str) -> str:
    """The kind of the jobs of the schedule called `name`."""
    return f"schedule.{name}"


def _reacting(event_type: type[E], reaction: Reaction[E]) -> Kind:
    async def run(services: Services, data: bytes) -> None:
        await reaction(services, msgspec.json.decode(data, type=event_type))

    return Kind(run, at_once=getattr(reaction, "at_once", None), seconds=getattr(reaction, "seconds", None))


def _ticking(schedule: Schedule) -> Kind:
    async def run(services: Services, data: bytes) -> None:
        await schedule.run(services)

    return Kind(run, RETRY_SCHEDULED_AFTER)


async def _record(services: Services, data: bytes) -> None:
    event = msgspec.json.decode(data, type=PutOff)
    async with services.db.connection() as tx:
        await events.record_encoded(tx, [(event.type, bytes(event.data).decode())])
