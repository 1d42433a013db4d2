"""Install the locked packages into .venv, on a machine that has Python and perhaps nothing else.

Called by bin/setup, with the standard library only. uv does the installing: the one on PATH, or else
the one that bin/uv.lock pins, fetched by pip where there is pip, or straight from the package index.
Every package must have a hash that a lock file names, so it does not matter who answers.
"""

import fcntl
import hashlib
import html
import io
import os
import platform
import re
import shutil
import ssl
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

ROOT = Path(sys.argv[1])
KIND = sys.argv[2]
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
VENV = ROOT / ".venv"
TOOLS = ROOT / ".setup"
UV_LOCK = ROOT / "bin" / "uv.lock"
BUILD_LOCK = ROOT / "bin" / "build.lock"
OLDEST_UV = (0, 7)
SYSTEM_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")


class SetupError(Exception):
    """The environment can't be made; the message says what to do."""


def main() -> None:
    """Set up everything; print one line on what failed instead of a traceback."""
    os.umask(0o022)  # installed by root, it may be another user who runs it
    try:
        TOOLS.mkdir(exist_ok=True)
        (TOOLS / ".gitignore").write_text("*\n")
        with (TOOLS / "lock").open("w") as lock:  # two commands at once: the second waits
            fcntl.flock(lock, fcntl.LOCK_EX)
            if KIND == "uv":
                print(find_uv())
            elif not is_done(KIND):
                install(KIND)
    except SetupError as error:
        sys.exit(f"{error}")
    except OSError as error:
        sys.exit(f"The environment can't be set up in {ROOT}: {error}")
    except KeyboardInterrupt:
        sys.exit("Stopped. The next start goes on from here.")


def install(kind: str) -> None:
    """Bring .venv to what the lock file of `kind` says, then Rostra itself, in place."""
    print("Bringing Rostra's environment in .venv up to date …", file=sys.stderr)
    uv = find_uv()
    if not works(VENV / "bin" / "python"):
        run([uv, "venv", "--quiet", "--clear", "--no-project", "--python", base_python(), VENV])
    install = [uv, "pip", "install", "--python", VENV / "bin" / "python", "--build-constraint", BUILD_LOCK]
    # Compiled now: a service may not write here, and would compile everything anew at each start.
    run([*install, "--compile-bytecode", "--require-hashes", "-r", LOCKS[kind]])
    run([*install, "--quiet", "--no-deps", "-e", ROOT])
    run([VENV / "bin" / "python", "-m", "compileall", "-q", ROOT / "src"])
    for done in ["run", "dev"] if kind == "dev" else ["run"]:
        (VENV / f".rostra-{done}").write_text(fingerprint(done))


def is_done(kind: str) -> bool:
    """Whether another command finished the same work while this one waited."""
    stamp = VENV / f".rostra-{kind}"
    return stamp.exists() and works(VENV / "bin" / "python") and stamp.read_text() == fingerprint(kind)


def fingerprint(kind: str) -> str:
    """What bin/setup computes with sha256sum, to see at once that nothing changed."""
    python = os.path.realpath(VENV / "bin" / "python")
    parts = [LOCKS[kind].read_bytes(), (ROOT / "pyproject.toml").read_bytes(), f"{python}\n{ROOT}\n".encode()]
    return hashlib.sha256(b"".join(parts)).hexdigest() + "  -\n"


def base_python() -> str:
    """This interpreter, or the one that its virtual environment was made from."""
    return os.path.realpath(sys.executable)


def works(python: Path) -> bool:
    """Whether .venv belongs to a Python that is still there, in a tree that was not moved."""
    if not python.exists():
        return False
    command = [python, "-c", "import sys; print(sys.prefix)"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return result.stdout.strip() == str(VENV)


def run(command: list[object]) -> None:
    """Run uv, which shows its own progress and errors."""
    environment = index_environment() | os.environ
    if not writable_home():
        environment.setdefault("UV_CACHE_DIR", str(TOOLS / "cache"))
    if subprocess.run([str(part) for part in command], env=environment, check=False).returncode != 0:
        raise SetupError(
            "The packages could not be installed; the lines above say why. Is the package index reachable?"
            " A mirror can be named by UV_DEFAULT_INDEX or PIP_INDEX_URL. Starting again goes on from here."
        )


def writable_home() -> bool:
    """Whether uv's usual cache can be used; service users often have no home."""
    return os.access(os.environ.get("XDG_CACHE_HOME") or Path.home(), os.W_OK)


def index_environment() -> dict[str, str]:
    """Index and authorities that pip and the system use, told to uv, which asks neither by itself."""
    found: dict[str, str] = {}
    if SYSTEM_AUTHORITIES.exists():
        found["SSL_CERT_FILE"] = str(SYSTEM_AUTHORITIES)
    if index := pip_setting("index-url"):
        found["UV_DEFAULT_INDEX"] = index
    if certificate := pip_setting("cert"):
        found["SSL_CERT_FILE"] = certificate
    return found


def pip_setting(name: str) -> str | None:
    """An option of pip from its environment variable or configuration files (pip's documentation)."""
    if value := os.environ.get(f"PIP_{name.replace('-', '_').upper()}"):
        return value
    home = Path.home()
    places = [
        os.environ.get("PIP_CONFIG_FILE"),
        home / ".config/pip/pip.conf",
        home / ".pip/pip.conf",
        "/etc/pip.conf",
    ]
    for place in places:
        if place and os.access(place, os.R_OK):
            lines = re.findall(rf"(?m)^\s*{name}\s*[=:]\s*(\S+)", Path(place).read_text("utf-8", "replace"))
            if lines:
                return lines[-1]
    return None


def find_uv() -> str:
    """A uv that is new enough, fetched if need be."""
    ours = TOOLS / f"uv-{pinned_version()}"
    for candidate in (shutil.which("uv"), str(ours / "bin" / "uv")):
        if candidate and uv_version(candidate) >= OLDEST_UV:
            return candidate
    print(f"Fetching uv {pinned_version()}, the installer.", file=sys.stderr)
    fresh = TOOLS / "uv.new"
    shutil.rmtree(fresh, ignore_errors=True)
    if not fetch_by_pip(fresh):
        fetch_from_index(fresh)
    shutil.rmtree(ours, ignore_errors=True)
    fresh.rename(ours)
    if uv_version(str(ours / "bin" / "uv")) < OLDEST_UV:
        raise SetupError(
            f"uv does not run on this machine ({platform.machine()}). Install uv, then start again."
        )
    return str(ours / "bin" / "uv")


def uv_version(program: str) -> tuple[int, ...]:
    """Version of a uv, (0,) if it does not run."""
    try:
        result = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return (0,)
    match = re.match(r"uv (\d+)\.(\d+)", result.stdout)
    return tuple(map(int, match.groups())) if match else (0,)


def pinned_version() -> str:
    """Version of uv in bin/uv.lock."""
    return UV_LOCK.read_text().split("==")[1].split()[0]


def fetch_by_pip(target: Path) -> bool:
    """Install uv by pip, whose settings then hold (mirror, proxy, certificates); False if it can't."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    options = ["--only-binary=:all:", "--require-hashes", "--target", str(target), "-r", str(UV_LOCK)]
    result = subprocess.run([*pip, *options], capture_output=True, check=False)
    return result.returncode == 0 and (target / "bin" / "uv").exists()


def fetch_from_index(target: Path) -> None:
    """Download uv's wheel for this machine, check it against bin/uv.lock, unpack its program."""
    index = os.environ.get("UV_DEFAULT_INDEX") or pip_setting("index-url") or "https://pypi.org/simple"
    try:
        url = wheel_url(index.rstrip("/") + "/uv/")
        wheel = download(url)
    except (OSError, ValueError) as error:
        raise SetupError(
            f"The package index {index} does not answer ({error}). Check the network, name a mirror by"
            " PIP_INDEX_URL, or install uv (https://docs.astral.sh/uv/); then start again."
        ) from None
    if hashlib.sha256(wheel).hexdigest() not in UV_LOCK.read_text():
        raise SetupError(f"What {url} holds is not what bin/uv.lock names: nothing was installed.")
    program = target / "bin" / "uv"
    program.parent.mkdir(parents=True)
    with zipfile.ZipFile(io.BytesIO(wheel)) as files:
        program.write_bytes(files.read(f"uv-{pinned_version()}.data/scripts/uv"))
    program.chmod(0o755)


def wheel_url(page: str) -> str:
    """Address of the pinned wheel for this machine, from the index page (simple repository API, PEP 503)."""
    libc = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    wanted = re.compile(
        rf"uv-{re.escape(pinned_version())}-py3-none-.*{libc}[^-]*_{platform.machine()}[.\w]*\.whl"
    )
    for link in re.findall(r'href="([^"]+)"', download(page).decode()):
        url = urllib.parse.urljoin(page, html.unescape(link))
        if wanted.fullmatch(urllib.parse.unquote(urllib.parse.urlsplit(url).path.rsplit("/", 1)[-1])):
            return url.split("#")[0]
    raise ValueError(f"it has no uv {pinned_version()} for {platform.machine()}")


def download(url: str) -> bytes:
    """Contents of `url`, at most 200 MB."""
    request = urllib.request.Request(url, headers={"Accept": "text/html", "User-Agent": "rostra-setup"})
    try:
        response = urllib.request.urlopen(request, timeout=60)
    except urllib.error.URLError as error:
        if not isinstance(error.reason, ssl.SSLCertVerificationError):
            raise
        # A minimal Debian has no certificate authorities. The hash in bin/uv.lock decides anyway.
        unverified = ssl.create_default_context()
        unverified.check_hostname, unverified.verify_mode = False, ssl.CERT_NONE
        response = urllib.request.urlopen(request, timeout=60, context=unverified)
    with response:
        return response.read(200_000_000)


if __name__ == "__main__":
    main()
