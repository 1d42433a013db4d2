"""`docs/clients.md` says what each client does in the tests: from their names, which are promises. What was
tried by hand stands in `by_hand.md`.

This test writes the document anew when it is out of date, and fails, so that it is looked at.
"""

import ast
import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.clients import javascript

HERE = Path(__file__).parent
DOCUMENT = HERE.parents[1] / "docs" / "clients.md"
HEADER = """\
# Which apps work

Generated from `tests/clients` by `tests/clients/test_document.py`. Don't edit.

These programs are what apps are built on, or apps themselves. The tests run them unmodified against a
live server, by HTTP and WebSocket; each line is a test. Beside what it says, every answer and every
streamed event is compared with Mastodon's API document (`docs/api-coverage.md`).
"""
PYTHON = {"Mastodon.py": "test_mastodon_py*.py", "toot": "test_toot*.py"}


def document() -> str:
    lines = [HEADER]
    for name, pattern in PYTHON.items():
        lines += [f"## {name} {version(name)}", ""]
        for path in sorted(HERE.glob(pattern)):
            lines += [*_promises(path), ""]
    lines += [f"## masto {_version_of_masto()}", "", *_groups(), ""]
    lines += [(HERE / "by_hand.md").read_text("utf-8")]
    return "\n".join(lines).rstrip() + "\n"


def _promises(path: Path) -> Iterator[str]:
    """What the tests of a file are about, and their names as sentences."""
    module = ast.parse(path.read_text("utf-8"))
    yield (ast.get_docstring(module) or "").partition("\n")[0]
    yield ""
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield f"- {node.name.removeprefix('test_').replace('_', ' ').capitalize()}."


def _groups() -> Iterator[str]:
    """The groups of methods, with the line that each begins with."""
    yield "The client of Elk and Phanpy, in Node. Each group of methods is a test:"
    yield ""
    for path in sorted((javascript.FOLDER / "groups").glob("*.mjs")):
        text = path.read_text("utf-8").partition("\n")[0].removeprefix("// ")
        yield f"- **{path.stem.replace('_', ' ').capitalize()}.** {text}"


def _version_of_masto() -> str:
    lock = json.loads((javascript.FOLDER / "package-lock.json").read_bytes())
    return lock["packages"]["node_modules/masto"]["version"]


def test_the_document_says_what_each_client_does() -> None:
    current = document()
    if not DOCUMENT.exists() or DOCUMENT.read_text("utf-8") != current:
        DOCUMENT.write_text(current, "utf-8")
        pytest.fail("docs/clients.md was out of date and is written anew: review and commit it")


def test_no_file_with_a_client_is_left_out() -> None:
    described = {path for pattern in PYTHON.values() for path in HERE.glob(pattern)}
    other = {HERE / "test_masto.py", Path(__file__)}
    assert sorted(set(HERE.glob("test_*.py")) - described - other) == []
    groups = (javascript.FOLDER / "groups").glob("*.mjs")
    assert [path.name for path in groups if not path.read_text("utf-8").startswith("// ")] == []


def test_the_lock_names_no_registry() -> None:
    assert '"resolved"' not in (javascript.FOLDER / "package-lock.json").read_text("utf-8")
