"""From a template and its values to a response: languages, security headers, caching.

Templates are Jinja, always escaped, and a missing value is an error. In every template stand `t` (the
Translator), `settings`, `path`, `query`, `member` (a `Member`, or None), `web_app` (where it starts, or
None), `theme` (a style sheet, or None), `pictured(text)` (emojis.py), `markdown(text)`, `static(name)`
and `icon(name)`.
"""

import hashlib
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from rostra.about.markdown import to_html
from rostra.core.services import Services
from rostra.core.settings import Settings
from rostra.core.web import SECURITY_HEADERS
from rostra.pages import i18n, static
from rostra.pages.emojis import emojis_of, pictured_by
from rostra.pages.theme import theme_url
from rostra.web_app import door
from rostra.web_app.files import web_app

FOLDER = Path(__file__).parent
Caching = Literal["shared", "private", "never"]
"""`shared`: the same for all anonymous readers; `private`: kept by one browser only; `never`: not kept."""

_CACHE_CONTROL: dict[Caching, str] = {
    "shared": "public, max-age=15",
    "private": "private, no-cache",
    "never": "no-store",
}
_ABOUT_BODY = ("content-length", "content-type")
_YEAR = 365 * 24 * 3600


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """Who is logged in, as the top of each page shows them; `request.state.member` holds it."""

    username: str
    name: str
    avatar_url: str | None


def page(
    request: Request,
    template: str,
    /,
    *,
    status: int = 200,
    caching: Caching = "never",
    form_targets: Sequence[str] = (),
    framed: bool = False,
    **values: object,
) -> Response:
    """The page `template`, in the reader's language.

    `form_targets` are origins besides ours that a form of this page may lead to (RFC 6749 redirects).
    `framed`: other sites may show it in a frame.
    A page for somebody who is logged in is never shared, whatever `caching` says.
    """
    t = i18n.translator(i18n.negotiate(request))
    member, settings = member_of(request), services_of(request).settings
    html = (
        environment()
        .get_template(template)
        .render(
            values,
            t=t,
            settings=settings,
            web_app=app_home(settings),
            theme=theme_url(settings),
            path=request.url.path,
            query=dict(request.query_params),
            member=member,
            pictured=pictured_by(emojis_of(request)),
        )
    )
    response = HTMLResponse(html, status)
    response.headers["Content-Security-Policy"] = _content_policy(form_targets, framed=framed)
    response.headers["Content-Language"] = t.language
    response.headers["Vary"] = "Accept-Language, Cookie"
    chosen = request.query_params.get("lang") == t.language
    secure(response, "private" if (member or chosen) and caching == "shared" else caching)
    if framed:
        del response.headers["X-Frame-Options"]
    if chosen:
        _keep_language(request, response, t.language)
    return unless_known(request, response)


def _keep_language(request: Request, response: Response, language: str) -> None:
    """Remember the language that the reader chose."""
    secure_only = services_of(request).settings.is_public
    response.set_cookie(
        i18n.COOKIE, language, max_age=_YEAR, secure=secure_only, httponly=True, samesite="lax"
    )


def secure(response: Response, caching: Caching) -> None:
    """Put the security headers that all our documents have, and how long to keep them, on `response`."""
    response.headers.update(SECURITY_HEADERS)
    response.headers["Cache-Control"] = _CACHE_CONTROL[caching]


def unless_known(request: Request, response: Response) -> Response:
    """`response` with an ETag, or 304 without a body if the reader has it already (RFC 9110, 13.1.2)."""
    if response.status_code != 200 or response.headers["Cache-Control"] == "no-store":
        return response
    tag = f'W/"{hashlib.blake2b(bytes(response.body), digest_size=9).hexdigest()}"'
    response.headers["ETag"] = tag
    known = {part.strip() for part in request.headers.get("if-none-match", "").split(",")}
    if not known & {tag, tag.removeprefix("W/"), "*"}:
        return response
    kept = {name: value for name, value in response.headers.items() if name not in _ABOUT_BODY}
    return Response(status_code=304, headers=kept)


def app_home(settings: Settings) -> str | None:
    """Where the web app starts; None if this network has none, and pages don't lead to it."""
    return f"{door.PATH}/" if web_app(settings) else None


def services_of(request: Request) -> Services:
    """The services of the running application."""
    return request.app.state.services


def member_of(request: Request) -> Member | None:
    """Who is logged in."""
    return getattr(request.state, "member", None)


@cache
def environment() -> Environment:
    """The templates, each compiled when it is first used."""
    env = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shared: dict[str, object] = {
        "hue": hue,
        "icon": icon,
        "languages": i18n.LANGUAGES,
        "markdown": markdown,
        "static": static.url,
        "with_query": with_query,
    }
    env.globals.update(shared)  # pyright: ignore[reportArgumentType, reportCallIssue]
    return env


def markdown(text: str) -> Markup:
    """What the operator wrote in Markdown."""
    return Markup(to_html(text))  # noqa: S704 (without raw HTML)


@cache
def icon(name: str, style: str = "") -> Markup:
    """The lucide icon `name` as inline SVG, hidden from screen readers: text stands beside it."""
    source = (FOLDER / "icons" / f"{name}.svg").read_text("utf-8")
    inner = source[source.index(">", source.index("<svg")) + 1 : source.rindex("</svg>")]
    classes = f"icon {style}".strip()
    return Markup('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>').format(
        classes,
        Markup(" ".join(inner.split())),  # noqa: S704 (our own file)
    )


def hue(username: str) -> int:
    """One of six colours, always the same for one name."""
    return zlib.crc32(username.encode()) % 6


def with_query(path: str, query: dict[str, str], **changes: str | None) -> str:
    """`path` with `query` after `changes`; None takes a parameter away."""
    merged = {name: value for name, value in (query | changes).items() if value is not None}
    return f"{path}?{urlencode(merged)}" if merged else path


def _content_policy(form_targets: Sequence[str], *, framed: bool) -> str:
    """The Content Security Policy: all from us, no inline code or styles, in frames only if `framed`."""
    ancestors = "*" if framed else "'none'"
    targets = " ".join(["'self'", *form_targets])
    return (
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; media-src 'self'; "
        "script-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
        f"frame-ancestors {ancestors}; form-action {targets}"
    )
