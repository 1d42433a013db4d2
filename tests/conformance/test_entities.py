"""What our endpoints declare to answer has the keys and types of the reference."""

from typing import Any

import pytest

from rostra.api import routes
from tests.conformance import own
from tests.conformance.comparing import Comparison
from tests.conformance.reference import entity, reference

BOOK = reference()
NOTHING = {"type": "object", "maxProperties": 0}


@pytest.mark.parametrize(
    "endpoint",
    [one for one in routes.ENDPOINTS if BOOK.operation(one.method, one.path)],
    ids=lambda one: f"{one.method} {one.path}",
)
def test_an_endpoint_declares_the_shape_that_apps_expect(endpoint: Any) -> None:
    expected = BOOK.answer(endpoint.method, endpoint.path, 200)
    assert expected is not None
    document = own.document()
    operation = document["paths"][endpoint.path][endpoint.method.lower()]
    declared = operation["responses"]["200"]["content"]["application/json"]["schema"]
    if expected == NOTHING:
        assert "properties" not in declared
        return
    assert declared, "it declares nothing: name the entity with returns="
    assert Comparison(document, BOOK.document).differences(declared, expected) == []


def compared(ours: dict[str, Any], name: str) -> list[str]:
    return Comparison({"components": {"schemas": {}}}, BOOK.document).differences(ours, entity(name))


def test_missing_unknown_and_wrongly_typed_keys_are_found() -> None:
    text = {"type": "string"}
    marker = {"last_read_id": text, "updated_at": text, "version": {"type": "integer"}}
    assert compared({"type": "object", "properties": marker}, "Marker") == []
    del marker["updated_at"]
    assert compared({"type": "object", "properties": marker}, "Marker") == ["updated_at: missing"]
    marker |= {"updated_at": {"anyOf": [text, {"type": "null"}]}, "version": text, "colour": text}
    assert compared({"type": "object", "properties": marker}, "Marker") == [
        "version: string instead of integer",
        "updated_at: null instead of string",
        "colour: not known there",
    ]


def test_entities_within_entities_are_compared() -> None:
    conversation = {
        "id": {"type": "string"},
        "unread": {"type": "boolean"},
        "accounts": {"type": "array", "items": {"type": "string"}},
        "last_status": {"anyOf": [{"type": "object", "properties": {}}, {"type": "null"}]},
    }
    found = compared({"type": "object", "properties": conversation}, "Conversation")
    assert "accounts[]: string instead of object" in found
    assert "last_status.content: missing" in found
