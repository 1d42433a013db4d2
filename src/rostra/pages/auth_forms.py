"""Forms: reading them, keeping forged ones out (CSRF), and saying what is wrong with them.

A form is ours when it was sent from our own pages (`Origin`, `Sec-Fetch-Site`) and carries a token
that only our pages can know: a hash of a random cookie and of a nonce, so that it is another one on
each page, and compression gives nothing away (BREACH).
"""

import asyncio
import hashlib
import hmac
import io
import secrets
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import IO, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from python_multipart.multipart import parse_options_header
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from rostra.core import uploads
from rostra.core.errors import BadRequest, Forbidden, Invalid, TooSlow
from rostra.core.web import limit_body
from rostra.pages import i18n
from rostra.pages.auth_session import cookie_name, set_cookie
from rostra.pages.i18n import Translator
from rostra.pages.render import page, services_of

BODY_LIMIT = 64 * 1024
MAX_FIELDS = 50
SECONDS = 30
"""How long a form may take to arrive."""
SECONDS_OF_FILES = 600
"""The same for one with a file."""
_COOKIE = "forms"

_PROBLEMS = {
    ("username", "ERR_BLANK"): "problem-username-blank",
    ("username", "ERR_INVALID"): "problem-username-invalid",
    ("username", "ERR_RESERVED"): "problem-username-reserved",
    ("username", "ERR_TAKEN"): "problem-username-taken",
    ("email", "ERR_INVALID"): "problem-email-invalid",
    ("email", "ERR_TAKEN"): "problem-email-taken",
    ("password", "ERR_TOO_SHORT"): "problem-password-too-short",
    ("password", "ERR_TOO_LONG"): "problem-password-too-long",
    ("agreement", "ERR_ACCEPTED"): "problem-agreement-accepted",
    ("reason", "ERR_TOO_LONG"): "problem-reason-too-long",
    ("locale", "ERR_INCLUSION"): "problem-locale-inclusion",
    ("alias", "ERR_INVALID"): "problem-alias-invalid",
    ("alias", "ERR_SELF"): "problem-alias-self",
    ("alias", "ERR_UNKNOWN"): "problem-alias-unknown",
    ("alias", "ERR_TOO_MANY"): "problem-alias-too-many",
    ("member", "ERR_UNKNOWN"): "problem-member-unknown",
    ("member", "ERR_SELF"): "problem-member-self",
    ("member", "ERR_TAKEN"): "problem-member-taken",
    ("member", "ERR_TOO_MANY"): "problem-member-too-many",
    ("invites", "ERR_TOO_MANY"): "problem-invites-too-many",
    ("hint", "ERR_TOO_LONG"): "problem-text-too-long",
    ("text_de", "ERR_TOO_LONG"): "problem-text-too-long",
    ("hint_de", "ERR_TOO_LONG"): "problem-text-too-long",
    ("changes", "ERR_TOO_LONG"): "problem-text-too-long",
    ("about_de", "ERR_TOO_LONG"): "problem-text-too-long",
    ("about_en", "ERR_TOO_LONG"): "problem-text-too-long",
    ("privacy_policy_de", "ERR_TOO_LONG"): "problem-text-too-long",
    ("privacy_policy_en", "ERR_TOO_LONG"): "problem-text-too-long",
    ("effective_date", "ERR_BLANK"): "problem-date-missing",
    ("effective_date", "ERR_INVALID"): "problem-date-passed",
    ("effective_date", "ERR_TAKEN"): "problem-date-taken",
    ("rules", "ERR_TOO_MANY"): "problem-rules-too-many",
    ("text", "ERR_BLANK"): "problem-text-blank",
    ("text", "ERR_TOO_LONG"): "problem-text-too-long",
    ("starts_at", "ERR_BLANK"): "problem-time-missing",
    ("starts_at", "ERR_INVALID"): "problem-time-invalid",
    ("ends_at", "ERR_BLANK"): "problem-time-missing",
    ("ends_at", "ERR_INVALID"): "problem-end-invalid",
    ("scheduled_at", "ERR_INVALID"): "problem-time-invalid",
    ("file", "ERR_BLANK"): "problem-file-blank",
    ("file", "ERR_INVALID"): "problem-file-invalid",
    ("file", "ERR_INCLUSION"): "problem-file-columns",
    ("file", "ERR_TOO_LONG"): "problem-file-too-large",
    ("file", "ERR_TOO_MANY"): "problem-file-too-many-rows",
    ("import", "ERR_TAKEN"): "problem-import-running",
    ("shortcode", "ERR_INVALID"): "problem-shortcode-invalid",
    ("shortcode", "ERR_TAKEN"): "problem-shortcode-taken",
    ("category", "ERR_TOO_LONG"): "problem-text-too-long",
    ("file", "ERR_NO_ARCHIVE"): "problem-file-no-archive",
    ("file", "ERR_TOO_MANY_PICTURES"): "problem-file-too-many",
}

Errors = dict[str, str]
"""Name of a field -> what is wrong with it, in the reader's language."""


class _Shown(dict[str, str]):
    """Errors as templates ask for them: empty for a field that is right."""

    def __missing__(self, name: str) -> str:
        return ""


class Form:
    """The fields of a form that was sent. Of several of one name, the last counts."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields

    def text(self, name: str, limit: int = 10_000) -> str:
        """The field `name`, or empty.

        Raises:
            BadRequest: it is longer than `limit`; our pages' own limits are lower.
        """
        value = self._fields.get(name, "")
        if len(value) > limit:
            raise BadRequest(f"{name} is too long")
        return value

    def ticked(self, name: str) -> bool:
        """Whether the box `name` is ticked."""
        return self._fields.get(name, "") not in ("", "0")


class Upload(NamedTuple):
    """A file that came with a form: its name as the browser knows it, and what is in it.

    Without one both are empty.
    """

    name: str
    file: IO[bytes]


async def read_form(request: Request, limit: int = BODY_LIMIT) -> Form:
    """The form of a POST of at most `limit` bytes, if it came from our own pages.

    Raises:
        BadRequest: the body is not a form.
        Forbidden: it came from elsewhere, or its token is missing or old.
        TooLarge: it is larger than any form of ours.
        TooSlow: it did not arrive in time.
    """
    _check_kind(request, "application/x-www-form-urlencoded")
    body = await _body(request, limit)
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS
        )
    except ValueError:
        raise BadRequest("Not a form") from None
    return _checked(request, dict(pairs))


def _check_kind(request: Request, wanted: str) -> None:
    if not _sent_from_here(request):
        raise Forbidden("The form was sent from another site")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != wanted:
        raise BadRequest("Not a form")


def _checked(request: Request, fields: Mapping[str, str]) -> Form:
    if any("\x00" in value for value in fields.values()):
        raise BadRequest("Null bytes are not allowed")
    if not _token_fits(request, fields.get("csrf", "")):
        raise Forbidden("The form's token is missing or old")
    return Form(fields)


@asynccontextmanager
async def read_form_with_file(request: Request, name: str, limit: int) -> AsyncGenerator[tuple[Form, Upload]]:
    """As `read_form`, for a form with a file `name`, which is on the disk for the length of the block.

    Without one it is empty.

    Raises:
        BadRequest, Forbidden, TooLarge, TooSlow: as `read_form`.
        Unavailable: the disk is full.
    """
    _check_kind(request, "multipart/form-data")
    if b"boundary" not in parse_options_header(request.headers["content-type"])[1]:
        raise BadRequest("Not a form")
    new_file = services_of(request).blobs.temporary
    try:
        async with asyncio.timeout(SECONDS_OF_FILES):
            sent = await uploads.read_form(limit_body(request, limit), new_file, MAX_FIELDS)
    except TimeoutError:
        raise TooSlow from None
    try:
        fields = {key: value for key, value in sent.multi_items() if isinstance(value, str)}
        if sum(isinstance(value, UploadFile) for _, value in sent.multi_items()) > 1:
            raise BadRequest("More than one file")
        form, file = _checked(request, fields), sent.get(name)
        if isinstance(file, UploadFile) and file.filename:
            yield form, Upload(file.filename, file.file)
        else:
            yield form, Upload("", io.BytesIO())
    finally:
        uploads.close_files(request.scope)


async def _body(request: Request, limit: int) -> bytes:
    try:
        async with asyncio.timeout(SECONDS):
            return await limit_body(request, limit).body()
    except TimeoutError:
        raise TooSlow from None


def form_page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    form_targets: Sequence[str] = (),
    errors: Errors | None = None,
    **values: object,
) -> Response:
    """A page with forms: `csrf` is for their hidden field, `errors` says what is wrong."""
    settings = services_of(request).settings
    key = request.cookies.get(cookie_name(settings, _COOKIE), "")
    fresh = "" if 20 <= len(key) <= 64 else secrets.token_urlsafe(32)
    csrf = _token(fresh or key, secrets.token_urlsafe(12))
    if errors and status == 200:
        status = 422
    values |= {"csrf": csrf, "errors": _Shown(errors or {})}
    response = page(
        request, template, status=status, caching="never", form_targets=form_targets, framed=False, **values
    )
    if fresh:
        set_cookie(response, settings, _COOKIE, fresh, None)
    return response


def translator_of(request: Request) -> Translator:
    """The translator for the reader."""
    return i18n.translator(i18n.negotiate(request))


def problems(t: Translator, error: Invalid) -> Errors:
    """What is wrong with each field, in the reader's language."""
    return {field: t(_PROBLEMS[field, found[0][0]]) for field, found in (error.details or {}).items()}


def _token(key: str, nonce: str) -> str:
    return f"{nonce}.{hmac.new(key.encode(), nonce.encode(), hashlib.sha256).hexdigest()}"


def _token_fits(request: Request, token: str) -> bool:
    key = request.cookies.get(cookie_name(services_of(request).settings, _COOKIE), "")
    nonce = token.partition(".")[0]
    return bool(key) and hmac.compare_digest(_token(key, nonce).encode(), token.encode())


def _sent_from_here(request: Request) -> bool:
    """By what only browsers say; programs that say nothing are stopped by the token.

    The host is compared to the one that was asked for: on one's own machine, it has several names.
    """
    site = request.headers.get("sec-fetch-site")
    if site not in (None, "same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return True
    if origin == services_of(request).settings.base_url:
        return True
    try:
        return urlsplit(origin).netloc == request.headers.get("host", "")
    except ValueError:
        return False
