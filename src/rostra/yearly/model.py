"""Annual reports: what is in one, and when there are any. No I/O.

The shape is version 2 of Mastodon's (https://docs.joinmastodon.org/entities/AnnualReport/).
"""

from typing import Any, Literal

from rostra.core import clock
from rostra.core.db import Row
from rostra.core.events import Event
from rostra.core.settings import Settings

SCHEMA_VERSION = 2
SEASON = (10, 31)
"""From which day of December to which."""
AVERAGE_STATUSES = 113
"""What a member writes and boosts in a year, on average, by Mastodon's count."""

Archetype = Literal["lurker", "booster", "pollster", "replier", "oracle"]
State = Literal["available", "generating", "eligible", "ineligible"]


class AnnualReport(Row, frozen=True):
    """A row of `annual_reports`."""

    account_id: int
    year: int
    data: dict[str, Any]
    schema_version: int


class Habits(Row, frozen=True):
    """How many statuses of which kind a member published in a year. `alone`: neither replies nor boosts."""

    alone: int
    replies: int
    boosts: int
    polls: int


class AnnualReportRequested(Event, frozen=True):
    """A member wants a report of a year."""

    account_id: int
    year: int


def current_campaign(settings: Settings) -> int | None:
    """The year of which reports can be made now."""
    today = clock.now()
    in_season = today.month == 12 and SEASON[0] <= today.day <= SEASON[1]
    if settings.annual_reports == "off" or (settings.annual_reports == "season" and not in_season):
        return None
    return today.year


def archetype(habits: Habits) -> Archetype:
    """What kind of member somebody is, playfully."""
    if habits.alone + habits.replies + habits.boosts < AVERAGE_STATUSES:
        return "lurker"
    if habits.boosts > 2 * habits.alone:
        return "booster"
    if habits.polls > habits.alone / 10:
        return "pollster"
    return "replier" if habits.replies > 2 * habits.alone else "oracle"
