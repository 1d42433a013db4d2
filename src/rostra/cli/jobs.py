"""One job worker process."""

import uvloop

from rostra import worker
from rostra.core.settings import Settings


def run(settings: Settings) -> None:
    """Run jobs until SIGTERM; then finish those that run, for some seconds at most."""
    uvloop.run(worker.run(settings, settings.database_url))
