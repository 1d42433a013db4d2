"""Web sites for tests, on 127.0.0.2, which stands for the Internet."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager

HOST = "127.0.0.2"


class Site:
    """A site that answers each path with what `pages` has for it, and keeps which paths were asked for."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.pages: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.port = 0
        self.open = True
        self.hold: asyncio.Event | None = None
        """When set: answers wait for it."""

    @property
    def host(self) -> str:
        return f"{self.address}:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def put(
        self,
        path: str,
        body: bytes | str,
        content_type: str = "text/html; charset=utf-8",
        status: str = "200 OK",
        headers: Mapping[str, str] = {},
    ) -> str:
        """Answer `path` with `body`; returns its URL."""
        data = body.encode() if isinstance(body, str) else body
        lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", f"Content-Length: {len(data)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()] + ["Connection: close"]
        self.pages[path] = "\r\n".join(lines).encode() + b"\r\n\r\n" + data
        return self.url(path)

    def page(self, path: str, head: str, **options: str) -> str:
        """Answer `path` with a page of this head; returns its URL."""
        return self.put(path, f"<!doctype html><html lang=en><head>{head}</head><body>Hello</body></html>")

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            path = head.split(b" ")[1].decode()
            self.asked.append(path)
            if self.hold is not None:
                await self.hold.wait()
            if self.open:
                writer.write(self.pages.get(path, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def serving(host: str = HOST) -> AsyncGenerator[Site]:
    site = Site(host)
    listener = await asyncio.start_server(site.serve, host, 0)
    site.port = listener.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        listener.close()
