"""Making annual reports: asked for in the season, counted by a job."""

from typing import Any

from rostra.accounts import refreshes
from rostra.core import events
from rostra.core.db import Tx
from rostra.core.settings import Settings
from rostra.yearly import queries
from rostra.yearly.model import AnnualReportRequested, State, archetype, current_campaign


def refresh_key(year: int) -> str:
    """What apps that wait for a report wait for."""
    return f"annual_report:{year}"


async def state(tx: Tx, settings: Settings, account_id: int, year: int) -> tuple[State, str | None]:
    """How a member's report of a year stands, and the id of the work on it while that runs."""
    if await queries.get(tx, account_id, year) is not None:
        return "available", None
    running = await refreshes.running(tx, account_id, refresh_key(year))
    if running is not None:
        return "generating", running
    if year != current_campaign(settings) or not await queries.has_published(tx, account_id, year):
        return "ineligible", None
    return "eligible", None


async def request(tx: Tx, settings: Settings, account_id: int, year: int) -> str | None:
    """Have a report made; returns the id of the work, or None if there is none to do."""
    found, running = await state(tx, settings, account_id, year)
    if found != "eligible":
        return running
    async with tx.transaction():
        refresh_id = await refreshes.begin(tx, account_id, refresh_key(year))
        await events.record(tx, AnnualReportRequested(account_id, year))
    return refresh_id


async def generate(tx: Tx, account_id: int, year: int) -> None:
    """Make a report; one that there is stays as it is."""
    async with tx.transaction():
        if await queries.get(tx, account_id, year) is None:
            await queries.insert(tx, account_id, year, await _data(tx, account_id, year))
        await refreshes.finish(tx, account_id, refresh_key(year))


async def _data(tx: Tx, account_id: int, year: int) -> dict[str, Any]:
    boosted = await queries.most_boosted(tx, account_id, year)
    hashtag = await queries.top_hashtag(tx, account_id, year)
    return {
        "archetype": archetype(await queries.habits(tx, account_id, year)),
        "top_statuses": {
            "by_reblogs": str(boosted) if boosted is not None else None,
            "by_favourites": None,
            "by_replies": None,
        },
        "time_series": [
            {"month": month, "statuses": statuses, "followers": followers}
            for month, statuses, followers in await queries.months(tx, account_id, year)
        ],
        "top_hashtags": [{"name": hashtag[0], "count": hashtag[1]}] if hashtag else [],
    }
