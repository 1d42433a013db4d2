"""Our own OpenAPI document beside the reference: do the entities that we declare have the right shape?

Without a request: so it also holds for what no test has made an endpoint answer yet.
"""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]
TYPES = ("string", "integer", "number", "boolean", "object", "array", "null")


class Comparison:
    """Schemas of one document held against those of another."""

    def __init__(self, ours: Schema, theirs: Schema) -> None:
        self._ours = ours["components"]["schemas"]
        self._theirs = theirs["components"]["schemas"]
        self._under_way: set[tuple[int, int]] = set()

    def differences(self, ours: Schema, theirs: Schema, where: str = "") -> list[str]:
        """What could be answered by `ours` and is not allowed by `theirs`, or is missing."""
        ours, theirs = _resolved(ours, self._ours), _resolved(theirs, self._theirs)
        pair = (id(ours), id(theirs))
        if pair in self._under_way:
            return []
        self._under_way.add(pair)
        if "anyOf" in ours:
            return [text for one in ours["anyOf"] for text in self.differences(one, theirs, where)]
        if "anyOf" in theirs:
            return self._nearest(ours, theirs["anyOf"], where)
        if (kinds := _types(ours) - _types(theirs)) and ours and theirs:
            return [f"{where or 'the whole'}: {', '.join(sorted(kinds))} instead of {_words(theirs)}"]
        return [
            *_unknown_values(ours, theirs, where),
            *self._in_object(ours, theirs, where),
            *self._in_array(ours, theirs, where),
        ]

    def _nearest(self, ours: Schema, choices: list[Schema], where: str) -> list[str]:
        found: list[list[str]] = []
        for choice in choices:
            if not (_types(ours) - _types(_resolved(choice, self._theirs))):
                before = set(self._under_way)
                found.append(self.differences(ours, choice, where))
                if not found[-1]:
                    return []
                self._under_way = before
        return min(found, key=len, default=[f"{where or 'the whole'}: none of the types that are allowed"])

    def _in_object(self, ours: Schema, theirs: Schema, where: str) -> Iterator[str]:
        mine, known = ours.get("properties"), theirs.get("properties")
        if mine is None or known is None:
            return
        for name in theirs.get("required", []):
            if name not in mine:
                yield f"{_at(where, name)}: missing"
        for name, schema in mine.items():
            if name in known:
                yield from self.differences(schema, known[name], _at(where, name))
            elif theirs.get("additionalProperties") is False:
                yield f"{_at(where, name)}: not known there"

    def _in_array(self, ours: Schema, theirs: Schema, where: str) -> list[str]:
        if "items" in ours and "items" in theirs:
            return self.differences(ours["items"], theirs["items"], f"{where}[]")
        return []


def _resolved(schema: Schema, components: Schema) -> Schema:
    while isinstance(schema.get("$ref"), str):
        schema = components[schema["$ref"].rpartition("/")[2]]
    return schema


def _types(schema: Schema) -> set[str]:
    if "anyOf" in schema:
        return set(TYPES)
    kind = schema.get("type")
    if kind is None and "enum" in schema:
        return {"null" if value is None else "string" for value in schema["enum"]}
    found = {kind} if isinstance(kind, str) else set(kind or TYPES)
    return found | ({"integer"} if "number" in found else set())


def _unknown_values(ours: Schema, theirs: Schema, where: str) -> list[str]:
    if "enum" not in ours or "enum" not in theirs:
        return []
    return [f"{where}: {value!r} is no value of it" for value in ours["enum"] if value not in theirs["enum"]]


def _words(schema: Schema) -> str:
    return " or ".join(sorted(_types(schema)))


def _at(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name
