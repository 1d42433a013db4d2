"""A card storm: one link posted a thousand times. It is to be fetched once, and soon shown by all."""

import asyncio
import json
import time
from typing import Any

import psycopg
import uvloop

from bench.load import request
from bench.seed import Seeded

POSTS = 1_000
WRITERS = 16
PATIENCE_SECONDS = 300
_PAGE = b"""<!doctype html><title>Fog at the harbour</title>
<meta property="og:title" content="Fog at the harbour"><meta property="og:description" content="Until noon.">
"""


def measure(url: str, port: int, seeded: Seeded) -> dict[str, Any]:
    """Figures for the server at `port`, whose database is at `url`. Times are in seconds."""
    return uvloop.run(_measure(url, port, seeded))


async def _measure(url: str, port: int, seeded: Seeded) -> dict[str, Any]:
    fetched = 0

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal fetched
        line = await reader.readline()
        fetched += b"/fog" in line
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(_PAGE)}\r\n"
        writer.write(head.encode() + b"Connection: close\r\n\r\n" + _PAGE)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as site:
        link = f"http://127.0.0.1:{site.sockets[0].getsockname()[1]}/fog"
        begin = time.perf_counter()
        numbers = iter(range(POSTS))
        await asyncio.gather(*(_write(port, seeded, numbers, link) for _ in range(WRITERS)))
        posted = time.perf_counter() - begin
        await _until_shown(url, link, begin)
        shown = time.perf_counter() - begin
    return {
        "posts": POSTS,
        "fetched_times": fetched,
        "posted_after_seconds": round(posted, 1),
        "shown_by_all_after_seconds": round(shown, 1),
    }


async def _write(port: int, seeded: Seeded, numbers: Any, link: str) -> None:
    for number in numbers:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        body = json.dumps({"status": f"{number}: look, {link}"}).encode()
        token = seeded.tokens[number % len(seeded.tokens)]
        writer.write(request("POST", "/api/v1/statuses", token, body, "application/json"))
        line = await reader.readline()
        if b" 200 " not in line:
            raise SystemExit(f"card storm: {line!r}")
        writer.close()


async def _until_shown(url: str, link: str, begin: float) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        while time.perf_counter() - begin < PATIENCE_SECONDS:
            cursor = await connection.execute(
                "select count(*) from status_cards sc join cards c on c.id = sc.card_id"
                " where c.url = %s and c.title <> ''",
                [link],
            )
            if await cursor.fetchone() == (POSTS,):
                return
            await asyncio.sleep(0.1)
    raise SystemExit("card storm: not all show it")
