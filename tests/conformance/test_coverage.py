"""`docs/api-coverage.md` is true: this test writes it anew when it is not, and fails, to be looked at."""

from pathlib import Path

import pytest

from tests.conformance import coverage

DOCUMENT = Path(__file__).parents[2] / "docs" / "api-coverage.md"


def test_the_document_says_what_stands() -> None:
    current = coverage.text()
    if not DOCUMENT.exists() or DOCUMENT.read_text("utf-8") != current:
        DOCUMENT.write_text(current, "utf-8")
        pytest.fail("docs/api-coverage.md was out of date and is written anew: review and commit it")


def test_no_endpoint_of_the_list_is_missing() -> None:
    rows = coverage.rows()
    assert len(rows) > 250
    text = coverage.text()
    lost = [row for row in rows if text.count(f"| `{row.method} {row.path.replace(':id', '{id}')}` |") != 1]
    assert lost == []


def test_the_same_endpoint_is_known_whatever_its_parameters_are_called() -> None:
    row = coverage.Row("lists", "GET", "/api/v1/lists/:id/accounts", "", "", "")
    assert row.key == coverage.Own("GET", "/api/v1/lists/{list_id}/accounts", "").key
    assert coverage.state(row, {row.key}) == "stands"
    assert coverage.state(row, set()) == "planned: client API"
    assert coverage.state(row._replace(group="admin"), set()) == "planned: moderation"
