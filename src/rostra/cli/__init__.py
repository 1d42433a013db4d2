"""The command `rostra`: what an operator calls."""

import sys


def main() -> None:
    """Run the command line; errors that an operator can mend are a line or two, without a traceback."""
    from rostra.cli.commands import app  # late: `import rostra.cli.web` must stay cheap
    from rostra.cli.errors import explained

    with explained():
        app(sys.argv[1:])
