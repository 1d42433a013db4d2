"""Where an account is, by its handle: WebFinger (RFC 7033) and the host metadata that leads to it (RFC 6415).

Programs also learn from the host metadata at which address the API is.
"""

from xml.sax.saxutils import quoteattr

import msgspec
from starlette.responses import Response

from rostra.accounts import access
from rostra.api.auth import public
from rostra.api.http import Call, Endpoints
from rostra.api.params import NoParams
from rostra.core.blobs import content_type_of
from rostra.core.errors import BadRequest, NotFound
from rostra.core.settings import Settings
from rostra.core.text import Handle, parse_handle

api = Endpoints("webfinger")

CACHE_SECONDS = 3 * 24 * 3600
_HEADERS = {"Cache-Control": f"public, max-age={CACHE_SECONDS}"}
_PROFILE_PAGE = "http://webfinger.net/rel/profile-page"
_AVATAR = "http://webfinger.net/rel/avatar"


class Resource(msgspec.Struct):
    """What to find, `acct:alice@example.org` or the address of a profile, and which of its links."""

    resource: str = ""
    rel: list[str] = []


class Link(msgspec.Struct):
    """One of an account's places."""

    rel: str
    type: str
    href: str


class Descriptor(msgspec.Struct):
    """A JSON Resource Descriptor (RFC 7033 4.4)."""

    subject: str
    aliases: list[str]
    links: list[Link]


@api.get("/.well-known/webfinger", auth=public(), returns=Descriptor, media_type="application/jrd+json")
async def webfinger(call: Call, params: Resource) -> Response:
    """Find an account by its handle."""
    if not params.resource:
        raise BadRequest("resource is missing")
    settings = call.settings
    handle = _handle(settings, params.resource)
    if handle is None or handle.domain not in (None, settings.local_domain.lower()):
        raise NotFound()
    account = await access.get_known_by_handle(call.tx, handle.username, None)
    page = settings.url(f"/@{account.username}")
    links = [Link(_PROFILE_PAGE, "text/html", page)]
    if account.avatar_key and account.suspended_at is None:
        links.append(
            Link(_AVATAR, content_type_of(account.avatar_key), settings.url(f"/media/{account.avatar_key}"))
        )
    found = Descriptor(
        subject=f"acct:{account.username}@{settings.local_domain}",
        aliases=[page, account.uri],
        links=[link for link in links if not params.rel or link.rel in params.rel],
    )
    return Response(msgspec.json.encode(found), media_type="application/jrd+json", headers=_HEADERS)


def _handle(settings: Settings, resource: str) -> Handle | None:
    if resource.startswith("acct:"):
        return parse_handle(resource.removeprefix("acct:"))
    start = settings.url("/@")
    return parse_handle(resource.removeprefix(start)) if resource.startswith(start) else None


@api.get("/.well-known/host-meta", auth=public(), db=False, media_type="application/xrd+xml")
async def host_meta(call: Call, params: NoParams) -> Response:
    """Find out where to ask for accounts."""
    template = quoteattr(call.settings.url("/.well-known/webfinger?resource={uri}"))
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">\n'
        f'  <Link rel="lrdd" template={template}/>\n'
        "</XRD>\n"
    )
    return Response(text, media_type="application/xrd+xml", headers=_HEADERS)
