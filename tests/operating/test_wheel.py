"""A wheel of Rostra has the web app in it, and whoever installs it serves it: no Node, no sources."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from rostra.web_app.files import IN_CHECKOUT, load
from tests.operating import running
from tests.operating.running import Rostra

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]


def build(tree: Path, target: Path) -> subprocess.CompletedProcess[str]:
    uv = subprocess.run([ROOT / "bin" / "setup", "uv"], capture_output=True, text=True, check=True)
    command = [uv.stdout.strip(), "build", "--wheel", "--out-dir", target]
    command += ["--build-constraint", ROOT / "bin" / "build.lock", tree]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_an_installed_wheel_serves_the_app_that_is_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = load(IN_CHECKOUT)
    if built is None:
        pytest.skip("The web app is not built: bin/setup app says why")
    result = build(ROOT, tmp_path / "dist")
    assert result.returncode == 0, result.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    names = {path.name for path in (tmp_path / "installed").iterdir()}
    assert names == {"rostra", f"{wheel.name.removesuffix('-py3-none-any.whl')}.dist-info"}
    in_wheel = load(tmp_path / "installed" / "rostra" / "web_app" / "build")
    assert in_wheel is not None
    assert in_wheel.files == built.files

    command = tmp_path / "rostra"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -c "from rostra.cli import main; main()" "$@"\n')
    command.chmod(0o755)
    monkeypatch.setattr(running, "COMMAND", command)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "installed"))
    with Rostra(tmp_path / "data") as rostra:
        rostra.wait_until_ready()
        assert rostra.get("/app/").content == built.index.content


def test_a_wheel_without_the_app_is_not_made(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("bin", "src"):
        shutil.copytree(ROOT / name, tmp_path / "tree" / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path / "tree")
    result = build(tmp_path / "tree", tmp_path / "dist")
    assert result.returncode != 0
    assert "Build it first: bin/setup run" in result.stderr
