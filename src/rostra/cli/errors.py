"""Errors as an operator sees them: what is wrong and what to do, exit code 1, no traceback."""

import contextlib
import sys
from collections.abc import Generator

from rostra.core.postgres_home import PostgresError
from rostra.core.settings import SettingsError


class StartError(Exception):
    """Rostra can't start or do what was asked; the message says what to do."""


@contextlib.contextmanager
def explained() -> Generator[None]:
    """End the program with a plain message for errors that have one."""
    try:
        yield
    except (StartError, SettingsError, PostgresError) as error:
        fail(str(error))
    except OSError as error:
        if error.filename is None:
            raise
        fail(
            f"{error.filename} can't be used ({error.strerror}). Check its owner, its rights and the space on"
            " its disk; files of the data folder belong to the user who started Rostra before."
        )
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        # Imported only now: most commands never need psycopg.
        from rostra.core.migrate import MigrationError

        if isinstance(error, MigrationError):
            fail(str(error))
        raise


def fail(message: str) -> None:
    """Print `message` and end with exit code 1."""
    sys.stdout.flush()
    print(message, file=sys.stderr)
    sys.exit(1)
