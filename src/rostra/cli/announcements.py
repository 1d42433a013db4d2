"""`rostra announce`: tell all members something, from the command line."""

import asyncio

from rostra.announcements import actions
from rostra.announcements.model import Draft
from rostra.cli.errors import StartError
from rostra.cli.parts import with_database
from rostra.core.errors import RostraError
from rostra.core.services import open_services
from rostra.core.settings import Settings


def announce(settings: Settings, text: str) -> None:
    """Publish an announcement.

    Raises:
        StartError: there is no text, or too much of it.
    """
    with with_database(settings) as ready:
        try:
            asyncio.run(_announce(ready, text))
        except RostraError as error:
            raise StartError(f"This can't be announced: {error}") from None
    print(f"Announced. Change it at {settings.url('/settings/announcements')}.")


async def _announce(settings: Settings, text: str) -> None:
    async with open_services(settings, settings.database_url) as services, services.db.connection() as tx:
        await actions.write(tx, settings, Draft(text=text), publish=True)
