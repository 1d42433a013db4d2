"""bin/setup on a machine without uv and pip: only what the lock files name is ever installed."""

import hashlib
import http.server
import os
import platform
import shutil
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.operating.running import free_port

ROOT = Path(__file__).parents[2]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A clone, almost without sources."""
    shutil.copytree(ROOT / "bin", tmp_path / "clone" / "bin", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path / "clone")
    (tmp_path / "clone" / "src" / "rostra").mkdir(parents=True)
    (tmp_path / "clone" / "src" / "rostra" / "__init__.py").write_text("")
    return tmp_path / "clone"


def set_up(tree: Path, index: str, path: str = "/nonexistent") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", "-S", tree / "bin" / "environment.py", tree, "run"],
        env={"PATH": path, "HOME": str(tree), "PIP_INDEX_URL": index},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@contextmanager
def index_with(folder: Path, wheel: bytes) -> Generator[str]:
    """A package index whose uv for this machine is `wheel`."""
    version = (ROOT / "bin" / "uv.lock").read_text().split("==")[1].split()[0]
    libc = "manylinux_2_17" if platform.libc_ver()[0] == "glibc" else "musllinux_1_1"
    name = f"uv-{version}-py3-none-{libc}_{platform.machine()}.whl"
    (folder / "uv").mkdir(parents=True)
    (folder / "uv" / name).write_bytes(wheel)
    (folder / "uv" / "index.html").write_text(f'<a href="{name}#sha256=0">{name}</a>')

    class Files(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(folder))  # type: ignore[arg-type]

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Files) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_an_installer_that_is_not_the_pinned_one_is_refused(tree: Path, tmp_path: Path) -> None:
    with index_with(tmp_path / "index", b"something else") as index:
        result = set_up(tree, index)
    assert result.returncode == 1
    assert "is not what bin/uv.lock names" in result.stderr
    assert list((tree / ".setup").glob("uv*")) == []
    assert not (tree / ".venv").exists()


def test_an_index_that_does_not_answer_is_told_with_what_to_do(tree: Path) -> None:
    result = set_up(tree, f"http://127.0.0.1:{free_port()}/simple")
    assert result.returncode == 1
    assert "does not answer" in result.stderr
    assert "PIP_INDEX_URL" in result.stderr
    assert "Traceback" not in result.stderr


def test_nothing_is_done_when_the_environment_is_what_the_lock_file_says(tree: Path) -> None:
    venv = tree / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(sys.executable)
    python = (venv / "bin" / "python").resolve()
    files = [(tree / name).read_bytes() for name in ("requirements.lock", "pyproject.toml")]
    stamp = hashlib.sha256(b"".join([*files, f"{python}\n{tree.resolve()}\n".encode()]))
    (venv / ".rostra-run").write_text(f"{stamp.hexdigest()}  -\n")
    result = subprocess.run([tree / "bin" / "setup", "run"], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


UV_THAT_TELLS = """#!/bin/sh
echo "$@" >> "$0.told"
for last; do :; done
case $1 in
    --version) echo "uv 99.0.0" ;;
    venv) /bin/mkdir -p "$last/bin" && /bin/ln -s {python} "$last/bin/python" ;;
esac
"""


def test_all_is_compiled_for_a_service_that_may_not_write_there(tree: Path, tmp_path: Path) -> None:
    uv = tmp_path / "programs" / "uv"
    uv.parent.mkdir()
    uv.write_text(UV_THAT_TELLS.format(python=sys.executable))
    uv.chmod(0o755)
    result = set_up(tree, "http://127.0.0.1:1/simple", str(uv.parent))
    assert result.returncode == 0, result.stderr
    told = uv.with_name("uv.told").read_text().splitlines()
    (locked,) = [line for line in told if "requirements.lock" in line]
    assert "--require-hashes" in locked
    assert "--compile-bytecode" in locked
    assert list((tree / "src" / "rostra" / "__pycache__").glob("__init__.*.pyc"))


@pytest.mark.skipif(
    os.geteuid() != 0 or not Path("/usr/bin/python3").exists(), reason="only for root, with a system Python"
)
def test_root_takes_the_python_that_all_users_can_run(tree: Path, tmp_path: Path) -> None:
    private = tmp_path / "private" / "python3"
    private.parent.mkdir()
    private.symlink_to(sys.executable)
    (tree / "bin" / "environment.py").write_text("import sys; print(sys.executable)")
    path = f"{private.parent}:{os.environ['PATH']}"
    run = [tree / "bin" / "setup", "run"]
    result = subprocess.run(run, env={"PATH": path}, capture_output=True, text=True, check=False)
    assert result.stdout == "/usr/bin/python3\n"
