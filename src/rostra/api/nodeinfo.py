"""NodeInfo 2.0 (https://nodeinfo.diaspora.software): what software this is, for programs that ask."""

import msgspec
from starlette.responses import Response

from rostra.api.auth import public
from rostra.api.http import Call, Endpoints
from rostra.api.instance import kept_numbers
from rostra.api.params import NoParams
from rostra.core.version import ROSTRA

api = Endpoints("nodeinfo")

SCHEMA = "http://nodeinfo.diaspora.software/ns/schema/2.0"


class Link(msgspec.Struct):
    """Where to find a document of the kind `rel`."""

    rel: str
    href: str


class Links(msgspec.Struct):
    """Which documents there are."""

    links: list[Link]


class Software(msgspec.Struct):
    """The program that answers."""

    name: str = "rostra"
    version: str = ROSTRA


class Services(msgspec.Struct):
    """Other networks that this one exchanges with: none."""

    inbound: list[str] = []
    outbound: list[str] = []


class Users(msgspec.Struct, rename="camel"):
    """Members in all, and those who were here within four weeks and half a year."""

    total: int
    active_month: int
    active_halfyear: int


class Usage(msgspec.Struct, rename="camel"):
    """How large the network is."""

    users: Users
    local_posts: int


class Metadata(msgspec.Struct, rename="camel"):
    """What people call it."""

    node_name: str
    node_description: str


class NodeInfo(msgspec.Struct, rename="camel", kw_only=True):
    """All of it. The schema wants at least one protocol; this is the one that our URIs are made for."""

    version: str = "2.0"
    software: Software = msgspec.field(default_factory=Software)
    protocols: list[str] = msgspec.field(default_factory=lambda: ["activitypub"])
    services: Services = msgspec.field(default_factory=Services)
    open_registrations: bool
    usage: Usage
    metadata: Metadata


@api.get("/.well-known/nodeinfo", auth=public(), returns=Links, db=False)
async def discover(call: Call, params: NoParams) -> Links:
    """Find the document."""
    return Links([Link(SCHEMA, call.settings.url("/nodeinfo/2.0"))])


@api.get("/nodeinfo/2.0", auth=public(), returns=NodeInfo)
async def get_nodeinfo(call: Call, params: NoParams) -> Response:
    """See what software this is, and how many use it."""
    found = await kept_numbers.get(call)
    info = NodeInfo(
        open_registrations=call.settings.registration == "open",
        usage=Usage(Users(found.members, found.active_month, found.active_half_year), found.statuses),
        metadata=Metadata(call.settings.title, call.settings.description),
    )
    return Response(msgspec.json.encode(info), media_type=f'application/json; profile="{SCHEMA}#"')
