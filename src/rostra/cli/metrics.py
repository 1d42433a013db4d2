"""Metrics of several web processes as one: prometheus_client's multiprocess mode."""

import os
import shutil

from rostra.core.settings import Settings


def share(settings: Settings) -> None:
    """Let the processes to be forked count in common files, which start empty.

    prometheus_client looks when it is imported, so this must come before the application's import.
    """
    folder = settings.data / "metrics" / str(settings.port)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
