"""The check itself: the corrections hold, and an answer that does not fit is found."""

import json
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from tests.conformance import coverage, watch
from tests.conformance.reference import entity, reference
from tests.network import Network

BOOK = reference()
EVENTS = "text/event-stream"


def label(correction: dict[str, Any]) -> str:
    where = correction.get("entity") or correction.get("answer")
    return f"{where} {correction.get('field', '')}".strip()


def labels(correction: dict[str, Any]) -> list[str]:
    """One for each thing that a correction is about."""
    answers = correction.get("answer")
    if not isinstance(answers, list):
        return [label(correction)]
    return [label(correction | {"answer": answer}) for answer in answers]


def test_every_correction_says_why_and_shows_where_that_is_written() -> None:
    poor = [
        label(one)
        for one in BOOK.corrections
        if len(one.get("why", "")) < 20
        or not one.get("source", "").startswith(
            ("https://docs.joinmastodon.org/", "https://github.com/mastodon/", "https://www.rfc-editor.org/")
        )
    ]
    assert poor == []
    assert [label(one) for one in BOOK.extensions if len(one.get("why", "")) < 20] == []


def test_nothing_is_corrected_twice() -> None:
    every = (*BOOK.corrections, *BOOK.extensions)
    seen = [(name, "kind" in one) for one in every for name in labels(one)]
    assert sorted(one for one in set(seen) if seen.count(one) > 1) == []


def test_no_correction_is_about_an_endpoint_that_mastodon_does_not_have() -> None:
    known = {f"{row.method} {row.path.replace(':id', '{id}')}" for row in coverage.rows()}
    known.add("* *")
    named = {name.rpartition(" ")[0] for one in BOOK.corrections if "answer" in one for name in labels(one)}
    assert sorted(named - known) == []


async def test_what_this_server_answers_fits(network: Network) -> None:
    alice = await network.person("alice")
    status = await alice.publish("hello")
    assert BOOK.misfits(entity("Status"), status) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": 1}, "id: 1 is not of type 'string'"),
        ({"created_at": "yesterday"}, "created_at: 'yesterday' is not a 'date-time'"),
        ({"created_at": "2026-01-31T12:00:00Z"}, "created_at: '2026-01-31T12:00:00Z' does not match"),
        ({"language": "English"}, "language: 'English' is not a 'iso-639-1'"),
        ({"mood": "calm"}, "'mood' was unexpected"),
        ({"account": {}}, "account: 'acct' is a required property"),
        ({"poll": {"id": "1"}}, "poll: 'emojis' is a required property"),
        ({"visibility": "secret"}, "visibility: 'secret' is not one of"),
    ],
)
async def test_a_status_of_another_shape_does_not(
    network: Network, change: dict[str, Any], said: str
) -> None:
    alice = await network.person("alice")
    status = await alice.publish("hello")
    assert any(said in misfit for misfit in BOOK.misfits(entity("Status"), status | change))


async def answered(response: Response, method: str, path: str) -> list[str]:
    """What is found when an app answers so."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await Request(scope, receive).body()
        await response(scope, receive, send)

    watched = watch.Watched(app)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(watched), base_url="http://test") as http:
        await http.request(method, path)
    return watch.take_misfits()


@pytest.mark.parametrize(
    ("method", "path", "response"),
    [
        ("GET", "/api/v1/statuses/1", JSONResponse({"id": "1"})),
        ("GET", "/api/v1/statuses/1", JSONResponse({"message": "gone"}, 404)),
        ("GET", "/api/v1/statuses/1", JSONResponse({"message": "moved"}, 418)),
        ("GET", "/api/v1/statuses/1", Response("<p>hello</p>", media_type="text/html")),
        ("GET", "/api/v1/accounts/lookup", JSONResponse([])),
        ("POST", "/api/v1/notifications/clear", JSONResponse({"cleared": 3})),
        ("GET", "/api/openapi.json", JSONResponse([])),
        ("GET", "/api/v1/nonsense", JSONResponse({"message": "what?"}, 404)),
        (
            "GET",
            "/api/v1/streaming/user",
            StreamingResponse(iter(['event: update\ndata: {"id"', ': "1"}\n\n']), media_type=EVENTS),
        ),
        (
            "GET",
            "/api/v1/streaming/user",
            StreamingResponse(iter(["event: thunder\ndata: 1\n\n"]), media_type=EVENTS),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_an_answer_that_does_not_fit_is_found(method: str, path: str, response: Response) -> None:
    assert len(await answered(response, method, path)) >= 1


@pytest.mark.parametrize(
    ("method", "path", "response"),
    [
        ("POST", "/api/v1/notifications/clear", JSONResponse({})),
        ("POST", "/api/v1/notifications/clear", Response()),
        ("GET", "/api/v1/statuses/1", JSONResponse({"error": "Record not found"}, 404)),
        ("GET", "/about", Response("<p>hello</p>", media_type="text/html")),
        ("OPTIONS", "/api/v1/statuses/1", Response()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_an_answer_that_fits_is_not(method: str, path: str, response: Response) -> None:
    assert await answered(response, method, path) == []


async def test_a_frame_over_a_websocket_that_does_not_fit_is_found() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        frame = {"stream": ["user"], "event": "update", "payload": json.dumps({"id": "1"})}
        await send({"type": "websocket.send", "text": json.dumps(frame)})

    async def nothing(*_: Any) -> Any:
        return None

    await watch.Watched(app)({"type": "websocket"}, nothing, nothing)
    assert len(watch.take_misfits()) >= 1
