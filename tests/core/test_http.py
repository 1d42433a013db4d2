"""The outbound client: where it goes, where it never goes, and how much it takes.

`127.0.0.2` stands for the open Internet in these tests (it is allowed by the setting), `127.0.0.1` for
what only this machine should reach.
"""

import asyncio
import gzip
import ipaddress
import socket
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from rostra.core.addresses import Allowed, is_public
from rostra.core.http import HttpClient, HttpError, Limits, Refused, TooMuch, Unreachable
from rostra.core.settings import Settings, load

OUTSIDE, INSIDE = "127.0.0.2", "127.0.0.1"
Answer = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


class Server:
    """A server that answers each request with what `answer` writes, and keeps the requests."""

    def __init__(self, answer: Answer | bytes) -> None:
        self._answer = answer
        self.requests: list[bytes] = []
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                self.requests.append(head)
                if isinstance(self._answer, bytes):
                    writer.write(self._answer)
                else:
                    await self._answer(head, writer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def serving(answer: Answer | bytes, host: str = OUTSIDE) -> AsyncGenerator[Server]:
    server = Server(answer)
    listener = await asyncio.start_server(server.serve, host, 0)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()


class Names(AbstractResolver):
    """A resolver that gives each host's answers in turn, the last one again and again."""

    def __init__(self, **answers: list[str]) -> None:
        self.answers = {name.replace("_", "."): addresses for name, addresses in answers.items()}
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        self.asked.append(host)
        answers = self.answers.get(host)
        if not answers:
            raise OSError("no such host")
        address = answers.pop(0) if len(answers) > 1 else answers[0]
        kind = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=0)]

    async def close(self) -> None:
        pass


def answer(body: bytes = b"", status: str = "200 OK", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def redirect(to: str, status: str = "302 Found") -> bytes:
    return answer(b"", status, f"Location: {to}")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    given = {"data": tmp_path, "domain": "social.example", "allow_private_addresses": OUTSIDE}
    return load(given, environ={})


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[HttpClient]:
    client = HttpClient(settings)
    yield client
    await client.close()


@asynccontextmanager
async def named(settings: Settings, names: Names) -> AsyncGenerator[HttpClient]:
    client = HttpClient(settings, lambda: names)
    try:
        yield client
    finally:
        await client.close()


async def test_an_answer_comes_with_status_headers_body_and_where_it_came_from(client: HttpClient) -> None:
    async with serving(answer(b"hello", "404 Not Found", "X-Kind: test")) as server:
        url = f"http://{OUTSIDE}:{server.port}/a?b=c"
        reply = await client.get(url, headers={"Accept": "text/html"})
    assert (reply.status, reply.body, reply.url) == (404, b"hello", url)
    assert reply.headers["x-kind"] == "test"
    request = server.requests[0].decode()
    assert "Accept: text/html" in request
    assert "User-Agent: Rostra/" in request
    assert "(+https://social.example/)" in request


async def test_a_body_is_posted_and_a_redirect_is_not_followed_with_it(client: HttpClient) -> None:
    received: list[bytes] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        received.append(await reader.readexactly(7))
        writer.write(redirect("/elsewhere", "307 Temporary Redirect"))
        await writer.drain()
        writer.close()

    listener = await asyncio.start_server(handle, OUTSIDE, 0)
    port = listener.sockets[0].getsockname()[1]
    reply = await client.post(f"http://{OUTSIDE}:{port}/", b"payload", headers={"TTL": "60"})
    assert (reply.status, received) == (307, [b"payload"])
    listener.close()


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1"),
        *("169.254.169.254", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1"),
        *("192.88.99.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "fe80::1", "fe80::1%lo", "fc00::1", "fd00::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::8.8.8.8"),
        *(
            "2002:7f00:1::",
            "2002:a00:1::1",
            "2002:808:808::1",
            "64:ff9b::127.0.0.1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::8.8.8.8",
        ),
        *("2001:0:4136:e378:8000:63bf:3fff:fdd2", "3fff::1", "100::1", "5f00::1"),
    ],
)
def test_what_is_not_the_open_internet_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "193.0.6.139", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"],
)
def test_what_is_the_open_internet_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::]", "0.0.0.0", "0", "127.1"),
        *("2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "127.0.0.1.", "localhost"),
        *(
            "LOCALHOST",
            "localhost.",
            "10.0.0.1",
            "169.254.169.254",
            "[fe80::1%25lo]",
            "①②⑦.⓪.⓪.①",
            "127。0。0。1",
        ),
    ],
)
async def test_this_machine_is_not_called_however_it_is_written(client: HttpClient, host: str) -> None:
    async with serving(answer(b"secret"), INSIDE) as server:
        with pytest.raises(HttpError):
            await client.get(f"http://{host}:{server.port}/")
    assert server.requests == []


@pytest.mark.parametrize(
    "url",
    [
        *(
            "file:///etc/passwd",
            "gopher://example.com/",
            "ftp://example.com/",
            "data:text/plain,hi",
            "javascript:1",
        ),
        *(
            "//example.com/",
            "/relative",
            "",
            "http://",
            "http:///path",
            "http://user@example.com/",
            "http://a b/",
        ),
        *(
            "http://user:password@example.com/",
            "http://example.com:0/",
            "http://example.com:99999/",
            "https://[::1",
        ),
        *("unix:/run/postgresql", "http+unix://%2Frun%2Fx/", "http://exa\nmple.com/", "http://" + "a" * 3000),
        *("http://" + "a" * 300 + ".example/", "http://\ud800.example/", "http://example.com\\@127.0.0.1/"),
    ],
)
async def test_what_is_no_url_of_the_web_is_refused(settings: Settings, url: str) -> None:
    async with named(settings, Names(example_com=[INSIDE])) as client:
        with pytest.raises(HttpError) as caught:
            await client.get(url)
        assert type(caught.value) in (Refused, Unreachable)


async def test_a_name_that_resolves_to_a_private_address_is_refused(settings: Settings) -> None:
    names = Names(
        evil_example=[INSIDE], mapped_example=["::ffff:127.0.0.1"], cloud_example=["169.254.169.254"]
    )
    async with serving(answer(b"secret"), INSIDE) as server, named(settings, names) as client:
        for host in ("evil.example", "mapped.example", "cloud.example"):
            with pytest.raises(Refused):
                await client.get(f"http://{host}:{server.port}/")
    assert server.requests == []


async def test_an_address_that_was_checked_is_the_one_that_is_called(settings: Settings) -> None:
    """DNS rebinding: the name is public when it is checked, and private when it is looked up again."""
    names = Names(rebind_example=[OUTSIDE, INSIDE])
    async with (
        serving(answer(b"secret"), INSIDE) as inside,
        serving(answer(b"public")) as outside,
        named(settings, names) as client,
    ):
        reply = await client.get(f"http://rebind.example:{outside.port}/")
        assert (reply.body, names.asked) == (b"public", ["rebind.example"])
        with pytest.raises(Refused):
            await client.get(f"http://rebind.example:{inside.port}/")
    assert inside.requests == []


@pytest.mark.parametrize(
    "host", [INSIDE, "[::1]", "localhost", "inside.example", "2130706433", "user@127.0.0.2"]
)
@pytest.mark.parametrize(
    "status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"]
)
async def test_a_redirect_to_a_private_address_is_refused(settings: Settings, host: str, status: str) -> None:
    names = Names(outside_example=[OUTSIDE], inside_example=[INSIDE], localhost=[INSIDE])
    async with serving(answer(b"secret"), INSIDE) as inside:
        to = f"http://{host}:{inside.port}/"
        async with serving(redirect(to, status)) as outside, named(settings, names) as client:
            with pytest.raises(HttpError):
                await client.get(f"http://outside.example:{outside.port}/")
            assert len(outside.requests) == 1
        assert inside.requests == []


async def test_redirects_are_followed_and_secrets_stay_with_the_first_host(client: HttpClient) -> None:
    async with serving(answer(b"there")) as there:
        async with serving(redirect(f"http://{OUTSIDE}:{there.port}/end")) as here:
            reply = await client.get(
                f"http://{OUTSIDE}:{here.port}/", headers={"Authorization": "Bearer secret", "Accept": "a/b"}
            )
        assert (reply.body, reply.url) == (b"there", f"http://{OUTSIDE}:{there.port}/end")
        assert b"Bearer secret" in here.requests[0]
        assert b"secret" not in there.requests[0]
        assert b"Accept: a/b" in there.requests[0]


async def test_relative_redirects_are_followed(client: HttpClient) -> None:
    async def write(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(b"end") if head.startswith(b"GET /end ") else redirect("end#part"))

    async with serving(write) as server:
        assert (await client.get(f"http://{OUTSIDE}:{server.port}/start")).body == b"end"


async def test_endless_redirects_end(client: HttpClient) -> None:
    async with serving(redirect("/again")) as server:
        with pytest.raises(TooMuch):
            await client.get(f"http://{OUTSIDE}:{server.port}/", limits=Limits(redirects=3))
    assert len(server.requests) == 4


async def test_plain_http_is_refused_where_https_is_asked_for(client: HttpClient) -> None:
    async with serving(answer(b"hello")) as server:
        with pytest.raises(Refused):
            await client.get(f"http://{OUTSIDE}:{server.port}/", https_only=True)
        with pytest.raises(Refused):
            await client.post(f"http://{OUTSIDE}:{server.port}/", b"", https_only=True)
    assert server.requests == []


async def test_an_endless_body_is_given_up_or_cut(client: HttpClient) -> None:
    async def write(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while True:
            writer.write(b"a" * 65536)
            await writer.drain()

    async with serving(write) as server:
        url = f"http://{OUTSIDE}:{server.port}/"
        with pytest.raises(TooMuch):
            await client.get(url, limits=Limits(body_bytes=100_000))
        cut = await client.get(url, limits=Limits(body_bytes=100_000, cut=True))
        assert cut.body == b"a" * 100_000


async def test_a_body_of_exactly_the_limit_is_taken(client: HttpClient) -> None:
    async with serving(answer(b"a" * 1000)) as server:
        url = f"http://{OUTSIDE}:{server.port}/"
        assert len((await client.get(url, limits=Limits(body_bytes=1000))).body) == 1000
        with pytest.raises(TooMuch):
            await client.get(url, limits=Limits(body_bytes=999))


async def test_a_compressed_body_is_unpacked(client: HttpClient) -> None:
    packed = gzip.compress(b"hello " * 10_000)
    async with serving(answer(packed, "200 OK", "Content-Encoding: gzip")) as server:
        assert (await client.get(f"http://{OUTSIDE}:{server.port}/")).body == b"hello " * 10_000


async def test_a_compressed_body_counts_by_what_comes_out_of_it(client: HttpClient) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < 60_000
    async with serving(answer(bomb, "200 OK", "Content-Encoding: gzip")) as server:
        url = f"http://{OUTSIDE}:{server.port}/"
        with pytest.raises(TooMuch):
            await client.get(url)
        assert len((await client.get(url, limits=Limits(cut=True))).body) == 1024 * 1024


async def test_an_endless_compressed_body_out_of_which_nothing_comes_is_given_up(client: HttpClient) -> None:
    empty_block = b"\x00\x00\x00\xff\xff"  # RFC 1951, 3.2.4

    async def write(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n")
        writer.write(b"\x1f\x8b\x08" + bytes(7))
        while True:
            writer.write(empty_block * 10_000)
            await writer.drain()

    async with serving(write) as server:
        with pytest.raises(TooMuch):
            await client.get(f"http://{OUTSIDE}:{server.port}/")


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "gzip, gzip", "nonsense"])
async def test_an_encoding_that_was_not_asked_for_is_no_answer(client: HttpClient, encoding: str) -> None:
    async with serving(answer(b"\x00\x01", "200 OK", f"Content-Encoding: {encoding}")) as server:
        with pytest.raises(Unreachable):
            await client.get(f"http://{OUTSIDE}:{server.port}/")


@pytest.mark.parametrize(
    "sent",
    [
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd",
        b"",
    ],
)
async def test_a_broken_answer_is_unreachable(client: HttpClient, sent: bytes) -> None:
    async def write(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(sent)
        await writer.drain()
        writer.close()

    async with serving(write) as server:
        with pytest.raises(Unreachable):
            await client.get(f"http://{OUTSIDE}:{server.port}/", limits=Limits(seconds=2))


@pytest.mark.parametrize(
    "begin", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\na"]
)
async def test_a_slow_answer_is_given_up(client: HttpClient, begin: bytes) -> None:
    never = asyncio.Event()

    async def write(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(begin)
        await never.wait()

    async with serving(write) as server:
        with pytest.raises(Unreachable):
            await client.get(f"http://{OUTSIDE}:{server.port}/", limits=Limits(seconds=0.1))
        never.set()


async def test_a_body_that_drips_is_given_up_although_it_never_pauses(client: HttpClient) -> None:
    async def write(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"a")
            await writer.drain()
            await asyncio.sleep(0.01)

    async with serving(write) as server:
        with pytest.raises(Unreachable):
            await client.get(f"http://{OUTSIDE}:{server.port}/", limits=Limits(seconds=0.2))


async def test_nobody_there_is_unreachable(settings: Settings) -> None:
    async with serving(b"") as server:
        pass
    async with named(settings, Names(outside_example=[OUTSIDE])) as client:
        for host in ("outside.example", "unknown.example"):
            with pytest.raises(Unreachable):
                await client.get(f"http://{host}:{server.port}/")


async def test_cookies_are_not_kept(client: HttpClient) -> None:
    async with serving(answer(b"", "200 OK", "Set-Cookie: a=b; Path=/")) as server:
        for _ in range(2):
            await client.get(f"http://{OUTSIDE}:{server.port}/")
    assert b"cookie" not in server.requests[1].lower()


def test_an_operator_allows_hosts_addresses_and_networks() -> None:
    allowed = Allowed("intranet.example 10.1.0.0/16 fd00::/8 192.168.1.7")
    assert allowed.permits("intranet.example", "10.9.9.9")
    assert allowed.permits("INTRANET.example.", "10.9.9.9")
    assert allowed.permits("other.example", "10.1.2.3")
    assert allowed.permits("other.example", "fd12::1")
    assert allowed.permits("other.example", "192.168.1.7")
    assert not allowed.permits("other.example", "10.2.0.1")
    assert not allowed.permits("other.example", "192.168.1.8")
    assert not allowed.permits("sub.intranet.example", "10.9.9.9")
    assert not allowed.permits("other.example", "no address")
