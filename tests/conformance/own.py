"""Answers of endpoints that only Rostra has, or that the reference forgot: they fit our own document."""

import functools
import json
import re
from typing import Any

import jsonschema_rs

from rostra.api import openapi, routes
from rostra.core.settings import load
from tests.conformance.reference import OTHERWISE, objects_of

_ERROR = {"$ref": "#/components/schemas/Error"}


@functools.cache
def document() -> dict[str, Any]:
    """The server's own OpenAPI document, with closed objects."""
    found = json.loads(json.dumps(openapi.document(load({}, environ={}), routes.ENDPOINTS)))
    for schema in objects_of(found["components"]["schemas"]):
        schema.setdefault("additionalProperties", False)
    return found


def misfits(method: str, path: str, status: int, kind: str, body: bytes) -> list[str]:
    """Where an answer does not fit; nothing if it does, or if it is a page for people."""
    schema = _answer(method, path, status)
    if schema is None and not (status >= 400 and path.startswith("/api/")):
        return []
    documented = _kind(method, path, status)
    if kind != documented:
        return [f"answered as {kind or 'nothing'}"]
    if not kind.endswith("json"):
        return []
    errors = _validator(json.dumps(schema or _ERROR)).iter_errors(json.loads(body))
    return [f"{'/'.join(map(str, error.instance_path))}: {error.message[:300]}" for error in errors]


def _answer(method: str, path: str, status: int) -> dict[str, Any] | None:
    content = _content(method, path, status)
    return next(iter(content.values()))["schema"] if content else None


def _kind(method: str, path: str, status: int) -> str:
    return next(iter(_content(method, path, status) or ["application/json"]))


def _content(method: str, path: str, status: int) -> dict[str, Any] | None:
    for pattern, item in _patterns():
        operation = item.get(method.lower()) or item.get(OTHERWISE.get(method, ""))
        if operation and pattern.fullmatch(path):
            response = operation["responses"].get(str(status))
            return response["content"] if response else {"application/json": {"schema": _ERROR}}
    return None


@functools.cache
def _patterns() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    paths = sorted(document()["paths"].items(), key=lambda pair: pair[0].count("{"))
    return [(re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))), item) for path, item in paths]


@functools.cache
def _validator(schema: str) -> Any:
    whole = {**json.loads(schema), "components": {"schemas": document()["components"]["schemas"]}}
    return jsonschema_rs.Draft202012Validator(whole)
