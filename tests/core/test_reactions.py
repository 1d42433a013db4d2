"""The table of reactions is complete."""

import importlib
import pkgutil
from collections.abc import Iterator

import rostra
from rostra.core.events import Event
from rostra.reactions import REACTIONS


def test_every_event_has_its_line_in_the_table() -> None:
    for module in pkgutil.walk_packages(rostra.__path__, "rostra."):
        importlib.import_module(module.name)
    ours = {event for event in _subclasses(Event) if event.__module__.startswith("rostra.")}
    assert ours == set(REACTIONS)


def _subclasses(base: type[Event]) -> Iterator[type[Event]]:
    for event in base.__subclasses__():
        yield event
        yield from _subclasses(event)
