"""The server's own OpenAPI document: it is valid and complete, and the server keeps to it.

Schemathesis invents requests from the document and looks at what comes back; likewise from the document
of Mastodon's API (tests/reference), by which apps are written.
"""

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from rostra.api import routes
from rostra.core.settings import Settings
from tests.conformance.reference import FOLDER, METHODS
from tests.live import live_settings
from tests.media.pictures import encode, plain
from tests.network import ALL_SCOPES, Network

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
PROMISED = Path(__file__).with_name("endpoints.txt").read_text("utf-8").splitlines()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return live_settings(tmp_path)


async def document_of(network: Network) -> dict[str, Any]:
    return await network.anonymous.get("/api/openapi.json")


async def test_the_document_is_valid_openapi(network: Network) -> None:
    document = await document_of(network)
    assert document["openapi"].startswith("3.1.")
    schemathesis.openapi.from_dict(document).validate()
    operations = [operation for item in document["paths"].values() for operation in item.values()]
    assert all(operation["summary"].endswith(".") for operation in operations)
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names))


async def test_every_endpoint_stands_in_the_document_with_its_scopes(network: Network) -> None:
    paths = (await document_of(network))["paths"]
    for endpoint in routes.ENDPOINTS:
        operation = paths[endpoint.path][endpoint.method.lower()]
        scopes = {scope for way in operation["security"] for scope in way.get("oauth2", [])}
        assert scopes == set(endpoint.auth.scopes), endpoint.path
        assert ({} in operation["security"]) == (endpoint.auth.kind == "public"), endpoint.path
    assert sum(len(item) for item in paths.values()) == len(routes.ENDPOINTS)


async def test_every_endpoint_that_apps_were_promised_still_stands(network: Network) -> None:
    paths = (await document_of(network))["paths"]
    standing = {f"{path} {method.upper()}" for path, item in paths.items() for method in item}
    assert sorted(set(PROMISED) - standing) == []


@dataclass
class Target:
    """A server with something in it, and who asks."""

    document: dict[str, Any]
    url: str
    token: str
    ids: dict[str, list[str]]
    """Ids that exist, by the part of the path before them."""
    checks: list[Any] = field(default_factory=lambda: CHECKS)

    def call(self, case: Case, *, existing: int | None) -> None:
        """Send `case`, with ids that exist if `existing` says which; raises what the checks find."""
        if existing is not None:
            known = self.ids.get(
                case.operation.path.split("/")[3] if "{id}" in case.operation.path else "", []
            )
            if known:
                case.path_parameters = {**(case.path_parameters or {}), "id": known[existing % len(known)]}
        with requests.Session() as session:
            response = case.call(
                base_url=self.url,
                session=session,
                headers={"Authorization": f"Bearer {self.token}"},
                timeout=30,
                allow_redirects=False,
            )
        case.validate_response(response, checks=self.checks)


async def target_of(network: Network) -> Target:
    """A network with people, a thread, a poll, a picture and a notification."""
    everything = (*ALL_SCOPES, "admin:read", "admin:write")
    alice, bob = await network.person("alice", "owner", everything), await network.person("bob")
    await bob.follow(alice)
    files = {"file": ("red.png", encode(plain(40, 40), "PNG"), "image/png")}
    media = await alice.post("/api/v2/media", files=files)
    attached = await alice.post("/api/v2/media", files=files)
    status = await alice.publish("low #tide, @bob", media_ids=[attached["id"]])
    poll = await bob.publish("@alice?", poll={"options": ["yes", "no"], "expires_in": 3600})
    reply = await bob.publish("@alice yes", in_reply_to_id=status["id"])
    notes = await alice.get("/api/v1/notifications")
    return Target(
        document=await document_of(network),
        url=network.settings.base_url,
        token=str(alice.token),
        ids={
            "accounts": [bob.id, alice.id],
            "statuses": [status["id"], reply["id"], poll["id"]],
            "polls": [poll["poll"]["id"]],
            "media": [media["id"]],
            "notifications": [note["id"] for note in notes],
            "follow_requests": [bob.id],
        },
    )


def operations_of(document: dict[str, Any]) -> Iterator[Any]:
    schema = schemathesis.openapi.from_dict(document)
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        yield found.ok()


def attack(target: Target, examples: int, *, repeatable: bool) -> list[str]:
    """What `examples` requests to each operation, and as many that are wrong on purpose, brought to light."""
    found: list[str] = []
    for operation in operations_of(target.document):
        right, wrong = (operation.as_strategy(generation_mode=mode) for mode in GenerationMode)

        @hypothesis_settings(
            max_examples=examples * 2,
            deadline=None,
            database=None,
            derandomize=repeatable,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=[
                HealthCheck.too_slow,
                HealthCheck.filter_too_much,
                HealthCheck.data_too_large,
                HealthCheck.large_base_example,
            ],
        )
        @given(case=right | wrong, existing=st.none() | st.integers(0, 3))
        def ask(case: Case, existing: int | None) -> None:
            target.call(case, existing=existing)

        try:
            ask()
        except (Exception, BaseExceptionGroup) as error:  # failures of checks come in such groups
            details = "; ".join(str(one) for one in getattr(error, "exceptions", [error]))
            found.append(f"{operation.label}: {details[:1500]}")
    return found


@pytest.mark.slow
async def test_no_invented_request_breaks_the_server_or_its_promises(live: Network) -> None:
    target = await target_of(live)
    found = await asyncio.to_thread(attack, target, 6, repeatable=True)
    assert not found, "\n\n".join(found)


@pytest.mark.long
async def test_no_invented_request_breaks_the_server_however_many_there_are(live: Network) -> None:
    target = await target_of(live)
    found = await asyncio.to_thread(attack, target, 150, repeatable=False)
    assert not found, "\n\n".join(found)


def mastodons_document() -> dict[str, Any]:
    """The part of Mastodon's document that stands here."""
    document = json.loads((FOLDER / "mastodon-openapi.json").read_bytes())
    standing = {(one.method.lower(), nameless(one.path)) for one in routes.ENDPOINTS}
    for path, item in document["paths"].items():
        for method in METHODS:
            if (method, nameless(path)) not in standing:
                item.pop(method, None)
    document["paths"] = {path: item for path, item in document["paths"].items() if item.keys() & set(METHODS)}
    return document


def nameless(path: str) -> str:
    """A path without the names of its parameters."""
    return re.sub(r"\{\w+\}", "{}", path)


def as_mastodon(target: Target) -> Target:
    """The same server, asked by Mastodon's document; `tests/conformance` compares what it answers."""
    return replace(target, document=mastodons_document(), checks=[not_a_server_error])


@pytest.mark.slow
async def test_no_request_by_mastodons_document_breaks_the_server_or_its_shapes(live: Network) -> None:
    target = as_mastodon(await target_of(live))
    assert len(list(operations_of(target.document))) > 80
    found = await asyncio.to_thread(attack, target, 3, repeatable=True)
    assert not found, "\n\n".join(found)


@pytest.mark.long
async def test_no_request_by_mastodons_document_breaks_the_server_however_many_there_are(
    live: Network,
) -> None:
    target = as_mastodon(await target_of(live))
    found = await asyncio.to_thread(attack, target, 100, repeatable=False)
    assert not found, "\n\n".join(found)
