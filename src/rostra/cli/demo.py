"""`--demo`: fill an empty network with believable people."""

import os
import sys
import traceback

from rostra.cli.errors import StartError
from rostra.core.settings import Settings


def fill(settings: Settings) -> None:
    """Load the demo content, in a process of its own: the supervisor must stay without an event loop.

    Raises:
        StartError: it failed.
    """
    print("Filling the network with demo people, if it is empty. Their pictures take a minute …", flush=True)
    pid = os.fork()
    if not pid:
        status = 1
        try:
            _load(settings)
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(status)
    _, status = os.waitpid(pid, 0)
    if status:
        raise StartError("The demo content could not be loaded; the lines above say why.")


def _load(settings: Settings) -> None:
    import asyncio

    from rostra.core.services import open_services
    from rostra.demo.load import load

    async def run() -> None:
        async with open_services(settings, settings.database_url) as services:
            await load(services)

    asyncio.run(run())
