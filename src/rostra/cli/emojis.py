"""`rostra emojis …`: the emojis of this network, from the command line."""

import asyncio
from pathlib import Path

from rostra.cli.errors import StartError
from rostra.cli.parts import with_database
from rostra.core.errors import RostraError
from rostra.core.services import open_services
from rostra.core.settings import Settings
from rostra.emojis import actions, queries
from rostra.emojis.actions import Imported, Options
from rostra.emojis.model import Listed


def import_pack(settings: Settings, file: Path, options: Options) -> None:
    """Add all pictures of an archive; prints what became of them.

    Raises:
        StartError: the archive can't be used.
    """
    with with_database(settings) as ready:
        try:
            result = asyncio.run(_import(ready, file, options))
        except RostraError as error:
            raise StartError(f"{file} can't be imported: {error}") from None
    counts = f"added {len(result.added)}, replaced {len(result.replaced)}, skipped {len(result.skipped)}"
    print(f"Emojis: {counts}.")
    for failed in result.failed:
        print(f"  {failed.shortcode} can't be used: {failed.explain(settings)}")


def show(settings: Settings) -> None:
    """Print all emojis, one a line: shortcode, category, and what is special."""
    with with_database(settings) as ready:
        for emoji in asyncio.run(_all(ready)):
            marks = [word for word, on in _marks(emoji) if on]
            print("\t".join((f":{emoji.shortcode}:", emoji.category or "-", *marks)))


def _marks(emoji: Listed) -> list[tuple[str, bool]]:
    return [("disabled", emoji.disabled), ("not in the picker", not emoji.visible_in_picker)]


async def _import(settings: Settings, path: Path, options: Options) -> Imported:
    with path.open("rb") as file:
        async with open_services(settings, settings.database_url) as services:
            return await actions.import_pack(services, file, options)


async def _all(settings: Settings) -> list[Listed]:
    async with open_services(settings, settings.database_url) as services, services.db.connection() as tx:
        return await queries.ours(tx)
