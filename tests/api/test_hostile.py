"""Hostile input: each gets an error of 4xx in Mastodon's shape, within bounds, and nothing is written."""

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from psycopg import sql

from rostra.api import routes
from rostra.api.http import BODY_LIMIT, Api
from rostra.api.params import refuse_null_bytes
from rostra.core.db import fetch_value, fetch_values
from rostra.core.errors import BadRequest
from tests.network import Client, Network, Person

STATUSES = "/api/v1/statuses"
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
HUGE_ID = "9" * 40


async def counted(network: Network) -> dict[str, int]:
    """Rows of each table."""
    async with network.services.db.connection() as tx:
        tables = await fetch_values(
            tx, "select table_name from information_schema.tables where table_schema = 'public'"
        )
        count = "select count(*) from {}"
        return {
            table: await fetch_value(tx, sql.SQL(count).format(sql.Identifier(table)).as_string(tx))  # pyright: ignore[reportArgumentType]
            for table in tables
        }


async def refused(
    caller: Client, method: str, path: str, expect: int | tuple[int, ...], **options: Any
) -> httpx.Response:
    """A call that is answered soon, with one of `expect` and an error in Mastodon's shape."""
    async with asyncio.timeout(15):
        response = await caller.request(method, path, **options)
    expected = (expect,) if isinstance(expect, int) else expect
    about = f"{method} {path[:100]} {str(options)[:200]}: {response.status_code} {response.text[:200]}"
    assert response.status_code in expected, about
    assert response.headers["content-type"].startswith("application/json"), about
    assert isinstance(response.json()["error"], str), about
    assert response.json()["error"], about
    return response


class Flood:
    """A body without end; counts what was taken of it."""

    def __init__(self) -> None:
        self.taken = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            self.taken += 65536
            yield b"x" * 65536


@pytest.fixture
async def alice(network: Network) -> AsyncIterator[Person]:
    """Somebody with every right, who can write nothing by what the tests here send."""
    person = await network.person("alice")
    before = await counted(network)
    yield person
    assert await counted(network) == before


async def test_a_body_that_says_it_is_too_large_is_not_read(alice: Person) -> None:
    flood = Flood()
    headers = {**JSON, "Content-Length": str(BODY_LIMIT + 1)}
    await refused(alice, "POST", STATUSES, 413, content=flood, headers=headers)
    assert flood.taken <= 65536


@pytest.mark.parametrize(
    "kind", ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
async def test_a_body_without_end_is_given_up_at_the_limit(alice: Person, kind: str) -> None:
    flood = Flood()
    expect = (400, 413)  # of a multipart body already its first bytes are wrong
    await refused(alice, "POST", STATUSES, expect, content=flood, headers={"Content-Type": kind})
    assert flood.taken <= BODY_LIMIT + 2 * 65536


async def test_a_multipart_text_without_end_is_given_up_at_the_limit(alice: Person) -> None:
    flood = Flood()

    async def body() -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="status"\r\n\r\n'
        async for chunk in flood:
            yield chunk

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    await refused(alice, "POST", STATUSES, (400, 413), content=body(), headers=headers)
    assert flood.taken <= BODY_LIMIT + 2 * 65536


MALFORMED: dict[str, tuple[bytes, dict[str, str]]] = {
    "broken json": (b'{"status": ', JSON),
    "json of invalid utf-8": (b'{"status": "\xff\xfe"}', JSON),
    "a lone surrogate": (b'{"status": "\\ud83d"}', JSON),
    "two lone surrogates": (b'{"status": "\\udc00\\ud800"}', JSON),
    "a lone surrogate as a name": (b'{"\\ud83d": "x", "status": ""}', JSON),
    "a list": (b'["status"]', JSON),
    "a number": (b"7", JSON),
    "a null byte in json": (b'{"status": "a\\u0000b"}', JSON),
    "a raw null byte in json": (b'{"status": "a\x00b"}', JSON),
    "nan": (b'{"status": NaN}', JSON),
    "deeply nested json": (b'{"status":' + b"[" * 50_000 + b"]" * 50_000 + b"}", JSON),
    "deeply nested objects": (b'{"poll":' + b'{"poll":' * 20_000 + b"1" + b"}" * 20_000 + b"}", JSON),
    "a number without end": (b'{"in_reply_to_id": ' + b"9" * 100_000 + b"}", JSON),
    "an exponent": (b'{"in_reply_to_id": 1e999999}', JSON),
    "a form of invalid utf-8": (b"status=%ff%fe", FORM),
    "a form with raw bytes": (b"status=\xff", FORM),
    "a null byte in a form": (b"status=a%00b", FORM),
    "a null byte as a name": (b"a%00b=1", FORM),
    "a surrogate in a form": (b"status=%ED%A0%80", FORM),
    "deep brackets": (b"status" + b"[a]" * 1000 + b"=1", FORM),
    "brackets that don't close": (b"poll[options" * 50 + b"=1", FORM),
    "10,000 fields": (b"&".join(b"f%d=1" % n for n in range(10_000)), FORM),
    "10,000 list items": (b"&".join(b"media_ids[]=1" for _ in range(10_000)), FORM),
    "a huge index": (b"media_ids[999999999]=1", FORM),
    "10,000 list items in json": (b'{"media_ids": [' + b"1," * 9_999 + b"1]}", JSON),
    "no boundary": (b"--x\r\n\r\n--x--", {"Content-Type": "multipart/form-data"}),
    "a body that is not multipart": (b"hello", {"Content-Type": "multipart/form-data; boundary=x"}),
    "multipart that ends early": (
        b'--x\r\nContent-Disposition: form-data; name="status"\r\n\r\nhel',
        {"Content-Type": "multipart/form-data; boundary=x"},
    ),
    "multipart without names": (
        b"--x\r\nContent-Disposition: form-data\r\n\r\nhello\r\n--x--\r\n",
        {"Content-Type": "multipart/form-data; boundary=x"},
    ),
    "a multipart header without end": (
        b'--x\r\nContent-Disposition: form-data; name="' + b"a" * 500_000 + b'"\r\n\r\nx\r\n--x--\r\n',
        {"Content-Type": "multipart/form-data; boundary=x"},
    ),
    "xml": (b"<status>hello</status>", {"Content-Type": "application/xml"}),
    "plain text": (b"hello", {"Content-Type": "text/plain"}),
    "a content type that is none": (b"status=hello", {"Content-Type": "\x01/x;;;"}),
    "json that says it is a form": (b'{"status": "hello"}', FORM),
    "a form that says it is json": (b"status=hello", JSON),
    "an unknown charset": (b"status=%ff", {"Content-Type": "application/x-www-form-urlencoded; charset=x"}),
}


async def test_a_malformed_body_is_refused(alice: Person) -> None:
    for content, headers in MALFORMED.values():
        await refused(alice, "POST", STATUSES, (400, 422), content=content, headers=headers)


WRONG_TYPES: list[dict[str, Any]] = [
    {"status": {"a": "b"}},
    {"status": ["a", "b"]},
    {"status": 7},
    {"status": True},
    {"status": "x", "visibility": "everybody"},
    {"status": "x", "visibility": ["public", "private"]},
    {"status": "x", "sensitive": "perhaps"},
    {"status": "x", "sensitive": {}},
    {"status": "x", "in_reply_to_id": "none"},
    {"status": "x", "in_reply_to_id": -1},
    {"status": "x", "in_reply_to_id": 1.5},
    {"status": "x", "in_reply_to_id": HUGE_ID},
    {"status": "x", "in_reply_to_id": [1]},
    {"status": "x", "media_ids": "none"},
    {"status": "x", "media_ids": [None]},
    {"status": "x", "media_ids": [{}]},
    {"status": "x", "media_ids": 7},
    {"status": "x", "poll": "yes"},
    {"status": "x", "poll": []},
    {"status": "x", "poll": {"options": "a", "expires_in": 600}},
    {"status": "x", "poll": {"options": [1, 2], "expires_in": 600}},
    {"status": "x", "poll": {"options": ["a", "b"], "expires_in": "soon"}},
    {"status": "x", "poll": {"options": ["a", "b"], "expires_in": 10**30}},
    {"status": "x", "language": 7},
    {"status": "x" * 5001},
    {"status": "x", "spoiler_text": ["y"]},
]


async def test_values_of_the_wrong_type_are_refused(alice: Person) -> None:
    for body in WRONG_TYPES:
        await refused(alice, "POST", STATUSES, (404, 422), json=body)


LISTS_AMISS = [
    "status[]=a&status[]=b",
    "status[a]=b",
    "status=x&visibility[]=public",
    "status=x&in_reply_to_id[a]=1",
    "status=x&poll=yes",
    "status=x&poll[options]=a&poll[expires_in]=600",
    "status=x&poll[options][a][b]=c&poll[expires_in]=600",
    "status=x&media_ids[a][b]=1",
]


async def test_lists_where_one_value_belongs_are_refused(alice: Person) -> None:
    for body in LISTS_AMISS:
        await refused(alice, "POST", STATUSES, (400, 404, 422), content=body.encode(), headers=FORM)


async def test_of_a_parameter_that_comes_twice_the_last_counts(network: Network) -> None:
    alice = await network.person("alice")
    status = await alice.post(STATUSES, content=b"status=first&status=last", headers=FORM)
    assert status["content"] == "<p>last</p>"


STRANGE_IDS = ("0", "1", "-1", HUGE_ID, str(2**63 - 1), "abc", "1.5", "%00", "%ff", "%F0%9F%8C%8A")


async def test_an_id_that_leads_nowhere_is_not_found(alice: Person) -> None:
    for given in STRANGE_IDS:
        for path in ("statuses/{}", "accounts/{}", "accounts/{}/statuses", "media/{}", "notifications/{}"):
            await refused(alice, "GET", f"/api/v1/{path.format(given)}", (400, 404))
        for path in ("statuses/{}/favourite", "accounts/{}/follow", "accounts/{}/block"):
            await refused(alice, "POST", f"/api/v1/{path.format(given)}", (400, 404))


NONSENSE = [
    "max_id=abc",
    f"max_id={HUGE_ID}",
    "min_id=-1",
    "limit=many",
    "limit[]=1",
    "max_id[a]=1",
    "max_id=%00",
    "max_id=%ff",
    "a" + "[b]" * 500 + "=1",
    "&".join(f"f{n}=1" for n in range(5_000)),
]


async def test_a_query_that_makes_no_sense_is_refused(alice: Person) -> None:
    for query in NONSENSE:
        await refused(alice, "GET", f"/api/v1/timelines/home?{query}", (400, 422))


async def test_a_page_is_never_larger_than_it_may_be(network: Network) -> None:
    alice = await network.person("alice")
    for number in range(42):
        await alice.post(STATUSES, json={"status": str(number)})
    for limit in (-(2**70), -1, 0, 1, 40, 41, 10**6, 2**62, 10**40):
        page = await alice.get(f"/api/v1/accounts/{alice.id}/statuses", params={"limit": limit})
        assert len(page) == max(1, min(limit, 40))


async def test_many_files_are_refused(alice: Person) -> None:
    files = [("file", (f"{number}.png", b"x", "image/png")) for number in range(50)]
    await refused(alice, "POST", "/api/v2/media", 400, files=files)


async def test_a_text_where_a_file_belongs_and_a_file_where_a_text_belongs(alice: Person) -> None:
    await refused(alice, "POST", "/api/v2/media", 422, data={"file": "no file"})
    await refused(alice, "POST", STATUSES, 422, files={"status": ("a.txt", b"hello", "text/plain")})


BROKEN = ["", " ", " x", " " + "x" * 100_000, " a b c", " \xff\xfe", " \x00"]


async def test_a_broken_token_opens_nothing(network: Network) -> None:
    for value in BROKEN:
        headers = {"Authorization": f"Bearer{value}".encode("latin-1")}
        await refused(network.anonymous, "GET", "/api/v1/timelines/home", 401, headers=headers)
        await refused(network.anonymous, "GET", "/api/v1/streaming/user", 401, headers=headers)


async def test_a_broken_token_in_the_query_opens_nothing(network: Network) -> None:
    for token in ("", "x", "%00", "%ff", "x" * 50_000):
        path = f"/api/v1/timelines/home?access_token={token}"
        await refused(network.anonymous, "GET", path, (400, 401))
    await refused(network.anonymous, "GET", "/api/v1/timelines/home?access_token[]=x", 401)


async def test_a_method_that_an_endpoint_does_not_have_is_refused(alice: Person) -> None:
    for method in ("BREW", "TRACE", "CONNECT", "DELETE", "PUT", "OPTIONS"):
        await refused(alice, method, "/api/v1/timelines/home", (404, 405))


async def test_a_path_that_does_not_exist_is_not_found(alice: Person) -> None:
    for path in ("/api/", "/api/v1/", "/api/v9/statuses", "/api/v1/" + "a/" * 20_000, "/api/v1/%00"):
        await refused(alice, "GET", path, 404)


async def test_a_head_is_answered_like_a_get(network: Network) -> None:
    alice = await network.person("alice")
    response = await alice.request("HEAD", "/api/v1/timelines/home")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert (await alice.request("HEAD", "/api/v1/statuses/1")).status_code == 404


async def test_apps_in_browsers_may_call_from_anywhere(network: Network) -> None:
    preflight = await network.http.options(
        STATUSES,
        headers={
            "Origin": "https://app.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type,idempotency-key,x-client",
        },
    )
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert "POST" in preflight.headers["access-control-allow-methods"]
    refusal = await network.http.get("/api/v1/timelines/home", headers={"Origin": "https://app.example"})
    assert refusal.status_code == 401
    assert refusal.headers["access-control-allow-origin"] == "*"
    shown = refusal.headers["access-control-expose-headers"].lower()
    assert "link" in shown
    assert "x-ratelimit-remaining" in shown


async def test_a_body_that_never_comes_is_given_up(network: Network) -> None:
    alice = await network.person("alice")
    (endpoint,) = (e for e in routes.ENDPOINTS if (e.method, e.path) == ("POST", STATUSES))
    api = Api(network.services, [dataclasses.replace(endpoint, timeout=0.1)])

    async def body() -> AsyncIterator[bytes]:
        yield b'{"status": '
        await asyncio.Event().wait()

    async with (
        asyncio.timeout(15),
        httpx.AsyncClient(transport=httpx.ASGITransport(api), base_url="http://test") as http,
    ):
        headers = {**JSON, "Authorization": f"Bearer {alice.token}"}
        response = await http.post(STATUSES, content=body(), headers=headers)
    assert response.status_code == 408
    assert response.json()["error"]


async def test_a_retry_with_the_same_key_publishes_nothing_new(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    for key in ("tide", "\xff\xfe", "x" * 100_000, "a,b;c"):
        headers = {"Idempotency-Key": key.encode("latin-1")}
        first = await alice.post(STATUSES, json={"status": "once"}, headers=headers)
        again = await alice.post(STATUSES, json={"status": "twice"}, headers=headers)
        assert (again["id"], again["content"]) == (first["id"], first["content"])
        other = await bob.post(STATUSES, json={"status": "mine"}, headers=headers)
        assert other["id"] != first["id"]


async def test_retries_at_the_same_moment_publish_once(network: Network) -> None:
    alice = await network.person("alice")
    headers = {"Idempotency-Key": "tide"}
    answers = await asyncio.gather(
        *(alice.post(STATUSES, json={"status": "once"}, headers=headers) for _ in range(5))
    )
    assert len({answer["id"] for answer in answers}) == 1
    assert len(await alice.get(f"/api/v1/accounts/{alice.id}/statuses")) == 1


async def test_unknown_fields_do_no_harm(network: Network) -> None:
    alice = await network.person("alice")
    body = {"status": "hello", "unknown": {"deep": [1, {"er": None}]}, "account_id": "1", "id": "7"}
    assert (await alice.post(STATUSES, content=json.dumps(body).encode(), headers=JSON))["id"] != "7"


async def test_long_keys_that_begin_alike_are_different(network: Network) -> None:
    alice = await network.person("alice")
    first, second = [
        await alice.post(STATUSES, json={"status": end}, headers={"Idempotency-Key": "x" * 300 + end})
        for end in ("a", "b")
    ]
    assert first["id"] != second["id"]


async def test_what_a_member_is_answered_is_kept_by_no_cache(network: Network) -> None:
    alice = await network.person("alice")
    answer = await network.http.get("/api/v1/timelines/home", params={"access_token": alice.token})
    assert answer.headers["cache-control"] == "private, no-store"


def test_a_text_is_looked_at_however_deep_it_lies() -> None:
    """Newer Pythons parse JSON that is nested more deeply than their functions may call each other."""
    deep: dict[str, Any] = {"text": "\x00"}
    for _ in range(100_000):
        deep = {"x": [deep]}
    with pytest.raises(BadRequest):
        refuse_null_bytes(deep)
    while deep:  # taken apart by hand: freeing it is recursive, too
        deep = deep.pop("x", [{}])[0] if "x" in deep else {}


async def test_a_get_may_have_a_body_of_json_within_limits(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    path, kind = "/api/v1/accounts/relationships", {"Content-Type": "application/json"}

    async def ask(content: bytes) -> int:
        answer = await alice.request("GET", path, content=content, headers=dict(kind))
        return answer.status_code

    found = await alice.get(path, json={"id": [bob.id]})
    assert [each["id"] for each in found] == [bob.id]
    assert await ask(b"") == 200
    assert await ask(b"{") == 400
    assert await ask(b"[]") == 400
    assert await ask(b'{"id": "' + b"1" * 2_000_000 + b'"}') == 413
