"""HTTP to the outside: the one client through which Rostra calls other servers.

URLs come from members and strangers, and so do the answers. Each address is checked after it was
resolved and is then the one that is connected to, so a name can't point elsewhere in between (DNS
rebinding); each redirect is checked anew. Time, bytes and redirects have limits, and a compressed
body counts by what comes out of it.
"""

import asyncio
import re
import socket
import zlib
from collections.abc import Callable, Mapping

import aiohttp
import msgspec
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from rostra.core.addresses import Allowed
from rostra.core.settings import Settings
from rostra.core.version import ROSTRA

CONNECTIONS = 100
CONNECTIONS_TO_ONE_HOST = 10
CHUNK = 64 * 1024
URL_LENGTH = 2048
_REDIRECTS = (301, 302, 303, 307, 308)
_SECRETS = frozenset({"authorization", "cookie", "signature"})
"""Headers that another host must not see after a redirect."""
_NUMERIC = re.compile(r"[0-9.]+|.*:.*|0x[0-9a-f]*", re.IGNORECASE)
"""Hosts that some library would take for an address, without asking a resolver."""


class HttpError(Exception):
    """A request did not come to an answer that we can use. The message is for logs and operators."""


class Refused(HttpError):
    """We don't go there: the URL is not one of the web, or not public. Asking again won't help."""


class Unreachable(HttpError):
    """No answer, or a broken one, or too late. Asking again later may help."""


class TooMuch(HttpError):
    """The answer is larger, or redirects further, than we follow."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How far one request goes."""

    seconds: float = 10
    """For all of it: names, connections, redirects, and the body."""
    body_bytes: int = 1024 * 1024
    """Of the body, after decompression."""
    redirects: int = 4
    cut: bool = False
    """Whether a larger body is cut at `body_bytes`; else it is an error."""


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """An answer, of whatever status. `headers` don't care for case."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    """Where it came from, after redirects."""


DEFAULT_LIMITS = Limits()


class HttpClient:
    """One pool of connections for a process. `open` belongs into a running event loop."""

    def __init__(self, settings: Settings, resolver: Callable[[], AbstractResolver] | None = None) -> None:
        """`resolver` makes the one that looks names up (tests put their own here)."""
        self._allowed = Allowed(settings.allow_private_addresses)
        self._user_agent = f"Rostra/{ROSTRA} (+{settings.url('/')})"
        self._make_resolver = resolver or ThreadedResolver
        self._opened: aiohttp.ClientSession | None = None

    async def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        limits: Limits = DEFAULT_LIMITS,
        https_only: bool = False,
    ) -> Reply:
        """GET `url`, following redirects.

        Args:
            https_only: whether plain HTTP is refused, also in redirects.

        Raises:
            Refused, Unreachable, TooMuch: see there.
        """
        return await self._call("GET", url, headers or {}, None, limits, https_only)

    async def post(
        self,
        url: str,
        body: bytes,
        *,
        headers: Mapping[str, str] | None = None,
        limits: Limits = DEFAULT_LIMITS,
        https_only: bool = False,
    ) -> Reply:
        """POST `body` to `url`. Redirects are not followed: they are an answer as any other.

        Raises:
            Refused, Unreachable, TooMuch: see there.
        """
        return await self._call("POST", url, headers or {}, body, limits, https_only)

    async def close(self) -> None:
        """End all connections."""
        if self._opened is not None:
            await self._opened.close()
            self._opened = None

    def check(self, url: str, *, https_only: bool = False) -> None:
        """Raises `Refused` when `url` is none that could be called: for what is kept to be called later."""
        self._checked(url, https_only)

    async def _call(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        limits: Limits,
        https_only: bool,
    ) -> Reply:
        try:
            async with asyncio.timeout(limits.seconds):
                return await self._follow(
                    method, self._checked(url, https_only), headers, body, limits, https_only
                )
        except TimeoutError:
            raise Unreachable(f"No whole answer within {limits.seconds} seconds") from None
        except aiohttp.InvalidURL as error:
            raise Refused(f"Not a URL that can be called: {error}") from error
        except (aiohttp.ClientError, OSError, ValueError, zlib.error) as error:
            raise Unreachable(f"{type(error).__name__}: {error}"[:500]) from error

    async def _follow(
        self,
        method: str,
        url: URL,
        headers: Mapping[str, str],
        body: bytes | None,
        limits: Limits,
        https_only: bool,
    ) -> Reply:
        first = url.origin()
        for _ in range(limits.redirects + 1):
            own = {**headers, "Accept-Encoding": "gzip"}
            if url.origin() != first:
                own = {name: value for name, value in own.items() if name.lower() not in _SECRETS}
            async with self._session().request(
                method, url, headers=own, data=body, allow_redirects=False
            ) as response:
                target = response.headers.get("Location") if response.status in _REDIRECTS else None
                if method == "GET" and target is not None:
                    response.close()  # whatever its body may be
                    url = self._checked(target, https_only, url)
                    continue
                try:
                    content = await _read(response, limits)
                finally:
                    if not response.content.at_eof():
                        response.close()
                return Reply(status=response.status, headers=response.headers, body=content, url=str(url))
        raise TooMuch(f"More than {limits.redirects} redirects")

    def _session(self) -> aiohttp.ClientSession:
        if self._opened is None:
            resolver = GuardedResolver(self._make_resolver(), self._allowed)
            self._opened = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    resolver=resolver, limit=CONNECTIONS, limit_per_host=CONNECTIONS_TO_ONE_HOST
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self._user_agent},
                timeout=aiohttp.ClientTimeout(total=None),  # `_call` has its own, over all redirects
                auto_decompress=False,  # a small body may become an endless one: see _read
                trust_env=False,
            )
        return self._opened

    def _checked(self, text: str, https_only: bool, base: URL | None = None) -> URL:
        """`text` (relative to `base`) as a URL that we may call, as far as can be said without a resolver."""
        if len(text) > URL_LENGTH:
            raise Refused("The URL is too long")
        try:
            url = URL(text) if base is None else base.join(URL(text))
            host, port = url.host, url.port
        except (ValueError, TypeError) as error:
            raise Refused(f"Not a URL: {error}"[:200]) from error
        if url.scheme not in ("http", "https") or not host or not port:
            raise Refused("Not a URL of the web")
        if https_only and url.scheme != "https":
            raise Refused("Not HTTPS")
        if url.user is not None or url.password is not None:
            raise Refused("URLs with a name or a password in them are not called")
        if _NUMERIC.fullmatch(host) and not self._allowed.permits(host, host):
            raise Refused(f"{host} is not an address of the open Internet")
        return url.with_fragment(None)


class GuardedResolver(AbstractResolver):
    """Looks a name up, and passes on only addresses that we may connect to."""

    def __init__(self, inner: AbstractResolver, allowed: Allowed) -> None:
        self._inner = inner
        self._allowed = allowed

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Raises `Refused` when the host has no address for us, `OSError` when it has none at all."""
        found = await self._inner.resolve(host, port, family)
        permitted = [result for result in found if self._allowed.permits(host, result["host"])]
        if found and not permitted:
            raise Refused(f"{host} has no address on the open Internet")
        return permitted

    async def close(self) -> None:
        """Close the one inside."""
        await self._inner.close()


async def _read(response: aiohttp.ClientResponse, limits: Limits) -> bytes:
    """The body, decompressed.

    Raises:
        TooMuch: it is larger than the limit.
        Unreachable: it has an encoding that nobody asked for.
    """
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        raise Unreachable(f"The answer is encoded as {encoding[:50]}, which we did not ask for")
    unpacker = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
    body, received = bytearray(), 0
    async for chunk in response.content.iter_chunked(CHUNK):
        received += len(chunk)
        if unpacker is not None and received > limits.body_bytes:
            raise TooMuch("The answer is larger packed than it may be unpacked")
        room = limits.body_bytes + 1 - len(body)
        body += chunk[:room] if unpacker is None else unpacker.decompress(chunk, room)
        if len(body) > limits.body_bytes:
            if limits.cut:
                return bytes(body[: limits.body_bytes])
            raise TooMuch(f"The answer has more than {limits.body_bytes} bytes")
        if unpacker is not None and unpacker.eof:
            break
    return bytes(body)
