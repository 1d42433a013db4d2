"""Mastodon's client API as `tests/reference` describes it: what fits, and what does not.

The document is read once, its known errors are corrected (`exceptions.toml`), and its objects are closed:
a key that neither the document nor the table of extensions knows does not fit. Validators are compiled
when first needed.
"""

import functools
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator

FOLDER = Path(__file__).parents[1] / "reference"
METHODS = ("get", "post", "put", "patch", "delete")
OTHERWISE = {"PUT": "patch", "PATCH": "put"}
"""Mastodon sends either to the same action; the document has one of them."""
Schema = dict[str, Any]
_FORMATS = {
    "iso-639-1": lambda text: re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", text) is not None,
}
_ERROR = {"$ref": "#/components/schemas/Error"}
_DATETIME = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{1,3}(Z|[+-]\d{2}:\d{2})$"
"""https://docs.joinmastodon.org/api/datetime-format/: apps fail at one without a fraction of a second."""


class Reference:
    """The document with its corrections."""

    def __init__(self, document: Schema, corrections: Schema) -> None:
        self.document = document
        self.corrections: list[Schema] = corrections.get("exception", [])
        self.extensions: list[Schema] = corrections.get("extension", [])
        _normalize(document["components"]["schemas"])
        _normalize(document["paths"])
        for correction in self.corrections:
            _correct(document, correction)
        for extension in self.extensions:
            _extend(document, extension)
        _close(document["components"]["schemas"])
        _close(document["paths"])
        self._exact = {path: path for path in document["paths"] if "{" not in path}
        self._patterns = [
            (re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))), path)
            for path in document["paths"]
            if "{" in path
        ]

    def operation(self, method: str, path: str) -> Schema | None:
        """What the document says of `method` on a real `path`."""
        methods = self.document["paths"].get(self._template(path), {})
        return methods.get(method.lower()) or methods.get(OTHERWISE.get(method, ""))

    @functools.cache  # noqa: B019 (there is one reference, and it lives as long as the tests)
    def _template(self, path: str) -> str:
        if path in self._exact:
            return path
        return next((template for pattern, template in self._patterns if pattern.fullmatch(path)), "")

    def answer(self, method: str, path: str, status: int) -> Schema | None:
        """Schema of the JSON that may be answered; None if the document has no such operation.

        An empty object stands for operations of which the document says that nothing comes back.
        """
        operation = self.operation(method, path)
        if operation is None:
            return None
        if status >= 400 and str(status) not in operation["responses"]:
            return _ERROR
        return _json_schema(operation["responses"].get(str(status), {})) or _nothing(status)

    def is_other(self, method: str, path: str, status: int, kind: str) -> bool:
        """Whether the document lets this be answered as `kind`, which is not JSON; '' is nothing at all."""
        response = (self.operation(method, path) or {})["responses"].get(str(status), {})
        return kind in response.get("content", {}) or not (kind or status >= 400 or _json_schema(response))

    def misfits(self, schema: Schema, value: Any) -> list[str]:
        """Where `value` does not fit `schema`; nothing if it does."""
        key = json.dumps(schema, sort_keys=True)
        if self._validator(key).is_valid(value):
            return []
        whole = {**schema, "components": self.document["components"]}
        errors = Draft202012Validator(whole, format_checker=_checker()).iter_errors(value)
        found = [text for error in errors for text in _describe(error)]
        return found or [error.message for error in self._validator(key).iter_errors(value)]

    @functools.cache  # noqa: B019 (as above)
    def _validator(self, schema: str) -> Any:
        whole = {**json.loads(schema), "components": self.document["components"]}
        return jsonschema_rs.Draft202012Validator(whole, validate_formats=True, formats=_FORMATS)


@functools.cache
def reference() -> Reference:
    """The one of `tests/reference`."""
    document = json.loads((FOLDER / "mastodon-openapi.json").read_bytes())
    return Reference(document, tomllib.loads((FOLDER / "exceptions.toml").read_text("utf-8")))


def entity(name: str) -> Schema:
    """A schema that refers to an entity."""
    return {"$ref": f"#/components/schemas/{name}"}


def objects_of(schema: Any) -> Iterator[Schema]:
    """All objects with named keys in `schema`, itself included, references not followed."""
    if isinstance(schema, list):
        for item in schema:
            yield from objects_of(item)
    elif isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield schema
        for value in schema.values():
            yield from objects_of(value)


def _json_schema(response: Schema) -> Schema | None:
    return response.get("content", {}).get("application/json", {}).get("schema")


def _nothing(status: int) -> Schema:
    return _ERROR if status >= 400 else {"type": "object", "maxProperties": 0}


def _normalize(schema: Any) -> None:
    """Say plainly what the document means.

    Its `oneOf` are alternatives that may overlap; and beside a reference, `type` may add null, which
    JSON Schema would read as a second condition.
    """
    if isinstance(schema, list):
        for item in schema:
            _normalize(item)
        return
    if not isinstance(schema, dict):
        return
    if schema.get("format") == "date-time":
        schema["pattern"] = _DATETIME
    if "oneOf" in schema:
        schema["anyOf"] = schema.pop("oneOf")
    if isinstance(schema.get("$ref"), str) and isinstance(schema.get("type"), list):
        schema.pop("type")
        schema["anyOf"] = [{"$ref": schema.pop("$ref")}, {"type": "null"}]
    for value in schema.values():
        _normalize(value)


def _close(schema: Any) -> None:
    for found in objects_of(schema):
        found.setdefault("additionalProperties", False)


def places(document: Schema, correction: Schema) -> list[Schema]:
    """The schemas that a correction is about, without its `field`."""
    if "entity" in correction:
        return [document["components"]["schemas"][correction["entity"]]]
    answers = correction["answer"]
    return [
        place
        for answer in (answers if isinstance(answers, list) else [answers])
        for place in _responses(document["paths"], *answer.split())
    ]


def _responses(paths: Schema, method: str, path: str, status: str) -> list[Schema]:
    if path != "*":
        operation = paths.setdefault(path, {}).setdefault(method.lower(), {"responses": {}})
        return [operation["responses"].setdefault(status, {"description": ""})]
    operations = [item[name] for item in paths.values() for name in METHODS if name in item]
    return [one["responses"][status] for one in operations if status in one["responses"]]


def _correct(document: Schema, correction: Schema) -> None:
    for place in places(document, correction):
        if "kind" in correction:
            place.setdefault("content", {})[correction["kind"]] = {}
            continue
        if "answer" in correction and "field" not in correction:
            place.setdefault("content", {})["application/json"] = {"schema": correction["schema"]}
            continue
        if "answer" in correction:
            place = _json_schema(place) or {}
        parent, name = _parent(place, correction["field"])
        if correction.get("optional"):
            parent["required"].remove(name)
        if correction.get("nullable"):
            parent["properties"][name] = {"anyOf": [parent["properties"][name], {"type": "null"}]}
        if "schema" in correction:
            parent["properties"][name] = correction["schema"]


def _extend(document: Schema, extension: Schema) -> None:
    for place in places(document, extension):
        parent, name = _parent(place, extension["field"])
        if "values" in extension:
            more = {"type": "string", "enum": extension["values"]}
            parent["properties"][name] = {"anyOf": [parent["properties"][name], more]}
            continue
        if name in parent["properties"]:
            raise LookupError(f"{extension['field']} is no extension: the document has it")
        parent["properties"][name] = extension["schema"]


def _parent(schema: Schema, field: str) -> tuple[Schema, str]:
    """The object schema that holds `field`, and its last name.

    Names are parted by dots; `[]`: of each item; `\\.` is a dot of a name's own.
    """
    *way, name = (part.replace("\\.", ".") for part in re.split(r"(?<!\\)\.", field))
    for step in way:
        schema = schema["items"] if step == "[]" else schema["properties"][step]
    return schema, name


@functools.cache
def _checker() -> Any:
    checker = Draft202012Validator.FORMAT_CHECKER.__class__(formats=())
    for name in ("date-time", "date", "uri", "email", *_FORMATS):
        validator = jsonschema_rs.Draft202012Validator(
            {"type": "string", "format": name}, validate_formats=True, formats=_FORMATS
        )
        checker.checks(name)(lambda value, rule=validator: not isinstance(value, str) or rule.is_valid(value))
    return checker


def _describe(error: Any) -> list[str]:
    """An error in words; where nothing of several alternatives fits, those of the nearest."""
    branches: dict[int, list[Any]] = {}
    for inner in error.context or []:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    if branches:
        nearest = max(branches.values(), key=_nearness)
        if _nearness(nearest)[0]:
            return [text for inner in nearest for text in _describe(inner)]
    where = "/".join(str(part) for part in error.absolute_path)
    return [f"{where or 'the whole'}: {error.message[:300]}"]


def _nearness(errors: list[Any]) -> tuple[bool, int, int]:
    """How near an alternative came: it is of the right type, and its errors lie deep and are few."""
    is_type = all(error.path or error.validator != "type" for error in errors)
    return is_type, max(len(error.path) for error in errors), -len(errors)
