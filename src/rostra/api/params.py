"""Parameters: query, form, multipart and JSON bodies, nested as Rails nests them, into typed structs.

`media_ids[]=1&poll[options][]=a` and `{"media_ids": ["1"], "poll": {"options": ["a"]}}` decode alike.
An empty value of a field that is no text counts as not given, as in Mastodon, and so does null:
apps send it for whatever they have no value for. Only a field that may be `UNSET` tells null from that.
"""

import types
import typing
from collections.abc import Iterator
from typing import Annotated, Any, TypeVar
from urllib.parse import parse_qsl

import msgspec
from qs_codec import DecodeOptions, Duplicates
from qs_codec import decode as decode_nested
from starlette.datastructures import UploadFile
from starlette.requests import Request

from rostra.core.errors import BadRequest, Invalid, NotFound
from rostra.core.ids import MAX_ID
from rostra.core.uploads import NewFile, read_form

P = TypeVar("P", bound=msgspec.Struct)

Id = Annotated[int, msgspec.Meta(ge=0, le=MAX_ID, description="A public id, as a decimal string")]

MAX_FIELDS = 300
MAX_DEPTH = 6
_OPTIONS = DecodeOptions(
    depth=MAX_DEPTH,
    strict_depth=True,
    parameter_limit=MAX_FIELDS,
    raise_on_limit_exceeded=True,
    list_limit=MAX_FIELDS,
    duplicates=Duplicates.LAST,
)


class NoParams(msgspec.Struct):
    """For endpoints without parameters."""


class PageParams(msgspec.Struct, kw_only=True):
    """Parameters of every list (https://docs.joinmastodon.org/api/guidelines/#pagination)."""

    max_id: Id | None = None
    since_id: Id | None = None
    min_id: Id | None = None
    limit: int | None = None

    def size(self, default: int, most: int | None = None) -> int:
        """Rows to return: `limit` within 1 and `most` (twice the default)."""
        return max(1, min(self.limit if self.limit is not None else default, most or default * 2))


async def read_params(request: Request, kind: type[P], new_file: NewFile) -> P:
    """All parameters of `request`; of the same name, the path wins over the body, the body over the query.

    Uploads are in files from `new_file`, until `uploads.close_files`.

    Raises:
        BadRequest: the body isn't what its Content-Type says.
        Invalid: a value has the wrong type.
        NotFound: an id in the path isn't one.
        TooLarge: see `core.web.limit_body`.
        Unavailable: the disk is full.
    """
    merged: dict[str, Any] = {}
    query: bytes = request.scope["query_string"]
    if query:
        merged.update(_decode_pairs(_parse_urlencoded(query)))
    if request.method not in ("GET", "HEAD") or says_json(request):
        merged.update(await _read_body(request, new_file))
    path_params: dict[str, str] = request.path_params
    merged.update(path_params)
    if merged:
        refuse_null_bytes(merged)
    return convert(merged, kind, frozenset(path_params))


def convert(values: dict[str, Any], kind: type[P], path: frozenset[str] = frozenset()) -> P:
    """`values` as `kind`; see `read_params`."""
    try:
        return msgspec.convert(_fit(values, kind), kind, strict=False, dec_hook=_decode_upload)
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `$.")
        name = where.rstrip("`")
        if name in path:
            raise NotFound() from None
        raise Invalid(f"{name}: {message}" if name else message) from None
    except (RecursionError, OverflowError):
        raise Invalid("nested too deeply") from None


def says_json(request: Request) -> bool:
    """Whether it has a body of JSON. Rails reads it from a GET, too, and Mastodon.py sends ids in one."""
    return request.headers.get("content-type", "").startswith("application/json")


async def _read_body(request: Request, new_file: NewFile) -> dict[str, Any]:
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type == "multipart/form-data":
        return await _read_multipart(request, new_file)
    body = await request.body()
    if not body:
        return {}
    if content_type == "application/json" or content_type.endswith("+json"):
        return _parse_json(body)
    if content_type in ("application/x-www-form-urlencoded", ""):
        return _decode_pairs(_parse_urlencoded(body))
    raise BadRequest(f"Content-Type {content_type[:50]} is not supported")


def _parse_json(body: bytes) -> dict[str, Any]:
    try:
        decoded = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadRequest("The body is not valid JSON") from None
    if not isinstance(decoded, dict):
        raise BadRequest("The body must be a JSON object")
    return typing.cast("dict[str, Any]", decoded)


def _parse_urlencoded(data: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            data.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS
        )
    except (UnicodeDecodeError, ValueError):
        raise BadRequest("The parameters are not valid") from None


async def _read_multipart(request: Request, new_file: NewFile) -> dict[str, Any]:
    form = await read_form(request, new_file, MAX_FIELDS)
    pairs = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    files = {name: value for name, value in form.multi_items() if isinstance(value, UploadFile)}
    return _decode_pairs(pairs) | files


def _decode_pairs(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    if not any("[" in name for name, _ in pairs):
        return dict(pairs)
    collected: dict[str, Any] = {}
    for name, value in _number_elements(pairs):
        if name.endswith("[]"):
            collected.setdefault(name, []).append(value)
        else:
            collected[name] = value
    try:
        return decode_nested(collected, _OPTIONS)
    except (IndexError, ValueError, TypeError, RecursionError):
        raise BadRequest("The parameters are nested too deeply, or too many") from None


def _number_elements(pairs: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Pairs whose `list[][key]` have an index; as in Rails, a key that comes again begins a new element."""
    lists: dict[str, tuple[int, set[str]]] = {}
    for name, value in pairs:
        head, is_element, key = name.partition("[][")
        if is_element:
            index, keys = lists.get(head, (0, set[str]()))
            if key in keys and not key.endswith("[]"):
                index, keys = index + 1, set[str]()
            lists[head] = (index, keys | {key})
            name = f"{head}[{index}][{key}"
        yield name, value


def refuse_null_bytes(values: dict[str, Any]) -> None:
    """PostgreSQL's text can't hold U+0000, and nobody writes it in earnest."""
    waiting: list[Any] = [values]  # no recursion: JSON may be nested more deeply than Python's functions
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            if "\x00" in value:
                raise BadRequest("Null bytes are not allowed")
        elif isinstance(value, dict):
            waiting += typing.cast("dict[Any, Any]", value).keys()
            waiting += typing.cast("dict[Any, Any]", value).values()
        elif isinstance(value, list):
            waiting += typing.cast("list[Any]", value)


def _fit(values: dict[str, Any], kind: type[Any]) -> dict[str, Any]:
    """`values` in the shape that msgspec converts: blanks dropped, index objects as lists."""
    fitted: dict[str, Any] = {}
    for name, value in values.items():
        field = _fields(kind).get(name)
        if field is None:
            continue
        takes_text, is_list, inner, tells_null = field
        if (value is None and not tells_null) or (value == "" and not takes_text):
            continue
        if is_list and isinstance(value, dict):
            value = list(typing.cast("dict[str, Any]", value).values())
        elif is_list and isinstance(value, str):
            value = [value]
        if inner is not None and isinstance(value, dict):
            value = _fit(typing.cast("dict[str, Any]", value), inner)
        elif inner is not None and isinstance(value, list):
            items = typing.cast("list[Any]", value)
            value = [_fit_item(item, inner) for item in items]
        fitted[name] = value
    return fitted


def _fit_item(item: Any, kind: type[Any]) -> Any:
    return _fit(typing.cast("dict[str, Any]", item), kind) if isinstance(item, dict) else item


_Shape = tuple[bool, bool, type[Any] | None, bool]
_shapes: dict[type[Any], dict[str, _Shape]] = {}


def _fields(kind: type[Any]) -> dict[str, _Shape]:
    """For each field of `kind`: may it be text, is it a list, what struct is inside, does it tell null?"""
    if kind not in _shapes:
        hints = typing.get_type_hints(kind, include_extras=False)
        _shapes[kind] = {
            field.encode_name: _shape(hints[field.name]) for field in msgspec.structs.fields(kind)
        }
    return _shapes[kind]


def _shape(hint: Any) -> _Shape:
    takes_text = is_list = tells_null = False
    inner: type[Any] | None = None
    stack: list[Any] = [hint]
    while stack:
        item = stack.pop()
        origin = typing.get_origin(item)
        if item is str or origin is typing.Literal:
            takes_text = takes_text or item is str
        elif item is msgspec.UnsetType:
            tells_null = True
        elif origin in (typing.Union, types.UnionType):
            stack.extend(typing.get_args(item))
        elif origin is list or item is list:
            is_list = True
            element = typing.get_args(item)[0]
            if isinstance(element, type) and issubclass(element, msgspec.Struct):
                inner = element
        elif isinstance(item, type) and issubclass(item, msgspec.Struct):
            inner = item
    return takes_text, is_list, inner, tells_null


def _decode_upload(kind: type, value: Any) -> Any:
    if kind is UploadFile and isinstance(value, UploadFile):
        return value
    raise ValueError("Expected a file")
