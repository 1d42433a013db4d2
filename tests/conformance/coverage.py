"""`docs/api-coverage.md`: the endpoints of Mastodon's API, and which of them stand by the route table."""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from starlette.routing import Route

from rostra.api import health, routes, streaming
from rostra.pages import site
from rostra.streaming import channels
from tests.conformance.reference import FOLDER

GROUPS_OF_MODERATION = ("admin",)
HEADER = """\
# What of Mastodon's API stands

Generated from the route table and `tests/reference/mastodon-endpoints.tsv` by
`tests/conformance/test_coverage.py`. Don't edit.

Every answer of a standing endpoint is compared with `tests/reference/mastodon-openapi.json` in the
whole test run; `tests/reference/exceptions.toml` names where that document is wrong, and what is ours.
"""


class Row(NamedTuple):
    """An endpoint of Mastodon's API."""

    group: str
    method: str
    path: str
    scopes: str
    since: str
    deprecated: str

    @property
    def key(self) -> tuple[str, str]:
        """What it has in common with an endpoint of ours, whatever the parameters are called."""
        return self.method, _shape(self.path)


class Own(NamedTuple):
    """Something that answers here."""

    method: str
    path: str
    summary: str

    @property
    def key(self) -> tuple[str, str]:
        """See `Row.key`."""
        return self.method, _shape(self.path)


def rows() -> list[Row]:
    """All of Mastodon's endpoints, in the order of the list."""
    with (FOLDER / "mastodon-endpoints.tsv").open(encoding="utf-8") as lines:
        return [Row(**row) for row in csv.DictReader(lines, delimiter="\t")]


def own() -> list[Own]:
    """All that answers to programs here: endpoints, streams and the health door."""
    return [
        *(Own(one.method, one.path, one.summary) for one in routes.ENDPOINTS),
        *(Own("GET", path, "A stream of server-sent events.") for path in _streams()),
        Own("GET", f"{streaming.PREFIX}/health", "Whether streaming answers."),
        *_routes(health.routes, "For those who watch the server."),
    ]


def text() -> str:
    """The whole document."""
    wanted = rows()
    mine = own()
    pages = list(_routes(site.ROUTES, ""))
    standing = {one.key for one in (*mine, *pages)}
    keys = {row.key for row in wanted}
    beyond = sorted((one for one in mine if one.key not in keys), key=lambda one: (one.path, one.method))
    return (
        "\n".join([HEADER, *_counts(wanted, standing), *_tables(wanted, standing), *_beyond(beyond)]) + "\n"
    )


def state(row: Row, standing: set[tuple[str, str]]) -> str:
    """Whether `row` stands, or with what it is planned."""
    if row.key in standing:
        return "stands"
    return "planned: moderation" if row.group in GROUPS_OF_MODERATION else "planned: client API"


def _counts(wanted: list[Row], standing: set[tuple[str, str]]) -> Iterator[str]:
    yield "| | Endpoints | Stand | Planned |"
    yield "| --- | ---: | ---: | ---: |"
    kinds = {
        "Client API": [row for row in wanted if row.group not in GROUPS_OF_MODERATION],
        "Moderation (`admin`)": [row for row in wanted if row.group in GROUPS_OF_MODERATION],
        "All": wanted,
    }
    for name, chosen in kinds.items():
        done = sum(row.key in standing for row in chosen)
        yield f"| {name} | {len(chosen)} | {done} | {len(chosen) - done} |"


def _tables(wanted: list[Row], standing: set[tuple[str, str]]) -> Iterator[str]:
    for group in dict.fromkeys(row.group for row in wanted):
        yield from (
            "",
            f"## {group}",
            "",
            "| Endpoint | Scopes | Since | State |",
            "| --- | --- | --- | --- |",
        )
        for row in (row for row in wanted if row.group == group):
            since = row.since.removesuffix(".0")
            note = ", deprecated" if row.deprecated else ""
            scopes = row.scopes.replace(",", ", ")
            path = re.sub(r":(\w+)", r"{\1}", row.path)
            yield f"| `{row.method} {path}` | {scopes} | {since}{note} | {state(row, standing)} |"


def _beyond(beyond: list[Own]) -> Iterator[str]:
    yield from ("", "## Beyond that list", "", "| Endpoint | What it does |", "| --- | --- |")
    for one in beyond:
        yield f"| `{one.method} {one.path}` | {one.summary} |"


def _streams() -> list[str]:
    """Paths of the channels; those for media alone are asked for by `only_media`."""
    names = sorted(name for name in channels.NAMES if not name.endswith(":media"))
    return [f"{streaming.PREFIX}/{name.replace(':', '/')}" for name in names]


def _routes(found: Iterable[object], summary: str) -> Iterator[Own]:
    for route in found:
        if isinstance(route, Route):
            for method in sorted((route.methods or set()) - {"HEAD"}):
                yield Own(method, route.path, summary)


def _shape(path: str) -> str:
    return re.sub(r":\w+|\{\w+(?::\w+)?\}", "{}", path)
