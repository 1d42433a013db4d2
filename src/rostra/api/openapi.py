"""The OpenAPI 3.1 document of the Mastodon door, made from the endpoints' declarations."""

import re
from collections.abc import Sequence
from typing import Any, cast

import msgspec
from starlette.datastructures import UploadFile

from rostra.accounts.oauth.model import SCOPES
from rostra.api.http import Endpoint
from rostra.core.settings import Settings

_Schema = dict[str, Any]
_IN_PATH = re.compile(r"\{(\w+)\}")
_NOT_NAME = re.compile(r"[^a-z0-9]+")
_REF = "#/components/schemas/{name}"
_ERRORS = {
    "400": "The request can't be understood",
    "401": "No valid token",
    "403": "Not allowed, or outside the token's scopes",
    "409": "It was changed elsewhere since it was read",
    "404": "There is no such thing, or the one who asks may not see it",
    "413": "The body is too large",
    "422": "The input breaks a rule",
    "429": "Asked too often",
    "503": "Try again later",
}


def document(settings: Settings, endpoints: Sequence[Endpoint]) -> _Schema:
    """The whole document."""
    answered = [(id(e), kind) for e in endpoints for kind in _answers(e)]
    schemas, components = _schemas([*(e.params for e in endpoints), *(kind for _, kind in answered)])
    params = dict(zip((id(e) for e in endpoints), schemas, strict=False))
    answers: dict[int, _Schema] = {}
    for (key, _), schema in zip(answered, schemas[len(endpoints) :], strict=True):
        answers[key] = {"anyOf": [answers[key], schema]} if key in answers else schema
    paths: dict[str, _Schema] = {}
    for endpoint in endpoints:
        schema = _resolve(params[id(endpoint)], components)
        operation = _operation(endpoint, schema, answers.get(id(endpoint), {}))
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = operation
    components["Error"] = {
        "type": "object",
        "required": ["error"],
        "properties": {
            "error": {
                "anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/Error"}],
                "description": "What is wrong; of collections, an error within the error",
            },
            "error_description": {"type": "string"},
            "details": {"type": "object"},
        },
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{settings.title}: client API",
            "version": "0.1.0",
            "description": "The Mastodon client API as this server speaks it.",
        },
        "servers": [{"url": settings.base_url}],
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": _security(settings)},
    }


def _answers(endpoint: Endpoint) -> Sequence[Any]:
    """The entities that an endpoint may answer with."""
    if isinstance(endpoint.returns, tuple):
        return cast("tuple[Any, ...]", endpoint.returns)
    return () if endpoint.returns is None else (endpoint.returns,)


def _schemas(kinds: Sequence[Any]) -> tuple[list[_Schema], dict[str, _Schema]]:
    made, components = msgspec.json.schema_components(kinds, schema_hook=_schema_of, ref_template=_REF)
    return [_without_raw(schema) for schema in made], {
        name: _without_raw(schema) for name, schema in components.items()
    }


def _without_raw(schema: Any) -> Any:
    """`schema` without the alternative "or anything": entities may stand encoded in their place."""
    if isinstance(schema, list):
        return [_without_raw(item) for item in cast("list[Any]", schema)]
    if not isinstance(schema, dict):
        return schema
    cleaned = {key: _without_raw(value) for key, value in cast("_Schema", schema).items()}
    choices = cast("list[_Schema]", cleaned.get("anyOf", []))
    if {} in choices:
        kept = [choice for choice in choices if choice]
        return kept[0] if len(kept) == 1 else {**cleaned, "anyOf": kept}
    return cleaned


def _schema_of(kind: type) -> _Schema:
    if kind is UploadFile:
        return {"type": "string", "format": "binary"}
    raise NotImplementedError(kind)


def _resolve(schema: _Schema, components: dict[str, _Schema]) -> _Schema:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    return components.get(name, schema)


def _operation(endpoint: Endpoint, params: _Schema, answer: _Schema) -> _Schema:
    in_path = _IN_PATH.findall(endpoint.path)
    properties: dict[str, _Schema] = params.get("properties", {})
    required: list[str] = params.get("required", [])
    in_query = [name for name in properties if name not in in_path] if endpoint.method == "GET" else []
    operation: _Schema = {
        "summary": endpoint.summary,
        "tags": [endpoint.page],
        "operationId": _NOT_NAME.sub("_", f"{endpoint.method} {endpoint.path}".lower()).strip("_"),
        "parameters": [
            *({"name": n, "in": "path", "required": True, "schema": _wire(properties[n])} for n in in_path),
            *(_query_parameter(name, properties[name], name in required) for name in in_query),
        ],
        "responses": _responses(answer, endpoint.media_type),
        "security": _demands(endpoint),
    }
    body = {name: schema for name, schema in properties.items() if name not in (*in_path, *in_query)}
    if body:
        operation["requestBody"] = _request_body(body, [name for name in required if name in body])
    return operation


def _query_parameter(name: str, schema: _Schema, required: bool) -> _Schema:
    is_list = schema.get("type") == "array"
    parameter: _Schema = {
        "name": f"{name}[]" if is_list else name,
        "in": "query",
        "required": required,
        "schema": _wire(schema),
    }
    if is_list:
        parameter |= {"style": "form", "explode": True}
    return parameter


def _wire(schema: _Schema) -> _Schema:
    """`schema` as it travels in a path or query: without defaults of null."""
    return {key: value for key, value in schema.items() if key != "default" or value is not None}


def _request_body(properties: dict[str, _Schema], required: list[str]) -> _Schema:
    schema = {"type": "object", "properties": properties, "required": required}
    has_files = any("binary" in str(value) for value in properties.values())
    kinds = ("multipart/form-data",) if has_files else ("application/json",)
    return {"required": bool(required), "content": {kind: {"schema": schema} for kind in kinds}}


def _responses(answer: _Schema, media_type: str) -> _Schema:
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    responses: _Schema = {
        "200": {"description": "Done", "content": {media_type: {"schema": answer}}},
    }
    return responses | {code: {"description": text, "content": error} for code, text in _ERRORS.items()}


def _demands(endpoint: Endpoint) -> list[_Schema]:
    scheme = {"oauth2": list(endpoint.auth.scopes)}
    return [{}, scheme] if endpoint.auth.kind == "public" else [scheme]


def _security(settings: Settings) -> _Schema:
    scopes = {scope: scope for scope in sorted(SCOPES)}
    return {
        "oauth2": {
            "type": "oauth2",
            "flows": {
                "authorizationCode": {
                    "authorizationUrl": settings.url("/oauth/authorize"),
                    "tokenUrl": settings.url("/oauth/token"),
                    "scopes": scopes,
                },
                "clientCredentials": {"tokenUrl": settings.url("/oauth/token"), "scopes": scopes},
            },
        }
    }
