"""What nobody sends in earnest: clear errors in bounded time, never one of ours."""

from typing import Any

import pytest

from tests.network import Network
from tests.statuses.support import GONE, look, publish_many

NOT_IDS = (
    "0",
    "-1",
    "1.5",
    "x",
    "１２",
    "9" * 30,
    str(2**63),
    "%00",
    "1%00",
    "%F0%9F",
    "null",
    "1e3",
    "+1",
    "' or 1=1",
)
PARTS = ("", "/context", "/history", "/source", "/favourited_by", "/reblogged_by")
ACTIONS = (
    "favourite", "unfavourite", "reblog", "unreblog", "bookmark", "unbookmark",
    "pin", "unpin", "mute", "unmute",
)  # fmt: skip


async def test_what_is_no_id_of_a_status_is_not_found(network: Network) -> None:
    alice = await network.person("alice")
    status = await alice.publish("?", poll={"options": ["a", "b"], "expires_in": 600})
    for wrong in (*NOT_IDS, alice.id, status["poll"]["id"]):
        for part in PARTS:
            answer = await alice.request("GET", f"/api/v1/statuses/{wrong}{part}")
            assert answer.status_code in (400, 404), (wrong, part, answer.text)
        for action in ACTIONS:
            answer = await alice.request("POST", f"/api/v1/statuses/{wrong}/{action}")
            assert answer.status_code in (400, 404), (wrong, action, answer.text)
        for method in ("PUT", "DELETE"):
            answer = await alice.request(method, f"/api/v1/statuses/{wrong}", json={"status": "x"})
            assert answer.status_code in (400, 404), (wrong, method, answer.text)
    for wrong in (*NOT_IDS, alice.id, status["id"]):
        for method, path in (("GET", f"/api/v1/polls/{wrong}"), ("POST", f"/api/v1/polls/{wrong}/votes")):
            answer = await alice.request(method, path, json={"choices": [0]} if method == "POST" else None)
            assert answer.status_code in (400, 404), (wrong, method, answer.text)


async def test_media_and_replies_by_ids_of_other_kinds_are_refused(network: Network) -> None:
    alice = await network.person("alice")
    status = await alice.publish("hello")
    reply = {"status": "x", "in_reply_to_id": alice.id}
    assert await alice.post("/api/v1/statuses", 404, json=reply) == GONE
    await alice.post("/api/v1/statuses", 422, json={"status": "x", "media_ids": [status["id"]]})


NOT_STATUSES: list[Any] = [
    {"status": 1},
    {"status": ["a"]},
    {"status": {"a": "b"}},
    {"status": None},
    {"status": " \n\t "},
    {"status": "\u0001\u200e".replace("\u200e", "")},
    {"status": "x" * 5001},
    {"status": "ä" * 5001},
    {"status": "x" * 900_000},
    {"status": "#a " * 300_000},
    {"status": "@a " * 300_000},
    {"status": "x", "spoiler_text": "y" * 5000},
    {"status": "x", "visibility": "secret"},
    {"status": "x", "visibility": 1},
    {"status": "x", "sensitive": "perhaps"},
    {"status": "x", "in_reply_to_id": "x"},
    {"status": "x", "in_reply_to_id": -1},
    {"status": "x", "media_ids": ["x"]},
    {"status": "x", "media_ids": [str(n) for n in range(5)]},
    {"status": "x", "media_ids": ["1", "1"]},
    {"status": "x", "media_ids": [str(2**64)]},
    {"status": "x", "media_ids": [[["1"]]]},
    {"status": "x", "poll": "yes"},
    {"status": "x", "poll": [1, 2]},
    {"status": "x", "poll": {}},
    {},
]


async def test_statuses_that_can_not_be_published_or_edited_are_refused(network: Network) -> None:
    alice = await network.person("alice")
    status = await alice.publish("one")
    for wrong in NOT_STATUSES:
        for method, path in (("POST", "/api/v1/statuses"), ("PUT", f"/api/v1/statuses/{status['id']}")):
            if method == "PUT" and {"visibility", "in_reply_to_id"} & wrong.keys():
                continue  # an edit has no such parameters
            answer = await alice.request(method, path, json=wrong)
            assert answer.status_code == 422, (method, str(wrong)[:80], answer.text)
            assert set(answer.json()) == {"error"}
    assert await look(alice, status) == status
    assert len(await alice.get(f"/api/v1/accounts/{alice.id}/statuses")) == 1


BROKEN: list[tuple[bytes, str]] = [
    (b"{", "application/json"),
    (b"[1]", "application/json"),
    (b'"x"', "application/json"),
    (b'{"status": "\xff\xfe"}', "application/json"),
    (b'{"status": "a\\u0000b"}', "application/json"),
    (b'{"status":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "application/json"),
    (b'{"poll":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}", "application/json"),
    (b"status=a%00b", "application/x-www-form-urlencoded"),
    (b"status=%FF%FE", "application/x-www-form-urlencoded"),
    (b"poll[options]" + b"[a]" * 1000 + b"=1", "application/x-www-form-urlencoded"),
    (b"&".join(b"media_ids[]=%d" % n for n in range(1000)), "application/x-www-form-urlencoded"),
    (b"status=x", "text/plain"),
    (b"--x\r\nnonsense", "multipart/form-data; boundary=x"),
    (b"status=x", "multipart/form-data"),
]


@pytest.mark.parametrize("method", ["POST", "PUT"])
async def test_bodies_that_can_not_be_read_are_refused(network: Network, method: str) -> None:
    alice = await network.person("alice")
    status = await alice.publish("one")
    path = "/api/v1/statuses" + (f"/{status['id']}" if method == "PUT" else "")
    for body, kind in BROKEN:
        answer = await alice.request(method, path, content=body, headers={"Content-Type": kind})
        assert answer.status_code in (400, 413, 415, 422), (body[:40], answer.status_code, answer.text)
    assert len(await alice.get(f"/api/v1/accounts/{alice.id}/statuses")) == 1


async def test_lone_surrogates_and_invisible_characters_are_taken_out(network: Network) -> None:
    alice = await network.person("alice")
    body = b'{"status": "a\\ud800b\\u0007c\\ufeff\\u202e", "spoiler_text": "\\udfffx"}'
    headers = {"Content-Type": "application/json"}
    answer = await alice.request("POST", "/api/v1/statuses", content=body, headers=headers)
    if answer.status_code == 200:
        assert (answer.json()["content"], answer.json()["spoiler_text"]) == ("<p>abc</p>", "x")
    else:
        assert answer.status_code == 400


async def test_markup_in_a_status_is_text(network: Network) -> None:
    alice = await network.person("alice")
    text = '<script>alert(1)</script> <img src=x onerror=y> [a](javascript:b) https://e.org/"><svg/onload=z>'
    status = await alice.publish(text, spoiler_text="<b>cw</b>")
    assert "<script" not in status["content"]
    assert "<img" not in status["content"]
    assert "<svg" not in status["content"]
    assert status["spoiler_text"] == "<b>cw</b>"  # apps show it as text
    assert (await look(alice, status, "/source"))["text"] == text


async def test_pages_are_no_larger_than_their_limit_and_cursors_no_larger_than_ids(network: Network) -> None:
    alice = await network.person("alice")
    ids = await publish_many(alice, 45)
    for status_id in ids:
        await alice.post(f"/api/v1/statuses/{status_id}/favourite")
    for limit, length in (("1000000", 40), ("0", 1), ("-5", 1), ("", 20)):
        assert len(await alice.get("/api/v1/favourites", params={"limit": limit})) == length
    for cursor in ("max_id", "since_id", "min_id"):
        for wrong in ("x", "-1", str(2**63), "9" * 40, "1.5"):
            answer = await alice.request("GET", "/api/v1/favourites", params={cursor: wrong})
            assert answer.status_code == 422, (cursor, wrong, answer.text)


async def test_very_long_idempotency_keys_and_strange_ones_are_no_problem(network: Network) -> None:
    alice = await network.person("alice")
    for key in ("k" * 100_000, "ä", "\t", "'; drop table statuses; --"):
        headers = {"Idempotency-Key": key.encode()}
        answer = await alice.request("POST", "/api/v1/statuses", json={"status": "x"}, headers=headers)
        assert answer.status_code in (200, 400, 431), answer.text
