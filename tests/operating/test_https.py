"""Caddy in front, with its internal authority: what browsers and apps get over HTTPS."""

import asyncio
import contextlib
import json
import os
import signal
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.types import Receive, Scope, Send
from websockets.asyncio.client import connect

from rostra.cli import caddy
from rostra.core.settings import Settings, load
from tests.operating.running import PATIENCE_SECONDS, Rostra, free_port, wait_until_gone

pytestmark = pytest.mark.slow

KEY = "00/11/222222222222222222222222222222222222.webp"
LONG_ANSWER_BYTES = 20_000


class Front:
    """Caddy in front of an upstream that tells what it was asked."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.authority = settings.data / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        self.base_url = settings.base_url

    def context(self) -> ssl.SSLContext:
        """Trusts Caddy's authority, and nobody else."""
        return ssl.create_default_context(cafile=str(self.authority))

    def client(self) -> httpx.AsyncClient:
        """A client that trusts this Caddy and finds its name on this machine."""
        return httpx.AsyncClient(transport=ToThisMachine(self.context()), base_url=self.base_url)


class ToThisMachine(httpx.AsyncHTTPTransport):
    """Connects to this machine whatever name is asked for, and checks the certificate for that name."""

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__(verify=context, http2=True)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        request.extensions["sni_hostname"] = request.url.host
        request.url = request.url.copy_with(host="127.0.0.1")
        return await super().handle_async_request(request)


async def upstream(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that answers with the headers that reached it, streams, or echoes a WebSocket."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        message = await receive()
        await send({"type": "websocket.send", "text": message["text"]})
    elif "/streaming/" in scope["path"]:
        headers = [(b"content-type", b"text/event-stream")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"event: update\ndata: 1\n\n", "more_body": True})
        while (await receive())["type"] != "http.disconnect":
            pass
    else:
        while (await receive()).get("more_body"):
            pass
        body = json.dumps({name.decode(): value.decode() for name, value in scope["headers"]})
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body.ljust(LONG_ANSWER_BYTES).encode()})


@pytest.fixture
async def front(tmp_path: Path) -> AsyncIterator[Front]:
    port, https_port = free_port(), free_port()
    settings = load(
        {
            "data": tmp_path / "data",
            "domain": f"rostra.test:{https_port}",
            "port": port,
            "https": "internal",
            "https_port": https_port,
            "http_port": free_port(),
            "media_bytes": 100_000,
            "video_bytes": 100_000,
        },
        environ={},
    )
    settings.data.mkdir()
    front = Front(settings)
    server = Server(upstream, port=port, interface=Interfaces.ASGINL, log_enabled=False)
    serving = asyncio.create_task(server.serve())
    command, environment = caddy.prepare(settings)
    process = await asyncio.create_subprocess_exec(*command, env=environment)
    try:
        await _until_it_answers(front)
        yield front
    finally:
        process.terminate()
        assert await process.wait() == 0
        server.stop()
        await serving


async def _until_it_answers(front: Front) -> None:
    async with asyncio.timeout(30):
        while True:
            try:
                async with front.client() as client:
                    await client.get("/")
                    return
            except (OSError, ssl.SSLError, httpx.TransportError):
                await asyncio.sleep(0.05)


async def test_a_page_comes_over_http2_and_offers_http3(front: Front) -> None:
    async with front.client() as client:
        answer = await client.get("/")
    assert answer.status_code == 200
    assert answer.http_version == "HTTP/2"
    assert "h3=" in answer.headers["alt-svc"]
    assert "server" not in answer.headers


async def test_plain_http_leads_to_https_on_its_port(front: Front) -> None:
    async with httpx.AsyncClient(transport=ToThisMachine(front.context())) as client:
        url = f"http://rostra.test:{front.settings.http_port}/@alice?page=2"
        answer = await client.get(url)
    assert answer.status_code == 308
    assert answer.headers["location"] == f"{front.base_url}/@alice?page=2"


async def test_the_application_learns_the_true_client_and_nothing_that_the_client_made_up(
    front: Front,
) -> None:
    forged = {
        "X-Forwarded-For": "203.0.113.9",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Host": "evil.example",
    }
    async with front.client() as client:
        seen = (await client.get("/", headers=forged)).json()
    assert seen["x-forwarded-for"] == "127.0.0.1"
    assert seen["x-forwarded-proto"] == "https"
    assert seen["x-forwarded-host"] == front.settings.domain
    assert seen["host"] == front.settings.domain


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
async def test_answers_are_compressed_as_the_client_can(front: Front, encoding: str) -> None:
    async with (
        front.client() as client,
        client.stream("GET", "/", headers={"Accept-Encoding": encoding}) as answer,
    ):
        assert answer.headers["content-encoding"] == encoding
        raw = b"".join([chunk async for chunk in answer.aiter_raw()])
    assert len(raw) < LONG_ANSWER_BYTES / 10


async def test_events_of_a_stream_arrive_at_once_and_uncompressed(front: Front) -> None:
    path, headers = "/api/v1/streaming/public", {"Accept-Encoding": "gzip"}
    async with front.client() as client, client.stream("GET", path, headers=headers) as answer:
        assert "content-encoding" not in answer.headers
        assert await anext(answer.aiter_raw()) == b"event: update\ndata: 1\n\n"


async def test_websockets_pass(front: Front) -> None:
    url = front.base_url.replace("https:", "wss:") + "/api/v1/streaming"
    async with connect(url, ssl=front.context(), host="127.0.0.1") as socket:
        await socket.send("hello")
        assert await socket.recv() == "hello"


async def test_media_comes_from_the_disk_to_be_kept_forever_and_never_run(front: Front) -> None:
    file = front.settings.data / "media" / KEY
    file.parent.mkdir(parents=True)
    file.write_bytes(b"a picture")
    async with front.client() as client:
        answer = await client.get(f"/media/{KEY}")
        part = await client.get(f"/media/{KEY}", headers={"Range": "bytes=2-4"})
    assert answer.content == b"a picture"
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-security-policy"] == "default-src 'none'; media-src 'self'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert (part.status_code, part.content) == (206, b"pic")


@pytest.mark.parametrize(("ending", "content_type"), [("mp4", "video/mp4"), ("mp3", "audio/mpeg")])
async def test_films_and_sounds_have_their_types_and_can_be_jumped_in(
    front: Front, ending: str, content_type: str
) -> None:
    key = KEY.rpartition(".")[0] + f".{ending}"
    file = front.settings.data / "media" / key
    file.parent.mkdir(parents=True)
    file.write_bytes(bytes(range(200)))
    async with front.client() as client:
        whole = await client.head(f"/media/{key}")
        part = await client.get(f"/media/{key}", headers={"Range": "bytes=100-"})
        newer = await client.get(f"/media/{key}", headers={"Range": "bytes=0-1", "If-Range": '"other"'})
    assert whole.headers["content-type"] == content_type
    assert whole.headers["accept-ranges"] == "bytes"
    assert "content-encoding" not in whole.headers
    assert (part.status_code, part.content) == (206, bytes(range(100, 200)))
    assert part.headers["content-type"] == content_type
    assert newer.status_code == 200


async def test_media_that_is_gone_is_not_kept_as_gone(front: Front) -> None:
    async with front.client() as client:
        answer = await client.get(f"/media/{KEY}")
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/media/../rostra.toml",
        "/media/%2e%2e/rostra.toml",
        "/media/00/11/x.toml",
        "/static/../__init__.py",
        "/static/%2e%2e/static.py",
    ],
)
async def test_no_other_file_of_the_data_folder_is_served(front: Front, path: str) -> None:
    (front.settings.data / "rostra.toml").write_text("smtp_url = 'secret'")
    (front.settings.data / "media" / "00" / "11").mkdir(parents=True)
    (front.settings.data / "media" / "00" / "11" / "x.toml").write_text("secret")
    # By hand: clients tidy up such paths before they ask.
    name, port = front.settings.domain.split(":")
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", int(port), ssl=front.context(), server_hostname=name
    )
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {name}:{port}\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    assert b"secret" not in answer
    assert b"import" not in answer


async def test_style_sheets_may_be_kept_forever_only_under_their_versioned_name(front: Front) -> None:
    async with front.client() as client:
        versioned = await client.get("/static/base.css?v=0123456789")
        plain = await client.get("/static/base.css")
    assert versioned.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.headers["cache-control"] == "public, max-age=3600"
    assert plain.headers["content-type"].startswith("text/css")
    assert plain.headers["x-content-type-options"] == "nosniff"
    assert plain.headers["access-control-allow-origin"] == "*"


async def test_a_body_larger_than_any_upload_is_refused(front: Front) -> None:
    async with front.client() as client:
        answer = await client.post("/api/v2/media", content=b"x" * (200_000 + 1024 * 1024 + 1))
    assert answer.status_code == 413
    assert answer.json() == {"error": "Request Entity Too Large"}
    assert answer.headers["access-control-allow-origin"] == "*"


async def test_serve_with_a_domain_brings_https_by_itself(tmp_path: Path) -> None:
    https_port = free_port()
    options = ["--domain", f"rostra.test:{https_port}", "--https", "internal", "--https-port", https_port]
    with Rostra(tmp_path / "data", *options, "--http-port", free_port()) as rostra:
        rostra.wait_until_ready()
        front = Front(load({"data": tmp_path / "data", "domain": f"rostra.test:{https_port}"}, environ={}))
        assert f"{front.base_url}/setup/" in rostra.text
        async with front.client() as client:
            assert (await _get_in_time(client, "/api/v1/timelines/public")).status_code == 200
            # A web process that dies is not noticed: what can't be handed over yet waits.
            killed = rostra.children()["web 1"]
            os.kill(killed, signal.SIGKILL)
            wait_until_gone(killed)
            assert (await client.get("/api/v2/instance")).status_code == 200
        assert "caddy" in rostra.children()
        assert rostra.stop() == 0


async def _get_in_time(client: httpx.AsyncClient, path: str) -> httpx.Response:
    """The answer, once Caddy has made its first certificate."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            with contextlib.suppress(httpx.ConnectError):
                return await client.get(path)
            await asyncio.sleep(0.1)


def test_the_names_in_a_configuration_cannot_break_out_of_it(tmp_path: Path) -> None:
    settings = load({"data": tmp_path / "a`b", "domain": "rostra.test", "https": "internal"}, environ={})
    with pytest.raises(caddy.StartError, match="can't be used with HTTPS"):
        caddy.caddyfile(settings)
