"""/app/: the files of the web app, its one page for all its addresses, and nothing else."""

import base64
import hashlib
import re
from pathlib import Path

import pytest

from rostra.core.settings import load
from rostra.web_app.files import load as load_app
from rostra.web_app.policy import content_policy
from tests.network import Network
from tests.web_app.support import CHUNK, INDEX, SCRIPT, build

CHUNK_PATH = "/app/_app/immutable/entry/start.abc.js"


def policy_of(text: str) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in text.split(";"))
    return {name: sources for name, _, sources in parts}


@pytest.mark.parametrize(
    "path",
    [
        "/app/",
        "/app/home",
        "/app/@alice",
        "/app/@bob@social.example",
        "/app/tags/harbour",
        "/app/@a/1?x=y.js",
    ],
)
async def test_every_address_of_the_app_is_its_one_page(network: Network, path: str) -> None:
    response = await network.http.get(path)
    assert (response.status_code, response.text) == (200, INDEX)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["cache-control"] == "no-cache"
    assert response.headers["x-frame-options"] == "DENY"
    assert response.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in response.headers["permissions-policy"]


async def test_without_its_slash_it_leads_to_the_app(network: Network) -> None:
    response = await network.http.get("/app?from=home")
    assert (response.status_code, response.headers["location"]) == (308, "/app/?from=home")


@pytest.mark.parametrize(
    "path",
    [
        "/app/_app/immutable/entry/old.js",
        "/app/_app/immutable/nothing",
        "/app/nothing.png",
        "/app/.sources.js",
        "/app/_app/immutable/entry/start.abc.js.map.js",
        "/app/../app.js",
        "/app/%2e%2e/%2e%2e/etc/hostname.txt",
        "/app//etc/hostname.txt",
    ],
)
async def test_a_file_that_is_not_there_is_not_the_page(network: Network, path: str) -> None:
    response = await network.http.get(path)
    assert response.status_code == 404
    assert "immutable" not in response.headers["cache-control"]


@pytest.mark.parametrize(
    "path", ["/app/.sources", "/app/../../etc/passwd", "/app/%2e%2e/%2e%2e/etc/passwd", "/app//etc/passwd"]
)
async def test_nothing_outside_the_app_is_ever_sent(network: Network, path: str) -> None:
    response = await network.http.get(path)
    assert response.status_code == 404 or response.text == INDEX


async def test_what_has_a_hash_in_its_name_is_kept_for_ever(network: Network) -> None:
    response = await network.http.get(CHUNK_PATH, headers={"Accept-Encoding": "identity"})
    assert (response.status_code, response.text) == (200, CHUNK)
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    assert response.headers["vary"] == "Accept-Encoding"
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("BR ; q=1.0", "br"),
        ("gzip;q=0.000, br;q=0", None),
        ("zstd", None),
        ("", None),
    ],
)
async def test_files_come_as_the_browser_takes_them(
    network: Network, accepted: str, coding: str | None
) -> None:
    async with network.http.stream("GET", CHUNK_PATH, headers={"Accept-Encoding": accepted}) as response:
        body = b"".join([part async for part in response.aiter_raw()])
    assert response.headers.get("content-encoding") == coding
    assert int(response.headers["content-length"]) == len(body)
    assert (body == CHUNK.encode()) == (coding is None)


@pytest.mark.parametrize(
    "path", ["/app/", "/app/service-worker.js", "/app/_app/version.json", "/app/prow.svg"]
)
async def test_what_may_change_is_asked_for_and_sent_only_if_it_did(network: Network, path: str) -> None:
    first = await network.http.get(path)
    assert first.headers["cache-control"] == "no-cache"
    again = await network.http.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    other = await network.http.get(path, headers={"If-None-Match": '"another"'})
    assert other.status_code == 200


async def test_head_says_what_get_would_send(network: Network) -> None:
    for path in ("/app/", CHUNK_PATH):
        whole, head = await network.http.get(path), await network.http.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == whole.headers["content-length"]
        assert head.headers["etag"] == whole.headers["etag"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_other_methods_are_refused(network: Network, method: str) -> None:
    response = await network.http.request(method, "/app/home")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD")


async def test_what_is_shared_before_the_app_is_ready_opens_it(network: Network) -> None:
    files = {"media": ("cat.png", b"x" * 100_000, "image/png")}
    response = await network.http.post("/app/share", data={"title": "Cat"}, files=files)
    assert (response.status_code, response.headers["location"]) == (303, "/app/")


async def test_only_its_own_scripts_run(network: Network) -> None:
    policy = policy_of((await network.http.get("/app/")).headers["content-security-policy"])
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    assert policy["script-src"] == f"'self' 'sha256-{digest}'"
    assert policy["default-src"] == policy["frame-ancestors"] == "'none'"
    assert policy["worker-src"] == policy["base-uri"] == policy["font-src"] == "'self'"


def test_a_network_with_https_lets_the_app_talk_to_servers_with_https_alone() -> None:
    public = policy_of(content_policy(load({"domain": "social.example"}, environ={}), []))
    assert public["connect-src"] == "'self' https: wss:"
    assert public["form-action"] == "'self' https:"
    local = policy_of(content_policy(load({}, environ={}), []))
    assert "http://localhost:*" in local["connect-src"]
    assert "ws://127.0.0.1:*" in local["connect-src"]
    assert not re.search(r"http:(\s|$)", local["connect-src"])


def test_a_folder_without_a_whole_app_has_none(tmp_path: Path) -> None:
    assert load_app(tmp_path) is None
    assert load_app(tmp_path / "nowhere") is None
    app = load_app(build(tmp_path / "app"))
    assert app is not None
    assert ".sources" not in app.files
    assert [name for name in app.files if name.endswith((".br", ".gz"))] == []


class TestWithoutAnApp:
    @pytest.fixture
    def settings(self, tmp_path: Path) -> object:
        return load({"data": tmp_path, "web_app": "off"}, environ={})

    @pytest.mark.parametrize("path", ["/app", "/app/", "/app/home"])
    async def test_there_is_no_such_page(self, network: Network, path: str) -> None:
        response = await network.http.get(path)
        assert response.status_code == 404
        assert "text/html" in response.headers["content-type"]
