"""The demo content as data: reads people.toml and statuses.*.toml into structs, and checks nothing.

That the content holds together (names, times, alternative texts) is checked in tests/demo.
"""

import re
from datetime import datetime, timedelta
from importlib import resources
from typing import Literal

import msgspec

_DAYS_AGO = re.compile(r"(\d+)d (\d\d):(\d\d)")
_HOURS_AGO = re.compile(r"(\d+)h(?: (\d+)m)?")


class Field(msgspec.Struct, frozen=True):
    """A line of a profile."""

    name: str
    value: str


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A member, or a group that has an account."""

    name: str
    display_name: str
    locale: Literal["de", "en"]
    joined_days_ago: int
    header: str
    note: str
    fields: tuple[Field, ...]
    follows: tuple[str, ...]
    avatar: str = ""
    """Whose portrait they have, if not the one under their own name."""


class Attached(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A picture with what it shows, for those who don't see it."""

    picture: str
    alt: str


class Poll(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question that is open for `hours`; `votes` has the choices of each voter."""

    options: list[str]
    hours: int
    votes: dict[str, list[int]]


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What somebody wrote; see the head of statuses.de.toml."""

    key: str
    by: str
    at: str
    text: str
    lang: str = ""
    warning: str = ""
    visibility: Literal["public", "unlisted"] = "public"
    reply_to: str = ""
    pictures: tuple[Attached, ...] = ()
    poll: Poll | None = None
    favourites: tuple[str, ...] = ()
    boosts: tuple[str, ...] = ()
    pinned: bool = False


class _People(msgspec.Struct):
    person: list[Person]


class _Statuses(msgspec.Struct):
    status: list[Written]


def people() -> list[Person]:
    """Everybody, in the order of the file."""
    return msgspec.toml.decode(_read("people.toml"), type=_People).person


def statuses(now: datetime) -> list[tuple[datetime, Written]]:
    """All that was written, and when, if this moment is `now`; the oldest first."""
    written: list[Written] = []
    for language in ("de", "en"):
        loaded = msgspec.toml.decode(_read(f"statuses.{language}.toml"), type=_Statuses).status
        written += [msgspec.structs.replace(status, lang=status.lang or language) for status in loaded]
    return sorted(((moment(status.at, now), status) for status in written), key=lambda pair: pair[0])


def moment(at: str, now: datetime) -> datetime:
    """The moment `at` ("20d 05:12" or "3h 20m", before `now`).

    Raises:
        ValueError: it has neither form.
    """
    if match := _DAYS_AGO.fullmatch(at):
        days, hour, minute = map(int, match.groups())
        return (now - timedelta(days=days)).replace(hour=hour, minute=minute, second=17, microsecond=0)
    if match := _HOURS_AGO.fullmatch(at):
        return now - timedelta(hours=int(match[1]), minutes=int(match[2] or 0))
    raise ValueError(f"no moment: {at}")


def _read(name: str) -> bytes:
    return resources.files("rostra.demo").joinpath(name).read_bytes()
